"""The benchmark of pages works: Lighthouse visits one and every figure is there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import parts

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.chromium
def test_a_visit_has_a_score_and_every_figure() -> None:
    parts.program("node")
    parts.chromium()
    parts.at("Lighthouse", ROOT / "tests/website/checkers/node_modules/lighthouse/package.json")
    command = [sys.executable, "benchmarks/lighthouse.py", "--quick"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (page,) = json.loads(done.stdout)["pages"].values()
    assert 50 < page["score"] <= 100
    assert 0 < page["first_paint_ms"] <= page["largest_paint_ms"]
    assert page["shift"] < 0.1
    assert 50_000 < page["bytes"] < 1_000_000
