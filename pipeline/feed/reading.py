"""Reads a written feed again, strictly, before anybody else does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.errors import BuildError, Problem, Where
from pipeline.feed.channel_rules import CHANNEL_RULES
from pipeline.feed.item_rules import ITEM_RULES
from pipeline.feed.rules import Rule, is_clean
from pipeline.feed.sequence_rules import SEQUENCE_RULES
from pipeline.messages import Message, msg
from pipeline.models import FEED

FEED_RULES: tuple[Rule, ...] = (*CHANNEL_RULES, *SEQUENCE_RULES, *ITEM_RULES)


def read_back(feed: bytes, *, address: str = FEED) -> None:
    """BuildError with episode, field and remedy of the first “must” that a feed breaks."""
    found = problems(feed, address=address)
    if not found:
        return
    first = found[0]
    message = first.message
    if len(found) > 1:
        message = msg("{first} Further mistakes in this feed: {n}.", first=message, n=len(found) - 1)
    raise BuildError(message, where=first.where, hint=first.hint)


def problems(feed: bytes, *, address: str = FEED) -> tuple[Problem, ...]:
    """Every “must” that a feed breaks, in the order of its lines; BuildError if it is no XML."""
    channel = _parsed(feed, address)
    found = [*_of(channel, (*CHANNEL_RULES, *SEQUENCE_RULES), address)]
    for item in channel.findall("item"):
        found += _of(item, ITEM_RULES, address)
    return tuple(sorted(found, key=lambda problem: problem.where.line))


def _parsed(feed: bytes, address: str) -> Any:
    from lxml import etree  # noqa: PLC0415 (heavy)

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=False, encoding="utf-8")
    try:
        root = etree.fromstring(feed, parser)
    except etree.XMLSyntaxError as error:
        raise BuildError(
            msg("The feed is not well-formed: {reason}.", reason=str(error)), where=address
        ) from error
    if not is_clean(etree.tostring(root, encoding="unicode")):
        raise BuildError(msg("The feed holds characters that XML forbids."), where=address)
    channel = root.find("channel")
    if channel is None:
        raise BuildError(msg("The feed has no channel."), where=address)
    return channel


def _of(element: Any, rules: Iterable[Rule], address: str) -> Iterator[Problem]:
    for rule in rules:
        for found in rule.look(element):
            where = Where(address, element.sourceline or 0, rule.field)
            yield Problem(_told(element, rule, found), where, rule.remedy, rule=rule.name)


def _told(element: Any, rule: Rule, found: Message) -> Message:
    if element.tag == "channel":
        return msg("The feed breaks a rule ({source}): {found}.", source=rule.source, found=found)
    title = (element.findtext("title") or "").strip() or element.findtext("guid") or "?"
    return msg("Episode “{title}”, {field}: {found} ({source}).",
               title=title, field=rule.field, found=found, source=rule.source)  # fmt: skip
