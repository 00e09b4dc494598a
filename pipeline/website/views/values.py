"""What templates show, as frozen values: every name, date, link and length already in words."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link: where it leads, what it is called, the language of its title, and a remark."""

    href: str
    title: str
    language: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day in words and as `<time datetime>` wants it."""

    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class Row:
    """An episode in a list; `short_date` is for lists below a year, `language` is "" if it is the site's."""

    href: str
    title: str
    language: str
    summary: str
    institution: str
    colour: str
    date: str
    short_date: str
    iso: str
    length: str
    transcript: bool


@dataclass(frozen=True, slots=True)
class Audio:
    """A published audio file: its address, and its format and size in words."""

    href: str
    size: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a transcript: its link, its time, who speaks, and its words."""

    href: str
    time: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """An episode with the passages that concern a topic or a person."""

    row: Row
    note: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph of the transcript; `text` is safe HTML."""

    anchor: str
    time: str
    name: str
    repeated: bool
    sound: bool
    text: Markup


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter: number, title, time, the paragraph it leads to, and its paragraphs."""

    number: int
    title: str
    time: str
    seconds: int
    anchor: str
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Brick:
    """A chapter drawn to scale: where it starts and how long it is, in percent of the episode."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with all that the law and readers ask for; without `src` a neutral one stands in."""

    src: str
    width: int
    height: int
    alt: str
    caption: str
    people: str
    portrait: bool
    credit: str
    rights: str
    rights_href: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link around the talk: its remarks, its last day, whether that is over, the passage it belongs to."""

    href: str
    title: str
    notes: tuple[str, ...]
    ends: Day | None
    past: bool
    passage: Anchor | None


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links of one kind."""

    title: str
    links: tuple[LinkView, ...]
