"""ID3v1 to v2.4, as MP3, WAV and AIFF hold it; mutagen reads every version as v2.4."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.audio.tags import values
from pipeline.audio.tags.values import Tags, clean
from pipeline.models import Chapter

_TOP_LEVEL, _ORDERED = 2, 1  # CTOC flags (ID3v2 Chapter Frame Addendum, section 3.2)
_NO_TIME = 0xFFFF_FFFF


def read(tags: Any, _file: Any) -> Tags:
    """Text frames, iTunes' podcast frames, pictures and chapters."""
    user = {frame.desc.casefold(): clean(frame.text[0]) for frame in tags.getall("TXXX") if frame.text}
    return Tags(
        title=_text(tags, "TIT2"),
        subtitle=_text(tags, "TIT3") or user.get("subtitle", ""),
        people=values.names(tags["TPE1"].text if "TPE1" in tags else ()),
        album=_text(tags, "TALB"),
        date=(_text(tags, "TDRC") or _text(tags, "TDRL"))[:10],
        number=values.number(_text(tags, "TRCK")),
        comment=_comment(tags),
        description=user.get("description", "") or _text(tags, "TDES"),
        language=values.language(_text(tags, "TLAN")),
        cover=values.best_cover((int(p.type), p.data) for p in tags.getall("APIC")),
        chapters=_chapters(tags),
        guid=user.get("podcast guid", "") or user.get("guid", "") or _text(tags, "TGID"),
    )


def _text(tags: Any, name: str) -> str:
    frame = tags.get(name)
    return clean(frame.text[0]) if frame is not None and frame.text else ""


def _comment(tags: Any) -> str:
    """The first comment that a person wrote; iTunes keeps numbers of its own in such frames."""
    frames = (f for f in tags.getall("COMM") if f.text and not f.desc.startswith("iTun"))
    return next((clean(frame.text[0]) for frame in frames), "")


def _chapters(tags: Any) -> tuple[Chapter, ...]:
    """The chapters that the table of contents lists, in its order if it has one; without a table, by time."""
    known = {frame.element_id: frame for frame in tags.getall("CHAP") if frame.start_time != _NO_TIME}
    tables = {frame.element_id: frame for frame in tags.getall("CTOC")}
    top = next((t for t in tables.values() if int(t.flags) & _TOP_LEVEL), None)
    listed = list(dict.fromkeys(_listed(top.element_id, tables, known, set()))) if top else list(known)
    ordered = top is not None and int(top.flags) & _ORDERED
    frames = [known[id_] for id_ in listed]
    if not ordered:
        frames.sort(key=lambda frame: frame.start_time)
    return values.chapters((frame.start_time / 1000, _title(frame)) for frame in frames)


def _listed(id_: str, tables: dict[str, Any], known: dict[str, Any], seen: set[str]) -> Iterator[str]:
    """The chapters below a table, also through tables inside it; a table inside itself counts once."""
    seen.add(id_)
    for child in tables[id_].child_element_ids:
        if child in known:
            yield child
        elif child in tables and child not in seen:
            yield from _listed(child, tables, known, seen)


def _title(frame: Any) -> str:
    titles = frame.sub_frames.getall("TIT2")
    return clean(titles[0].text[0]) if titles and titles[0].text else ""
