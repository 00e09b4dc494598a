"""The atoms of M4A files (iTunes' names), Nero's chapter list, and QuickTime's chapter track."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.audio.tags import values
from pipeline.audio.tags.languages import two_letters
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
        language=two_letters(_text(tags, f"{_FREE}LANGUAGE")),
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


def write(path: Path, tags: Tags, _duration_s: float) -> None:
    """iTunes' atoms in place of all that are there; chapters stand in a track and are written with it."""
    from mutagen.mp4 import MP4, AtomDataType, MP4Cover, MP4FreeForm  # noqa: PLC0415 (heavy)

    file: Any = MP4(path)
    file.delete()
    if file.tags is None:
        file.add_tags()
    for name, text in _texts(tags):
        if text:
            file.tags[name] = [text]
    if tags.number:
        file.tags["trkn"] = [(tags.number, 0)]
    if tags.cover:
        kind = MP4Cover.FORMAT_PNG if tags.cover.type == "image/png" else MP4Cover.FORMAT_JPEG
        file.tags["covr"] = [MP4Cover(tags.cover.data, kind)]
    free = (("PODCAST GUID", tags.guid), ("SUBTITLE", tags.subtitle), ("LANGUAGE", tags.language))
    for name, text in free:
        if text:
            file.tags[f"{_FREE}{name}"] = [MP4FreeForm(text.encode(), AtomDataType.UTF8)]
    file.save(padding=lambda _: 0)


def _texts(tags: Tags) -> tuple[tuple[str, str], ...]:
    return (
        ("\xa9nam", tags.title), ("\xa9ART", ", ".join(tags.people)), ("\xa9alb", tags.album),
        ("\xa9day", tags.date), ("\xa9cmt", tags.comment), ("desc", tags.description),
    )  # fmt: skip
