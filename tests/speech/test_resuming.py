"""Killed at random moments, a job goes on, and its result is that of an undisturbed run, byte for byte."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
import wave
from contextlib import suppress
from pathlib import Path

import numpy as np
import psutil
import pytest

from pipeline import audio, speech
from pipeline.speech import Options, Place
from tests import parts

FIXTURES = Path(__file__).parent.parent / "fixtures"
MODEL = FIXTURES / "tiny-de-espeak.pt"
CODE = """\
import sys, os
from pathlib import Path
from pipeline import speech
def main():
    recording, journals, result = map(Path, sys.argv[1:4])
    heard = speech.recognise(
        recording, speech.Options(sys.argv[4], "de", engine=sys.argv[5], device="cpu", beam_size=1),
        speech.Place(2), length_s=600, journals=journals, report=lambda p: print(p.done_s, flush=True),
    )
    result.write_text(speech.to_jsonl(heard), encoding="utf-8")
if __name__ == "__main__":
    main()
"""
KILLS = 20
AGAIN_AND_AGAIN = """\
import multiprocessing, os, sys
import faster_whisper
from pipeline.speech import activity, faster, worker
import run
spawned = multiprocessing.get_context
multiprocessing.get_context = lambda _: spawned("fork")
for _ in sys.stdin:
    pid = os.fork()
    if not pid:
        run.main()
        os._exit(0)
    print("pid", pid, flush=True)
    print("ended", os.waitpid(pid, 0)[1], flush=True)
"""
"""Imports once, and forks for each run, which forks its own child: what is killed are real processes."""


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten minutes of short sentences with long pauses: three pieces, quickly decoded."""
    speech_ = np.concatenate(list(audio.stream(FIXTURES / "speech.mp3")))
    samples = np.concatenate([np.concatenate([speech_, np.zeros(16_000 * 3, np.int16)])] * 55)
    path = tmp_path_factory.mktemp("long") / "lang.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return path


def run(recording: Path, folder: Path, engine: str) -> subprocess.Popen[str]:
    return subprocess.Popen(command(recording, folder, engine), stdout=subprocess.PIPE, text=True)


def command(recording: Path, folder: Path, engine: str, code: str = "") -> list[str]:
    """Recognise a recording in a process of its own; `code` stands in for the call of `main`."""
    (folder / "run.py").write_text(CODE, encoding="utf-8")
    script = folder / "again.py" if code else folder / "run.py"
    script.write_text(code or CODE, encoding="utf-8")
    places = (script, recording, folder / "journal", folder / "heard.jsonl", MODEL)
    return [sys.executable, *map(str, places), engine]


def finish(recording: Path, folder: Path, engine: str) -> None:
    with run(recording, folder, engine) as process:
        assert process.wait() == 0


def test_killed_twenty_times_the_result_is_that_of_an_undisturbed_run(
    recording: Path, tmp_path: Path
) -> None:
    parts.there("SIGKILL", "" if sys.platform == "win32" else "SIGKILL")
    engine = "faster-whisper"
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    calm.mkdir()
    killed.mkdir()
    started = time.monotonic()
    finish(recording, calm, engine)
    length_s = time.monotonic() - started
    chance = random.Random(20261124)
    pieces = kills = 0
    again = command(recording, killed, engine, AGAIN_AND_AGAIN)
    with subprocess.Popen(again, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        while kills < KILLS:
            begun = time.monotonic()
            if killed_after(parent, chance.uniform(0.02, length_s)):
                kills += 1
            else:
                length_s = time.monotonic() - begun  # the more is kept, the sooner it ends
            kept = sum(len(path.read_bytes().splitlines()) for path in (killed / "journal").glob("*.jsonl"))
            assert kept >= pieces - 1, "finished pieces are kept, a torn line aside"
            pieces = kept
        parent.stdin.close()  # type: ignore[union-attr]
    finish(recording, killed, engine)
    assert (killed / "heard.jsonl").read_bytes() == (calm / "heard.jsonl").read_bytes()


def killed_after(parent: subprocess.Popen[str], wait_s: float) -> bool:
    """Start a run and kill it after so many seconds; False where it ended before, and well."""
    assert parent.stdin
    assert parent.stdout
    parent.stdin.write("run\n")
    parent.stdin.flush()
    pid = int(parent.stdout.readline().removeprefix("pid "))
    with suppress(psutil.NoSuchProcess):
        run, end = psutil.Process(pid), time.monotonic() + wait_s
        while time.monotonic() < end and run.status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.005)
        run.kill()
    status = next(line for line in parent.stdout if line.startswith("ended ")).split()[1]
    assert int(status) in {0, signal.SIGKILL}
    return int(status) != 0


def test_finished_pieces_are_not_decoded_again(recording: Path, tmp_path: Path) -> None:
    options = Options(str(MODEL), "de", engine="faster-whisper", device="cpu", beam_size=1)
    first: list[speech.Progress] = []
    again: list[speech.Progress] = []
    for told in (first, again):
        speech.recognise(recording, options, Place(1), length_s=610, journals=tmp_path, report=told.append)
    assert first[-2].kept_s == 0
    assert again[-2].kept_s == pytest.approx(again[-2].done_s)


def test_ctrl_c_stops_within_two_seconds_and_leaves_no_process(recording: Path, tmp_path: Path) -> None:
    with run(recording, tmp_path, "faster-whisper") as process:
        assert process.stdout
        process.stdout.readline()  # the first piece is done: the network is at work on the next
        children = psutil.Process(process.pid).children(recursive=True)
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) != 0
        assert time.monotonic() - started < 2
    assert children
    assert psutil.wait_procs(children, timeout=2)[1] == []
