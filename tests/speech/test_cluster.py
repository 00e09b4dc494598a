"""A real scheduler and real workers: one dies in mid-run, and the text is the one of this machine alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from pipeline import audio, speech
from pipeline.errors import SpeechError
from pipeline.speech import Options, Place, worker
from pipeline.speech.activity import Activity
from pipeline.speech.pieces import cut

FIXTURES = Path(__file__).parent.parent / "fixtures"
MODEL = FIXTURES / "tiny-de-espeak.pt"
ROOT = Path(__file__).parent.parent.parent
PATIENCE_S = 60.0


class Cluster:
    """A scheduler with its workers, each a process of its own, on the loopback address."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.stack = folder, stack
        self.file = folder / "scheduler.json"
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self.file))
        self._until(lambda: self.file.is_file() and self.file.read_bytes().endswith(b"}"))
        self.address: str = json.loads(self.file.read_text(encoding="utf-8"))["address"]

    def worker(self) -> subprocess.Popen[bytes]:
        space = self.folder / f"worker-{time.monotonic_ns()}"
        return self._start(
            "worker", self.address, "--host", "127.0.0.1", "--no-nanny", "--nthreads", "1",
            "--local-directory", str(space),
        )  # fmt: skip

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
        started = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{words[0]}", *words[1:], "--no-dashboard"],
            env=environment, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.stack.callback(started.wait)
        self.stack.callback(started.kill)
        return started

    def _until(self, ready: object) -> None:
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            if callable(ready) and ready():
                return
            time.sleep(0.05)
        raise TimeoutError("the scheduler does not start")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with ExitStack() as stack:
        yield Cluster(tmp_path, stack)


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About nine minutes of speech: three pieces."""
    once = np.concatenate(list(audio.stream(FIXTURES / "demo-recording.mp3")))
    path = tmp_path_factory.mktemp("cluster") / "lang.flac"
    path.write_bytes(audio.pack(np.concatenate([once] * 18)))
    return path


def heard(recording: Path, place: Place, journals: Path, report: object = None) -> str:
    options = Options(str(MODEL), "de", engine="faster-whisper", device="cpu", beam_size=1, threads=1)
    told = report if callable(report) else lambda _: None
    return speech.to_jsonl(
        speech.recognise(recording, options, place, length_s=540.0, journals=journals, report=told)
    )


def test_a_worker_lost_in_mid_run_costs_a_piece_and_not_the_text(
    cluster: Cluster, recording: Path, tmp_path: Path
) -> None:
    workers = [cluster.worker(), cluster.worker()]
    killed = []

    def kill_one(_: speech.Progress) -> None:
        if not killed:  # the first piece is done, so the network is at work on others
            workers[0].kill()
            killed.append(workers[0].wait())

    far = heard(recording, Place(cluster=cluster.address), tmp_path / "far", kill_one)
    assert killed
    assert far == heard(recording, Place(), tmp_path / "near")


def test_a_worker_with_another_model_refuses(cluster: Cluster, recording: Path) -> None:
    cluster.worker()
    options = Options(str(MODEL), "de", engine="faster-whisper", device="cpu", beam_size=1)
    (piece, *_) = cut(Activity().probabilities(audio.stream(recording)))
    with Place(cluster=cluster.address).open() as executor:
        opened = executor.submit(worker.open_, options).result()
        expected = worker.Opened("0" * 64, opened.device, opened.compute, opened.versions)
        words = "set up differently: checkpoint a1f12ee786e6 instead of checkpoint 000000000000"
        with pytest.raises(SpeechError, match=words):
            executor.submit(worker.recognise, piece.packed(), options, expected).result()


def test_a_scheduler_that_does_not_answer_is_said(recording: Path, tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match="No scheduler answers") as raised:
        heard(recording, Place(cluster="tcp://127.0.0.1:9"), tmp_path)
    assert "dask scheduler" in str(raised.value.hint)


def test_a_cluster_without_workers_is_said(cluster: Cluster, recording: Path, tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match="no workers"):
        heard(recording, Place(cluster=cluster.address), tmp_path)
