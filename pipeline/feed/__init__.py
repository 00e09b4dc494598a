"""A house and its editions → RSS: tables of tags, one row a tag, written by feedgen."""

from __future__ import annotations

from pipeline.feed.channel import CHANNEL, SMALL_PIXELS, feed_guid, guid_of, show_guid
from pipeline.feed.comparing import Change, Changes, ShowChange, compare
from pipeline.feed.cutting import parts
from pipeline.feed.documents import Document, make, plan
from pipeline.feed.feeds import feeds, main
from pipeline.feed.inputs import Inputs
from pipeline.feed.item import ITEM
from pipeline.feed.paging import Page, numbers, pages
from pipeline.feed.paging_rules import CHAIN_RULES
from pipeline.feed.reading import (
    FEED_RULES,
    Broken,
    broken,
    chain_problems,
    problems,
    read_back,
    read_chain,
)
from pipeline.feed.rows import Feed, Item
from pipeline.feed.shown import ShownFeed, ShownItem, placed, shown
from pipeline.models import FEED, House


def render(house: House, items: tuple[Item, ...]) -> bytes:
    """The main feed of a public house in one document, items newest first."""
    return render_page(house, Page(main(house), FEED, items))


def render_page(house: House, page: Page) -> bytes:
    """A document of one of its feeds."""
    from pipeline.feed import rendering  # noqa: PLC0415 (feedgen and lxml are heavy)

    return rendering.render(Inputs(house), page, page.items)


__all__ = [
    "CHAIN_RULES",
    "CHANNEL",
    "FEED_RULES",
    "ITEM",
    "SMALL_PIXELS",
    "Broken",
    "Change",
    "Changes",
    "Document",
    "Feed",
    "Inputs",
    "Item",
    "Page",
    "ShowChange",
    "ShownFeed",
    "ShownItem",
    "broken",
    "chain_problems",
    "compare",
    "feed_guid",
    "feeds",
    "guid_of",
    "main",
    "make",
    "numbers",
    "pages",
    "parts",
    "placed",
    "plan",
    "problems",
    "read_back",
    "read_chain",
    "render",
    "render_page",
    "show_guid",
    "shown",
]
