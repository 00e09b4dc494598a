"""How a feed is cut into documents (RFC 5005): by running number, so that archive pages stay put."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from pipeline.feed.rows import Feed, Item
from pipeline.models import Addresses, Ledger


@dataclass(frozen=True, slots=True)
class Page:
    """A document of a feed: the subscription feed, or an archive page. Items stand newest first.

    `path` and those of `links` (relation and path) lie below the site's root.
    """

    feed: Feed
    path: str
    items: tuple[Item, ...]
    links: tuple[tuple[str, str], ...] = ()
    archive: bool = False


def numbers(ledger: Ledger, items: Sequence[Item]) -> dict[str, int]:
    """The running number of every item of the main feed, from 1, by episode id; items stand newest first.

    What the ledger says stays (it counts from 0); what was never published follows by date. An episode that
    is gone leaves a gap, an old one that was found late gets the next number.
    """
    known = {entry.guid: entry.number + 1 for entry in ledger.episodes}
    following = count(max(known.values(), default=0) + 1)
    return {
        item.episode.id: known[item.episode.guid] if item.episode.guid in known else next(following)
        for item in reversed(items)
    }


def pages(feed: Feed, items: Sequence[Item], running: Mapping[str, int], size: int) -> tuple[Page, ...]:
    """The subscription feed, then its archive pages from the newest to the oldest.

    Block k holds the running numbers k·size+1 … (k+1)·size. The subscription feed holds whole blocks, from
    the newest on, until it has `size` items: these are at most 2·size−1. Every older block is an archive
    page; one without items, because they are gone or not of this series, is left out.
    """
    blocks: dict[int, list[Item]] = {}
    for item in items:
        blocks.setdefault((running[item.episode.id] - 1) // size, []).append(item)
    archived = _archived(blocks, size)
    held = {item.episode.id for k in blocks if k not in archived for item in blocks[k]}
    newest = tuple(item for item in items if item.episode.id in held)
    paths = [Addresses.feed_page(feed.path, k + 1) for k in archived]
    archive = (
        Page(
            feed,
            path,
            tuple(blocks[k]),
            (("current", feed.path), *_links(feed, paths, place + 1)),
            archive=True,
        )
        for place, (k, path) in enumerate(zip(archived, paths, strict=True))
    )
    return (Page(feed, feed.path, newest, _links(feed, paths, 0)), *archive)


def _archived(blocks: Mapping[int, Sequence[Item]], size: int) -> list[int]:
    """The blocks that stand in archive pages, newest first: all below the first `size` items."""
    held = 0
    archived = []
    for k in sorted(blocks, reverse=True):
        if held >= size:
            archived.append(k)
        held += len(blocks[k])
    return archived


def _links(feed: Feed, paths: Sequence[str], older: int) -> tuple[tuple[str, str], ...]:
    """What leads from a document of the feed to others; `older` is the place of the next older page.

    Apps that page follow `next`, RFC 5005 calls the same page `prev-archive`. Nothing leads to a newer page.
    """
    if not paths:
        return ()
    whole = (("first", feed.path), ("last", paths[-1]))
    return (
        *whole,
        *((relation, paths[older]) for relation in ("next", "prev-archive") if older < len(paths)),
    )
