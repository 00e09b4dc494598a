"""A public house and its items → RSS 2.0, by feedgen with extensions that walk our tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from pipeline.feed.channel import CHANNEL
from pipeline.feed.inputs import Inputs
from pipeline.feed.item import ITEM, description
from pipeline.feed.paging import Page
from pipeline.feed.rows import NAMESPACES, Channel, Element, Item, Row, Source, T, clark, is_legal, legal
from pipeline.models import FEED_STYLE, Addresses

GENERATOR = "Haus des Wissens"


class _Channel(BaseExtension):  # type: ignore[misc]
    """Writes the rows of the channel's table; `style` is the path of the style sheet, "" without one."""

    source: Channel
    style: str
    node: Any

    def extend_ns(self) -> dict[str, str]:
        return NAMESPACES

    def extend_rss(self, feed: Any) -> Any:
        """With the style sheet named (Associating Style Sheets with XML documents 1.0), as CSS.

        Browsers give up XSLT. The path is that of the host, so that a preview shows it as well.
        """
        if self.style:
            told = f'type="text/css" href="{self.style}"'
            feed.addprevious(etree.ProcessingInstruction("xml-stylesheet", told))
        self.node = feed[0]
        _write(self.node, CHANNEL, self.source)
        return feed


class _Item(BaseEntryExtension):  # type: ignore[misc]
    """Writes the rows of the item's table."""

    source: Callable[[], Source]
    channel: _Channel

    def extend_rss(self, entry: Any) -> Any:
        """The item is put into its channel first, where the prefixes are declared.

        Anywhere else lxml declares them at each element, and takes that back when feedgen appends the item.
        """
        self.channel.node.append(entry)
        _write(entry, ITEM, self.source())
        return entry


def render(inputs: Inputs, page: Page, items: Sequence[Item]) -> bytes:
    """A document of a feed with these of its items.

    The same page gives the same bytes: dates are those of its newest episode, never the clock's.
    """
    shared = inputs.shared
    channel = Channel(shared, Addresses.of(shared), page.feed, page.path, page.links, page.archive)
    feed = _channel(channel)
    newest = max((item.episode.date for item in page.items), default=None)
    if newest:
        feed.pubDate(newest)
        feed.lastBuildDate(newest)
    else:
        feed.lastBuildDate("Thu, 01 Jan 1970 00:00:00 +0000")
    feed.register_extension("rows", _Channel, _Item, rss=True, atom=False)
    feed.rows.source = channel
    feed.rows.style = channel.addresses.href(FEED_STYLE) if inputs.styled else ""
    addresses = Addresses.of(inputs.house)
    for item in items:
        entry = _entry(feed, item, addresses)
        entry.rows.source, entry.rows.channel = partial(_source, inputs, addresses, item), feed.rows
    rendered: bytes = feed.rss_str(pretty=True, encoding="UTF-8")
    return rendered


def _channel(channel: Channel) -> Any:
    own, addresses, show = channel.feed, channel.addresses, channel.house.settings.show
    feed = FeedGenerator()
    feed.title(legal(own.title).strip())
    feed.link(href=addresses.absolute(channel.address), rel="self", type="application/rss+xml")
    feed.link(href=addresses.absolute(own.page), rel="alternate")  # feedgen takes the last one for <link>
    feed.description(legal(own.description))
    feed.language(own.language)
    feed.generator(GENERATOR)
    if show.copyright:
        feed.copyright(legal(show.copyright))
    return feed


def _entry(feed: Any, item: Item, addresses: Addresses) -> Any:
    episode, edition = item.episode, item.edition
    entry = feed.add_entry(order="append")
    entry.title(legal(episode.title).strip())
    entry.link(href=addresses.absolute(addresses.episode(episode)))
    entry.guid(legal(episode.guid), permalink=False)
    entry.pubDate(episode.date)
    entry.description(legal(description(episode)))
    entry.enclosure(addresses.absolute(addresses.audio(episode, edition)), str(edition.bytes), edition.type)
    return entry


def _source(inputs: Inputs, addresses: Addresses, item: Item) -> Source:
    """Made where an item is written and let go again: a long feed has thousands."""
    return Source(inputs.own(item.episode), addresses, item.episode, item.edition)


def _write(parent: Any, rows: Iterable[Row[T]], source: T) -> None:
    for row in rows:
        for element in row.elements(source):
            _append(parent, row.tag, element)


def _append(parent: Any, tag: str, element: Element) -> None:
    text, attributes, children = element
    node = etree.SubElement(parent, clark(tag), _legal(attributes))
    if text:
        text = legal(text)
        node.text = etree.CDATA(text.replace("]]>", "]]&gt;")) if tag == "content:encoded" else text or None
    for child, below in children:
        _append(node, child, below)


def _legal(attributes: Mapping[str, str]) -> dict[str, str]:
    if not attributes or is_legal("".join(attributes.values())):
        return dict(attributes)
    return {key: legal(value) for key, value in attributes.items()}
