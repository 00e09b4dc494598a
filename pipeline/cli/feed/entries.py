"""Feeds and episodes as programs read them: the JSON of `hdw feed …`."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.feed import ShownFeed, ShownItem

_UNSAID = {"items", "older"}


def entry(item: ShownItem) -> dict[str, object]:
    """An episode by the names of its fields; dates as ISO 8601."""
    values = {one.name: getattr(item, one.name) for one in fields(item)}
    return {name: v.isoformat() if isinstance(v, datetime) else v for name, v in values.items()}


def feed_entry(shown: ShownFeed) -> dict[str, object]:
    """A feed with its episodes."""
    values = {one.name: getattr(shown, one.name) for one in fields(shown) if one.name not in _UNSAID}
    return {**values, "episodes": [entry(item) for item in shown.items]}
