"""Reads a written feed again, strictly, before anybody else does."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.errors import BuildError, FeedError, Level, Problem, Where
from pipeline.feed.channel_rules import CHANNEL_RULES
from pipeline.feed.cutting import skeleton
from pipeline.feed.item_rules import ITEM_RULES
from pipeline.feed.nodes import Node
from pipeline.feed.paging_rules import CHAIN_RULES, PAGE_RULES
from pipeline.feed.rows import is_legal
from pipeline.feed.rules import OURS, SHOULD, Rule
from pipeline.feed.sequence_rules import SEQUENCE_RULES
from pipeline.messages import Message, msg, msg_n
from pipeline.models import FEED

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SUSPICIOUS = (b"\x7f", b"\xef\xbf\xbd", b"&#")
"""In UTF-8: delete, the replacement character, and anything written as a reference."""
_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")
"""The C1 controls in UTF-8."""


def _unmarked(feed: bytes) -> Iterator[Message]:
    if feed.startswith(_BYTE_ORDER_MARK):
        yield msg("the feed begins with a byte order mark")


DOCUMENT_RULES: tuple[Rule, ...] = (
    Rule("document-mark", "XML 1.0, 4.3.3 Character Encoding", "show", _unmarked, OURS, SHOULD),
)
_OF_CHANNEL: tuple[Rule, ...] = (*CHANNEL_RULES, *PAGE_RULES, *SEQUENCE_RULES)
FEED_RULES: tuple[Rule, ...] = (*DOCUMENT_RULES, *_OF_CHANNEL, *ITEM_RULES)


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a written feed breaks, and how: in the item of this guid and title, else in the channel."""

    rule: Rule
    message: Message
    line: int
    guid: str = ""
    title: str = ""

    def told(self) -> Message:
        """The whole sentence: where, what, by which specification."""
        if not self.guid and not self.title:
            return msg("The feed breaks a rule ({source}): {found}.",
                       source=self.rule.source, found=self.message)  # fmt: skip
        return msg("Episode “{title}”, {field}: {found} ({source}).", title=self.title or self.guid,
                   field=self.rule.field, found=self.message, source=self.rule.source)  # fmt: skip


def read_back(feed: bytes, *, address: str = FEED, places: Container[int] | None = None) -> None:
    """FeedError with episode, field and remedy of every “must” that a feed breaks.

    With `places`, only the items there are looked at one by one; the others were before, and are the same:
    of them a sketch is enough.
    """
    _stop(problems(feed, address=address, places=places), address)


def read_chain(documents: Mapping[str, bytes]) -> None:
    """FeedError if the documents of a feed do not hang together; by path, the subscription feed first."""
    _stop(chain_problems(documents), next(iter(documents)))


def _stop(problems: tuple[Problem, ...], address: str) -> None:
    found = tuple(problem for problem in problems if problem.level is Level.REQUIRED)
    if len(found) == 1:
        raise FeedError(found[0].message, where=found[0].where, hint=found[0].hint, problems=found)
    if found:
        message = msg_n(
            "The feed breaks {n} rule that apps insist on.",
            "The feed breaks {n} rules that apps insist on.",
            len(found),
        )
        raise FeedError(message, where=address, problems=found)


def problems(
    feed: bytes, *, address: str = FEED, places: Container[int] | None = None
) -> tuple[Problem, ...]:
    """Every rule that a feed breaks, with its level, in the order of lines; BuildError if it is no XML.

    `places`, counted from 0, are the items that are looked at one by one; without them all are.
    """
    return tuple(_problem(one, address) for one in broken(feed, address=address, places=places))


def chain_problems(documents: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """What the documents of one feed break among one another; by path, the subscription feed first."""
    channels = [_parsed(skeleton(data), path) for path, data in documents.items()]
    where = next(iter(documents))
    return tuple(
        _problem(Broken(rule, found, 0), where) for rule in CHAIN_RULES for found in rule.look(channels)
    )


def _problem(one: Broken, address: str) -> Problem:
    where = Where(address, one.line, one.rule.field)
    return Problem(one.told(), where, one.rule.remedy, one.rule.level, one.rule.name)


def broken(feed: bytes, *, address: str = FEED, places: Container[int] | None = None) -> tuple[Broken, ...]:
    """The same as values: which rule, in which item."""
    channel = Node(_parsed(feed, address))
    found = [Broken(rule, said, 1) for rule in DOCUMENT_RULES for said in rule.look(feed)]
    found += _of(channel, _OF_CHANNEL)
    for place, item in enumerate(channel.findall("item")):
        if places is None or place in places:
            found += _of(item, ITEM_RULES)
    return tuple(sorted(found, key=lambda one: one.line))


def _of(node: Node, rules: tuple[Rule, ...]) -> Iterator[Broken]:
    guid = title = ""
    if node.tag == "item":
        guid = (node.findtext("guid") or "").strip()
        title = (node.findtext("title") or "").strip() or guid or "?"
    asked = _asked(rules)
    for tag in ("", *node.children):
        for rule in asked.get(tag, ()):
            for found in rule.look(node):
                yield Broken(rule, found, node.sourceline or 0, guid, title)


@lru_cache(maxsize=8)
def _asked(rules: tuple[Rule, ...]) -> dict[str, tuple[Rule, ...]]:
    """The rules by the element that they are about; "" for those that are about more."""
    return {tag: tuple(rule for rule in rules if rule.tag == tag) for tag in {rule.tag for rule in rules}}


def _parsed(feed: bytes, address: str) -> Any:
    from lxml import etree  # noqa: PLC0415 (heavy)

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=False, encoding="utf-8")
    try:
        root = etree.fromstring(feed, parser)
    except etree.XMLSyntaxError as error:
        raise BuildError(
            msg("The feed is not well-formed: {reason}.", reason=str(error)), where=address
        ) from error
    suspicious = any(sign in feed for sign in _SUSPICIOUS) or _CONTROLS.search(feed)
    if suspicious and not is_legal(etree.tostring(root, encoding="unicode")):
        raise BuildError(msg("The feed holds characters that XML forbids."), where=address)
    channel = root.find("channel")
    if channel is None:
        raise BuildError(msg("The feed has no channel."), where=address)
    return channel
