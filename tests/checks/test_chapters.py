"""When chapters in the published audio count as those of the front matter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import checks, project
from pipeline.models import Chapter


def found(house_folder: Path, inside: tuple[tuple[float, str], ...] | None) -> list[str]:
    house = project.load(house_folder)
    episode = next(one for one in house.episodes if one.chapters)
    held = None if inside is None else tuple(Chapter(start=start, title=title) for start, title in inside)
    facts = {**house.facts, episode.id: replace(house.of(episode), edition_chapters=held)}
    return [str(one.message) for one in checks.chapters.in_audio(replace(house, facts=facts))]


@pytest.mark.parametrize(
    "inside",
    [
        None,
        ((0, "Anfang"), (20.9, "Mitte"), (40, " Ende ")),
        ((0, "Anfang"), (20, "<b>Mitte</b>"), (39, "Ende")),
    ],
    ids=["not looked into", "within a second", "tags keep no markup"],
)
def test_the_same_chapters_are_no_finding(
    good_house: Path, inside: tuple[tuple[float, str], ...] | None
) -> None:
    path = next(good_house.glob("episodes/2026-11-20*/episode.md"))
    title = "title: <b>Mitte</b>" if inside and "<b>" in inside[1][1] else "title: Mitte"
    path.write_text(path.read_text(encoding="utf-8").replace("title: Mitte", title), encoding="utf-8")
    assert found(good_house, inside) == []


@pytest.mark.parametrize(
    "inside",
    [(), ((0, "Anfang"), (21.2, "Mitte"), (40, "Ende")), ((0, "Anfang"), (20, "Mittel"), (40, "Ende"))],
    ids=["none", "more than a second", "another title"],
)
def test_other_chapters_are_a_finding(good_house: Path, inside: tuple[tuple[float, str], ...]) -> None:
    assert found(good_house, inside) == ["The published audio file has other chapters than these."]
