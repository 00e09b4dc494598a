"""Several files of an episode written together or not at all, so that a kill never leaves half of them.

They are filled into a folder beside their places; its renaming decides. From then on they are moved in one
by one, and whoever was killed on the way is finished by the next call: what was moved is not there any more.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import BusyError, HdwError
from pipeline.files import PART, write_atomic
from pipeline.messages import msg
from pipeline.project import layout


def replace_together(
    root: Path, episode_id: str, files: Mapping[str, bytes], was: Mapping[str, bytes]
) -> None:
    """Write files by their names in the episode's folder; BusyError if one of `was` holds other bytes now."""
    folder = layout.episode_folder(root, episode_id)
    waiting = folder / layout.REPLACING
    filling = waiting.with_name(waiting.name + PART)
    shutil.rmtree(filling, ignore_errors=True)
    for name, data in files.items():
        write_atomic(filling / name, data)
    for name, data in was.items():
        if (folder / name).read_bytes() != data:
            shutil.rmtree(filling)
            raise BusyError(
                msg("The file was changed by somebody else in the meantime."),
                where=layout.shown(folder / name, root),
                hint=msg("Nothing was written. The same command again works on the new text."),
            )
    filling.replace(waiting)
    finish_replacement(root, episode_id)


def finish_replacement(root: Path, episode_id: str) -> bool:
    """Move in what a killed call had decided to write; False if there is nothing."""
    folder = layout.episode_folder(root, episode_id)
    waiting = folder / layout.REPLACING
    if not waiting.is_dir():
        return False
    for path in sorted(waiting.rglob("*")):
        if path.is_file():
            target = folder / path.relative_to(waiting)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
    shutil.rmtree(waiting)
    return True


def unfinished_replacement(root: Path, episode_id: str) -> bool:
    """Whether a killed call had decided to write files that are not moved in yet."""
    return (layout.episode_folder(root, episode_id) / layout.REPLACING).is_dir()


def refuse_unfinished(root: Path, episode_id: str) -> None:
    """HdwError if files of an episode wait to be moved in: those that are there do not belong together."""
    if unfinished_replacement(root, episode_id):
        raise HdwError(
            msg("The recording of this episode is being replaced, and that broke off."),
            where=layout.episode_folder(root, episode_id),
            hint=msg("The same hdw replace {episode} … once more finishes it.", episode=episode_id),
        )
