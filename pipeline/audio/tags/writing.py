"""Tags → a file of ours, by its suffix; the file must be a copy, for mutagen writes in place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.audio.tags import id3, mp4, vorbis
from pipeline.audio.tags.values import Tags

WRITERS: dict[str, Callable[[Path, Tags, float], None]] = {
    ".m4a": mp4.write,
    ".mp3": id3.write,
    ".opus": vorbis.write,
}


def write(path: Path, suffix: str, tags: Tags, duration_s: float) -> None:
    """Put these tags in place of all that are in the file; the last chapter ends with the sound."""
    WRITERS[suffix](path, tags, duration_s)
