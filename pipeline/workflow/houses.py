"""A house from outside: what it is called, whether anything has changed, where the desk keeps its own."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline import catalog, project
from pipeline.errors import ProjectError


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
    looks = [catalog.look(root / folder) for folder in ("content", project.EPISODES, project.PRIVATE)]
    looks.append(catalog.look(None, (root / project.SETTINGS,)))
    return hashlib.sha256(b"".join(one.signature for one in looks)).hexdigest()[:16]


def desk_file(root: Path, name: str) -> Path:
    """Where the desk keeps something of its own, which may be deleted at any time."""
    return root / project.DESK / name


def theme_folder() -> Path:
    """The theme that comes with the program: the desk has its fonts from there."""
    return project.shipped_theme()
