"""A shell on a server that takes one command after the other, over one connection of the program `ssh`.

The connection is this process's child: it ends with it, however that ends, and so does the shell with all
that it holds. Other programs (rsync) go through the same connection: one publication costs one handshake.
Keys, the agent, known hosts and ~/.ssh/config are ssh's own affair; nothing is ever asked for.
"""

from __future__ import annotations

import atexit
import contextlib
import secrets
import shlex
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pipeline.deploy import refusals
from pipeline.errors import DeployError

IDLE_S = 120
"""A shell that hears nothing for so long ends: its computer is gone, and so is what it held."""
GRACE_S = 3
_DESCRIPTORS = range(4, 10)
"""What a POSIX shell can open beyond what it is given and what the loop below uses."""
SURE = {
    "BatchMode": "yes",
    "ClearAllForwardings": "yes",
    "ConnectTimeout": "30",
    "ControlMaster": "yes",
    "ControlPersist": "no",
    "ForwardX11": "no",
    "PermitLocalCommand": "no",
    "RemoteCommand": "none",
    "RequestTTY": "no",
    "ServerAliveCountMax": "4",
    "ServerAliveInterval": "15",
}
"""What has to be so, whatever ~/.ssh/config says; whether a server's key is trusted stays with ssh."""
# A frame is a letter, eleven digits (bytes of the code that follows) and the code: `h` is for this very
# shell, `r` runs apart. What the code reads from its standard input follows: `head -c` takes no byte more.
# One compound command: a shell may read ahead, so nothing is sent before it has read all of this.
_LOOP = """\
{{
umask 022
LC_ALL=C
export LC_ALL
exec 3>&1
printf '%s\\n' {mark}
while frame=$(timeout {idle} head -c 12) && [ -n "$frame" ]; do
  code=$(head -c "${{frame#?}}")
  case $frame in
  h*) eval "$code"; status=$?; said= ;;
  *) said=$( (eval "$code") 2>&1 >&3 ); status=$? ;;
  esac
  printf '\\n%s %d %d\\n%s' {mark} "$status" "${{#said}}" "$said"
done
exit
}}
"""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command wrote, what it said on its standard error, and how it ended."""

    status: int
    out: bytes
    said: str


class Shell:
    """A POSIX shell on a server, held open."""

    def __init__(self, host: str, port: int | None) -> None:
        program = shutil.which("ssh")
        if program is None:
            raise refusals.not_here("ssh")
        self.host = host
        self._folder = Path(tempfile.mkdtemp(prefix="hdw-"))  # a socket's path has to be short
        self._errors = (self._folder / "errors").open("w+b")
        self._mark = secrets.token_hex(16).encode()
        self._turn = threading.RLock()
        self._read = bytearray()
        self._free = list(_DESCRIPTORS)
        self._begun = False
        options = [text for name, value in SURE.items() for text in ("-o", f"{name}={value}")]
        at = ["-p", str(port)] if port else []
        self._process = subprocess.Popen(  # noqa: S603 (the host follows --)
            [program, *options, "-S", str(self._folder / "s"), *at, "--", host, "sh"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            bufsize=0,
        )
        try:
            self._write(_LOOP.format(mark=self._mark.decode(), idle=IDLE_S).encode())
            self._until(self._mark + b"\n")
            self._begun = True
        except BaseException:
            self.close()
            raise

    @property
    def alive(self) -> bool:
        """Whether it can still be spoken to."""
        return self._process.poll() is None

    @property
    def transport(self) -> str:
        """A command line of ssh, for a program that takes one, that goes through this connection or fails."""
        # no file of settings: they may forward or run something once more; no way of its own to any server
        return shlex.join(["ssh", "-F", "none", "-S", str(self._folder / "s"), "-o", "ProxyCommand=false"])

    def run(self, code: str, data: bytes = b"") -> Reply:
        """Run code of a POSIX shell that reads `data`; DeployError if the connection is lost.

        Code that fails may leave data unread, so the shell has to be closed then.
        """
        return self._ask(b"r", code, data)

    @contextlib.contextmanager
    def opened(self, file: str) -> Iterator[int]:
        """A descriptor of the shell, and of all that it starts, on a file; until then it is not replaced."""
        with self._turn:
            descriptor = self._free.pop()
            self._ask(b"h", f"exec {descriptor}>> {shlex.quote(file)}", b"")
        try:
            yield descriptor
        finally:
            with contextlib.suppress(DeployError):  # a shell that has ended holds nothing
                self._ask(b"h", f"exec {descriptor}>&-", b"")
            self._free.append(descriptor)

    @property
    def holds(self) -> bool:
        """Whether it has opened something that another shell would not have."""
        return len(self._free) < len(_DESCRIPTORS)

    def close(self) -> None:
        """End the shell and its connection."""
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                _there(pipe).close()
        self._ended()
        self._errors.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    @contextlib.contextmanager
    def awake(self) -> Iterator[None]:
        """Let it hear from us while something else takes its time."""
        done = threading.Event()

        def beat() -> None:
            with contextlib.suppress(DeployError, OSError, ValueError):  # whoever asks next is told
                while not done.wait(IDLE_S / 4):
                    self.run(":")

        beating = threading.Thread(target=beat, daemon=True)
        beating.start()
        try:
            yield
        finally:
            done.set()
            beating.join()

    def lost(self) -> DeployError:
        """Why the connection ended."""
        self._ended()
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace")
        return refusals.lost(said if said.strip() or self._begun else refusals.NO_SHELL, self.host)

    def _ended(self) -> None:
        """Whether it ends by itself or is still needed by somebody: it has ended."""
        try:
            self._process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            self._process.terminate()
            self._process.wait()

    def _ask(self, kind: bytes, code: str, data: bytes) -> Reply:
        with self._turn:
            text = code.encode()
            self._write(b"%s%011d" % (kind, len(text)) + text + data)
            out = self._until(b"\n" + self._mark + b" ")
            status, size = self._until(b"\n").split()
            while len(self._read) < int(size):
                self._more()
            said = bytes(self._read[: int(size)]).decode(errors="replace")
            del self._read[: int(size)]
            return Reply(int(status), out, said.strip())

    def _write(self, data: bytes) -> None:
        view, pipe = memoryview(data), _there(self._process.stdin)
        try:
            while view:
                view = view[pipe.write(view) :]
        except OSError as error:
            raise self.lost() from error

    def _until(self, end: bytes) -> bytes:
        start = 0
        while (at := self._read.find(end, start)) < 0:
            start = max(0, len(self._read) - len(end))
            self._more()
        found = bytes(self._read[:at])
        del self._read[: at + len(end)]
        return found

    def _more(self) -> None:
        piece = _there(self._process.stdout).read(1 << 16)
        if not piece:
            raise self.lost()
        self._read += piece


_open: dict[tuple[str, int | None, str], Shell] = {}
"""The shell of each place: planning a publication and sending it are two calls, and need one handshake."""


def shell(host: str, port: int | None, path: str) -> Shell:
    """The shell of a place on a server, opened anew where it has ended; DeployError if it held something."""
    key = (host, port, path)
    if key in _open and not _open[key].alive:
        if _open[key].holds:
            raise _open[key].lost()
        _open.pop(key).close()
    if key not in _open:
        _open[key] = Shell(host, port)
    return _open[key]


@atexit.register
def close_all() -> None:
    """End every connection."""
    while _open:
        _open.popitem()[1].close()


def _there(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 (each was asked for)
    return pipe
