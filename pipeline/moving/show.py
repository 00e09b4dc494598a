"""A feed's channel → the keys of `[show]`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.feed import categories, guid_of
from pipeline.messages import Message, msg
from pipeline.models import Show
from pipeline.moving import reading_values as read
from pipeline.moving.addresses import written
from pipeline.moving.fitting import Row, fitted, gathered, unknown
from pipeline.moving.notes import plain
from pipeline.moving.tree import Node
from pipeline.moving.values import Left

ROWS: tuple[Row, ...] = (
    Row("title", "title", read.text),
    Row("itunes:title", "title", read.text),
    Row("description", "description", read.text),
    Row("itunes:summary", "description", read.text),
    Row("itunes:subtitle", "subtitle", read.text),
    Row("language", "language", read.language),
    Row("dc:language", "language", read.language),
    Row("itunes:author", "author", read.text),
    Row("dc:creator", "author", read.text),
    Row("googleplay:author", "author", read.text),
    Row("itunes:explicit", "explicit", read.yes),
    Row("itunes:type", "type", lambda nodes: read.text(nodes).lower()),
    Row("copyright", "copyright", read.rights_holder),
    Row("dc:rights", "copyright", read.rights_holder),
    Row("podcast:license", "licence", read.licence),
    Row("creativecommons:license", "licence", read.creative_commons),
    Row("copyright", "licence", read.licence_by_name),
    Row("podcast:image", "cover_alt", read.alternative),
    Row("podcast:guid", "guid", lambda nodes: read.text(nodes).lower()),
    Row("podcast:location", "location", read.locations),
    Row("podcast:funding", "funding", read.funding),
    Row("podcast:updatefrequency", "update_frequency", read.schedule),
    Row("podcast:podroll", "podroll", read.remote_feeds),
    Row("podcast:publisher", "publisher", read.remote_feed),
    Row("podcast:socialinteract", "discussions", read.discussions),
    Row("podcast:txt", "txt", read.machine_texts),
    Row("podcast:block", "block", read.blocked),
    Row("itunes:block", "block", read.all_blocked),
    Row("itunes:complete", "complete", read.yes),
)
_ELSEWHERE = {
    # read by another way than a row
    "atom:author", "atom:contributor", "atom:link", "author", "image", "itunes:category", "itunes:image",
    "itunes:new-feed-url", "itunes:owner", "link", "managingeditor", "podcast:locked", "podcast:medium",
    "podcast:person", "podcast:trailer",
}  # fmt: skip
_MEANT_FOR_APPS = {
    # how the old host made and served the feed; the new one says it for itself, or no longer has to
    "atom:category", "atom:generator", "atom:id", "atom:updated", "category", "cloud", "docs",
    "feedburner:browserfriendly", "feedburner:emailserviceid", "feedburner:feedburnerhostname",
    "feedburner:feedflare", "feedburner:info", "fh:archive", "fh:complete", "generator",
    "googleplay:category", "googleplay:description", "googleplay:email", "googleplay:explicit",
    "googleplay:image", "googleplay:owner", "itunes:keywords", "lastbuilddate", "media:copyright",
    "media:thumbnail", "opensearch:itemsperpage", "opensearch:startindex", "opensearch:totalresults",
    "podcast:podping", "pubdate", "rating", "skipdays", "skiphours", "sy:updatebase", "sy:updatefrequency",
    "sy:updateperiod", "ttl", "webmaster", "xhtml:p",
}  # fmt: skip
KNOWN = frozenset({row.tag for row in ROWS} | _ELSEWHERE | _MEANT_FOR_APPS)
_MAIL = re.compile(r"[^@\s<>()]+@[^@\s<>()]+\.[^@\s<>()]+")
_RENAMED = {
    # Apple's categories until 2019: since then
    "Games & Hobbies": "Leisure",
    "Government & Organizations": "Government",
    "News & Politics": "News",
    "Science & Medicine": "Science",
    "Sports & Recreation": "Sports",
}
_STAND_INS: dict[str, Any] = {
    "title": "-",
    "description": "-",
    "address": "https://example.org/",
    "author": "-",
    "owner": {"name": "-", "email": "a@example.org"},
    "categories": (),
    "cover": "content/cover.jpg",
}


Values = tuple[dict[str, Any], tuple[Left, ...], tuple[Message, ...]]
"""The keys of `[show]` that a channel gives; what it says that the house cannot; what to know."""


def values(channel: Node, address: str) -> Values:
    """What a channel says of the show.

    `address` is the feed's own, "" for a file: without podcast:guid the identity follows from it.
    """
    found = gathered(channel, ROWS)
    listed, strange = _categories(channel)
    found |= {"categories": listed} if listed else {}
    if channel.first("podcast:locked").lower() == "no":
        found["locked"] = False
    if found.get("subtitle") == found.get("description"):
        found.pop("subtitle", None)
    kept, left = fitted(Show, found, _STAND_INS)
    kept |= {"owner": owner} if (owner := _owner(channel, found)) else {}
    notes = list(_moved(channel, address))
    own = own_address(channel) or address
    if "guid" not in kept and own:
        kept["guid"] = guid_of(own)
        notes.append(
            msg("The feed has no podcast:guid; it was computed from the address {address}.", address=own)
        )
    unsaid = (*strange, *_medium(channel), *_signs(channel, found), *read.unread_licences(channel))
    return kept, (*unsaid, *left, *unknown(channel, KNOWN)), tuple(notes)


def own_address(channel: Node) -> str:
    """The address that the feed says it has (`atom:link rel="self"`); "" where it says none."""
    return next((address for address in _linked(channel, "self") if written(address)), "")


def next_page(channel: Node) -> str:
    """The address of the page with older items (RFC 5005 § 3, 4); "" on the last one."""
    return next((address for rel in ("next", "prev-archive") for address in _linked(channel, rel)), "")


def site(channel: Node) -> str:
    """The address of the podcast's old site."""
    links = (node.text or node.get("href") for node in channel.all("link"))
    return next((address for link in links if (address := written(link))), "")


