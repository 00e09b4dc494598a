"""What a file announces of its own length, so that a cut one does not pass for a short one."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.audio.boxes import boxes

_HEAD = 4096
_OGG_TAIL = 2 * 65_307  # the last page of an Ogg file has at most 65,307 bytes
_UNKNOWN_WAV = 0xFFFF_FF00  # what programs write that cannot go back to fill in the size


@dataclass(frozen=True, slots=True)
class Promise:
    """The announced length (None: the file does not say) and whether the file's end is there."""

    duration_s: float | None = None
    ends: bool = True


def promised(file: BinaryIO) -> Promise:
    """What the file says of its length.

    A constant-bit-rate MP3 without a Xing, Info or VBRI header, raw AAC, a FLAC or WAV that was streamed
    without a length say nothing: if they are cut, nobody can tell.
    """
    start = tags_end(file)
    file.seek(start)
    head = file.read(12)
    reader = _READERS.get(head[:4], _mp4 if head[4:8] == b"ftyp" else _mp3)
    return reader(file, start)


def tags_end(file: BinaryIO) -> int:
    """Where the sound begins: behind all ID3v2 tags at the start (ID3v2.4 structure, section 3.1)."""
    at, end = 0, file.seek(0, os.SEEK_END)
    while at < end:
        file.seek(at)
        head = file.read(10)
        if head[:3] != b"ID3" or len(head) < len("ID3vvfSSSS"):
            return at
        footer = 10 if head[5] & 0x10 else 0
        at += (
            10
            + footer
            + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True))
        )
    return end


def _flac(file: BinaryIO, start: int) -> Promise:
    """STREAMINFO holds rate and number of samples (RFC 9639, section 8.2)."""
    file.seek(start + 18)
    bits = int.from_bytes(file.read(8), "big")
    rate, samples = bits >> 44, bits & 0xF_FFFF_FFFF
    return Promise(samples / rate if rate and samples else None)


def _wav(file: BinaryIO, start: int) -> Promise:
    """The sizes of `fmt ` and `data` (RIFF), and of `ds64` in files over 4 GB (EBU Tech 3306)."""
    end = file.seek(0, os.SEEK_END)
    at, byte_rate, long_size = start + 12, 0, 0
    while at + 8 <= end:
        file.seek(at)
        kind, size = file.read(4), int.from_bytes(file.read(4), "little")
        if kind == b"fmt ":
            byte_rate = int.from_bytes(file.read(12)[8:], "little")
        elif kind == b"ds64":
            long_size = int.from_bytes(file.read(16)[8:], "little")
        elif kind == b"data":
            size = long_size or size
            known = byte_rate and size and (long_size or size < _UNKNOWN_WAV)
            return Promise(size / byte_rate) if known else Promise()
        at += 8 + size + size % 2
    return Promise(ends=False)


def _ogg(file: BinaryIO, _start: int) -> Promise:
    """The last page carries the flag for the end of the stream (RFC 3533, section 6)."""
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, end - _OGG_TAIL))
    tail = file.read()
    page = tail[tail.rfind(b"OggS") :]
    segments = page[27 : 27 + page[26]] if len(page) > 26 else b""  # noqa: PLR2004 (the page's header)
    complete = len(page) >= 27 + len(segments) + sum(segments) and len(segments) > 0
    return Promise(ends=complete and bool(page[5] & 0x04))


def _mp4(file: BinaryIO, start: int) -> Promise:
    """No box reaches beyond the file, and there is an index; the index's length is read by FFmpeg."""
    end = file.seek(0, os.SEEK_END)
    found = list(boxes(file, start, end))
    return Promise(ends=all(box.end <= end for box in found) and any(box.kind == b"moov" for box in found))


def _mp3(file: BinaryIO, start: int) -> Promise:
    """The first frame of a file with variable bit rate holds the number of frames (Xing, Info, VBRI)."""
    file.seek(start)
    head = file.read(_HEAD)
    for found in re.finditer(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb]", head):
        frame = head[found.start() :]
        seconds = _frame_s(frame)
        if seconds:
            frames = _frames(frame)
            return Promise(frames * seconds if frames else None)
    return Promise()


def _frame_s(frame: bytes) -> float:
    """How long one frame sounds; 0 if this is no header of an MPEG audio layer III frame."""
    if len(frame) < 4 or frame[2] >> 4 in {0, 15} or (frame[2] >> 2) & 3 == 3:  # noqa: PLR2004
        return 0.0
    first = bool(frame[1] & 0x08)
    divisor = 1 if first else 2 if frame[1] & 0x10 else 4
    rate = (44_100, 48_000, 32_000)[(frame[2] >> 2) & 3] // divisor
    return (1152 if first else 576) / rate


def _frames(frame: bytes) -> int:
    mono, first = frame[3] >> 6 == 3, bool(frame[1] & 0x08)  # noqa: PLR2004
    side = {(True, False): 32, (True, True): 17, (False, False): 17, (False, True): 9}[first, mono]
    at = 4 + side
    if frame[at : at + 4] in {b"Xing", b"Info"} and frame[at + 7] & 1:
        return int.from_bytes(frame[at + 8 : at + 12], "big")
    if frame[36:40] == b"VBRI":
        return int.from_bytes(frame[50:54], "big")
    return 0


_READERS: dict[bytes, Callable[[BinaryIO, int], Promise]] = {
    b"OggS": _ogg,
    b"RF64": _wav,
    b"RIFF": _wav,
    b"fLaC": _flac,
}
