"""The benchmark of the preview that follows works: what is saved is seen, and it is measured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.chromium
def test_what_is_saved_is_seen_and_measured() -> None:
    command = [sys.executable, "benchmarks/serving.py", "--quick"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert made["episodes"] == 10
    assert 0 < made["saved_to_seen_s"]["least"] <= made["saved_to_seen_s"]["median"]
    assert made["server_cpu_s"]["most"] > 0
