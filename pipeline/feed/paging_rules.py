"""What the documents of a paged feed must be to one another (RFC 5005): a row each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.feed.rows import ATOM, NAMESPACES
from pipeline.feed.rules import OURS, Rule, often
from pipeline.messages import Message, msg

RFC = "RFC 5005"
RELATIONS = ("current", "first", "last", "next", "prev-archive")
_NEWER = ("next-archive", "previous", "prev")


def links(channel: Any) -> dict[str, str]:
    """Where the document leads, by relation; its own address is `self`."""
    return {link.get("rel") or "": link.get("href") or "" for link in channel.findall(f"{{{ATOM}}}link")}


def is_archive(channel: Any) -> bool:
    """Whether the document says that it is an archive page."""
    return channel.find("fh:archive", NAMESPACES) is not None


def _once(channel: Any) -> Iterator[Message]:
    counted = Counter(link.get("rel") for link in channel.findall(f"{{{ATOM}}}link"))
    for relation in RELATIONS:
        if counted[relation] > 1:
            yield often(f"atom:link rel={relation}", counted[relation])


def _older_only(channel: Any) -> Iterator[Message]:
    for relation in _NEWER:
        if relation in links(channel):
            yield msg("the link {rel} leads to a newer page", rel=relation)


def _older(channel: Any) -> Iterator[Message]:
    found = links(channel)
    if found.get("next") != found.get("prev-archive"):
        yield msg("next and prev-archive lead to different pages")
    if "next" in found and found["next"] in {found.get("self"), found.get("current"), found.get("first")}:
        yield msg("next leads back to {address}", address=found["next"])


def _ends(channel: Any) -> Iterator[Message]:
    found = links(channel)
    if "next" in found and not {"first", "last"} <= set(found):
        yield msg("a feed with pages has to name first and last")
    elif "last" in found and (found["last"] == found.get("self")) != ("next" not in found):
        yield msg("the last page has to be the one without next")
    if "first" in found and found["first"] != found.get("current", found.get("self")):
        yield msg("first has to be the subscription feed")


def _archive(channel: Any) -> Iterator[Message]:
    found = links(channel)
    if is_archive(channel) != ("current" in found):
        yield msg("fh:archive and the link current belong together")
    if found.get("current") == found.get("self"):
        yield msg("an archive page has to have another address than the subscription feed")


PAGE_RULES: tuple[Rule, ...] = (
    Rule("page-archive", f"{RFC} § 4", "feed.items", _archive, OURS),
    Rule("page-ends", f"{RFC} § 3", "feed.items", _ends, OURS),
    Rule("page-newer", f"{RFC} § 4", "feed.items", _older_only, OURS),
    Rule("page-once", f"{RFC} § 3 and 4", "feed.items", _once, OURS),
    Rule("page-older", f"{RFC} § 3 and 4", "feed.items", _older, OURS),
)
"""About one document alone."""


def _walk(channels: Sequence[Any]) -> Iterator[Message]:
    by_address = {links(channel).get("self", ""): channel for channel in channels}
    seen, channel = [], channels[0]
    while channel is not None and channel not in seen:
        seen.append(channel)
        following = links(channel).get("next")
        channel = by_address.get(following or "")
        if following and channel is None:
            yield msg("next leads to {address}, which is not there", address=following)
    if channel is not None:
        yield msg("next leads in a circle")
    for left in channels:
        if left not in seen:
            yield msg("no link leads to {address}", address=links(left).get("self", ""))


def _same(channels: Sequence[Any]) -> Iterator[Message]:
    for tag in ("title", "podcast:guid"):
        if len({channel.findtext(tag, None, NAMESPACES) for channel in channels}) > 1:
            yield msg("the pages of the feed differ in {tag}", tag=tag)


def _one_page(channels: Sequence[Any]) -> Iterator[Message]:
    counted = Counter(guid.text or "" for channel in channels for guid in channel.iterfind("item/guid"))
    for guid, found in counted.items():
        if found > 1:
            yield msg("{guid} stands on {n} pages", guid=guid, n=found)


def _one_subscription(channels: Sequence[Any]) -> Iterator[Message]:
    if [is_archive(channel) for channel in channels] != [False] + [True] * (len(channels) - 1):
        yield msg("every page but the subscription feed has to say that it is an archive page")


CHAIN_RULES: tuple[Rule, ...] = (
    Rule("pages-archive", f"{RFC} § 4", "feed.items", _one_subscription, OURS),
    Rule("pages-item", f"{RFC} § 4", "guid", _one_page, OURS),
    Rule("pages-same", f"{RFC} § 4", "show.title", _same, OURS),
    Rule("pages-walk", f"{RFC} § 3", "feed.items", _walk, OURS),
)
"""About all documents of one feed, the subscription feed first."""
