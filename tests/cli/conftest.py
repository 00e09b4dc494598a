"""The real command in the small house: through pipes, or at a terminal."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.calling import COMMAND, FIXTURES, Hdw, Terminal, environment


@pytest.fixture
def hdw(house_folder: Path) -> Hdw:
    """Runs `hdw` in the small house through pipes; German unless `--lang` says otherwise."""

    def run(*arguments: str, cwd: Path = house_folder) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *arguments],
            cwd=cwd,
            env=environment("de"),
            capture_output=True,
            encoding="utf-8",
            check=False,
            stdin=subprocess.DEVNULL,
        )

    return run


@pytest.fixture
def terminal(house_folder: Path) -> Iterator[Callable[..., Terminal]]:
    """Runs `hdw` in the small house at a terminal."""
    opened: list[Terminal] = []

    def run(*arguments: str, cwd: Path = house_folder, columns: int = 80) -> Terminal:
        opened.append(Terminal(arguments, cwd, columns))
        return opened[-1]

    yield run
    for one in opened:
        with contextlib.suppress(ProcessLookupError):
            one.process.kill()
        one.process.wait()
        os.close(one.ours)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """A recording of eight seconds with a date in its name."""
    return Path(shutil.copy(FIXTURES / "speech.mp3", tmp_path / "aufnahme-2026-11-20.mp3"))
