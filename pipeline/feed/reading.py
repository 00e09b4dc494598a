"""Reads a written feed again, strictly, before anybody else does."""

from __future__ import annotations

from collections import Counter

from pipeline.errors import BuildError
from pipeline.messages import msg

_ONCE = ("title", "link", "description", "guid", "pubDate", "enclosure")


def read_back(feed: bytes) -> None:
    """BuildError if the bytes are not well-formed, or an element that is allowed once occurs more often."""
    from lxml import etree  # noqa: PLC0415 (heavy)

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=False)
    try:
        root = etree.fromstring(feed, parser)
    except etree.XMLSyntaxError as error:
        raise BuildError(msg("The feed is not well-formed: {reason}.", reason=str(error))) from error
    for item in root.iter("item"):
        counted = Counter(child.tag for child in item)
        guid = item.findtext("guid") or ""
        for tag in _ONCE:
            if counted[tag] != 1:
                raise BuildError(
                    msg("The feed's item {guid} has {n} × {tag}.", guid=guid, n=counted[tag], tag=tag)
                )
