"""Tags as clean values, whatever the file holds: bounded, plain text, sorted chapters."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.models import Chapter
from pipeline.models.fields import UNSEEN

MOST_CHARACTERS = 4000
MOST_CHAPTERS = 1000
MOST_PEOPLE = 100
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")
_PICTURES = (
    # how a file begins, and its MIME type
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)


@dataclass(frozen=True, slots=True)
class Cover:
    """An embedded picture: its bytes as they are, and the MIME type they look like ("" for none known)."""

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
    chapters: tuple[Chapter, ...] = ()
    guid: str = ""
    pictures: tuple[Cover | None, ...] = ()
    """Of the chapters, where a file is to have them; they are not read."""

    def spans(self, duration_s: float) -> tuple[tuple[str, float, float], ...]:
        """Title, start and end of each chapter: where the next one starts, the last with the sound."""
        starts = [chapter.start for chapter in self.chapters]
        ends = [*starts[1:], duration_s][: len(starts)]
        return tuple((c.title, c.start, end) for c, end in zip(self.chapters, ends, strict=True))


def clean(value: object) -> str:
    """A tag's text without control characters, markup and runs of spaces, of bounded length."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return " ".join(_MARKUP.sub("", UNSEEN.sub("", text[: 2 * MOST_CHARACTERS])).split())[:MOST_CHARACTERS]


def names(values: Iterable[object]) -> tuple[str, ...]:
    """People's names, each once; a tag may hold several between `/` or `;`."""
    parts = (name for value in values for name in re.split(r"\s*[/;\x00]\s*", str(value)))
    return tuple(dict.fromkeys(name for part in parts if (name := clean(part))))[:MOST_PEOPLE]


def number(text: str) -> int | None:
    """The number that a text starts with (`7` of `7/12`); None for none or zero."""
    match = re.match(r"\d{1,6}(?!\d)", text)
    return int(match[0]) or None if match else None


def cover(data: bytes) -> Cover:
    """A picture with the type that its bytes show; what its tag claims does not count."""
    return Cover(data, next((type_ for signature, type_ in _PICTURES if data.startswith(signature)), ""))


def best_cover(pictures: Iterable[tuple[int, bytes]]) -> Cover | None:
    """The front cover (type 3 in ID3 and FLAC alike), else the first picture."""
    found = list(pictures)
    front = [data for type_, data in found if type_ == 3]  # noqa: PLR2004 (ID3v2.4, section 4.14)
    data = next(iter(front or [data for _, data in found]), b"")
    return cover(data) if data else None


def chapters(found: Iterable[tuple[float, str]]) -> tuple[Chapter, ...]:
    """Chapters that have a title and a time, in the order given."""
    usable = ((start, title) for start, title in found if title and math.isfinite(start) and start >= 0)
    return tuple(Chapter(start=start, title=title) for start, title in usable)[:MOST_CHAPTERS]
