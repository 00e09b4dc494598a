"""ID3v1 to v2.4, as MP3, WAV and AIFF hold it; mutagen reads every version as v2.4, and v2.3 is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.audio.tags import values
from pipeline.audio.tags.languages import three_letters, two_letters
from pipeline.audio.tags.values import Tags, clean
from pipeline.models import Chapter

_TOP_LEVEL, _ORDERED = 2, 1  # CTOC flags (ID3v2 Chapter Frame Addendum, section 3.2)
_NO_TIME = 0xFFFF_FFFF
_UTF16 = 1  # what ID3v2.3 knows beside Latin-1
_PADDING = 1024
_HEADER = 10  # of the tag and of each frame


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
        language=two_letters(_text(tags, "TLAN")),
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


def write(path: Path, tags: Tags, duration_s: float) -> None:
    """ID3v2.3, which every player reads, in place of all tags there; chapters in one ordered table."""
    from mutagen import id3  # noqa: PLC0415 (heavy)

    _strip(path)
    made = id3.ID3()
    for frame in (*_frames(id3, tags), *_chapter_frames(id3, tags, duration_s)):
        made.add(frame)
    made.update_to_v23()
    made.save(path, v2_version=3, v1=0, padding=lambda _: _PADDING)
    _sort_chapters(path)


def _sort_chapters(path: Path) -> None:
    """Chapter frames at the end in the order of time: mutagen sorts by size, and many players do not sort."""
    with path.open("r+b") as file:
        file.seek(_HEADER)
        frames = sorted(_raw_frames(file), key=_place)
        file.seek(_HEADER)
        file.write(b"".join(frames))


def _raw_frames(file: BinaryIO) -> Iterator[bytes]:
    """The frames of an ID3v2.3 tag with their headers, up to the padding (ID3v2.3, section 3.3)."""
    while (head := file.read(_HEADER))[:1].isalpha():
        yield head + file.read(int.from_bytes(head[4:8], "big"))


def _place(frame: bytes) -> tuple[int, int]:
    kind = (b"CTOC", b"CHAP").index(frame[:4]) + 1 if frame[:4] in {b"CTOC", b"CHAP"} else 0
    times = frame[frame.index(b"\0", _HEADER) + 1 :] if frame[:4] == b"CHAP" else b""
    return kind, int.from_bytes(times[:4], "big")


def _strip(path: Path) -> None:
    from mutagen import apev2, id3  # noqa: PLC0415

    apev2.delete(path)
    while True:  # a careless program puts its tag in front of an older one
        size = path.stat().st_size
        id3.delete(path)
        if path.stat().st_size == size:
            return


def _frames(id3: Any, tags: Tags) -> Iterator[Any]:
    texts = (
        (id3.TIT2, tags.title), (id3.TIT3, tags.subtitle), (id3.TPE1, " / ".join(tags.people)),
        (id3.TALB, tags.album), (id3.TDRC, tags.date), (id3.TRCK, str(tags.number or "")),
        (id3.TLAN, three_letters(tags.language)),
    )  # fmt: skip
    yield from (frame(encoding=_UTF16, text=[text]) for frame, text in texts if text)
    if tags.comment:
        language = three_letters(tags.language) or "und"
        yield id3.COMM(encoding=_UTF16, lang=language, desc="", text=[tags.comment])
    if tags.guid:
        yield id3.TXXX(encoding=_UTF16, desc="PODCAST GUID", text=[tags.guid])
    if tags.cover:
        yield id3.APIC(encoding=0, mime=tags.cover.type, type=3, desc="", data=tags.cover.data)


def _chapter_frames(id3: Any, tags: Tags, duration_s: float) -> Iterator[Any]:
    """CHAP frames and the CTOC that lists them; without it players ignore them (Chapter Frame Addendum)."""
    names = [f"chp{number}" for number in range(len(tags.chapters))]
    pictures = (*tags.pictures, *(None for _ in tags.chapters[len(tags.pictures) :]))
    for name, chapter, picture, span in zip(
        names, tags.chapters, pictures, tags.spans(duration_s), strict=True
    ):
        parts = [id3.TIT2(encoding=_UTF16, text=[chapter.title])]
        if chapter.url:
            parts.append(id3.WXXX(encoding=0, desc="", url=chapter.url))
        if picture:
            parts.append(id3.APIC(encoding=0, mime=picture.type, type=0, desc="", data=picture.data))
        times = {"start_time": round(span[1] * 1000), "end_time": round(span[2] * 1000)}
        places = {"start_offset": _NO_TIME, "end_offset": _NO_TIME}
        yield id3.CHAP(element_id=name, **times, **places, sub_frames=parts)
    if names:
        yield id3.CTOC(element_id="toc", flags=_TOP_LEVEL | _ORDERED, child_element_ids=names, sub_frames=[])
