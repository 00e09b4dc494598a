"""What templates show, as frozen values: every name, date, link and length already in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link: where it leads, what it is called, the language of its title, a remark, its MIME type."""

    href: str
    title: str
    language: str = ""
    note: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """A version of a page in a language: its tag, what it is called in itself, where it lies."""

    language: str
    title: str
    href: str
    absolute: str


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
    """The player of an episode: the file, its format and size in words, its length in seconds.

    `course` draws the chapters to scale (one brick without any), `speeds` are rates and their texts;
    `facts` is what the script knows before anything is loaded.
    """

    href: str
    absolute: str
    type: str
    size: str
    total: float
    chapters: bool
    course: tuple[Brick, ...]
    speeds: tuple[tuple[float, str], ...]
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Video:
    """A video: its file, the picture until it plays, MIME type, format and size in words, length in words."""

    href: str
    poster: str
    type: str
    size: str
    length: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Shared:
    """The picture of a page where its address is shared: whole address, pixels, what it shows."""

    href: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Report:
    """Where a mistake is reported: a link, the same with `{time}` in it, and a telephone number or ""."""

    href: str
    template: str
    phone: str


@dataclass(frozen=True, slots=True)
class Label:
    """What a transcript says about itself: its state, how it came about, whether words in it are unsure."""

    status: str
    checked: bool = False
    origin: tuple[str, ...] = ()
    unsure: bool = False
    report: Report | None = None


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
    """A paragraph of the transcript; `text` is safe HTML, `links` belong to what is said in it."""

    anchor: str
    time: str
    name: str
    repeated: bool
    sound: bool
    text: Markup
    start_s: float
    links: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter: number, title, time, the paragraph it leads to, its paragraphs, its link and its picture.

    The link is called by its site: the title is what leads to the text.
    """

    number: int
    title: str
    time: str
    seconds: int
    anchor: str
    turns: tuple[Turn, ...] = ()
    link: Anchor | None = None
    picture: Figure | None = None


@dataclass(frozen=True, slots=True)
class Brick:
    """A chapter drawn to scale: where it starts and how long it is, in percent of the episode."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: modules a side, and its dark modules as the path of an SVG's stroke."""

    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with all that the law and readers ask for; without `src` a neutral one stands in.

    `srcset` holds the widths in the format of `src`, `sources` MIME type and srcset of the modern formats.
    """

    src: str
    srcset: str
    sources: tuple[tuple[str, str], ...]
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
    """A link around the talk: its remarks, its last day, the passage it belongs to."""

    href: str
    title: str
    notes: tuple[str, ...]
    ends: Day | None
    passage: Anchor | None


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links of one kind."""

    title: str
    links: tuple[LinkView, ...]
