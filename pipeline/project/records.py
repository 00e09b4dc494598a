"""What is known of the feeds that were written before: kept in .hdw/, and may be deleted at any time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from pipeline.files import write_atomic
from pipeline.project.layout import OUTPUT, PREVIEW, RECORDS

_LIBRARIES = ("feedgen", "lxml", "markdown-it-py", "nh3")
_PROGRAM = {".mo", ".py"}  # feeds hold translated sentences


class Record(NamedTuple):
    """A document of a feed as it was written: its key, the SHA-256 of its bytes, the marks of its items."""

    key: str
    sha256: str
    marks: tuple[str, ...]


def load_records(root: Path, output: Path) -> dict[str, Record]:
    """What lies in a folder of ours, by path.

    Nothing for other folders, where another program wrote it, and where the record is damaged.
    """
    file = _file(root, output)
    try:
        kept = json.loads(file.read_bytes()) if file else {}
        if kept.get("program") != program_mark():
            return {}
        found = kept["files"].items()
        return {path: Record(key, sha, tuple(marks.split())) for path, (key, sha, marks) in found}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def save_records(root: Path, output: Path, records: Mapping[str, Record]) -> None:
    """Keep what lies in a folder of ours; of other folders nothing is known."""
    file = _file(root, output)
    if file:
        files = {path: (one.key, one.sha256, " ".join(one.marks)) for path, one in sorted(records.items())}
        kept = {"program": program_mark(), "files": files}
        write_atomic(file, json.dumps(kept).encode(), durable=False)


@cache
def program_mark() -> str:
    """The digest of the program's files, by size and time, and of the libraries that feeds are made with.

    After an update of either everything is made again.
    """
    package = Path(__file__).parent.parent
    files = sorted(path for path in package.rglob("*") if path.suffix in _PROGRAM)
    stats = ((path, path.stat()) for path in files)
    told = "\n".join(f"{path.relative_to(package)} {stat.st_size} {stat.st_mtime_ns}" for path, stat in stats)
    libraries = " ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return hashlib.sha256(f"{told}\n{libraries}".encode()).hexdigest()


def _file(root: Path, output: Path) -> Path | None:
    names = {(root / own).resolve(): f"{Path(own).name}.json" for own in (OUTPUT, PREVIEW)}
    name = names.get(output.resolve())
    return root / RECORDS / name if name else None
