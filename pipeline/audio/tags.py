"""What an audio file says about itself (mutagen): one reader per family of formats."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.errors import AudioError
from pipeline.messages import msg
from pipeline.models import Chapter

MOST_CHARACTERS = 4000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")


@dataclass(frozen=True, slots=True)
class Cover:
    """An embedded picture: its bytes and MIME type."""

    data: bytes
    type: str


@dataclass(frozen=True, slots=True)
class Tags:
    """Tags as clean plain text; "" or () where the file says nothing."""

    title: str = ""
    subtitle: str = ""
    people: tuple[str, ...] = ()
    album: str = ""
    date: str = ""
    number: int | None = None
    comment: str = ""
    description: str = ""
    language: str = ""
    cover: Cover | None = None
    chapters: tuple[Chapter, ...] = field(default=())
    guid: str = ""


def clean(value: object) -> str:
    """A tag's text without control characters, markup and runs of spaces, of bounded length."""
    text = _MARKUP.sub("", _CONTROL.sub("", str(value)))
    return " ".join(text.split())[:MOST_CHARACTERS]


def read_tags(path: Path) -> Tags:
    """The tags of MP3, M4A, Ogg, Opus, FLAC or WAV; empty ones where they cannot be read."""
    import mutagen  # noqa: PLC0415 (heavy)

    try:
        file = mutagen.File(path)
    except mutagen.MutagenError as error:
        if isinstance(error.__cause__ or error.__context__, OSError):
            raise AudioError(msg("The file cannot be opened."), where=path) from error
        return Tags()
    except (ValueError, KeyError, IndexError, MemoryError, OverflowError, TypeError):
        return Tags()  # tags that lie about their own size
    if file is None or file.tags is None:
        return Tags()
    for kind, reader in _READERS:
        if kind in {base.__name__ for base in type(file.tags).__mro__}:
            tags = reader(file.tags)
            return replace(tags, chapters=tags.chapters or _mp4_chapters(file))
    return Tags()


def _id3(tags: Any) -> Tags:
    def text(name: str) -> str:
        frame = tags.get(name)
        return clean(frame.text[0]) if frame is not None and frame.text else ""

    def first(prefix: str) -> str:
        return next((clean(f.text[0]) for f in tags.getall(prefix) if f.text), "")

    user = {frame.desc.casefold(): clean(frame.text[0]) for frame in tags.getall("TXXX") if frame.text}
    pictures = tags.getall("APIC")
    return Tags(
        title=text("TIT2"),
        subtitle=text("TIT3"),
        people=_names(tags["TPE1"].text if "TPE1" in tags else ()),
        album=text("TALB"),
        date=text("TDRC")[:10] or text("TDRL")[:10],
        number=_number(text("TRCK")),
        comment=first("COMM"),
        description=user.get("description", ""),
        language=_language(text("TLAN")),
        cover=_cover(pictures[0].data) if pictures else None,
        chapters=_id3_chapters(tags),
        guid=user.get("podcast guid", "") or user.get("guid", ""),
    )


def _id3_chapters(tags: Any) -> tuple[Chapter, ...]:
    """CHAP frames in the order of time (ID3v2 Chapter Frame Addendum)."""
    found = []
    for frame in tags.getall("CHAP"):
        titles = frame.sub_frames.getall("TIT2")
        if titles and titles[0].text:
            found.append((frame.start_time / 1000, clean(titles[0].text[0])))
    return _chapters(found)


def _mp4(tags: Any) -> Tags:
    def text(name: str) -> str:
        values = tags.get(name) or [""]
        value = values[0]
        return clean(value.decode("utf-8", "replace") if isinstance(value, bytes) else value)

    covers = tags.get("covr") or []
    number = tags.get("trkn") or [(0, 0)]
    return Tags(
        title=text("\xa9nam"),
        subtitle=text("----:com.apple.iTunes:SUBTITLE"),
        people=_names(tags.get("\xa9ART") or ()),
        album=text("\xa9alb"),
        date=text("\xa9day")[:10],
        number=int(number[0][0]) or None,
        comment=text("\xa9cmt"),
        description=text("desc") or text("ldes"),
        language=_language(text("----:com.apple.iTunes:LANGUAGE")),
        cover=_cover(bytes(covers[0])) if covers else None,
        guid=text("----:com.apple.iTunes:PODCAST GUID"),
    )


def _mp4_chapters(file: Any) -> tuple[Chapter, ...]:
    """Nero's chapter list, which mutagen keeps beside the tags of an M4A file."""
    return _chapters([(float(c.start), clean(c.title)) for c in getattr(file, "chapters", None) or ()])


def _vorbis(tags: Any) -> Tags:
    def text(name: str) -> str:
        return clean((tags.get(name) or [""])[0])

    return Tags(
        title=text("title"),
        subtitle=text("subtitle"),
        people=_names(tags.get("artist") or ()),
        album=text("album"),
        date=text("date")[:10],
        number=_number(text("tracknumber")),
        comment=text("comment"),
        description=text("description"),
        language=_language(text("language")),
        chapters=_vorbis_chapters(tags),
        guid=text("podcast guid"),
    )


def _vorbis_chapters(tags: Any) -> tuple[Chapter, ...]:
    """CHAPTERxxx and CHAPTERxxxNAME (https://wiki.xiph.org/Chapter_Extension)."""
    found = []
    for key in sorted(key.lower() for key in tags.keys()):  # noqa: SIM118 (Vorbis tags have no plain iteration)
        match = re.fullmatch(r"chapter(\d{3})", key)
        name = tags.get(f"{key}name") if match else None
        parts = re.fullmatch(r"(\d+):(\d\d):(\d\d(?:\.\d+)?)", tags[key][0]) if name else None
        if name and parts:
            found.append((int(parts[1]) * 3600 + int(parts[2]) * 60 + float(parts[3]), clean(name[0])))
    return _chapters(found)


_READERS: tuple[tuple[str, Callable[[Any], Tags]], ...] = (
    ("ID3", _id3),
    ("MP4Tags", _mp4),
    ("VCommentDict", _vorbis),
)


def _names(values: Iterable[object]) -> tuple[str, ...]:
    parts = (name for value in values for name in re.split(r"\s*[/;\x00]\s*", str(value)))
    return tuple(dict.fromkeys(name for part in parts if (name := clean(part))))


def _number(text: str) -> int | None:
    match = re.match(r"\d{1,6}", text)
    return int(match[0]) or None if match else None


def _language(text: str) -> str:
    """ISO 639-2 as ID3 writes it → the two letters that feeds use; "" if it is neither."""
    three = {
        "deu": "de",
        "eng": "en",
        "fra": "fr",
        "fre": "fr",
        "ger": "de",
        "spa": "es",
        "tur": "tr",
        "ukr": "uk",
    }
    code = text.lower()
    return three.get(code, code if re.fullmatch(r"[a-z]{2}", code) else "")


def _cover(data: bytes) -> Cover | None:
    signatures = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
    return next((Cover(data, type_) for signature, type_ in signatures if data.startswith(signature)), None)


def _chapters(found: list[tuple[float, str]]) -> tuple[Chapter, ...]:
    return tuple(Chapter(start=start, title=title) for start, title in sorted(found) if title)
