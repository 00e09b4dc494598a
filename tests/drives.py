"""Small drives of their own, that tests fill to the last page."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import parts

PAGE = 4096
_BALLAST = "fremd.bin"


@contextmanager
def drive(folder: Path, size: str) -> Iterator[None]:
    """A drive of this size (`2m`) at a folder; a missing part where this account may not mount one."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        parts.there("the right to mount a drive of its own", "")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, free: int) -> None:
    """Leave so many pages free; what did so before is replaced."""
    ballast = folder / _BALLAST
    subprocess.run(["dd", "if=/dev/zero", f"of={ballast}", "bs=64k"], capture_output=True, check=False)
    assert not os.statvfs(folder).f_bavail
    os.truncate(ballast, ballast.stat().st_size // PAGE * PAGE - free * PAGE)


def empty(folder: Path) -> None:
    """Room again."""
    (folder / _BALLAST).unlink()
