"""A house and its editions → RSS: tables of tags, one row a tag, written by feedgen."""

from __future__ import annotations

from pipeline.feed.channel import CHANNEL, guid_of, show_guid
from pipeline.feed.chapters import chapters_json
from pipeline.feed.item import ITEM
from pipeline.feed.reading import FEED_RULES, problems, read_back
from pipeline.feed.rows import Item
from pipeline.models import FEED, House


def render(house: House, items: tuple[Item, ...], *, address: str = FEED) -> bytes:
    """The feed of a public house, items newest first."""
    from pipeline.feed import rendering  # noqa: PLC0415 (feedgen and lxml are heavy)

    return rendering.render(house, items, address=address)


__all__ = [
    "CHANNEL",
    "FEED_RULES",
    "ITEM",
    "Item",
    "chapters_json",
    "guid_of",
    "problems",
    "read_back",
    "render",
    "show_guid",
]
