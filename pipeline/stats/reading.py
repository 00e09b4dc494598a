"""Access logs as files: plain or packed, however large, or from standard input; read once, line by line."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import itertools
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from pipeline.errors import LogError
from pipeline.messages import msg
from pipeline.stats.hits import FORMATS, Hit, reader

STDIN = "-"
_SAMPLE = 100
"""By so many lines the format of a log is recognised."""
_LONGEST = 1 << 16
"""Characters of a line; what is longer is no line of a log."""
_STEP = 5000
_PACKED: dict[bytes, Callable[[BinaryIO], BinaryIO]] = {
    # how such a file begins: what unpacks it
    b"\x1f\x8b": lambda file: cast("BinaryIO", gzip.GzipFile(fileobj=file)),
    b"BZ": lambda file: cast("BinaryIO", bz2.BZ2File(file)),
    b"\xfd7": lambda file: cast("BinaryIO", lzma.LZMAFile(file)),  # noqa: SIM115
}
_DAMAGED = (EOFError, OSError, lzma.LZMAError, zlib.error)


def read(path: str, told: Callable[[int], object] = lambda _: None) -> Iterator[Hit | None]:
    """Every request of a log, in the order it has; None for a line that cannot be read. "-": standard input.

    `told` gets how many bytes of the file were read. LogError where it cannot be opened or unpacked, or is no
    access log.
    """
    with _opened(path) as (file, position):
        lines = iter(lambda: file.readline(_LONGEST), "")
        try:
            sample = list(itertools.islice(filter(_said, lines), _SAMPLE))
            found = reader(sample) if sample else None
            if sample and not found:
                raise _no_log(path)
            for number, line in enumerate(itertools.chain(sample, filter(_said, lines))):
                if not number % _STEP:
                    told(position())
                yield found(line) if found else None
        except _DAMAGED as error:
            raise LogError(
                msg("The file breaks off or cannot be unpacked: {reason}.", reason=str(error)),
                where="" if path == STDIN else path,
                hint=msg("Copy it from the server once more."),
            ) from error


def _said(line: str) -> bool:
    """Whether a line tells of a request: empty ones and comments do not."""
    return not line.isspace() and not line.startswith("#")


@contextlib.contextmanager
def _opened(path: str) -> Iterator[tuple[io.TextIOWrapper, Callable[[], int]]]:
    with contextlib.ExitStack() as stack:
        try:
            buffered = _stdin() if path == STDIN else stack.enter_context(Path(path).open("rb"))
            beginning = buffered.peek(2)[:2]
        except OSError as error:
            raise LogError(
                msg("The log cannot be read: {reason}.", reason=error.strerror or str(error)),
                where=path,
                hint=msg(
                    "Does it exist, and may this account read it? Servers often keep logs for root only."
                ),
            ) from error
        unpack = _PACKED.get(beginning)
        content = stack.enter_context(unpack(buffered)) if unpack else buffered
        text = io.TextIOWrapper(content, encoding="utf-8", errors="replace", newline="\n")
        stack.callback(text.detach)
        yield text, (lambda: 0) if path == STDIN else buffered.tell


def _stdin() -> io.BufferedReader:
    return cast("io.BufferedReader", sys.stdin.buffer)


def _no_log(path: str) -> LogError:
    return LogError(
        msg("This is no access log that can be read."),
        where="" if path == STDIN else path,
        hint=msg(
            "These formats can: {formats}. An error log names no downloads.", formats=", ".join(FORMATS)
        ),
    )
