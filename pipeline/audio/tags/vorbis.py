"""Vorbis comments, as FLAC, Ogg Vorbis and Opus hold them, with pictures and chapters."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.audio.tags import values
from pipeline.audio.tags.languages import two_letters
from pipeline.audio.tags.values import Cover, Tags, clean
from pipeline.models import Chapter
from pipeline.transcripts.vtt import time_text

_MOST_NUMBERED = 1000  # CHAPTER000 to CHAPTER999


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
        language=two_letters(_text(tags, "language")),
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


def write(path: Path, tags: Tags, _duration_s: float) -> None:
    """Comments in place of all that are there, chapters by the Chapter Extension, the cover as a block."""
    from mutagen.oggopus import OggOpus  # noqa: PLC0415 (heavy)

    file: Any = OggOpus(path)
    file.delete()
    texts = (
        ("title", tags.title), ("subtitle", tags.subtitle), ("album", tags.album), ("date", tags.date),
        ("tracknumber", str(tags.number or "")), ("comment", tags.comment),
        ("description", tags.description), ("language", tags.language), ("podcast guid", tags.guid),
        *_chapter_comments(tags),
    )  # fmt: skip
    for name, text in texts:
        if text:
            file[name] = [text]
    if tags.people:
        file["artist"] = list(tags.people)
    if tags.cover:
        file["metadata_block_picture"] = [_block(tags.cover)]
    file.save(padding=lambda _: 0)


def _chapter_comments(tags: Tags) -> Iterator[tuple[str, str]]:
    for number, chapter in enumerate(tags.chapters[:_MOST_NUMBERED]):
        name = f"CHAPTER{number:03}"
        yield name, time_text(chapter.start)
        yield f"{name}NAME", chapter.title
        yield f"{name}URL", chapter.url or ""


def _block(cover: Cover) -> str:
    """The front cover as FLAC's PICTURE block, which Opus carries in a comment (RFC 9639, section 8.8)."""
    from mutagen.flac import Picture  # noqa: PLC0415

    block = Picture()
    block.type, block.mime, block.data = 3, cover.type, cover.data
    return base64.b64encode(block.write()).decode()
