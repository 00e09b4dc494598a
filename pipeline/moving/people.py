"""Whom a feed names, in which role: `podcast:person`, contributors of Podlove, authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.messages import msg
from pipeline.models import ROLES
from pipeline.models.limits import SHORT
from pipeline.moving.notes import plain
from pipeline.moving.tree import Node
from pipeline.moving.values import Left, Named

UNSAID = "guest"
"""The role of somebody of whom the feed gives none that the house knows."""
VIDEO_EDITOR = ("editor", "video post-production")
"""The one role that the taxonomy has in two groups; the house's own is the other."""
_MAIL = re.compile(r"^\S+@\S+\s*\((.+)\)$|^\S+@\S+$")
_SYNONYMS = {
    "cohost": "co-host",
    "guest-host": "guest host",
    "moderator": "host",
    "moderation": "host",
    "gast": "guest",
}


def of_item(item: Node, house: Iterable[str]) -> tuple[tuple[Named, ...], tuple[Left, ...]]:
    """The people of an item: whom it names as such, else its author where that is not the house itself."""
    found, left = named(item)
    if not found:
        known = {one.casefold() for one in house}
        authors = (
            _author(item.first(tag)) for tag in ("itunes:author", "dc:creator", "author", "atom:author")
        )
        name = next((one for one in authors if one and one.casefold() not in known), "")
        found = (Named(name, "author"),) if name else ()
    return found, left


def named(element: Node) -> tuple[tuple[Named, ...], tuple[Left, ...]]:
    """Whom an item, or the channel for the whole podcast, names by tags of its own; each role once."""
    left: list[Left] = []
    found = {
        (one.name.casefold(), one.role): one
        for one in (*_persons(element, left), *_contributors(element, left))
    }
    return tuple(found.values()), tuple(left)


def _persons(element: Node, left: list[Left]) -> Iterator[Named]:
    for node in element.all("podcast:person"):
        name = plain(node.text)[:SHORT]
        if not name:
            left.append(Left("podcast:person", why=msg("It has no name.")))
            continue
        role = _role(node.get("role") or "host", name, left)
        if (role, node.get("group").lower()) == VIDEO_EDITOR:
            why = msg("An editor of the house edits texts; entered so for {name}.", name=name)
            left.append(Left("podcast:person group", node.get("group"), why))
        yield Named(name, role, node.get("href"), node.get("img"))


def _contributors(element: Node, left: list[Left]) -> Iterator[Named]:
    for node in element.all("atom:contributor"):
        name = plain(node.first("atom:name"))[:SHORT]
        if name:
            why = msg("The feed gives {name} no role; {role} was entered.", name=name, role=UNSAID)
            left.append(Left("atom:contributor", name, why))
            yield Named(name, UNSAID, node.first("atom:uri"))


def _role(written: str, name: str, left: list[Left]) -> str:
    role = " ".join(written.lower().split())
    role = _SYNONYMS.get(role, role)
    if role in ROLES:
        return role
    why = msg("The house does not know this role of {name}; {role} was entered.", name=name, role=UNSAID)
    left.append(Left("podcast:person role", written, why))
    return UNSAID


def _author(text: str) -> str:
    """A person's name out of an author's tag; "" for a bare address."""
    text = plain(text)
    mail = _MAIL.match(text)
    return (mail[1] or "").strip()[:SHORT] if mail else text[:SHORT]
