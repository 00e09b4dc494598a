"""What a look at files tells without reading them: who was changed since the last one."""

from __future__ import annotations

import marshal
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.files import PART

MARGIN_NS = 2_000_000_000
"""Some drives know time in steps of two seconds: a file that was changed so short before a look may have been
changed again since, and nothing would tell."""

_PLAIN = 2
"""The last form of marshal in which equal values are equal bytes: later ones note what is shared."""

Stat = tuple[str, int, int, int, int]


class Look(NamedTuple):
    """The signature of files (names, sizes, both times, inodes), and when the youngest of them was changed.

    `newest` is in nanoseconds since 1970, 0 where there is no file.
    """

    signature: bytes
    newest: int

    def young(self, now_ns: int) -> bool:
        """Whether a file changed so short before `now_ns`, when the look began, that it may change unseen."""
        return self.newest >= now_ns - MARGIN_NS


class Elsewhere(NamedTuple):
    """Single files that are named, there or not, and how they look."""

    paths: tuple[str, ...]
    signature: bytes
    newest: int

    def young(self, now_ns: int) -> bool:
        """The same of these."""
        return self.newest >= now_ns - MARGIN_NS


def elsewhere(paths: Iterable[str]) -> Elsewhere:
    """Look at files by their whole paths."""
    named = tuple(paths)
    return Elsewhere(named, *look(None, named)) if named else _NOWHERE


_NOWHERE = Elsewhere((), b"", 0)


def look(folder: Path | None, others: Iterable[Path | str] = ()) -> Look:
    """Every file below a folder, and these others, there or not."""
    found = sorted(_below(str(folder), "")) if folder else []
    found += [_named(str(path)) for path in others]
    newest = max((max(one[2], one[3]) for one in found), default=0)
    return Look(marshal.dumps(found, _PLAIN), newest)


def _below(folder: str, inside: str) -> Iterator[Stat]:
    try:
        entries = os.scandir(folder)
    except OSError:
        return
    with entries:
        for entry in entries:
            if entry.name.endswith(PART):  # somebody is writing it; it is no file yet
                continue
            try:
                found = entry.stat()
            except OSError:  # a link to nowhere
                yield (inside + entry.name, -1, 0, 0, 0)
                continue
            if stat.S_ISDIR(found.st_mode):
                yield from _below(entry.path, f"{inside}{entry.name}/")
            else:
                yield _stat(inside + entry.name, found)


def _named(path: str) -> Stat:
    try:
        return _stat(path, os.stat(path))  # noqa: PTH116 (many thousands of them)
    except OSError:
        return (path, -1, 0, 0, 0)


def _stat(name: str, found: os.stat_result) -> Stat:
    return (name, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
