"""The text of a feed → elements with one spelling of their names (lxml): strictly, else item by item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from pipeline.errors import ForeignFeedError
from pipeline.messages import Message, msg
from pipeline.moving import mending

PREFIXES: dict[str, str] = {
    # a namespace's address without scheme, in lower case, without a slash at its end: how it is called here
    "backend.userland.com/creativecommonsrssmodule": "creativecommons",
    "blubrry.com/developer/rawvoice-rss": "rawvoice",
    "github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
    "google.com/schemas/play-podcasts/1.0": "googleplay",
    "itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "podcastindex.org/namespace/1.0": "podcast",
    "podlove.org/simple-chapters": "psc",
    "purl.org/dc/elements/1.1": "dc",
    "purl.org/dc/terms": "dcterms",
    "purl.org/rss/1.0/modules/content": "content",
    "purl.org/rss/1.0/modules/slash": "slash",
    "purl.org/rss/1.0/modules/syndication": "sy",
    "purl.org/syndication/history/1.0": "fh",
    "purl.org/syndication/thread/1.0": "thr",
    "rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "schema.pocketcasts.com": "pocketcasts",
    "search.yahoo.com/mrss": "media",
    "spotify.com/ns/rss": "spotify",
    "w3.org/1999/xhtml": "xhtml",
    "w3.org/2005/atom": "atom",
    "wellformedweb.org/commentapi": "wfw",
}
_PLAIN = {"", "purl.org/rss/1.0", "blogs.law.harvard.edu/tech/rss", "backend.userland.com/rss2"}
_ROOT = re.compile(r"<(?:rss|feed|(?:\w+:)?rdf)\b[^>]*>", re.IGNORECASE)
_OPEN_ROOT = re.compile(
    r"<(?:rss|feed|(?:\w+:)?rdf|channel)\b[^>]*>|</(?:rss|feed|(?:\w+:)?rdf|channel)\s*>", re.I
)
_DECLARED = re.compile(r"""\bxmlns(?::([\w-]+))?\s*=\s*(["'])(.*?)\2""")
_PREFIX = re.compile(r"</?([\w-]+):[\w-]")
_NOTES = {"atom:content", "atom:summary", "content:encoded", "description", "itunes:summary"}
_WEB_PAGE = re.compile(r"(?>\s+|<!--.*?-->)*+(?:<!doctype\s+html|<html)\b", re.DOTALL | re.IGNORECASE)
_FEED_LINK = re.compile(r"""<link\b[^>]*type=["']application/rss\+xml["'][^>]*>""", re.IGNORECASE)
_HREF = re.compile(r"""href=["']([^"']+)["']""", re.IGNORECASE)
_SHOWN_BY_APPS = msg("Podcast apps and directories show the feed's address, often as “RSS”.")


@dataclass(frozen=True, slots=True)
class Node:
    """An element: name with the usual prefix in lower case (`itunes:author`), text with any markup in it,
    attributes by lower-case name, the elements below."""

    name: str
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Node, ...] = ()

    def all(self, name: str) -> tuple[Node, ...]:
        """Every child of this name."""
        return tuple(child for child in self.children if child.name == name)

    def first(self, *names: str) -> str:
        """The text of the first child that says anything, in the order of the names."""
        return next((c.text for name in names for c in self.all(name) if c.text), "")

    def get(self, name: str) -> str:
        """An attribute without spaces around it; "" where it is missing."""
        return self.attributes.get(name, "").strip()


@dataclass(frozen=True, slots=True)
class Document:
    """A feed: its channel without items, the items (read as they are asked for), what was put right."""

    channel: Node
    items: Iterator[Node]
    notes: tuple[Message, ...] = ()


def parse(text: str) -> Document:
    """The elements of a feed; ForeignFeedError if it is none.

    Nothing outside the text is read, no entity of the document's own is expanded. A text that is not
    well-formed is cut into items, so that a damaged one costs itself alone.
    """
    _refuse_page(text)
    bare = mending.without_doctype(text)
    root = _strict(bare)
    if root is not None:
        return _document(root, ())
    return _pieced(mending.mended(bare))


def _refuse_page(text: str) -> None:
    if not _WEB_PAGE.match(text[:10_000]):
        return
    links = (_HREF.search(tag) for tag in _FEED_LINK.findall(text))
    found = next((link[1] for link in links if link), "")
    raise ForeignFeedError(
        msg("This is a web page, not a feed."),
        hint=msg("The page names this feed: {address}", address=found) if found else _SHOWN_BY_APPS,
    )


def _parser(*, recover: bool = False) -> Any:
    from lxml import etree  # noqa: PLC0415 (heavy)

    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )


