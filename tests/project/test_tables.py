"""A table of a TOML file is added or changed, and every other byte stays."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import project
from pipeline.errors import BusyError, MisuseError, ProjectError
from pipeline.models import Consent, Scope
from pipeline.project import tables

FILE = """\
# Papier: Ordner 7
[[consents]]   # die erste
person = "mira-beispiel"
scope = [
  "audio", # Stimme
  "transcript",
]
date = 2026-11-02  # im Foyer
paper   = 'Ordner 7'

# die zweite
[[consents]]
person = "kim-geheim"
scope = ["audio"]
date = 2026-11-03
expires = 2031-11-02
paper = "Ordner \\"7\\" = [8]"
"""


def entries(text: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = tomllib.loads(text)["consents"]
    return found


def test_a_value_is_changed_added_and_taken_out_where_it_stands() -> None:
    first, second = entries(FILE)
    text = tables.with_values(FILE, "consents", 0, first, {"scope": ["audio"], "date": date(2026, 11, 4)})
    assert text == FILE.replace('[\n  "audio", # Stimme\n  "transcript",\n]', '["audio"]').replace(
        "2026-11-02  #", "2026-11-04  #"
    )
    text = tables.with_values(FILE, "consents", 0, first, {"note": "Neu", "expires": None, "paper": "A"})
    assert text == FILE.replace("paper   = 'Ordner 7'\n", 'paper   = "A"\nnote = "Neu"\n')
    text = tables.with_values(FILE, "consents", 1, second, {"expires": None, "withdrawn": date(2027, 1, 2)})
    assert text == FILE.replace("expires = 2031-11-02\n", "") + "withdrawn = 2027-01-02\n"


def test_a_table_is_added_at_the_end_with_the_ends_of_lines_of_the_file() -> None:
    assert tables.with_table("", "consents", {"a": 1, "b": ""}) == "[[consents]]\na = 1\n"
    assert tables.with_table("x = 1\r\n", "consents", {"a": 1}) == "x = 1\r\n\r\n[[consents]]\r\na = 1\r\n"
    assert tables.with_table("x = 1", "consents", {"a": 1}) == "x = 1\n\n[[consents]]\na = 1\n"


@given(st.text(min_size=1), st.text(), st.lists(st.text(), max_size=3), st.booleans())
def test_any_text_goes_in_and_comes_out(paper: str, note: str, scope: list[str], crlf: bool) -> None:
    text = FILE.replace("\n", "\r\n") if crlf else FILE
    first, second = entries(text)
    values = {"paper": paper, "note": note, "scope": scope}
    made = tables.with_values(text, "consents", 0, first, values)
    expected = {key: one for key, one in {**first, **values}.items() if one not in ("", [])}
    assert entries(made) == [expected, second]
    assert entries(tables.with_values(made, "consents", 0, expected, {**values, **first})) == [
        {**expected, **first},
        second,
    ]


def consent(**more: object) -> Consent:
    values = {"person": "mira-beispiel", "scope": ["audio"], "date": date(2026, 11, 2), "paper": "Ordner 7"}
    return Consent.model_validate(values | more)


def test_a_file_that_is_written_otherwise_is_refused_and_stays(tmp_path: Path) -> None:
    inline = 'consents = [{person = "mira-beispiel", scope = ["audio"], date = 2026-11-02, paper = "O"}]\n'
    quoted = '[[consents]]\n"person" = "mira-beispiel"\nscope = ["audio"]\ndate = 2026-11-02\npaper = "O"\n'
    file = tmp_path / "private/consent.toml"
    file.parent.mkdir()
    for text in (inline, quoted):
        file.write_text(text, encoding="utf-8")
        changed = consent(person="kim-geheim", paper="O")
        with pytest.raises(MisuseError, match="cannot be changed from here"):
            project.save_consents(tmp_path, (changed,), project.consents_mark(tmp_path))
        assert file.read_text(encoding="utf-8") == text
    file.write_text(inline, encoding="utf-8")
    with pytest.raises(MisuseError, match="cannot be changed from here"):
        project.save_consents(tmp_path, (consent(paper="O"), consent()), project.consents_mark(tmp_path))


def test_a_file_that_somebody_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    mark = project.consents_mark(tmp_path)
    project.save_consents(tmp_path, (consent(),), mark)
    with pytest.raises(BusyError):
        project.save_consents(tmp_path, (consent(scope=["picture"]),), mark)
    private = project.load_private(tmp_path)
    assert private is not None
    assert private.consents[0].scope == (Scope.AUDIO,)


def test_a_file_with_a_mistake_is_told_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "private/consent.toml").write_text("[[consents]]\nperson = mira\n", encoding="utf-8")
    with pytest.raises(ProjectError):
        project.load_private(tmp_path)


def test_a_day_in_quotation_marks_stays_as_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "private/consent.toml"
    file.parent.mkdir()
    text = '[[consents]]\nperson = "mira-beispiel"\nscope = ["audio"]\ndate = "2026-11-02"\npaper = "O"\n'
    file.write_text(text, encoding="utf-8")
    project.save_consents(tmp_path, (consent(paper="P"),), project.consents_mark(tmp_path))
    assert file.read_text(encoding="utf-8") == text.replace('"O"', '"P"')
