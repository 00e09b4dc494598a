"""What a listener's app makes of a feed: lenient like apps are, of any make, from values alone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html.entities import html5
from typing import Any

from pipeline.errors import HdwError
from pipeline.messages import msg

_XML_ENTITIES = {"amp;", "apos;", "gt;", "lt;", "quot;"}
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]*;)")
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)", re.IGNORECASE)
_OLDEST = datetime(1, 1, 1, tzinfo=UTC)
_ATOM, _ITUNES = "w3.org/2005/atom", "itunes.com/dtds/podcast"
_PODCAST = ("podcastindex.org/namespace", "podcast-namespace")
_CHAPTERS = ("podlove.org/simple-chapters", *_PODCAST)


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An episode as apps show it; texts are plain, `bytes` and `duration_s` None where the feed says none.

    `guid` is what apps know it by: without a guid the enclosure's address, the link, or the title. `place` is
    its place in the list of an app, which sorts by date, from 1.
    """

    guid: str
    title: str
    place: int = 0
    date: datetime | None = None
    season: str = ""
    number: str = ""
    kind: str = "full"
    duration_s: int | None = None
    url: str = ""
    type: str = ""
    bytes: int | None = None
    link: str = ""
    image: str = ""
    notes: str = ""
    chapters: bool = False
    transcripts: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownFeed:
    """A podcast as apps show it, its episodes as apps sort them: newest first, undated ones last."""

    title: str
    guid: str = ""
    address: str = ""
    moved_to: str = ""
    image: str = ""
    language: str = ""
    older: str = ""
    items: tuple[ShownItem, ...] = ()


def shown(feed: bytes) -> ShownFeed:
    """What apps show of a feed; HdwError if there is no channel in it, whatever else is wrong with it."""
    root = _root(feed)
    channel = (
        next((node for node in root.iter() if _name(node) == "channel"), None) if root is not None else None
    )
    if channel is None:
        raise HdwError(
            msg("This is no podcast feed."), hint=msg("A feed is an RSS file: <rss> with <channel>.")
        )
    items = (node for node in root.iter() if _name(node) == "item")
    own, sent_to = _link(channel, "self"), _text(channel, "new-feed-url", _ITUNES)
    return ShownFeed(
        title=_text(channel, "title"),
        guid=_text(channel, "guid", *_PODCAST),
        address=own,
        moved_to="" if sent_to == own else sent_to,
        image=_attribute(channel, "image", "href", _ITUNES) or _text_below(channel, "image", "url"),
        language=_text(channel, "language"),
        older=_link(channel, "next"),
        items=placed(_item(node) for node in items),
    )


def placed(items: Iterable[ShownItem]) -> tuple[ShownItem, ...]:
    """The items in the order of apps, each with its place; of several with one guid apps keep the first."""
    once: dict[str, ShownItem] = {}
    for item in items:
        once.setdefault(item.guid, item)
    ordered = sorted(once.values(), key=lambda item: item.date or _OLDEST, reverse=True)
    return tuple(replace(item, place=place) for place, item in enumerate(ordered, 1))


def _root(feed: bytes) -> Any:
    from lxml import etree  # noqa: PLC0415 (heavy)

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
        huge_tree=True,
        remove_comments=True,
    )
    try:
        return etree.fromstring(_ENTITY.sub(_numbered, _honest(feed.strip())), parser)
    except etree.XMLSyntaxError:  # nothing in it that looks like XML
        return None


def _honest(feed: bytes) -> bytes:
    """Text that says UTF-8, or nothing, and is not, is most likely Windows' own (WHATWG, Encoding, § 4.2)."""
    declared = _ENCODING.match(feed)
    if declared and declared[1].lower() not in {b"utf-8", b"utf8"}:
        return feed
    try:
        feed.decode("utf-8")
    except UnicodeDecodeError:
        return feed.decode("cp1252", "replace").encode()
    return feed


def _numbered(entity: re.Match[bytes]) -> bytes:
    """`&uuml;`, which XML does not know, as a number."""
    name = entity[1].decode()
    known = html5.get(name) if name not in _XML_ENTITIES else None
    return "".join(f"&#{ord(sign)};" for sign in known).encode() if known else entity[0]


def _item(node: Any) -> ShownItem:
    url, link, title = _attribute(node, "enclosure", "url"), _text(node, "link"), _text(node, "title")
    notes = (
        _text(node, "encoded", "purl.org/rss")
        or _text(node, "description")
        or _text(node, "summary", _ITUNES)
    )
    return ShownItem(
        guid=_text(node, "guid") or url or link or title,
        title=title,
        date=_moment(_text(node, "pubdate")),
        season=_text(node, "season", _ITUNES),
        number=_text(node, "episode", _ITUNES),
        kind=_text(node, "episodetype", _ITUNES).lower() or "full",
        duration_s=_seconds(_text(node, "duration", _ITUNES)),
        url=url,
        type=_attribute(node, "enclosure", "type"),
        bytes=_whole(_attribute(node, "enclosure", "length")),
        link=link,
        image=_attribute(node, "image", "href", _ITUNES),
        notes=_plain(re.sub(r"<[^>]*>", " ", notes)),
        chapters=any(True for _ in _children(node, "chapters", *_CHAPTERS)),
        transcripts=tuple(str(one.get("type") or "") for one in _children(node, "transcript", *_PODCAST)),
        people=tuple(_plain("".join(one.itertext())) for one in _children(node, "person", *_PODCAST)),
    )


def _name(node: Any) -> str:
    """The local name in lower case; "" for what is no element."""
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def _children(node: Any, name: str, *namespaces: str) -> Iterator[Any]:
    """The children of this name; without namespaces those that have none."""
    for child in node:
        space = child.tag.rpartition("}")[0].lower() if isinstance(child.tag, str) else ""
        if _name(child) == name and (any(one in space for one in namespaces) if namespaces else not space):
            yield child


def _text(node: Any, name: str, *namespaces: str) -> str:
    found = next(_children(node, name, *namespaces), None)
    return _plain("".join(found.itertext())) if found is not None else ""


def _text_below(node: Any, name: str, inner: str) -> str:
    found = next(_children(node, name), None)
    return _text(found, inner) if found is not None else ""


def _attribute(node: Any, name: str, attribute: str, *namespaces: str) -> str:
    found = next(_children(node, name, *namespaces), None)
    return str(found.get(attribute) or "").strip() if found is not None else ""


def _link(channel: Any, rel: str) -> str:
    links = (one for one in _children(channel, "link", _ATOM) if one.get("rel") == rel)
    return next((str(one.get("href") or "").strip() for one in links), "")


def _plain(text: str) -> str:
    return " ".join(html.unescape(text).split())


def _whole(text: str) -> int | None:
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdigit() else None


def _seconds(text: str) -> int | None:
    """`3600`, `60:00` and `1:00:00` are an hour."""
    parts = text.split(":")
    if not all(re.fullmatch(r"\d{1,9}(\.\d+)?", part) for part in parts):
        return None
    total = 0.0
    for part in parts:
        total = total * 60 + float(part)
    return round(total)


def _moment(text: str) -> datetime | None:
    """A date as mail writes it, or ISO 8601; without zone it counts as UTC. None for what is no date."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            found = read(text)
            return found if found.tzinfo else found.replace(tzinfo=UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
