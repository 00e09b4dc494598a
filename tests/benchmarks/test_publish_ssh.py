"""The benchmark of publishing to a server works: both make the same release, and both are measured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests import parts

ROOT = Path(__file__).parent.parent.parent


def test_both_make_the_same_release_and_only_what_is_new_is_sent() -> None:
    for program in ("sshd", "ssh", "rsync"):
        parts.program(program)
    command = [sys.executable, "benchmarks/publish_ssh.py", "--quick"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert made["program start"]["cpu_s"] > 0
    assert set(made["checks"]) == {"digests_s", "house_s", "rules_s"}
    assert all(seconds > 0 for seconds in made["checks"].values())
    found = made["one episode more"]
    assert found["files"] == 4 * 43 + 4
    for one in ("hdw", "rsync"):
        assert found[one]["here_s"] > 0
        assert found[one]["server_s"] > 0
        assert 1_000_000 < found[one]["sent_bytes"] < 1_100_000
