"""What a command costs, with everything that it starts, and on what machine that was measured."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds (user + system) of the whole process tree, peak MB of its largest process, wall seconds."""

    cpu_s: float
    peak_mb: float
    wall_s: float


class FailedError(Exception):
    """A contestant did not do its work; the text is what it said last."""


def run(command: list[str], *, cwd: Path = ROOT, **environment: str) -> Cost:
    """Run to the end in a folder, by default the project's; FailedError if the command fails.

    Keep the calling process small: Linux counts its memory as a child's until the child runs its own program.
    """
    started = time.monotonic()
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)  # of the child and of all that it waited for
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise FailedError(f"{' '.join(command)}\n{said[-2000:]}")
    scale = 1e6 if sys.platform == "darwin" else 1e3  # bytes there, kilobytes on Linux
    cpu_s = used.ru_utime + used.ru_stime
    return Cost(cpu_s, used.ru_maxrss / scale, time.monotonic() - started)


def surroundings(*packages: str) -> dict[str, object]:
    """Date, commit, machine and versions, as every file of results begins."""
    return {
        "commit": _commit(),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "load": [round(one, 1) for one in os.getloadavg()],
        "machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        "versions": {"python": platform.python_version(), **{name: version(name) for name in packages}},
    }


def _commit() -> str:
    command = ["git", "rev-parse", "--short=12", "HEAD"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(": ", 1)[1] for line in lines if line.startswith("model name")), "unknown")
