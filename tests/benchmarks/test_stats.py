"""The benchmark of counting works: every line is read, and each contestant that is here has figures."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_every_line_is_read_and_has_its_cost() -> None:
    command = [sys.executable, "benchmarks/stats.py", "--quick"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    for lines in ("10,000 lines", "20,000 lines"):
        assert figures[lines]["downloads"] > 100
        assert figures[lines]["hdw stats"]["lines a CPU second"] > 0
        assert figures[lines]["hdw stats"]["peak_mb"] > 0
        assert ("goaccess" in figures[lines]) == bool(shutil.which("goaccess"))
