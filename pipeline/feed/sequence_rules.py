"""What the items of a written feed must be among one another: a row each, looked at in the channel."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from pipeline.feed.kinds import moment
from pipeline.feed.rows import APPLE, ATOM, NAMESPACES, PSP, RSS
from pipeline.feed.rules import OURS, Rule, texts
from pipeline.messages import Message, msg

_OPUS_FEED = re.compile(r"/feed/opus(/[0-9]+)?\.xml$")


def _unique(
    value: Callable[[Any], Any], said: Callable[[Any, str], Message]
) -> Callable[[Any], Iterator[Message]]:
    """No two items have the same value; items without one do not count."""

    def look(channel: Any) -> Iterator[Message]:
        found = [(value(item), item) for item in channel.findall("item")]
        counted = Counter(own for own, _ in found)
        if len(counted) == len(found):
            return
        for own, item in found:
            if own and counted[own] > 1:
                yield said(own, item.findtext("title") or "")

    return look


def _enclosure(item: Any) -> str | None:
    enclosure = item.find("enclosure")
    return enclosure.get("url") if enclosure is not None else None


def _pair(item: Any) -> tuple[str, str] | None:
    """Season and number of a full episode."""
    number = item.findtext("itunes:episode", "", NAMESPACES)
    return (item.findtext("itunes:season", "", NAMESPACES), number) if number and _full(item) else None


def _full(item: Any) -> bool:
    return bool(item.findtext("itunes:episodeType", "full", NAMESPACES) == "full")


def _numbered(channel: Any) -> Iterator[Message]:
    if texts(channel, "itunes:type") != ["serial"]:
        return
    for item in channel.findall("item"):
        if _full(item) and not texts(item, "itunes:episode"):
            yield msg("the show is serial, and “{title}” has no number", title=item.findtext("title") or "")


def _newest_first(channel: Any) -> Iterator[Message]:
    dated = [(moment(item.findtext("pubDate") or ""), item) for item in channel.findall("item")]
    for (before, _), (own, item) in itertools.pairwise(dated):
        if before and own and own > before:
            yield msg("“{title}” stands below an older episode", title=item.findtext("title") or "")


def _one_format(channel: Any) -> Iterator[Message]:
    own = [link.get("href") or "" for link in channel.findall(f"{{{ATOM}}}link") if link.get("rel") == "self"]
    opus = bool(own) and _OPUS_FEED.search(own[0]) is not None
    for item in channel.findall("item"):
        url = _enclosure(item) or ""
        if url.endswith(".opus") != opus:
            yield msg("“{title}” has an enclosure of another format: {url}",
                      title=item.findtext("title") or "", url=url)  # fmt: skip


def _same_enclosure(url: str, title: str) -> Message:
    return msg("“{title}” has the same enclosure as another: {url}", title=title, url=url)


def _same_guid(guid: str, title: str) -> Message:
    return msg("“{title}” has the same guid as another: {guid}", title=title, guid=guid)


def _same_number(pair: tuple[str, str], title: str) -> Message:
    return msg("“{title}” has the season and number of another: {n}", title=title, n=pair[1])


SEQUENCE_RULES: tuple[Rule, ...] = (
    Rule("items-enclosure-unique", f"{APPLE}, enclosure", "slug", _unique(_enclosure, _same_enclosure),
         msg("Give one of the episodes a slug of its own.")),
    Rule("items-format", f"{APPLE}, enclosure; {PSP}", "audio", _one_format,
         msg("Opus stands in a feed of its own: {example}", example='formats = ["mp3", "opus"]')),
    Rule("items-guid-unique", f"{RSS}; {APPLE}, guid", "guid",
         _unique(lambda item: item.findtext("guid"), _same_guid),
         msg("Give the newer of the two a guid of its own.")),
    Rule("items-newest-first", f"RSS Best Practices Profile; {PSP}", "date", _newest_first, OURS),
    Rule("items-numbered", f"{APPLE}, itunes:type", "number", _numbered,
         msg("Give every full episode a number, or write in podcast.toml: {example}",
             example='type = "episodic"')),
    Rule("items-numbers-unique", f"{APPLE}, itunes:episode", "number", _unique(_pair, _same_number),
         msg("Give each full episode of a season a number of its own, from 1.")),
)  # fmt: skip
