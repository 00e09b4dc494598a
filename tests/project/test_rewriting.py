"""Changes in an episode.md leave every other byte of it."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import project
from pipeline.errors import BusyError, ProjectError

ID = "2026-11-20-smarte-stadt"
ZONE = ZoneInfo("Europe/Berlin")
TEXT = """\
---
guid: 0b4c7f0e   # nie ändern
chapters:
  # vom Schnitt
  - {start: "0:00", title: "Anfang: Teil 1"}
  - start: 0:01:00
    title: Mitte

  - start: 120
    title: Ende   # lang
# nach den Kapiteln
title: 'Was?'
---

Notizen --- mit Strich
"""


def test_a_missing_key_is_added_below_all_others() -> None:
    made = project.with_key(TEXT, "audio", "neu.mp3")
    assert made == TEXT.replace("title: 'Was?'\n", "title: 'Was?'\naudio: neu.mp3\n")


def test_a_key_that_stands_there_is_replaced_and_comments_around_it_stay() -> None:
    made = project.with_key(TEXT, "chapters", [{"start": "0:00:00", "title": "Alles"}])
    assert made == TEXT.partition("chapters:")[0] + (
        "chapters:\n  - start: 0:00:00\n    title: Alles\n"
        "# nach den Kapiteln\ntitle: 'Was?'\n---\n\nNotizen --- mit Strich\n"
    )


def test_an_empty_list_takes_the_key_out() -> None:
    assert project.with_key(TEXT, "chapters", []) == (
        "---\nguid: 0b4c7f0e   # nie ändern\n# nach den Kapiteln\ntitle: 'Was?'\n---\n"
        "\nNotizen --- mit Strich\n"
    )


def test_a_list_on_one_line_is_replaced() -> None:
    text = '---\nchapters: [{start: "0:00", title: A}] # kurz\ntitle: x\n---\n'
    made = project.with_key(text, "chapters", [{"start": "0:00:00", "title": "B"}])
    assert made == "---\nchapters:\n  - start: 0:00:00\n    title: B\ntitle: x\n---\n"


def test_values_change_where_they_stand_and_keep_their_quotation_marks() -> None:
    made = project.with_values(
        TEXT,
        {
            ("chapters", 0, "start"): "0:00:08",
            ("chapters", 1, "start"): "0:01:08.5",
            ("chapters", 2, "start"): "0:02:08",
            ("title",): "Was nun",
        },
    )
    assert made == (
        TEXT.replace('start: "0:00"', 'start: "0:00:08"')
        .replace("start: 0:01:00", "start: 0:01:08.5")
        .replace("start: 120", "start: 0:02:08")
        .replace("'Was?'", "'Was nun'")
    )


@pytest.mark.parametrize("before", ["", "\ufeff"])
def test_ends_of_lines_and_a_byte_order_mark_stay(before: str) -> None:
    windows = before + TEXT.replace("\n", "\r\n")
    made = project.with_key(windows, "audio", "neu.mp3")
    assert made == windows.replace("'Was?'\r\n", "'Was?'\r\naudio: neu.mp3\r\n")
    assert project.with_values(windows, {("title",): "So"}) == windows.replace("'Was?'", "'So'")


@given(st.lists(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"])), max_size=4))
def test_what_is_set_is_read_back(titles: list[str]) -> None:
    values = [{"start": f"0:{n:02}:00", "title": title} for n, title in enumerate(titles)]
    made = project.with_key(TEXT, "chapters", values)
    assert project.parse_yaml(made.split("---")[1]).get("chapters", []) == values


def test_nothing_is_written_over_what_somebody_wrote_meanwhile(house_folder: Path) -> None:
    was = project.episode_source(house_folder, ID)
    file = house_folder / "episodes" / ID / "episode.md"
    file.write_text(was + "mehr\n", encoding="utf-8")
    with pytest.raises(BusyError):
        project.change_episode(house_folder, ID, was, was + "anders\n", ZONE)
    assert file.read_text(encoding="utf-8") == was + "mehr\n"


def test_front_matter_with_mistakes_is_never_written(house_folder: Path) -> None:
    was = project.episode_source(house_folder, ID)
    with pytest.raises(ProjectError):
        project.change_episode(house_folder, ID, was, project.with_key(was, "status", "fertig"), ZONE)
    assert project.episode_source(house_folder, ID) == was


def test_missing_keys_are_added_and_those_that_are_there_stay(house_folder: Path) -> None:
    path = house_folder / "episodes" / ID / "episode.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(TEXT.replace("guid:", "date: 2026-11-20 12:00\nguid:", 1).replace("\n", "\r\n").encode())
    title = project.front_values(TEXT)["title"]
    assert project.complete(house_folder, ID, {"title": "Anders", "language": "en"}, ZONE)
    after = path.read_bytes()
    assert b"\n" not in after.replace(b"\r\n", b"")
    assert {k: v for k, v in project.front_values(after.decode()).items() if k in {"title", "language"}} == {
        "title": title,
        "language": "en",
    }
    assert not project.complete(house_folder, ID, {"title": "Anders"}, ZONE)
    assert path.read_bytes() == after
