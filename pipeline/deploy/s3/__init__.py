"""Object storage that speaks S3: a bucket in which a web server or a delivery network shows everything.

Changed files are sent, several at once, one request each; the bucket is never listed. What is overwritten is
found again by its version, where the bucket keeps versions, and is copied away in the storage elsewhere.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pipeline.deploy.in_place import InPlace
from pipeline.deploy.s3.store import S3Store
from pipeline.models import S3Target


def place(target: S3Target, _root: Path) -> InPlace:
    """The bucket of a table [publish.NAME]."""
    return _place(target)


@lru_cache(maxsize=8)
def _place(target: S3Target) -> InPlace:
    """One for a process: its connections stay open, and notes that never change are read once."""
    return InPlace(S3Store.of(target), target.keep)
