"""A file → its tags, by the family they belong to; tags that cannot be read count as none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.audio.tags import id3, mp4, vorbis
from pipeline.audio.tags.values import Tags
from pipeline.errors import AudioError
from pipeline.messages import msg

READERS: dict[str, Callable[[Any, Any], Tags]] = {
    # mutagen's class of tags, and who reads it
    "ID3": id3.read,
    "MP4Tags": mp4.read,
    "VCommentDict": vorbis.read,
}
# What mutagen, and values that are not of their tag's kind, raise for files that lie about themselves.
_LIES = (
    AttributeError,
    IndexError,
    KeyError,
    MemoryError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
)


def read_tags(path: Path) -> Tags:
    """The tags of MP3, M4A, Ogg, Opus, FLAC or WAV; empty ones where they cannot be read."""
    import mutagen  # noqa: PLC0415 (heavy)

    try:
        return _read(mutagen.File(path))
    except mutagen.MutagenError as error:
        if getattr(error.__cause__ or error.__context__, "errno", None):  # mutagen's own have no number
            raise AudioError(msg("The file cannot be opened."), where=path) from error
        return Tags()
    except _LIES:
        return Tags()


def _read(file: Any) -> Tags:
    if file is None or file.tags is None:
        return Tags()
    kinds = {base.__name__ for base in type(file.tags).__mro__}
    return next((reader(file.tags, file) for name, reader in READERS.items() if name in kinds), Tags())
