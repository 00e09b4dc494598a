"""A house from outside: what it is called, whether anything has changed, where the desk keeps its own."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pipeline import project
from pipeline.errors import ProjectError
from pipeline.files import PART


def is_house(folder: Path) -> bool:
    """Whether a house lies in this very folder."""
    return (folder / project.SETTINGS).is_file()


def title(root: Path) -> str:
    """What a house is called; its folder's name while podcast.toml cannot be read."""
    try:
        return project.load_settings(root).show.title
    except ProjectError:
        return root.name


def signature(root: Path) -> str:
    """What changes when a person or program changes a file of the house: 16 hexadecimal digits."""
    seen = hashlib.sha256()
    for path in _files(root):
        with suppress(FileNotFoundError):  # it went in this very moment
            stat = path.stat()
            seen.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\0{stat.st_ino}\n".encode())
    return seen.hexdigest()[:16]


def desk_file(root: Path, name: str) -> Path:
    """Where the desk keeps something of its own, which may be deleted at any time."""
    return root / project.DESK / name


def theme_folder() -> Path:
    """The theme that comes with the program: the desk has its fonts from there."""
    return project.shipped_theme()


def _files(root: Path) -> Iterator[Path]:
    """Every file that people or programs write into a house, in a fixed order; not what is being written."""
    yield root / project.SETTINGS
    for folder in ("content", project.EPISODES, project.PRIVATE):
        for at, inside, names in os.walk(root / folder):
            inside.sort()
            yield from (Path(at, name) for name in sorted(names) if not name.endswith(PART))
