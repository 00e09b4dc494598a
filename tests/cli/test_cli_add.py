from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli.add import say_added
from pipeline.cli.speaking import speak
from pipeline.errors import Level, Problem, Where
from pipeline.messages import msg
from pipeline.models import Recording
from pipeline.workflow import Added, Found
from tests.cli.calling import Hdw, Terminal


def test_options_win_and_nothing_is_asked_through_a_pipe(
    hdw: Hdw, house_folder: Path, recording: Path
) -> None:
    done = hdw(
        "add", str(recording),
        "--title", "Drei Sätze", "--date", "2026-12-01 18:30", "--people", "Mira Beispiel, Ada Neu",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = (house_folder / "episodes/2026-12-01-drei-saetze/episode.md").read_text(encoding="utf-8")
    assert "date: 2026-12-01 18:30" in text
    assert "person: mira-beispiel" in text
    assert (house_folder / "content/people/ada-neu.md").is_file()
    assert "Titel" in done.stdout


def test_a_date_that_is_none_is_refused_with_an_example(
    hdw: Hdw, house_folder: Path, recording: Path
) -> None:
    done = hdw("add", str(recording), "--title", "T", "--date", "gestern")
    assert done.returncode == 2
    assert "2026-11-20 12:00" in done.stderr
    assert len(list((house_folder / "episodes").iterdir())) == 1


GOLDEN = """\
Neue Folge: episodes/2026-11-20-was-ist-eine-smarte-stadt
  Titel      Was ist eine smarte Stadt?  (aus der Datei)
  Datum      20.11.2026, 12:00           (aus dem Dateinamen; Uhrzeit üblich)
  Dauer      0:42:17 · MP3, 128 kbit/s, stereo · −19,2 LUFS (Ziel −16: wird
             angehoben)
Noch auszufüllen: summary (Zeile 6), pictures[0].alt (Zeile 14)
"""


def test_what_was_found_stands_in_columns_and_no_line_is_wider_than_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    episode = "2026-11-20-was-ist-eine-smarte-stadt"
    sound = "0:42:17 · MP3, 128 kbit/s, stereo · −19,2 LUFS (Ziel −16: wird angehoben)"
    usual = msg("{source}; usual time of day", source=msg("from the file's name"))
    found = (
        Found(msg("Title"), "Was ist eine smarte Stadt?", msg("from the file")),
        Found(msg("Date"), "20.11.2026, 12:00", usual),
        Found(msg("Length"), sound, msg("")),
    )
    missing = (
        Problem(msg("summary is missing."), Where("episode.md", 6, "summary")),
        Problem(msg("alt is missing."), Where("episode.md", 14, "pictures[0].alt")),
        Problem(msg("Few chapters."), Where("episode.md", 9, "chapters"), level=Level.RECOMMENDED),
    )
    facts = Recording.model_construct()
    speak("de")
    say_added(Added(episode, tmp_path / "episodes" / episode, found, missing, facts), tmp_path)
    assert capsys.readouterr().out == GOLDEN


def test_the_next_step_names_the_new_episode(hdw: Hdw, recording: Path) -> None:
    done = hdw("add", str(recording), "--title", "Drei Sätze")
    assert done.stdout.startswith("Neue Folge: episodes/2026-11-20-drei-saetze\n")
    assert done.stdout.endswith("\n\nWeiter: hdw transcribe 2026-11-20-drei-saetze\n")
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_json_has_the_documented_keys(hdw: Hdw, recording: Path) -> None:
    done = hdw("add", str(recording), "--title", "Drei Sätze", "--json")
    (line,) = done.stdout.splitlines()
    added = json.loads(line)
    assert list(added) == ["episode", "folder", "found", "missing"]
    assert added["episode"] == "2026-11-20-drei-saetze"
    assert added["missing"][0]["field"] == "summary"


def test_a_missing_title_is_asked_for_at_a_terminal(
    terminal: Callable[..., Terminal], house_folder: Path, recording: Path
) -> None:
    shown = terminal("add", str(recording))
    shown.until("Titel der Folge")
    shown.type("Drei Sätze")
    assert shown.end() == 0, shown.plain
    assert (house_folder / "episodes/2026-11-20-drei-saetze/episode.md").is_file()
