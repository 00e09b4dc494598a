"""SHA-256 of the built site's files; what did not change since the last look is not read again."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pipeline.files import write_atomic
from pipeline.project.facts import digest
from pipeline.project.layout import DIGESTS


class Digest(NamedTuple):
    """What a file holds: SHA-256 in hexadecimal, and bytes."""

    sha256: str
    bytes: int


def digests(root: Path, folder: Path, paths: Iterable[str]) -> dict[str, Digest]:
    """The digests of these files below a folder; OSError for one that is not there.

    A file counts as unchanged while size, both times and inode are those of the last look; one as young as
    that look is read again.
    """
    kept, now = _load(root), time.time_ns()
    looked, known = kept.get(str(folder), (0, {}))
    found: dict[str, tuple[list[int], str]] = {}
    for path in paths:
        stat = os.stat(folder / path)  # noqa: PTH116 (forty thousand of them)
        signature = [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]
        old = known.get(path)
        fits = old and old[0] == signature and max(stat.st_mtime_ns, stat.st_ctime_ns) < looked
        found[path] = (signature, old[1] if old and fits else digest(folder / path))
    kept[str(folder)] = (now, found)
    write_atomic(root / DIGESTS, json.dumps(kept).encode(), durable=False)
    return {path: Digest(sha256, signature[0]) for path, (signature, sha256) in found.items()}


def _load(root: Path) -> dict[str, tuple[int, dict[str, tuple[list[int], str]]]]:
    """What is known, by folder: when it was looked at, and of each file its signature and digest."""
    try:
        kept = json.loads((root / DIGESTS).read_bytes())
        return {
            folder: (
                int(looked),
                {path: (list(signature), str(sha)) for path, (signature, sha) in files.items()},
            )
            for folder, (looked, files) in kept.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
