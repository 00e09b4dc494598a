"""The boxes of an MP4 file (ISO/IEC 14496-12): where each lies, and what kind of sound is inside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_WITH_BOXES = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}
_STSD_HEAD = 8  # version, flags, number of entries
_HEADER, _LONG_HEADER = 8, 16


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its kind, where its content starts, and where it ends by its own account."""

    kind: bytes
    start: int
    end: int


def boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes between two places; the last may end beyond (then the file is cut)."""
    at = start
    while at + _HEADER <= end:
        file.seek(at)
        head = file.read(_LONG_HEADER)
        size, kind, header = int.from_bytes(head[:4], "big"), head[4:8], _HEADER
        if size == 1:
            size, header = int.from_bytes(head[8:16], "big"), _LONG_HEADER
        elif size == 0:
            size = end - at
        if size < header:
            return
        yield Box(kind, at + header, at + size)
        at += size


def sample_entries(file: BinaryIO) -> tuple[bytes, ...]:
    """The four letters that say how each track is coded: `mp4a`, or `enca` and `drms` where it is locked."""
    return tuple(_entries(file, 0, file.seek(0, os.SEEK_END)))


def _entries(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    for box in boxes(file, start, end):
        if box.kind in _WITH_BOXES:
            yield from _entries(file, box.start, min(box.end, end))
        elif box.kind == b"stsd":
            yield from (entry.kind for entry in boxes(file, box.start + _STSD_HEAD, min(box.end, end)))
