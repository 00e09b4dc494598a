"""What is no recording, told apart before FFmpeg sees it: nothing, a folder, an archive, a locked file."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import BinaryIO

from pipeline.audio.boxes import sample_entries
from pipeline.errors import AudioError
from pipeline.messages import msg

PROTECTED_SUFFIXES = {".aa", ".aax", ".aaxc", ".m4p"}
PROTECTED_BRANDS = {b"M4P ", b"aax ", b"aaxc"}
PROTECTED_ENTRIES = {b"aavd", b"drmi", b"drms", b"enca", b"encv"}
ARCHIVES = (
    # what stands at which place of the file
    (0, b"7z\xbc\xaf\x27\x1c"),
    (0, b"BZh"),
    (0, b"PK\x03\x04"),
    (0, b"PK\x05\x06"),
    (0, b"Rar!\x1a\x07"),
    (0, b"\x1f\x8b"),
    (0, b"\xfd7zXZ\x00"),
    (257, b"ustar"),
)


def refuse(path: Path) -> None:
    """AudioError, in plain words, for what cannot be a recording."""
    if path.is_dir():
        raise AudioError(
            msg("This is a folder, not a recording."), where=path, hint=msg("Name the file in it.")
        )
    if not path.is_file():
        raise AudioError(msg("There is no such file."), where=path)
    if path.stat().st_size == 0:
        raise AudioError(
            msg("The file is empty."), where=path, hint=msg("Copy it from the recorder once more.")
        )


def refuse_content(file: BinaryIO, path: Path) -> None:
    """AudioError for an archive and for what only a shop's own player can read."""
    file.seek(0)
    head = file.read(512)
    if any(head[at : at + len(mark)] == mark for at, mark in ARCHIVES):
        raise _archive(path)
    if path.suffix.lower() in PROTECTED_SUFFIXES or _locked(file, head):
        raise AudioError(
            msg("The file is copy-protected; nobody but its shop's own player can read it."), where=path
        )


def _locked(file: BinaryIO, head: bytes) -> bool:
    if head[4:8] != b"ftyp":
        return False
    return head[8:12] in PROTECTED_BRANDS or not PROTECTED_ENTRIES.isdisjoint(sample_entries(file))


def _archive(path: Path) -> AudioError:
    if _encrypted(path):
        return AudioError(
            msg("This is an encrypted archive, not a recording."),
            where=path,
            hint=msg("Unpack it with its password and add the recording."),
        )
    return AudioError(
        msg("This is an archive, not a recording."),
        where=path,
        hint=msg("Unpack it and add the recording."),
    )


def _encrypted(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(entry.flag_bits & 1 for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
