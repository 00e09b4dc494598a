"""`benchmarks/publish.py --quick` runs, and holds the goals of sending."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import parts

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, dict[str, int]]]:
    parts.at("weed", Path(sys.executable).with_name("weed"))
    command = [sys.executable, "benchmarks/publish.py", "--quick"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    figures: dict[str, dict[str, dict[str, int]]] = json.loads(done.stdout)
    return figures


@pytest.mark.parametrize("bucket", ["versions", "no versions"])
def test_one_episode_costs_a_request_for_each_file_and_ten(
    found: dict[str, dict[str, dict[str, int]]], bucket: str
) -> None:
    figures = found["object storage"][bucket]
    assert figures["files"] > figures["changed files"] == figures["files read"]
    assert figures["requests beside changed files and copies"] <= 10
    copied = (
        figures["requests"] - figures["requests beside changed files and copies"] - figures["changed files"]
    )
    assert copied == (0 if bucket == "versions" else figures["overwritten files"])
