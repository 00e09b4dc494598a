"""A public house and its items → RSS 2.0, by feedgen with extensions that walk our tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from pipeline.feed.channel import CHANNEL
from pipeline.feed.item import ITEM, description
from pipeline.feed.rows import NAMESPACES, Element, Item, Row, Source, T, legal
from pipeline.models import FEED, Addresses, House, Show

GENERATOR = "Haus des Wissens"


class _Channel(BaseExtension):  # type: ignore[misc]
    """Writes the rows of the channel's table."""

    house: House

    def extend_ns(self) -> dict[str, str]:
        return NAMESPACES

    def extend_rss(self, feed: Any) -> Any:
        _write(feed[0], CHANNEL, self.house)
        return feed


class _Item(BaseEntryExtension):  # type: ignore[misc]
    """Writes the rows of the item's table."""

    source: Source

    def extend_rss(self, entry: Any) -> Any:
        _write(entry, ITEM, self.source)
        return entry


def render(house: House, items: tuple[Item, ...], *, address: str = FEED) -> bytes:
    """The feed of a public house; items newest first, `address` its place below the site's root.

    The same house gives the same bytes: dates are those of the newest episode, never the clock's.
    """
    show, addresses = house.settings.show, Addresses(house.settings.show)
    feed = _channel(show, addresses, address)
    newest = max((item.episode.date for item in items), default=None)
    if newest:
        feed.pubDate(newest)
        feed.lastBuildDate(newest)
    else:
        feed.lastBuildDate("Thu, 01 Jan 1970 00:00:00 +0000")
    feed.register_extension("rows", _Channel, _Item, rss=True, atom=False)
    feed.rows.house = house
    for item in items:
        _entry(feed, Source(house, addresses, item.episode, item.edition))
    rendered: bytes = feed.rss_str(pretty=True, encoding="UTF-8")
    return rendered


def _channel(show: Show, addresses: Addresses, address: str) -> Any:
    feed = FeedGenerator()
    feed.title(legal(show.title).strip())
    feed.link(href=addresses.absolute(address), rel="self", type="application/rss+xml")
    feed.link(href=show.address, rel="alternate")  # feedgen takes the last one for <link>
    feed.description(legal(show.description))
    feed.language(show.language)
    feed.generator(GENERATOR)
    if show.copyright:
        feed.copyright(legal(show.copyright))
    return feed


def _entry(feed: Any, source: Source) -> None:
    episode, edition = source.episode, source.edition
    entry = feed.add_entry(order="append")
    entry.title(legal(episode.title).strip())
    entry.link(href=source.addresses.absolute(source.addresses.episode(episode)))
    entry.guid(legal(episode.guid), permalink=False)
    entry.pubDate(episode.date)
    entry.description(legal(description(source)))
    url = source.addresses.absolute(source.addresses.audio(episode, edition))
    entry.enclosure(url, str(edition.bytes), edition.type)
    entry.rows.source = source


def _write(parent: Any, rows: Iterable[Row[T]], source: T) -> None:
    for row in rows:
        for element in row.elements(source):
            _append(parent, row.tag, element)


def _append(parent: Any, tag: str, element: Element) -> None:
    prefix, name = tag.split(":")
    node = etree.SubElement(parent, f"{{{NAMESPACES[prefix]}}}{name}")
    text = legal(element.text)
    if tag == "content:encoded":
        node.text = etree.CDATA(text.replace("]]>", "]]&gt;"))
    elif text:
        node.text = text
    for key, value in element.attributes.items():
        node.set(key, legal(value))
    for child, below in element.children:
        _append(node, child, below)