def _strict(text: str) -> Any | None:
    from lxml import etree  # noqa: PLC0415

    try:
        return etree.fromstring(text.encode("utf-8", "replace"), _parser())
    except (etree.XMLSyntaxError, ValueError):
        return None


def _document(root: Any, notes: tuple[Message, ...]) -> Document:
    name = _name(root)
    if name == "atom:feed":
        channel = root
    else:
        channel = next((one for one in root.iter() if _name(one) == "channel"), None)
    if channel is None:
        raise ForeignFeedError(
            msg("This is XML, but no feed: its outermost element is <{name}>.", name=name),
            hint=msg("A podcast's feed begins with <rss>."),
        )
    items = [one for one in root.iter() if _name(one) in {"item", "atom:entry"}]
    for item in items:
        parent = item.getparent()
        if parent is not None:
            parent.remove(item)
    return Document(_node(channel), _items(items), notes)


def _items(elements: list[Any]) -> Iterator[Node]:
    """Each element becomes a node when it is asked for, and is given up: a long feed is never there twice."""
    elements.reverse()
    while elements:
        yield _node(elements.pop())


def _pieced(text: str) -> Document:
    head, *items = mending.pieces(text)
    root = _ROOT.search(text)
    if root is None and not items:
        raise ForeignFeedError(
            msg("This is no feed: neither <rss> nor an item stands in it."),
            hint=_SHOWN_BY_APPS,
        )
    declared = _declarations(root[0] if root else "", text)
    body = _OPEN_ROOT.sub("", head)
    channel = _mended_node(f"<channel{declared}>{body}</channel>")
    nodes = (_mended_node(_declared_item(item, declared)) for item in items)
    note = msg("The feed is not well-formed XML; it was read item by item.")
    return Document(channel, (node for node in nodes if node.children), (note,))


def _declarations(root: str, text: str) -> str:
    """xmlns attributes for every prefix that is used, as the root declares them or as they are usual."""
    found = {prefix or "": address for prefix, _, address in _DECLARED.findall(root)}
    usual = {prefix: address for address, prefix in PREFIXES.items()}
    for prefix in set(_PREFIX.findall(text)) - {"xml", "xmlns"}:
        found.setdefault(prefix, "https://" + usual.get(prefix.lower(), f"unknown.example/{prefix}"))
    return "".join(
        f' xmlns{":" + prefix if prefix else ""}="{escape(address)}"'
        for prefix, address in sorted(found.items())
    )


def _declared_item(item: str, declared: str) -> str:
    opening = re.match(r"<[\w:]+", item)
    body = item[opening.end() :] if opening else item
    body = body if re.search(r"</(?:item|entry)\s*>\s*\Z", body, re.IGNORECASE) else f"{body}</item>"
    body = re.sub(r"</(?:item|entry)\s*>\s*\Z", "</item>", body, flags=re.IGNORECASE)
    return f"<item{declared}{body}"


def _mended_node(fragment: str) -> Node:
    from lxml import etree  # noqa: PLC0415

    quoted = mending.quoted(fragment)
    root = next((one for text in (fragment, quoted) if (one := _strict(text)) is not None), None)
    if root is None:
        root = etree.fromstring(quoted.encode("utf-8", "replace"), _parser(recover=True))
    return Node("item") if root is None else _node(root)


def _node(element: Any) -> Node:
    children = tuple(_node(child) for child in element)
    return Node(
        _name(element),
        mending.visible(_text(element) if len(element) else (element.text or "")).strip(),
        {_local(key).lower(): mending.visible(value) for key, value in element.attrib.items()},
        children,
    )


def _text(element: Any) -> str:
    """The text; of show notes that nobody escaped, with the markup in it."""
    from lxml import etree  # noqa: PLC0415

    if _name(element) not in _NOTES:
        return (element.text or "").strip()
    parts = [escape(element.text or "", quote=False)]
    parts += [_bare(etree.tostring(child, encoding="unicode", with_tail=True)) for child in element]
    return "".join(parts).strip()


def _bare(markup: str) -> str:
    return re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", markup)


def _name(element: Any) -> str:
    tag = str(element.tag)
    if not tag.startswith("{"):
        return tag.lower()
    address, local = tag[1:].split("}", 1)
    prefix = _prefix(address, element.prefix or "")
    return f"{prefix}:{local.lower()}" if prefix else local.lower()


def _prefix(address: str, written: str) -> str:
    key = re.sub(r"^https?://(www\.)?", "", address.strip().lower()).rstrip("/#")
    return "" if key in _PLAIN else PREFIXES.get(key, written.lower())


def _local(name: str) -> str:
    return name.rpartition("}")[2]
