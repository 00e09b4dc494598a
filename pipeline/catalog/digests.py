"""SHA-256 of the built site's files; what looks as it did is not read again."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pipeline import project
from pipeline.catalog.looking import look
from pipeline.catalog.store import Row, Store


class Digest(NamedTuple):
    """What a file holds: SHA-256 in hexadecimal, and bytes."""

    sha256: str
    bytes: int


def digests(root: Path, folder: Path, paths: Iterable[str]) -> dict[str, Digest]:
    """The digests of these files below a folder; OSError for one that is not there."""
    store, kind, now_ns = Store.of(root), f"digests {folder}", time.time_ns()
    known, fresh, found = store.rows(kind), dict[str, Row](), dict[str, Digest]()
    for path in paths:
        row, seen = known.pop(path, None), look(None, (folder / path,))
        if row is None or row.young or row.signature != seen.signature:
            value = f"{(folder / path).stat().st_size} {project.digest(folder / path)}"
            row = fresh[path] = Row(seen.signature, seen.young(now_ns), value.encode())
        size, _, sha256 = row.value.decode().partition(" ")
        found[path] = Digest(sha256, int(size))
    store.keep(kind, fresh, {}, gone=known)
    store.close()
    return found
