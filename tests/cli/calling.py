"""The real command, called as an editor calls it: through pipes, or at a terminal of 80 columns."""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

FIXTURES = Path(__file__).parent.parent / "fixtures"
COMMAND = [sys.executable, "-m", "pipeline"]
Hdw = Callable[..., subprocess.CompletedProcess[str]]


def environment(language: str) -> dict[str, str]:
    """The environment of a person who speaks a language, at 80 columns."""
    kept = {k: v for k, v in os.environ.items() if k not in {"LANGUAGE", "LC_ALL", "COLUMNS", "NO_COLOR"}}
    locale = {"LANG": f"{language}_{language.upper()}.UTF-8", "LC_MESSAGES": ""}
    return {**kept, **locale, "PYTHONUTF8": "1", "TERM": "xterm"}


class Terminal:
    """A pseudo-terminal with `hdw` at its other end."""

    def __init__(self, arguments: tuple[str, ...], cwd: Path, columns: int = 80) -> None:
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
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
            if error.errno != errno.EIO:
                raise
            return False
        self.shown += data.decode("utf-8", "replace")
        return bool(data)
