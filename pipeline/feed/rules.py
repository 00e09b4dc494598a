"""What a rule about a written feed is, and what rules of channel and item share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from pipeline.feed.rows import NAMESPACES, legal
from pipeline.messages import Message, msg

RSS, APPLE, PSP = "RSS 2.0", "Apple, A Podcaster's Guide to RSS", "PSP-1"
P20 = "Podcasting 2.0"
PICTURES = (".jpeg", ".jpg", ".png")
TEXT_CHARACTERS = 255
_WEB = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?#][!-~]*)?")
_MARKUP = re.compile(
    r"</?(?:a|b|br|div|em|i|p|span|strong)(?:\s[^<>]*)?/?>|&(?:amp|apos|gt|lt|quot|#\w+);", re.I
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A “must” of the specifications that the feed itself shows.

    `field` is what an editor changes (in podcast.toml for the channel, in front matter for an item), `look`
    says what is wrong with one element, `remedy` what to do.
    """

    name: str
    source: str
    field: str
    look: Callable[[Any], Iterable[Message]]
    remedy: Message


def texts(element: Any, tag: str) -> list[str]:
    """The texts of all children of this name (`itunes:type`)."""
    return [child.text or "" for child in element.findall(tag, NAMESPACES)]


def values(element: Any, tag: str, attribute: str) -> list[str]:
    """One attribute of all children of this name; "" where it is missing."""
    return [child.get(attribute) or "" for child in element.findall(tag, NAMESPACES)]


def with_text(tag: str) -> Callable[[Any], Iterator[Message]]:
    """The element occurs exactly once and says something."""

    def look(element: Any) -> Iterator[Message]:
        found = texts(element, tag)
        if len(found) != 1:
            yield msg("{tag} stands there {n} times instead of once", tag=tag, n=len(found))
        elif not found[0].strip():
            yield msg("{tag} is empty", tag=tag)

    return look


def at_most_once(*tags: str) -> Callable[[Any], Iterator[Message]]:
    """None of the elements occurs twice."""

    def look(element: Any) -> Iterator[Message]:
        for tag in tags:
            found = len(element.findall(tag, NAMESPACES))
            if found > 1:
                yield msg("{tag} stands there {n} times instead of once", tag=tag, n=found)

    return look


def one_of(tag: str, *allowed: str) -> Callable[[Any], Iterator[Message]]:
    """Where the element is there, it says one of these words."""

    def look(element: Any) -> Iterator[Message]:
        for text in texts(element, tag):
            if text not in allowed:
                yield msg("{tag} says “{text}” instead of {allowed}", tag=tag, text=text, allowed=allowed)

    return look


def plain(tag: str) -> Callable[[Any], Iterator[Message]]:
    """The text has no tags, no entities escaped twice, no spaces around it, and at most 255 characters."""

    def look(element: Any) -> Iterator[Message]:
        for text in texts(element, tag):
            if text != text.strip():
                yield msg("{tag} has spaces around it", tag=tag)
            if _MARKUP.search(text):
                yield msg("{tag} has markup in it: {text}", tag=tag, text=text)
            if len(text) > TEXT_CHARACTERS:
                yield msg("{tag} has {n} characters; 255 are allowed", tag=tag, n=len(text))

    return look


def dated(tag: str) -> Callable[[Any], Iterator[Message]]:
    """The moment is written as RFC 2822 does, with the right weekday and a numeric zone."""

    def look(element: Any) -> Iterator[Message]:
        for text in texts(element, tag):
            if moment(text) is None:
                yield msg("{tag} is no date of RFC 2822 with a numeric zone: {text}", tag=tag, text=text)

    return look


def moment(text: str) -> datetime | None:
    """The moment that a text of RFC 2822 says; None if weekday, form or zone are wrong."""
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    return found if format_datetime(found) == text and found.tzinfo else None


def ends_as_picture(tag: str) -> Callable[[Any], Iterator[Message]]:
    """The picture's address ends as a JPEG or PNG does."""

    def look(element: Any) -> Iterator[Message]:
        for address in values(element, tag, "href"):
            if not address.endswith(PICTURES):
                yield msg("{tag} is neither JPEG nor PNG: {address}", tag=tag, address=address)

    return look


def addresses_absolute(element: Any) -> Iterator[Message]:
    """Every address is absolute, of the web, and ASCII."""
    for child in element.iter():
        if child.tag == "item" and element.tag == "channel":
            continue
        own = [child.get(name) for name in ("href", "url") if child.get(name) is not None]
        own += [child.text or ""] if child.tag == "link" else []
        for address in own:
            if not is_web(address):
                yield msg("this is no absolute web address in ASCII: {address}", address=address)


def is_web(address: str) -> bool:
    """Whether an address is absolute, http or https, without spaces and beyond ASCII nothing."""
    return _WEB.fullmatch(address) is not None


def is_clean(text: str) -> bool:
    """Whether a text has none of the characters that XML forbids, and no replacement character."""
    return legal(text) == text
