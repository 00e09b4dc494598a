"""Vorbis comments, as FLAC, Ogg Vorbis and Opus hold them, with pictures and chapters."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any

from pipeline.audio.tags import values
from pipeline.audio.tags.values import Cover, Tags, clean
from pipeline.models import Chapter


def read(tags: Any, file: Any) -> Tags:
    """Comments by their usual names."""
    return Tags(
        title=_text(tags, "title"),
        subtitle=_text(tags, "subtitle"),
        people=values.names(tags.get("artist") or ()),
        album=_text(tags, "album"),
        date=_text(tags, "date")[:10],
        number=values.number(_text(tags, "tracknumber")),
        comment=_text(tags, "comment"),
        description=_text(tags, "description"),
        language=values.language(_text(tags, "language")),
        cover=_cover(tags, file),
        chapters=_chapters(tags),
        guid=_text(tags, "podcast guid") or _text(tags, "guid"),
    )


def _text(tags: Any, name: str) -> str:
    return clean((tags.get(name) or [""])[0])


def _cover(tags: Any, file: Any) -> Cover | None:
    """FLAC's PICTURE block; Ogg and Opus carry the same block in a comment (RFC 9639, section 8.8)."""
    from mutagen.flac import Picture, error  # noqa: PLC0415 (heavy)

    blocks = list(getattr(file, "pictures", ()))
    for text in tags.get("metadata_block_picture") or ():
        try:
            blocks.append(Picture(base64.b64decode(text)))
        except (error, ValueError):
            continue
    return values.best_cover((int(block.type), block.data) for block in blocks)


def _chapters(tags: Any) -> tuple[Chapter, ...]:
    return values.chapters(sorted(_found(tags)))


def _found(tags: Any) -> Iterator[tuple[float, str]]:
    """CHAPTERxxx and CHAPTERxxxNAME (https://wiki.xiph.org/Chapter_Extension)."""
    for key in sorted({key.lower() for key in tags.keys()}):  # noqa: SIM118 (Vorbis tags do not iterate)
        name = tags.get(f"{key}name") if re.fullmatch(r"chapter\d{3}", key) else None
        time = re.fullmatch(r"(\d{1,4}):(\d\d):(\d\d(?:\.\d{1,9})?)", tags[key][0]) if name else None
        if name and time:
            yield int(time[1]) * 3600 + int(time[2]) * 60 + float(time[3]), clean(name[0])
