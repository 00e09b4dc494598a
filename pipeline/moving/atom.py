"""Feeds in Atom (RFC 4287), as Blogger writes them: their elements under the names of RSS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.moving.tree import Document, Node

_CHANNEL = {"atom:title": "title", "atom:subtitle": "description", "atom:rights": "copyright"}
_ITEM = {"atom:title": "title", "atom:id": "guid", "atom:published": "pubdate"}


def as_rss(document: Document) -> Document:
    """The same document with RSS' names where it is Atom; RSS as it is."""
    if document.channel.name not in {"atom:feed", "atom:channel"}:
        return document
    channel = _renamed(document.channel, _CHANNEL)
    return replace(document, channel=_with_site(channel), items=_items(document.items))


def _items(items: Iterator[Node]) -> Iterator[Node]:
    return (_renamed(item, _ITEM) for item in items)


def _renamed(node: Node, names: dict[str, str]) -> Node:
    children = tuple(replace(child, name=names.get(child.name, child.name)) for child in node.children)
    return replace(node, children=children)


def _with_site(channel: Node) -> Node:
    """`<link>` from the link to the site, `itunes:author` from the author."""
    site = next((n.get("href") for n in channel.all("atom:link") if n.get("rel") in {"", "alternate"}), "")
    authors = (one.first("atom:name") for one in channel.all("atom:author"))
    author = next((name for name in authors if name), "")
    more = (Node("link", site), Node("itunes:author", author)) if author else (Node("link", site),)
    return replace(channel, children=(*channel.children, *more))
