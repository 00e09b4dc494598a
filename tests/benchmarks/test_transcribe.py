"""The benchmark of recognition works: every contestant is run, and all of them do the same work."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests import parts

ROOT = Path(__file__).parent.parent.parent


def test_every_contestant_does_the_same_work(tmp_path: Path) -> None:
    parts.program("ffmpeg")  # the stock command needs it
    out = tmp_path / "figures.json"
    command = [sys.executable, "benchmarks/transcribe.py", "--quick", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(out.read_text(encoding="utf-8"))
    compared = figures["shallow, talk"]
    assert {"stock whisper", "ours, whisper", "ours, faster-whisper"} < set(compared)
    assert all(one["cpu_s"] > 0 and one["peak_mb"] > 100 for one in compared.values())
    assert all(1 <= one["windows"] <= compared["stock whisper"]["windows"] for one in compared.values())
    assert max(one["all"] for one in figures["text"].values()) <= 15
    assert figures["commit"]
    assert figures["machine"]
