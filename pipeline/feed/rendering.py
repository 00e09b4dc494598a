"""A public house and its items → RSS 2.0, by feedgen with extensions that walk our tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from pipeline.feed.channel import CHANNEL
from pipeline.feed.inputs import Inputs
from pipeline.feed.item import ITEM, description
from pipeline.feed.paging import Page
from pipeline.feed.rows import NAMESPACES, Channel, Element, Item, Row, Source, T, clark, legal
from pipeline.models import FEED_STYLE, Addresses

GENERATOR = "Haus des Wissens"


class _Channel(BaseExtension):  # type: ignore[misc]
    """Writes the rows of the channel's table."""

    source: Channel

    def extend_ns(self) -> dict[str, str]:
        return NAMESPACES

    def extend_rss(self, feed: Any) -> Any:
        _write(feed[0], CHANNEL, self.source)
        return feed


class _Item(BaseEntryExtension):  # type: ignore[misc]
    """Writes the rows of the item's table."""

    source: Source

    def extend_rss(self, entry: Any) -> Any:
        _write(entry, ITEM, self.source)
        return entry


def render(inputs: Inputs, page: Page, items: Sequence[Item]) -> bytes:
    """A document of a feed with these of its items.

    The same page gives the same bytes: dates are those of its newest episode, never the clock's.
    """
    addresses = Addresses.of(inputs.house)
    channel = Channel(
        inputs.house, addresses, page.feed, page.path, page.links, page.archive, inputs.trailers
    )
    feed = _channel(channel)
    newest = max((item.episode.date for item in page.items), default=None)
    if newest:
        feed.pubDate(newest)
        feed.lastBuildDate(newest)
    else:
        feed.lastBuildDate("Thu, 01 Jan 1970 00:00:00 +0000")
    feed.register_extension("rows", _Channel, _Item, rss=True, atom=False)
    feed.rows.source = channel
    for item in items:
        _entry(feed, Source(inputs.own(item.episode), addresses, item.episode, item.edition))
    rendered: bytes = feed.rss_str(pretty=True, encoding="UTF-8")
    return _styled(rendered, addresses) if inputs.styled else rendered


def _styled(document: bytes, addresses: Addresses) -> bytes:
    """With the style sheet named (Associating Style Sheets with XML documents 1.0).

    feedgen has no word for it. CSS: browsers give up XSLT. The path is that of the host, so that a preview
    shows it as well.
    """
    declaration, end, rest = document.partition(b"?>\n")
    style = f'<?xml-stylesheet type="text/css" href="{addresses.href(FEED_STYLE)}"?>\n'
    return declaration + end + style.encode() + rest


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
    node = etree.SubElement(parent, clark(tag))
    for key, value in element.attributes.items():
        node.set(key, legal(value))
    if element.text:
        text = legal(element.text)
        node.text = etree.CDATA(text.replace("]]>", "]]&gt;")) if tag == "content:encoded" else text or None
    for child, below in element.children:
        _append(node, child, below)
