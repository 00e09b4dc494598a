"""A chapter as files have it, and what all formats share: moments, plain titles, tidy order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.errors import ChaptersError, Where
from pipeline.messages import Message, clock_text, msg
from pipeline.models.fields import UNSEEN

MOST = 1000
SHOWN_CHARACTERS = 60
NEAR_START_S = 0.5
"""A first chapter this close to the start is meant to be there: labels are set by hand."""
TIME = r"(?:\d{1,4}:)?(?:\d{1,4}:)?\d{1,9}(?:[.,]\d{1,9})?"
"""How files write a moment: seconds, mm:ss or h:mm:ss, with a point or a comma (RFC 2326, section 3.6)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A chapter: start in seconds, title, link, picture's file or address; `line` is its line in the file.

    `silent` ones change link or picture while a chapter runs and stand in no list (`"toc": false`).
    """

    start_s: float
    title: str
    url: str = ""
    image: str = ""
    line: int = 0
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Chapters:
    """Chapters in the order of time, none twice; and how many silent ones were left out."""

    entries: tuple[Entry, ...]
    silent: int = 0


def wrong(message: Message, line: int) -> ChaptersError:
    """The error for a line of a file."""
    return ChaptersError(message, where=Where("", line))


def seconds(text: str, line: int) -> float:
    """A moment in seconds, to the millisecond; ChaptersError if it is none."""
    if not re.fullmatch(TIME, text.strip()):
        raise wrong(msg("“{text}” is no moment; write h:mm:ss, mm:ss or seconds", text=text[:40]), line)
    total = 0.0
    for part in text.strip().replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return round(total, 3)


def shown(line: str) -> str:
    """The beginning of a line, for whoever is told that it cannot be read."""
    return line.strip()[:SHOWN_CHARACTERS]


def first_line(text: str) -> str:
    """The first line with something in it, without spaces around it; "" where there is none."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def plain(text: str) -> str:
    """A title without control characters and runs of spaces."""
    return " ".join(UNSEEN.sub("", text).split())


def tidy(found: Iterable[Entry]) -> Chapters:
    """Sorted by time, the same entry only once; ChaptersError for two at one moment, or one without title."""
    ordered = sorted(found, key=lambda entry: entry.start_s)
    entries = list[Entry]()
    for entry in (one for one in ordered if not one.silent):
        before = entries[-1] if entries else None
        if not entry.title:
            raise wrong(msg("the chapter at {time} has no title", time=clock_text(entry.start_s)), entry.line)
        if before is None or round(entry.start_s, 3) > round(before.start_s, 3):
            entries.append(entry)
        elif entry.title != before.title:
            raise wrong(msg("two chapters start at {time}", time=clock_text(entry.start_s)), entry.line)
    if len(entries) > MOST:
        raise wrong(msg("more than {n} chapters", n=MOST), entries[MOST].line)
    if entries and entries[0].start_s < NEAR_START_S:
        entries[0] = replace(entries[0], start_s=0.0)
    return Chapters(tuple(entries), sum(entry.silent for entry in ordered))
