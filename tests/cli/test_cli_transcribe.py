from __future__ import annotations

import json
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pipeline import audio
from tests.cli.calling import FIXTURES, Hdw, Terminal

MODEL = str(FIXTURES / "tiny-de-espeak.pt")
EPISODE = "2026-11-20-drei-saetze"


@pytest.fixture
def added(hdw: Hdw, house_folder: Path, recording: Path) -> Path:
    """The small house with a recording that waits for its transcript."""
    hdw("add", str(recording), "--title", "Drei Sätze")
    return house_folder


def test_through_a_pipe_results_and_progress_are_plain_lines_on_their_streams(hdw: Hdw, added: Path) -> None:
    done = hdw("transcribe", "--model", MODEL)
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        f"Transkript: 3 Sätze\n  episodes/{EPISODE}/transcript.vtt\n\n"
        f"Weiter: hdw transcript approve {EPISODE} --by NAME\n"
    )
    lines = done.stderr.splitlines()
    assert lines[0] == "1 Folge ohne Transkript · 0:00:08 · Modell tiny-de-espeak (lokal)"
    assert lines[1].startswith(f"{EPISODE}  0:00:08 von 0:00:08")
    assert "Stimme" in lines[2]  # what the demonstration's model knows
    assert lines[3].startswith(f"{EPISODE}  Stimmen: 0:00:0")
    assert len(lines) == 4

    nothing = hdw("transcribe")
    assert (nothing.returncode, nothing.stderr) == (0, "")
    assert nothing.stdout.startswith("Nichts zu tun: ")


def test_recognised_again_the_text_keeps_what_people_wrote(hdw: Hdw, added: Path) -> None:
    hdw("transcribe", "--model", MODEL)
    vtt = added / "episodes" / EPISODE / "transcript.vtt"
    text = vtt.read_text(encoding="utf-8")
    first = text.split("\n")[5]
    vtt.write_text(text.replace(first, "Von Hand."), encoding="utf-8")
    again = hdw("transcribe", EPISODE, "--model", MODEL, "--adopt")
    assert again.returncode == 0, again.stderr
    lines = again.stdout.splitlines()
    assert lines[1].startswith(f"  episodes/{EPISODE}/asr/")
    assert lines[2] == "0 Sätze neu · 0 weggefallen · 1 behalten, weil von Menschen bearbeitet"
    assert vtt.read_text(encoding="utf-8") == text.replace(first, "Von Hand.")


def test_json_gives_an_event_a_line(hdw: Hdw, added: Path) -> None:
    done = hdw("transcribe", "--model", MODEL, "--json")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = [event["event"] for event in events]
    assert kinds[:2] == ["start", "start"]
    assert kinds[-1] == "transcript"
    assert "warning" in kinds
    piece = next(event for event in events if event["event"] == "piece")
    assert list(piece) == ["event", "episode", "done_s", "of_s", "kept_s"]
    assert piece["episode"] == EPISODE
    assert 0 < piece["done_s"] <= piece["of_s"] < 9
    assert done.stderr == ""


def test_a_terminal_shows_a_bar_within_80_columns(terminal: Callable[..., Terminal], added: Path) -> None:
    shown = terminal("transcribe", "--model", MODEL)
    assert shown.end() == 0, shown.plain
    drawn = shown.plain.replace("\r", "\n").splitlines()
    bars = [line for line in drawn if "━" in line and "0:00:08 von 0:00:08" in line]
    assert bars
    assert f"{EPISODE[:12]}" in bars[-1]
    (finished,) = (line for line in drawn if line.startswith(f"{EPISODE}  0:00:08 von 0:00:08"))
    assert drawn.index(bars[-1]) < drawn.index(finished)
    assert drawn.count("Transkript: 3 Sätze") == 1


def test_ctrl_c_stops_with_one_line(terminal: Callable[..., Terminal], added: Path) -> None:
    shown = terminal("transcribe", "--model", MODEL)
    shown.until("wird geladen")
    shown.interrupt()
    assert shown.end() == 130
    assert shown.plain.splitlines()[-1] == "Angehalten."
    assert "Traceback" not in shown.plain
    assert not (added / "episodes" / EPISODE / "transcript.vtt").exists()


def test_places_that_may_be_invented_are_listed_with_their_time(
    hdw: Hdw, house_folder: Path, tmp_path: Path
) -> None:
    talk = np.concatenate(list(audio.stream(FIXTURES / "speech.mp3")))
    recording = tmp_path / "aufnahme-2026-11-20.wav"
    with wave.open(str(recording), "wb") as file:
        file.setparams((1, 2, audio.RATE, 0, "NONE", ""))
        file.writeframes(np.concatenate([talk, talk, talk]).astype("<i2").tobytes())
    hdw("add", str(recording), "--title", "Drei Sätze", "--people", "Mira Beispiel")
    done = hdw("transcribe", "--model", MODEL)
    assert done.stdout.startswith(
        "Transkript: 9 Sätze, 1 Stimme, 1 Stelle zum Ansehen\n  0:00:00  3-mal dasselbe: „Herzlich"
    ), done.stdout + done.stderr
    assert '"kind": "loop"' in (house_folder / "episodes" / EPISODE / "transcript.json").read_text()
    found = hdw("check").stdout
    assert f"episodes/{EPISODE}/transcript.vtt\n  4    0:00:00 3-mal dasselbe" in found
    assert "1 Stelle" in hdw("status").stdout
