"""Notes of releases that were read or sent before, by their content: a line is spared megabytes."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from pipeline.files import write_atomic

MANY = 12
"""How many stay here."""


def kept(folder: Path, sha256: str) -> bytes | None:
    """The note of this digest, if it is here and whole."""
    with contextlib.suppress(OSError):
        data = (folder / f"{sha256}.json").read_bytes()
        if hashlib.sha256(data).hexdigest() == sha256:
            return data
    return None


def keep(folder: Path, data: bytes) -> None:
    """Keep a note; it only saves time, so failing harms nobody."""
    with contextlib.suppress(OSError):
        write_atomic(folder / f"{hashlib.sha256(data).hexdigest()}.json", data, durable=False)
        by_age = sorted(folder.glob("*.json"), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in by_age[MANY:]:
            old.unlink()
