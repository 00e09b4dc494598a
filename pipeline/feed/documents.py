"""Every document of every feed with its key; made from the items that are known and those that changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.feed import feeds, paging, reading
from pipeline.feed.cutting import parts, sketch
from pipeline.feed.inputs import Inputs
from pipeline.feed.paging import Page
from pipeline.feed.rows import Item
from pipeline.models import House


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a feed before it is written: the same key, the same bytes.

    `marks` are those of its items, in their order; `inputs` is what it will be made from.
    """

    page: Page
    key: str
    marks: tuple[str, ...]
    inputs: Inputs


def plan(
    house: House, *, styled: bool = True, marks: Mapping[str, str] = MappingProxyType({})
) -> tuple[Document, ...]:
    """Every document of every feed of a public house, the main feed first.

    `styled`: the theme has a style sheet for feeds. `marks` tell, by id, what one episode and its
    sound say from all else.
    """
    inputs = Inputs(house, styled=styled, marks=marks)
    found = tuple(feeds.feeds(house))
    running = paging.numbers(house.ledger, found[0][1])
    return tuple(
        _document(inputs, page)
        for feed, items in found
        for page in paging.pages(feed, items, running, house.settings.feed.items)
    )


def _document(inputs: Inputs, page: Page) -> Document:
    marks = tuple(map(inputs.mark, page.items))
    own = repr((page.feed, page.path, page.links, page.archive))
    digest = hashlib.sha256("\0".join((inputs.channel_mark, own, *marks)).encode())
    return Document(page, digest.hexdigest(), marks, inputs)


def make(document: Document, known: MutableMapping[str, bytes]) -> bytes:
    """The bytes of a document, read back and held against the rules; BuildError if one is broken.

    `known` holds items by their mark as they were written before; these are not made and not parsed again:
    they were read back byte by byte when they were new. The new ones are added to it.
    """
    page, marks = document.page, document.marks
    fresh = {mark: item for mark, item in zip(marks, page.items, strict=True) if mark not in known}
    head, made, tail = parts(_rendered(document.inputs, page, tuple(fresh.values())))
    known.update(zip(fresh, made, strict=True))
    looked_at = (known[mark] if mark in fresh else sketch(known[mark]) for mark in marks)
    places = {place for place, mark in enumerate(marks) if mark in fresh}
    reading.read_back(b"".join((head, *looked_at, tail)), address=page.path, places=places)
    return b"".join((head, *(known[mark] for mark in marks), tail))


def _rendered(inputs: Inputs, page: Page, items: Sequence[Item]) -> bytes:
    from pipeline.feed import rendering  # noqa: PLC0415 (feedgen and lxml are heavy)

    return rendering.render(inputs, page, items)