def cover(channel: Node) -> str:
    """The address of the cover."""
    pictures = [read.picture(channel)]
    pictures += [node.first("url") for node in channel.all("image")]
    pictures += [node.get("href") for node in channel.all("googleplay:image")]
    return next((one for one in pictures if one), "")


def hub(channel: Node) -> str:
    """The hub that tells apps of new episodes at once (WebSub § 4); "" where the feed names none."""
    return next((address for link in _linked(channel, "hub") if (address := written(link))), "")


def trailers(channel: Node) -> dict[str, str]:
    """What `podcast:trailer` calls each trailer, by the address of its sound."""
    nodes = channel.all("podcast:trailer")
    return {written(node.get("url")) or node.get("url"): plain(node.text) for node in nodes}


def house_names(found: dict[str, Any]) -> tuple[str, ...]:
    """The names that mean the podcast itself, and no person; `found` are keys of `[show]`."""
    return (found.get("title", ""), found.get("author", ""), found.get("owner", {}).get("name", ""))


def _linked(channel: Node, rel: str) -> Iterator[str]:
    """Where `<atom:link>`s of a relation lead (RFC 4287 § 4.2.7)."""
    links = (link for link in channel.all("atom:link") if link.get("rel").lower() == rel)
    return (link.get("href") for link in links if link.get("href"))


def _owner(channel: Node, found: dict[str, Any]) -> dict[str, str]:
    """Name and e-mail address, from whichever tag gives one."""
    owners = (*channel.all("itunes:owner"), *channel.all("googleplay:owner"))
    name = next((plain(n) for one in owners if (n := one.first("itunes:name"))), "")
    said = [one.first("itunes:email") for one in owners]
    said += [node.get("owner") for node in channel.all("podcast:locked")]
    said += [channel.first(tag) for tag in ("managingeditor", "webmaster", "googleplay:email")]
    mail = next((m[0] for text in said if (m := _MAIL.search(text))), "")
    owner = {"name": name or found.get("author", ""), "email": mail}
    return {key: value for key, value in owner.items() if value}


def _categories(channel: Node) -> tuple[list[str], tuple[Left, ...]]:
    named: dict[str, None] = {}
    left = []
    for node in channel.all("itunes:category"):
        for name in _with_subs(node):
            main = categories.parts(name)[0]
            fit = next((one for one in (name, main) if categories.known(one)), "")
            if fit != name:
                left.append(Left("itunes:category", name, msg("Apple does not list this category.")))
            named |= {fit: None} if fit else {}
    specific = {categories.parts(name)[0] for name in named if ">" in name}
    return [name for name in named if name not in specific], tuple(left)


def _with_subs(node: Node) -> list[str]:
    main = plain(node.get("text"))
    main = _RENAMED.get(main, main)
    subs = [plain(sub.get("text")) for sub in node.all("itunes:category")]
    return [f"{main} > {sub}" for sub in subs] or ([main] if main else [])


def _moved(channel: Node, address: str) -> Iterable[Message]:
    moved = channel.first("itunes:new-feed-url")
    if moved and moved.rstrip("/") not in {address.rstrip("/"), own_address(channel).rstrip("/")}:
        yield msg("The feed says that it has moved to {address}.", address=moved)


def _signs(channel: Node, found: dict[str, Any]) -> tuple[Left, ...]:
    """A copyright line of which the name alone was entered."""
    why = msg("The name alone was entered, without sign and year.")
    said = [text for tag in ("copyright", "dc:rights") if (text := read.text(channel.all(tag)))][:1]
    return tuple(Left("copyright", text, why) for text in said if text != found.get("copyright", ""))


def _medium(channel: Node) -> tuple[Left, ...]:
    medium = channel.first("podcast:medium").lower()
    why = msg("The house publishes podcasts.")
    return (Left("podcast:medium", medium, why),) if medium not in {"", "podcast"} else ()
