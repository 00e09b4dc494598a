"""A house as `project` reads it, quickly: what did not change since the last look is not parsed again."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pipeline import project
from pipeline.catalog.collecting import many_values
from pipeline.catalog.digests import Digest, digests
from pipeline.catalog.files import Files, Marks
from pipeline.catalog.forking import each
from pipeline.catalog.looking import Elsewhere, Look, elsewhere, look
from pipeline.catalog.sites import Record, Site, as_left, stamp
from pipeline.catalog.store import Memo, Store
from pipeline.models import House

__all__ = [
    "Digest",
    "Elsewhere",
    "Files",
    "Look",
    "Marks",
    "Memo",
    "Record",
    "Site",
    "Store",
    "as_left",
    "digests",
    "each",
    "elsewhere",
    "load",
    "look",
    "many_values",
    "opened",
    "read",
    "stamp",
]


def load(root: Path, *, only: Collection[str] | None = None) -> House:
    """Everything in a house, or of its episodes those named; ProjectError carries every mistake at once."""
    return read(opened(root), only=only)


def opened(root: Path) -> Files:
    """The files of a house, with what is known of them."""
    return Files(root, Store.of(root))


def read(files: Files, *, only: Collection[str] | None = None) -> House:
    """The same with files that were opened before."""
    try:
        with many_values():
            return project.load(files.root, only=only, files=files)
    finally:
        files.save()
