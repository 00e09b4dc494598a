"""What `hdw transcript voices` and `hdw transcript speakers` say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import Hdw

EPISODE = "2026-11-20-smarte-stadt"
TALK = """\
WEBVTT
Language: de

1
00:00:00.000 --> 00:00:03.000
<v Stimme 1>Hallo und willkommen.

2
00:00:03.000 --> 00:00:04.000
<v Stimme 2>Vielen Dank.
"""


@pytest.fixture
def transcript(house_folder: Path) -> Path:
    path = house_folder / "episodes" / EPISODE / "transcript.vtt"
    path.write_text(TALK, encoding="utf-8", newline="\n")
    return path


def test_voices_are_listed_with_share_and_places(hdw: Hdw, transcript: Path) -> None:
    told = hdw("transcript", "voices", EPISODE)
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert lines[:2] == ["Stimme 1: 75 % der Redezeit", "  0:00:00  Hallo und willkommen."]
    assert "Stimme 2: 25 % der Redezeit" in lines
    assert lines[-1] == f"Weiter: hdw transcript voices {EPISODE} 1=mira-beispiel 2=PERSON"
    assert "Die Aufnahme ist nicht da" in told.stderr
    assert transcript.read_text(encoding="utf-8") == TALK


def test_voices_are_named_and_the_next_step_is_told(hdw: Hdw, transcript: Path) -> None:
    told = hdw("transcript", "voices", EPISODE, "1=mira-beispiel", "2=mira-beispiel")
    assert told.stdout.splitlines()[:2] == [
        "2 Sätze haben jetzt einen Namen.",
        "Jede Stimme hat einen Namen.",
    ]
    assert f"Weiter: hdw transcript approve {EPISODE}" in told.stdout
    assert "Stimme" not in transcript.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["mira-beispiel", "x=mira-beispiel", "1=", "=mira-beispiel"])
def test_what_names_no_voice_is_misuse(hdw: Hdw, transcript: Path, name: str) -> None:
    told = hdw("transcript", "voices", EPISODE, name)
    assert told.returncode == 2
    assert "benennt keine Stimme genau einmal" in told.stderr
    assert transcript.read_text(encoding="utf-8") == TALK


def test_a_voice_named_twice_is_misuse(hdw: Hdw, transcript: Path) -> None:
    assert hdw("transcript", "voices", EPISODE, "1=mira-beispiel", "1=x").returncode == 2
    assert transcript.read_text(encoding="utf-8") == TALK


def test_ranges_are_set(hdw: Hdw, transcript: Path) -> None:
    told = hdw("transcript", "speakers", EPISODE, "1-2=mira-beispiel")
    assert told.stdout.splitlines()[0] == "2 Sätze haben jetzt eine andere Person."
    assert transcript.read_text(encoding="utf-8").count("<v mira-beispiel>") == 2


def test_a_wrong_id_names_the_nearest_person(hdw: Hdw, transcript: Path) -> None:
    told = hdw("transcript", "speakers", EPISODE, "1=mira-bespiel")
    assert told.returncode == 2
    assert "Gemeint ist vielleicht" in told.stderr
    assert "mira-beispiel" in told.stderr


def test_a_range_without_a_person_is_misuse(hdw: Hdw, transcript: Path) -> None:
    told = hdw("transcript", "speakers", EPISODE, "1-2")
    assert told.returncode == 2
    assert "1-2 nennt nicht Sätze und Person" in told.stderr


def test_an_episode_without_a_transcript_says_how_to_get_one(hdw: Hdw) -> None:
    told = hdw("transcript", "voices", EPISODE)
    assert told.returncode == 2
    assert f"hdw transcribe {EPISODE}" in told.stderr
