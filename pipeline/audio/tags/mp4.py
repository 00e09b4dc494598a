"""The atoms of M4A files (iTunes' names), Nero's chapter list, and QuickTime's chapter track."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.audio.tags import values
from pipeline.audio.tags.values import Tags, clean
from pipeline.models import Chapter

_FREE = "----:com.apple.iTunes:"


def read(tags: Any, file: Any) -> Tags:
    """iTunes' atoms; subtitle and language have none and stand in free ones."""
    numbers = tags.get("trkn") or [(0, 0)]
    return Tags(
        title=_text(tags, "\xa9nam"),
        subtitle=_text(tags, f"{_FREE}SUBTITLE") or _text(tags, "\xa9st3"),
        people=values.names(tags.get("\xa9ART") or ()),
        album=_text(tags, "\xa9alb"),
        date=_text(tags, "\xa9day")[:10],
        number=int(numbers[0][0]) or None,
        comment=_text(tags, "\xa9cmt"),
        description=_text(tags, "desc") or _text(tags, "ldes"),
        language=values.language(_text(tags, f"{_FREE}LANGUAGE")),
        cover=values.best_cover((0, bytes(data)) for data in tags.get("covr") or ()),
        chapters=_chapters(file),
        guid=_text(tags, f"{_FREE}PODCAST GUID") or _text(tags, "egid"),
    )


def _text(tags: Any, name: str) -> str:
    found = tags.get(name) or [""]
    return clean(found[0])


def _chapters(file: Any) -> tuple[Chapter, ...]:
    nero = [(float(c.start), clean(c.title)) for c in getattr(file, "chapters", None) or ()]
    return values.chapters(sorted(nero or _quicktime(Path(file.filename))))


def _quicktime(path: Path) -> Iterator[tuple[float, str]]:
    """Chapters as Apple's programs write them: a track of their own, which mutagen does not read."""
    import av  # noqa: PLC0415 (heavy)

    try:
        with av.open(
            str(path), metadata_errors="replace", container_options={"format_whitelist": "mov"}
        ) as file:
            for chapter in file.chapters():
                yield (
                    float(chapter["start"] * (chapter["time_base"] or 0)),
                    clean(chapter["metadata"].get("title", "")),
                )
    except av.FFmpegError:
        return
