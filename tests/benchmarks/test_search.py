"""The benchmark of the search works: an archive is indexed, and questions are answered from it."""

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
def test_questions_are_answered_and_cost_what_they_load() -> None:
    parts.chromium()
    command = [sys.executable, "benchmarks/search.py", "--quick"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (archive,) = json.loads(done.stdout)["archives"]
    first, *others = [one for one in archive["questions"] if "said" in one]
    assert first["said"].endswith("Treffer in 6 Folgen")
    assert 80_000 < first["bytes"] <= 350_000
    assert len(others) == 4
    assert all(one["bytes"] <= 150_000 for one in others)
    assert others[-1]["said"].startswith("Nichts gefunden.")
