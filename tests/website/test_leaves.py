"""Long lists of topics, people and series go on on pages that stay put."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import workflow
from pipeline.website.planning import leaves

NOW = datetime(2027, 1, 1, tzinfo=UTC)
TEXT = """\
---
guid: folge-{id}
title: Folge {id}
date: 2026-{month:02}-01 12:00
status: ready
summary: Worum es geht.
series: reihe
topics: [Turm]
people: [{{person: ole, role: host}}]
---
"""
LISTS = {"themen/turm/": "Turm", "personen/ole/": "Ole Muster", "reihen/reihe/": "Die Reihe"}


def add(root: Path, *months: int) -> None:
    for month in months:
        path = root / f"episodes/{month:02}/episode.md"
        path.parent.mkdir(parents=True)
        path.write_text(TEXT.format(id=f"{month:02}", month=month), encoding="utf-8")


@pytest.fixture
def root(house_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(leaves, "PAGE", 3)
    texts = {
        "people/ole": "name: Ole Muster",
        "series/reihe": "title: Die Reihe",
        "topics/turm": "title: Turm",
    }
    for name, text in texts.items():
        path = house_folder / f"content/{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\n{text}\n---\n\nLangtext.\n", encoding="utf-8")
    return house_folder


def built(root: Path) -> dict[str, str]:
    workflow.build(root, output=root / "output", now=NOW)
    found = (root / "output").rglob("*.html")
    return {path.parent.relative_to(root / "output").as_posix(): path.read_text("utf-8") for path in found}


def named(page: str) -> list[str]:
    """The episodes that a page lists."""
    return list(dict.fromkeys(re.findall(r'<h3[^>]*><a href="/folgen/folge-(\d\d)/', page)))


@pytest.mark.parametrize("base", LISTS)
def test_the_first_page_has_the_newest_and_older_ones_lie_below(root: Path, base: str) -> None:
    add(root, *range(1, 9))
    pages = built(root)
    assert named(pages[base.rstrip("/")]) == ["08", "07", "06", "05", "04"]
    assert named(pages[f"{base}seite-1"]) == ["03", "02", "01"]
    assert f"{base}seite-2" not in pages
    assert f'<a href="/{base}seite-1/">Folgen 1 bis 3</a>' in pages[base.rstrip("/")]
    assert f'<a href="/{base}">Die neuesten Folgen</a>' in pages[f"{base}seite-1"]
    assert f"<title>{LISTS[base]}: Folgen 1 bis 3 – " in pages[f"{base}seite-1"]
    assert ("Langtext" in pages[base.rstrip("/")], "Langtext" in pages[f"{base}seite-1"]) == (True, False)
    assert f"/{base}seite-1/</loc>" in (root / "output/sitemap.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("base", LISTS)
def test_older_pages_stay_as_they_are_but_for_where_the_next_one_lies(root: Path, base: str) -> None:
    add(root, *range(1, 9))
    first = built(root)
    add(root, 9)
    second = built(root)
    assert named(second[base.rstrip("/")]) == ["09", "08", "07"]
    assert named(second[f"{base}seite-2"]) == ["06", "05", "04"]
    changed = first[f"{base}seite-1"].replace(
        f'"/{base}">Die neuesten Folgen', f'"/{base}seite-2/">Folgen 4 bis 6'
    )
    assert second[f"{base}seite-1"] == changed
    every = re.findall(rf'"/{base}(seite-\d)/">\d', second[base.rstrip("/")])
    assert every == ["seite-2", "seite-1"]
    add(root, 10, 11)
    third = built(root)
    assert {one: third[one] for one in (f"{base}seite-1",)} == {
        one: second[one] for one in (f"{base}seite-1",)
    }
    assert named(third[base.rstrip("/")]) == ["11", "10", "09", "08", "07"]


@pytest.mark.parametrize("base", LISTS)
def test_a_page_that_is_no_longer_needed_goes(root: Path, base: str) -> None:
    add(root, *range(1, 7))
    assert f"{base}seite-1" in built(root)
    (root / "episodes/06/episode.md").unlink()
    pages = built(root)
    assert f"{base}seite-1" not in pages
    assert named(pages[base.rstrip("/")]) == ["05", "04", "03", "02", "01"]


def test_few_episodes_stand_on_one_page(root: Path) -> None:
    add(root, *range(1, 6))
    assert not [one for one in built(root) if "seite-" in one]
