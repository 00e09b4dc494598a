"""`benchmarks/page.py --quick` runs, and measures the page that it means."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import parts

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.chromium
def test_the_page_benchmark_runs_small() -> None:
    parts.chromium()
    command = [sys.executable, "benchmarks/page.py", "--quick"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    for name in ("talk", "start page"):
        assert found[name]["elsewhere"] == 0
        assert set(found[name]["kilobytes, each"]) >= {"css", "html", "woff2"}
        assert "mp3" not in found[name]["kilobytes, each"]  # no byte of sound before anybody plays
    assert found["talk, slowed"]["style and layout, ms"] > 0
    assert found["highlight of a word, slowed"]["frames"] >= 30
    assert found["highlight of a word, slowed"]["marked"] == 1
