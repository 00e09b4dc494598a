"""content/glossary.toml is read with its mistakes, and added to without a change to what stands there."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest

from pipeline import project, workflow
from pipeline.errors import ProjectError
from pipeline.models import Term
from pipeline.project import settings

WRITTEN = '# unser Glossar\n[[terms]]\nheard = ["B", "A"] # so\nterm = "Z"'
NEW = Term(term='Denes "Dede" Kücük', heard=("Dennis\tK\\ück", "\x7f"), learned_from="eine-folge")


@pytest.fixture
def glossary(house_folder: Path) -> Path:
    path = house_folder / "content/glossary.toml"
    path.write_text(WRITTEN, encoding="utf-8")
    return path


def test_new_terms_stand_below_and_nothing_above_changes(house_folder: Path, glossary: Path) -> None:
    assert project.add_terms(house_folder, [NEW]) == glossary
    assert glossary.read_text(encoding="utf-8").startswith(WRITTEN + "\n\n[[terms]]\n")
    old, new = project.load(house_folder).glossary.terms
    assert (old.term, old.heard) == ("Z", ("B", "A"))
    assert new == NEW


def test_the_first_term_founds_the_file(house_folder: Path) -> None:
    project.add_terms(house_folder, [NEW, Term(term="A", scope="stadt")])
    assert (house_folder / "content/glossary.toml").read_text(encoding="utf-8").startswith("[[terms]]\n")
    assert project.load(house_folder).glossary.terms == (NEW, Term(term="A", scope="stadt"))


def test_two_who_add_at_once_are_both_heard(
    house_folder: Path, glossary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Thread(target=project.add_terms, args=(house_folder, [Term(term="Andere")]))
    real = settings.load_glossary

    def meanwhile(root: Path) -> object:
        if not other.ident:
            other.start()
            other.join(1.0)  # it has to wait
        return real(root)

    monkeypatch.setattr("pipeline.project.settings.load_glossary", meanwhile)
    project.add_terms(house_folder, [NEW])
    other.join()
    assert {term.term for term in project.load(house_folder).glossary.terms} == {"Z", NEW.term, "Andere"}


def test_below_a_mistake_nothing_is_added(house_folder: Path, glossary: Path) -> None:
    glossary.write_text('[[terms]]\ntrem = "Z"\n', encoding="utf-8")
    with pytest.raises(ProjectError):
        project.add_terms(house_folder, [NEW])
    assert glossary.read_text(encoding="utf-8") == '[[terms]]\ntrem = "Z"\n'


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        ('[[terms]]\nterm = "A"\n\n[[terms]]\nterm = "B"\ntrem = "C"\n', 6, "terms[1].trem"),
        ('[[terms]]\nheard = ["A"]\n', 1, "terms[0].term"),
        ('[[terms]]\nterm = "A"\nheard = "B"\n', 3, "terms[0].heard"),
        ("[[terms]\n", 1, ""),
    ],
)
def test_a_mistake_is_told_with_its_line(
    house_folder: Path, glossary: Path, text: str, line: int, field: str
) -> None:
    glossary.write_text(text, encoding="utf-8")
    with pytest.raises(ProjectError) as raised:
        project.load(house_folder)
    (problem,) = raised.value.problems
    assert (problem.where.file, problem.where.line, problem.where.field) == (
        "content/glossary.toml",
        line,
        field,
    )


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_example_in_a_new_house_can_be_used_as_it_stands(tmp_path: Path, language: str) -> None:
    workflow.init(
        tmp_path / "neu",
        name="Haus",
        title="Haus",
        language=language,
        address="https://example.org/",
        email="a@example.org",
    )
    path = tmp_path / "neu/content/glossary.toml"
    assert project.load(tmp_path / "neu").glossary.terms == ()
    comment, example = path.read_text(encoding="utf-8").split("#\n", 1)
    path.write_text(comment + example.replace("# ", ""), encoding="utf-8")
    (term,) = project.load(tmp_path / "neu").glossary.terms
    assert (term.term, len(term.heard)) == ("Mira Beispiel", 2)
