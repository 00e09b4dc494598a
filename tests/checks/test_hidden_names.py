from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import workflow

from .conftest import NOW

EPISODE = "episodes/2026-11-20-smarte-stadt/episode.md"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Wie Mira Beispiel Daten teilt.", True),
        ("Wie Mira\n  Beispiel Daten teilt.", True),
        ("Frau Beispiel teilt Daten.", True),
        ("Beispielhaft geteilte Daten.", False),
    ],
)
def test_the_name_of_a_hidden_person_is_found_in_published_text(
    house_folder: Path, text: str, named: bool
) -> None:
    person = house_folder / "content/people/mira-beispiel.md"
    person.write_text("---\nname: Mira Beispiel\nhidden: true\n---\n", encoding="utf-8")
    path = house_folder / EPISODE
    words = path.read_text(encoding="utf-8").replace("Wie Bochum Daten teilt.", f">-\n  {text}")
    path.write_text(words, encoding="utf-8")
    found = [p for p in workflow.check(house_folder, now=NOW) if p.rule == "hidden-unsaid"]
    assert bool(found) is named
    if named:
        assert (found[0].where.file, found[0].where.field) == (EPISODE, "summary")
