"""What a row of a tag table is, and the namespaces that feeds declare."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar

from pipeline.models import Addresses, Edition, Episode, EpisodeFacts, House
from pipeline.models.limits import SHORT

T = TypeVar("T")

ATOM = "http://www.w3.org/2005/Atom"
NAMESPACES = {
    "atom": ATOM,
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
APPLE, P20, PSP, RSS = "Apple, A Podcaster's Guide to RSS", "Podcasting 2.0", "PSP-1", "RSS 2.0"
DC, MODULE, PSC = (
    "Dublin Core, RDF Site Summary module",
    "RSS 1.0 modules, content",
    "Podlove Simple Chapters 1.2",
)
_NONE: Mapping[str, str] = MappingProxyType({})
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd\ufffe\uffff]")


class Item:
    """An episode with the edition that its enclosure names: this one, or that at a place among its facts."""

    __slots__ = ("_edition", "_facts", "episode", "place")

    def __init__(
        self,
        episode: Episode,
        edition: Edition | None = None,
        *,
        facts: EpisodeFacts | None = None,
        place: int = 0,
    ) -> None:
        self.episode, self.place = episode, place
        self._edition, self._facts = edition, facts or EpisodeFacts()

    @property
    def edition(self) -> Edition:
        """The edition."""
        return self._edition or self._facts.audio.editions[self.place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Item) and (self.episode, self.edition) == (other.episode, other.edition)

    __hash__ = None  # type: ignore[assignment]  # facts are no keys


@dataclass(frozen=True, slots=True)
class Feed:
    """One of a house's feeds: where it lies, its podcast:guid, and what its channel says about it.

    `path` and `page` (what the channel links to) lie below the site's root, `cover` is one of the
    house's pictures.
    """

    path: str
    guid: str
    title: str
    description: str
    language: str
    cover: str
    cover_alt: str
    page: str


@dataclass(frozen=True, slots=True)
class Channel:
    """What a channel's tags are made from: its part of the house, its addresses, the feed, this document.

    `address` is the document's own path below the site's root; an archive page has another than its feed.
    `links` lead to other documents of the feed: relation (RFC 5005) and path. The house's only episodes are
    the trailers.
    """

    house: House
    addresses: Addresses
    feed: Feed
    address: str
    links: tuple[tuple[str, str], ...] = ()
    archive: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """What an item's tags are made from: the public house, its addresses, and the item."""

    house: House
    addresses: Addresses
    episode: Episode
    edition: Edition


class Element(NamedTuple):
    """One element: text, attributes, children (each a tag name and an element)."""

    text: str = ""
    attributes: Mapping[str, str] = _NONE
    children: tuple[tuple[str, Element], ...] = ()


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """A tag with its source; `elements` gives none where there is nothing to say.

    `told` names what people write for it: fields of podcast.toml and of front matter, or what was measured.
    """

    tag: str
    source: str
    elements: Callable[[T], Iterable[Element]]
    told: str = ""


def legal(text: str) -> str:
    """The text without characters that XML 1.0 § 2.2 forbids, and without the replacement character."""
    return text if is_legal(text) else _ILLEGAL.sub("", text)


def is_legal(text: str) -> bool:
    """Whether a text has none of the characters that `legal` takes out."""
    if text.replace("\n", "").isprintable() and "\ufffd" not in text:  # quick, and so of nearly every text
        return True
    return _ILLEGAL.search(text) is None


@cache
def clark(tag: str) -> str:
    """`itunes:type` as lxml calls it (`{http://…}type`); names without a prefix are RSS's own."""
    prefix, _, name = tag.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{name}" if prefix else name


def by_feedgen(_: object) -> tuple[Element, ...]:
    """Nothing more: feedgen writes this element itself, and rightly."""
    return ()


def given(**attributes: object) -> dict[str, str]:
    """The attributes that say something, each as text."""
    return {name: str(value) for name, value in attributes.items() if value is not None and value != ""}


def short(text: str) -> str:
    """The text in at most 128 characters, cut at a word."""
    if len(text) <= SHORT:
        return text
    words = text[: SHORT - 1].rpartition(" ")[0] or text[: SHORT - 1]
    return words.rstrip() + "…"


def some(text: object) -> tuple[Element, ...]:
    """One element with this text, or none for nothing."""
    return (Element(str(text)),) if text not in (None, "") else ()
