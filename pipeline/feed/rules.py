"""What a rule about a written feed is, and what rules of channel and item share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.errors import Level
from pipeline.feed.kinds import Kind, is_web
from pipeline.feed.rows import NAMESPACES
from pipeline.messages import Message, msg
from pipeline.models.limits import DESCRIPTION_BYTES, TEXT_CHARACTERS

PICTURES = (".jpeg", ".jpg", ".png")
MUST, SHOULD = Level.REQUIRED, Level.RECOMMENDED
OURS = msg("This is a mistake of the program, not of the house. Please report it.")
_MARKUP = re.compile(
    r"</?(?:a|b|br|div|em|i|p|span|strong)(?:\s[^<>]*)?/?>|&(?:amp|apos|gt|lt|quot|#\w+);", re.I
)
_DECODED_WRONGLY = re.compile("Ã[\u0080-\u00bf„…†‡–œŸ]|â€[œ™“”ž¦]|Â[ §©°·]")


@dataclass(frozen=True, slots=True)
class Rule:
    """A “must” or “should” of the specifications that the feed itself shows.

    `field` is what an editor changes (in podcast.toml for the channel, in front matter for an item), `look`
    says what is wrong with one element (a `Node`), `remedy` what to do. A rule with a `tag` has something
    to say only where that element stands, and is asked nowhere else.
    """

    name: str
    source: str
    field: str
    look: Callable[[Any], Iterable[Message]]
    remedy: Message
    level: Level = MUST
    tag: str = ""


def texts(element: Any, tag: str) -> list[str]:
    """The texts of all children of this name (`itunes:type`)."""
    found = element.findall(tag, NAMESPACES)
    return [child.text or "" for child in found] if found else []


def values(element: Any, tag: str, attribute: str) -> list[str]:
    """One attribute of all children of this name; "" where it is missing."""
    return [child.get(attribute) or "" for child in element.findall(tag, NAMESPACES)]


def with_text(tag: str) -> Callable[[Any], Iterator[Message]]:
    """The element occurs exactly once and says something."""

    def look(element: Any) -> Iterator[Message]:
        found = texts(element, tag)
        if len(found) != 1:
            yield often(tag, len(found))
        elif not found[0].strip():
            yield msg("{tag} is empty", tag=tag)

    return look


def at_most_once(*tags: str) -> Callable[[Any], Iterator[Message]]:
    """None of the elements occurs twice."""
    once = frozenset(tags)

    def look(element: Any) -> Iterator[Message]:
        for tag, found in element.children.items():
            if len(found) > 1 and tag in once:
                yield often(tag, len(found))

    return look


def often(tag: str, times: int) -> Message:
    """What is said about an element that stands there too often, or never."""
    return msg("{tag} stands there {n} times instead of once", tag=tag, n=times)


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


def ends_as_picture(tag: str) -> Callable[[Any], Iterator[Message]]:
    """The picture's address ends as a JPEG or PNG does."""

    def look(element: Any) -> Iterator[Message]:
        for address in values(element, tag, "href"):
            if not address.endswith(PICTURES):
                yield msg("{tag} is neither JPEG nor PNG: {address}", tag=tag, address=address)

    return look


def addresses(*places: tuple[str, str]) -> Callable[[Any], Iterator[Message]]:
    """Every address is absolute, of the web, and ASCII.

    A place is an element with the attribute that holds the address; "" means its text.
    """

    def look(element: Any) -> Iterator[Message]:
        for address in _addresses(element, places):
            if not is_web(address):
                yield msg("this is no absolute web address in ASCII: {address}", address=address)

    return look


def secure(*places: tuple[str, str]) -> Callable[[Any], Iterator[Message]]:
    """Every address is reached by https."""

    def look(element: Any) -> Iterator[Message]:
        for address in _addresses(element, places):
            if address.startswith("http://"):
                yield msg("this address does not start with https://: {address}", address=address)

    return look


def _addresses(element: Any, places: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for tag, attribute in places:
        for found in element.children.get(tag, ()):
            yield (found.get(attribute) if attribute else found.text) or ""


def is_a(tag: str, kind: Kind) -> Callable[[Any], Iterator[Message]]:
    """Where the element is there, its text is of this kind."""

    def look(element: Any) -> Iterator[Message]:
        for text in texts(element, tag):
            if not kind.fits(text):
                yield unfit(tag, text, kind)

    return look


def unfit(tag: str, text: str, kind: Kind) -> Message:
    """What is said about a value of the wrong kind."""
    return msg("{tag} says “{text}” instead of {expected}", tag=tag, text=text, expected=kind.expected)


def present(*tags: str) -> Callable[[Any], Iterator[Message]]:
    """The elements are there."""

    def look(element: Any) -> Iterator[Message]:
        for tag in tags:
            if not element.findall(tag, NAMESPACES):
                yield msg("{tag} is missing", tag=tag)

    return look


def bytes_fit(tag: str) -> Callable[[Any], Iterator[Message]]:
    """The text has 4,000 bytes at most."""

    def look(element: Any) -> Iterator[Message]:
        for text in texts(element, tag):
            if len(text.encode()) > DESCRIPTION_BYTES:
                yield msg("{tag} has {n} bytes; 4,000 are allowed", tag=tag, n=len(text.encode()))

    return look


def decoded_rightly(*tags: str) -> Callable[[Any], Iterator[Message]]:
    """No text was read with another charset than it was written with (`Ã¼` for `ü`)."""

    def look(element: Any) -> Iterator[Message]:
        for tag in tags:
            for text in texts(element, tag):
                found = ("Ã" in text or "â€" in text or "Â" in text) and _DECODED_WRONGLY.search(text)
                if found:
                    yield msg("{tag} was decoded with the wrong charset: {text}", tag=tag, text=found[0])

    return look


def known_only(prefix: str, *tags: str) -> Callable[[Any], Iterator[Message]]:
    """Elements of a namespace are these and no others."""
    start, known = f"{prefix}:", frozenset(f"{prefix}:{tag}" for tag in tags)

    def look(element: Any) -> Iterator[Message]:
        for tag in element.children:
            if tag.startswith(start) and tag not in known:
                yield msg("{tag} has no place here", tag=tag)

    return look
