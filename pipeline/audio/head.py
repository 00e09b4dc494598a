"""How much of a published file comes before its sound: tags, covers, chapters, tables."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from pipeline.audio.boxes import boxes
from pipeline.audio.probe import reading

_ID3_HEAD, _ID3_FOOTER_FLAG = 10, 0x10
_PAGE_HEAD = 27


def head_bytes(path: Path) -> int:
    """Bytes of an MP3, M4A or Ogg file that are no sound; 0 of any other. AudioError if it cannot be read."""
    with reading(path), path.open("rb") as file:
        beginning = file.read(12)
        if beginning[:3] == b"ID3":
            return _id3(beginning)
        if beginning[4:8] == b"ftyp":
            return _mp4(file)
        return _ogg(file) if beginning[:4] == b"OggS" else 0


def _id3(beginning: bytes) -> int:
    """ID3v2.4.0 structure, 3.1: seven bits a byte."""
    size = 0
    for byte in beginning[6:_ID3_HEAD]:
        size = size << 7 | byte & 0x7F
    return size + _ID3_HEAD * (2 if beginning[5] & _ID3_FOOTER_FLAG else 1)


def _mp4(file: BinaryIO) -> int:
    """Everything beside the boxes `mdat`: players need the tables wherever they lie."""
    end = file.seek(0, os.SEEK_END)
    return end - sum(min(box.end, end) - box.start for box in boxes(file, 0, end) if box.kind == b"mdat")


def _ogg(file: BinaryIO) -> int:
    """RFC 7845, 3: pages of the two headers stand at granule position 0, before any page of sound."""
    at = 0
    while True:
        file.seek(at)
        page = file.read(_PAGE_HEAD)
        if len(page) < _PAGE_HEAD or page[:4] != b"OggS" or page[6:14] not in {b"\0" * 8, b"\xff" * 8}:
            return at
        at += _PAGE_HEAD + page[26] + sum(file.read(page[26]))
