"""The moments that an episode.md names, in another recording: all else in the file stays."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pipeline import project
from pipeline.models import Episode
from pipeline.transcripts.moves import Kept, Moves
from pipeline.workflow.moving import MovedMoments, moved_moments

TEXT = """\
---
guid: g
title: T
date: 2026-11-20
# vom Schnitt
chapters:
  - {start: "0:00", title: Anfang}   # eins
  - start: 0:10
    title: Mitte
    url: https://example.org/
  - {start: "0:30", title: Ende}
soundbites:
  - {start: "0:12", duration: 15, title: Kostprobe}
links:
  - {url: "https://example.org/buch", title: Buch, passage: "0:31"}
  - {url: "https://example.org/ohne", title: Ohne}
---

Um 0:30 geht es weiter.
"""
JINGLE = Moves((Kept(0, 8, 60),), 60, 68)
MIDDLE_CUT = Moves((Kept(0, 0, 9), Kept(30, 9, 30)), 60, 39)


def moved(moves: Moves, text: str = TEXT) -> MovedMoments:
    return moved_moments(text, _episode(text), moves)


def _episode(text: str) -> Episode:
    values = project.front_values(text)
    return project.episode_of(values, "x", ZoneInfo("UTC"), file="", line_of=lambda _: 0)


def test_after_a_jingle_only_the_moments_change_and_the_first_chapter_still_starts_at_0() -> None:
    made = moved(JINGLE)
    assert made.text == (
        TEXT.replace('"0:00", title', '"0:00:00", title')
        .replace("start: 0:10", "start: 0:00:18")
        .replace('"0:30"', '"0:00:38"')
        .replace('"0:12"', '"0:00:20"')
        .replace('"0:31"', '"0:00:39"')
    )
    assert (made.chapters, made.soundbites, made.passages) == (2, 1, 1)
    assert (made.gone_chapters, made.gone_soundbites, made.gone_passages) == ((), (), ())


def test_what_was_cut_is_taken_out_and_named() -> None:
    made = moved(MIDDLE_CUT)
    assert [one.title for one in made.gone_chapters] == ["Mitte"]
    assert [one.title for one in made.gone_soundbites] == ["Kostprobe"]
    values = project.front_values(made.text)
    chapters = [(one["start"], one["title"]) for one in values["chapters"]]
    assert chapters == [("0:00:00", "Anfang"), ("0:00:09", "Ende")]
    assert "soundbites" not in values
    assert values["links"][0]["passage"] == "0:00:10"
    assert made.text.endswith("---\n\nUm 0:30 geht es weiter.\n")


def test_a_passage_that_was_cut_leaves_its_link() -> None:
    made = moved(Moves((Kept(0, 0, 30),), 60, 30))
    assert made.gone_passages == ("Buch",)
    assert [sorted(one) for one in project.front_values(made.text)["links"]] == [["title", "url"]] * 2


def test_a_chapter_whose_beginning_was_cut_starts_at_the_cut() -> None:
    made = moved(Moves((Kept(0, 0, 9), Kept(15, 9, 45)), 60, 54))
    assert [one["start"] for one in project.front_values(made.text)["chapters"]] == [
        "0:00:00",
        "0:00:09",
        "0:00:24",
    ]


def test_a_chapter_behind_what_was_put_in_starts_behind_it() -> None:
    made = moved(Moves((Kept(0, 0, 10), Kept(10, 30.04, 50)), 60, 80))
    assert [one["start"] for one in project.front_values(made.text)["chapters"]] == [
        "0:00:00",
        "0:00:30",
        "0:00:50",
    ]


def test_a_soundbite_with_something_put_into_it_is_taken_out() -> None:
    made = moved(Moves((Kept(0, 0, 15), Kept(15, 20, 45)), 60, 65))
    assert [one.title for one in made.gone_soundbites] == ["Kostprobe"]


def test_where_the_first_chapter_is_gone_the_next_one_starts_the_recording() -> None:
    made = moved(Moves((Kept(10, 0, 50),), 60, 50))
    assert [(one["start"], one["title"]) for one in project.front_values(made.text)["chapters"]] == [
        ("0:00:00", "Mitte"),
        ("0:00:20", "Ende"),
    ]


def test_an_episode_without_moments_stays_byte_by_byte() -> None:
    text = "---\nguid: g\ntitle: T\ndate: 2026-11-20\n---\n"
    assert moved(MIDDLE_CUT, text).text == text
