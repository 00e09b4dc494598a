"""The real command, called as an editor calls it: through pipes, or at a terminal of 80 columns."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent.parent / "fixtures"
COMMAND = [sys.executable, "-m", "pipeline"]
Hdw = Callable[..., subprocess.CompletedProcess[str]]


def environment(language: str) -> dict[str, str]:
    """The environment of a person who speaks a language, at 80 columns."""
    kept = {k: v for k, v in os.environ.items() if k not in {"LANGUAGE", "LC_ALL", "COLUMNS", "NO_COLOR"}}
    locale = {"LANG": f"{language}_{language.upper()}.UTF-8", "LC_MESSAGES": ""}
    return {**kept, **locale, "PYTHONUTF8": "1", "TERM": "xterm"}


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


class Terminal:
    """A pseudo-terminal with `hdw` at its other end."""

    def __init__(self, arguments: tuple[str, ...], cwd: Path) -> None:
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=cwd,
            env=environment("de"),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        self.shown = ""

    def until(self, text: str, seconds: float = 60) -> None:
        """Read until a text is shown."""
        end = time.monotonic() + seconds
        while text not in self.plain:
            assert time.monotonic() < end, self.plain
            assert self._read(), self.plain

    def type(self, line: str) -> None:
        """Type a line and the return key."""
        os.write(self.ours, f"{line}\n".encode())

    def interrupt(self) -> None:
        """Press Ctrl-C: every process of the session hears it."""
        os.killpg(self.process.pid, signal.SIGINT)

    def end(self) -> int:
        """Read all there is; the exit code."""
        while self._read():
            pass
        return self.process.wait(60)

    @property
    def plain(self) -> str:
        """What was shown, without colours and other control sequences."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.shown).replace("\r\n", "\n")

    def _read(self) -> bool:
        if not select.select([self.ours], [], [], 60)[0]:
            return False
        try:
            data = os.read(self.ours, 65536)
        except OSError as error:  # Linux: the other end is closed
            assert error.errno == errno.EIO
            return False
        self.shown += data.decode("utf-8", "replace")
        return bool(data)


@pytest.fixture
def terminal(house_folder: Path) -> Iterator[Callable[..., Terminal]]:
    """Runs `hdw` in the small house at a terminal."""
    opened: list[Terminal] = []

    def run(*arguments: str, cwd: Path = house_folder) -> Terminal:
        opened.append(Terminal(arguments, cwd))
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
