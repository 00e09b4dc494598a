"""What a row of a tag table is, and the namespaces that feeds declare."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pipeline.models import Addresses, Edition, Episode, House

T = TypeVar("T")

NAMESPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
}
ATOM = "http://www.w3.org/2005/Atom"
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Item:
    """An episode with the edition that its enclosure names."""

    episode: Episode
    edition: Edition


@dataclass(frozen=True, slots=True)
class Source:
    """What a tag's value is made from: the public house, addresses, and the item (none for the channel)."""

    house: House
    addresses: Addresses
    episode: Episode
    edition: Edition


@dataclass(frozen=True, slots=True)
class Element:
    """One element: text, attributes, children (each a tag name and an element)."""

    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[tuple[str, Element], ...] = ()


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """A tag with its source; `elements` gives none where there is nothing to say."""

    tag: str
    source: str
    elements: Callable[[T], Iterable[Element]]


def legal(text: str) -> str:
    """The text without characters that XML 1.0 § 2.2 forbids, and without the replacement character."""
    return _ILLEGAL.sub("", text)


def some(text: object) -> tuple[Element, ...]:
    """One element with this text, or none for nothing."""
    return (Element(str(text)),) if text not in (None, "") else ()
