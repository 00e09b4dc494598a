"""The benchmark of audio works: every contestant is run, and what is published is as it should be."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import parts

ROOT = Path(__file__).parent.parent.parent


def test_every_contestant_does_the_same_work(tmp_path: Path) -> None:
    parts.program("ffmpeg")
    parts.program("ffprobe")
    out = tmp_path / "figures.json"
    command = [sys.executable, "benchmarks/audio.py", "--quick", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(out.read_text(encoding="utf-8"))
    editions = {name: one for name, one in figures.items() if name.startswith("edition, ")}
    assert len(editions) == 4
    for name, one in {**editions, "add": figures["add"]}.items():
        assert one["ours"]["cpu_s"] > 0, name
        assert one["ours"]["peak_mb"] <= 150, name
        assert one["against ffmpeg"] > 0, name
    for name, one in editions.items():
        assert one["loudness_lufs"] == pytest.approx(-19 if "mono" in name else -16, abs=0.5)
    assert figures["tags"]["against ffprobe"] > 0
    assert figures["start"]["hdw --help"] > 0
    assert figures["commit"]
    assert figures["machine"]
