"""What a page shows of an episode's files: the recording to listen to, its pictures in small."""

from __future__ import annotations

from pathlib import Path

from pipeline import project
from pipeline.errors import MisuseError
from pipeline.messages import msg
from pipeline.models import MIME_TYPES
from pipeline.workflow.choosing import house_of

_PLAYED = frozenset({".aac", ".flac", ".m4a", ".mp3", ".oga", ".ogg", ".opus", ".wav"})
"""What browsers play."""
_PIXELS = 400


def listening(root: Path, episode_id: str) -> tuple[Path, str]:
    """The recording of an episode, or its first published edition where no browser plays that; MIME type.

    MisuseError where neither is on this computer.
    """
    found = next((one for one in _sounds(root, episode_id) if _plays(one)), None)
    if found is None:
        raise MisuseError(msg("There is no recording here that the browser plays."))
    return found, MIME_TYPES.get(found.suffix.lower(), "application/octet-stream")


def shown_picture(root: Path, episode_id: str, file: str) -> bytes | None:
    """A picture of an episode's folder as a small JPEG; None if there is none that can be opened.

    Only what lies in the folder itself has a name here: a path never leads out of it.
    """
    folder = project.episode_folder(root, episode_id)
    names = {one.name for one in folder.iterdir()} if folder.is_dir() else set()
    return project.thumbnail(folder / file, _PIXELS) if file in names else None


def _sounds(root: Path, episode_id: str) -> tuple[Path, ...]:
    house, episode = house_of(root, episode_id)  # asked for again with every byte range
    recording = project.recording_path(root, episode, house.settings)
    editions = (one.file for one in house.of(episode).audio.editions if not one.url)
    folder = project.episode_folder(root, episode.id)
    return (*([recording] if recording else []), *(folder / file for file in editions))


def _plays(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in _PLAYED
