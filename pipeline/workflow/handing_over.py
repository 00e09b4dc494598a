"""A recording that was handed over for an episode, kept until it is decided what becomes of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline.workflow.filling.arriving import file_name
from pipeline.workflow.houses import desk_file


def hand_over(root: Path, episode_id: str, upload: Path, name: str) -> Path:
    """Keep an uploaded file for an episode, in place of one that was kept before.

    `name` is what it was called where it came from; it makes the file's name, a path it never makes.
    """
    give_up(root, episode_id)
    folder = _folder(root, episode_id)
    folder.mkdir(parents=True)
    return upload.replace(folder / file_name(name))


def handed_over(root: Path, episode_id: str) -> Path | None:
    """The file that is kept for an episode; None if there is none."""
    folder = _folder(root, episode_id)
    return next(iter(sorted(folder.iterdir())), None) if folder.is_dir() else None


def give_up(root: Path, episode_id: str) -> None:
    """The kept file is not needed any more."""
    shutil.rmtree(_folder(root, episode_id), ignore_errors=True)


def _folder(root: Path, episode_id: str) -> Path:
    return desk_file(root, f"handed-over/{episode_id}")
