"""`hdw replace` as an editor calls it: German, in 80 columns, through a pipe and at a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import project, workflow
from tests import published, talks
from tests.cli.calling import Hdw, Terminal
from tests.talks import ID


@pytest.fixture(scope="module")
def heard(heard_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house in which the new recording was heard before: the journal stays until it is taken over."""
    house = published.copied(heard_once, tmp_path_factory.mktemp("gespraech") / "alles")
    workflow.replacement(
        house,
        ID,
        house.parent / "both.wav",
        choices=workflow.Choices(),
        report=lambda event: None,
        now=talks.NOW,
    )
    return house


@pytest.fixture
def house(heard: Path, tmp_path: Path) -> Path:
    return published.copied(heard, tmp_path / "alles")


def state(house: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (house / "episodes" / ID).iterdir() if p.is_file()}


def test_through_a_pipe_it_is_shown_and_nothing_changes(hdw: Hdw, house: Path) -> None:
    before = state(house)
    done = hdw("replace", ID, "../both.wav", cwd=house)
    assert done.returncode == 0, done.stderr
    # the cut lies within a pause, so its second is one of two
    lines = done.stdout.replace("bis 0:00:20 (10 s)", "bis 0:00:21 (10 s)").splitlines()
    assert lines[:6] == [
        f"Neue Aufnahme für {ID}",
        "  Dauer           0:00:37 → 0:00:31",
        "  weggeschnitten  0:00:11 bis 0:00:21 (10 s) der alten Aufnahme",
        "  eingefügt       0:00:00 bis 0:00:04 (4 s) der neuen Aufnahme",
        "  Transkript      8 Sätze bleiben, 3 weggefallen",
        "  Kapitel         2 verschoben",
    ]
    assert [line[:4] for line in lines[6:9]] == ["  – "] * 3
    assert lines[9:] == [
        "Die Folge ist noch nicht veröffentlicht: Niemand hat die alte Aufnahme.",
        "Nichts geändert (--yes übernimmt es).",
    ]
    assert all(len(line) <= 80 for line in lines)
    assert "Neue Aufnahme · 0:00:31 · Modell tiny-de-espeak (lokal)" in done.stderr
    assert state(house) == before


def test_yes_takes_it_over_and_programs_get_json(hdw: Hdw, house: Path) -> None:
    talks.publish(house)
    done = hdw("replace", ID, "../both.wav", "--yes", "--json", cwd=house)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["episode"], told["written"], told["published"]) == (ID, True, True)
    assert [round(last - first) for first, last in (*told["cut"], *told["added"])] == [10, 4]
    assert (told["sentences"]["moved"], len(told["sentences"]["gone"])) == (8, 3)
    assert told["chapters"] == {"moved": 2, "gone": []}
    recording = project.load_audio(house, ID).recording
    assert recording is not None
    assert recording.file == "both.wav"


def test_at_a_terminal_it_asks_and_no_is_no(terminal: Callable[..., Terminal], house: Path) -> None:
    talks.publish(house)
    before = state(house)
    at = terminal("replace", ID, "../both.wav", cwd=house)
    at.until("Übernehmen? [j/n]")
    assert "Veröffentlicht seit 20.11.2026. Apps, die die Folge geladen haben" in at.plain
    at.type("vielleicht")
    at.until("j: ja, n: nein")
    at.type("n")
    assert at.end() == 0
    assert "Nichts geändert." in at.plain
    assert state(house) == before


def test_what_was_killed_while_it_was_written_is_finished_by_the_same_call(hdw: Hdw, house: Path) -> None:
    waiting = house / "episodes" / ID / ".replacing"
    waiting.mkdir()
    (waiting / "transcript.json").write_text('{"cues": {}}', encoding="utf-8")
    stopped = hdw("status", cwd=house)
    assert stopped.returncode == 1
    assert f"brach ab. Dasselbe hdw replace {ID} … noch einmal bringt es zu Ende." in " ".join(
        stopped.stderr.split()
    )
    done = hdw("replace", ID, "../both.wav", cwd=house)
    assert done.stdout == (
        "Was abgebrochen war, ist fertig: Die Folge hat ihre neue Aufnahme.\n\nWeiter: hdw build\n"
    )
    assert state(house)["transcript.json"] == b'{"cues": {}}'
    assert not waiting.exists()


def test_a_published_episode_without_a_transcript_is_heard_first(hdw: Hdw, house: Path) -> None:
    talks.publish(house)
    (house / "episodes" / ID / "transcript.vtt").unlink()
    done = hdw("replace", ID, "../both.wav", cwd=house)
    assert done.returncode == 2
    assert done.stderr.startswith("Die Folge hat noch kein Transkript: ")


def test_an_unpublished_episode_without_a_transcript_just_gets_it(hdw: Hdw, house: Path) -> None:
    for name in ("transcript.vtt", "transcript.json"):
        (house / "episodes" / ID / name).unlink()
    before = state(house)
    done = hdw("replace", ID, "../cut.wav", "--yes", cwd=house)
    assert done.returncode == 0, done.stderr
    assert "  Transkript  gibt es noch nicht\n" in done.stdout
    assert f"Weiter: hdw transcribe {ID}\n" in done.stdout
    loaded = project.load(house, verify=True)
    facts = loaded.of(loaded.episodes[0])
    assert (facts.audio.recording.file, facts.recording_altered) == ("cut.wav", False)  # type: ignore[union-attr]
    changed = {name for name, data in state(house).items() if before.get(name) != data}
    assert changed == {"audio.json", "cut.wav", "episode.md"}
    again = hdw("replace", ID, "../cut.wav", "--yes", cwd=house)
    assert again.stderr.startswith("Das ist die Aufnahme, die die Folge schon hat: ")
