"""A written document cut at its items, without being parsed."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ITEM = b"    <item>\n"
_END = b"  </channel>\n"
_GUID = re.compile(rb"<guid\b[^>]*>[^<]*</guid>")
COMPARED = (
    "enclosure", "guid", "itunes:episode", "itunes:episodeType", "itunes:season", "pubDate", "title",
)  # fmt: skip
"""What rules about the items among one another look at."""
_COMPARED = re.compile(rf"<({'|'.join(COMPARED)})(?: [^<>]*)?(?:/>|>[^<]*</\1>)".encode())


def parts(data: bytes) -> tuple[bytes, Sequence[bytes], bytes]:
    """What stands before the items of a document of ours, the items, and what stands after them.

    No show notes can hold the line that opens an item: in their HTML every < of a text is escaped, and
    there is no such tag.
    """
    end = data.rfind(_END)
    start = data.find(_ITEM)
    start = end if start < 0 else start
    items = [_ITEM + item for item in data[start:end].split(_ITEM)[1:]]
    return data[:start], items, data[end:]


def sketch(item: bytes) -> bytes:
    """An item with as many lines as before, and nothing left but what is compared with other items."""
    kept = b"".join(found[0] for found in _COMPARED.finditer(item))
    return b"".join((b"<item>", kept, b"</item>", b"\n" * item.count(b"\n")))


def skeleton(data: bytes) -> bytes:
    """The document with nothing left of its items but their guids."""
    head, items, tail = parts(data)
    guids = (found[0] if (found := _GUID.search(item)) else b"" for item in items)
    return b"".join((head, *(b"<item>" + guid + b"</item>" for guid in guids), tail))
