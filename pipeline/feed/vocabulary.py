"""The elements of Podcasting 2.0 that a feed may hold: a row each, as docs/tags has them.

Where an element may stand, how often, which attributes it needs and which it may have, what its text is.
What only live or paid podcasts say (value, liveItem, chat, contentLink) is no part of it, nor is
`images`, which `image` has replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.feed.kinds import (
    ANY,
    BITS,
    BYTES,
    COUNTRY,
    DATE,
    DISPLAY,
    GEO,
    ISO_8601,
    LANGUAGE,
    LONG,
    MAIL,
    MIME,
    NUMBER,
    OSM,
    RATIO,
    RULE,
    SECONDS,
    SHORT,
    SHORT_OR_NONE,
    SRI,
    TRUE_FALSE,
    UUID,
    WEB,
    YES_NO,
    Kind,
    one_of,
)
from pipeline.feed.nodes import NAMES
from pipeline.models import GROUPED, ROLES

MEDIA = (
    "podcast",
    "music",
    "video",
    "film",
    "audiobook",
    "newsletter",
    "blog",
    "publisher",
    "course",
    "mixed",
)
PROTOCOLS = ("activitypub", "bluesky", "hive", "lightning", "matrix", "nostr", "twitter")
_MEDIUM = one_of(*MEDIA, *(f"{name}L" for name in MEDIA if name != "mixed"))
_ROLE, _GROUP = one_of(*ROLES), one_of(*{group for _, group in GROUPED})


@dataclass(frozen=True, slots=True)
class Tag:
    """An element: the parents that allow it, its attributes, and its text (None: it has none).

    `once`: at most one in each parent. `below` is the child it cannot be without.
    """

    name: str
    parents: tuple[str, ...]
    needed: Mapping[str, Kind] = field(default_factory=dict)
    allowed: Mapping[str, Kind] = field(default_factory=dict)
    text: Kind | None = None
    once: bool = False
    below: str = ""


_C, _I = ("channel",), ("item",)
_CI = ("channel", "item")

TAGS: dict[str, Tag] = {
    f"podcast:{tag.name}": tag
    for tag in (
        Tag("alternateEnclosure", _I, {"type": MIME},
            {"length": BYTES, "bitrate": BITS, "height": NUMBER, "lang": LANGUAGE, "title": DISPLAY,
             "rel": DISPLAY, "codecs": ANY, "default": TRUE_FALSE}, below="podcast:source"),
        Tag("block", _C, {}, {"id": SHORT}, text=YES_NO),
        Tag("chapters", _I, {"url": WEB, "type": one_of("application/json+chapters")}, once=True),
        Tag("episode", _I, {}, {"display": DISPLAY}, text=NUMBER, once=True),
        Tag("funding", _CI, {"url": WEB}, text=SHORT),
        Tag("guid", _C, text=UUID, once=True),
        Tag("image", _CI, {"href": WEB}, {"alt": ANY, "aspect-ratio": RATIO, "width": NUMBER,
            "height": NUMBER, "type": MIME, "purpose": SHORT}),
        Tag("integrity", ("podcast:alternateEnclosure",), {"type": one_of("sri"), "value": SRI}, once=True),
        Tag("license", _CI, {}, {"url": WEB}, text=SHORT, once=True),
        Tag("location", _CI, {}, {"rel": one_of("creator", "subject"), "geo": GEO, "osm": OSM,
            "country": COUNTRY}, text=SHORT),
        Tag("locked", _C, {"owner": MAIL}, text=YES_NO, once=True),
        Tag("medium", _C, text=_MEDIUM, once=True),
        Tag("person", _CI, {}, {"role": _ROLE, "group": _GROUP, "img": WEB, "href": WEB}, text=SHORT),
        Tag("podping", _C, {}, {"usesPodping": TRUE_FALSE}, once=True),
        Tag("podroll", _C, once=True, below="podcast:remoteItem"),
        Tag("publisher", _C, once=True, below="podcast:remoteItem"),
        Tag("remoteItem", ("channel", "podcast:podroll", "podcast:publisher"), {"feedGuid": UUID},
            {"feedUrl": WEB, "itemGuid": ANY, "medium": _MEDIUM, "title": ANY}),
        Tag("season", _I, {}, {"name": SHORT}, text=NUMBER, once=True),
        Tag("socialInteract", _CI, {"protocol": one_of(*PROTOCOLS), "uri": WEB},
            {"accountId": ANY, "accountUrl": WEB, "priority": NUMBER}),
        Tag("soundbite", _I, {"startTime": SECONDS, "duration": SECONDS}, text=SHORT_OR_NONE),
        Tag("source", ("podcast:alternateEnclosure",), {"uri": WEB}, {"contentType": MIME}),
        Tag("trailer", _C, {"url": WEB, "pubdate": DATE},
            {"length": BYTES, "type": MIME, "season": NUMBER}, text=SHORT),
        Tag("transcript", _I, {"url": WEB, "type": MIME}, {"language": LANGUAGE, "rel": one_of("captions")}),
        Tag("txt", _CI, {}, {"purpose": SHORT}, text=LONG),
        Tag("updateFrequency", _C, {},
            {"complete": TRUE_FALSE, "dtstart": ISO_8601, "rrule": RULE}, text=SHORT, once=True),
    )
}  # fmt: skip

_KINDS = {name: {**tag.needed, **tag.allowed} for name, tag in TAGS.items()}


def sound(name: str, element: Any) -> bool:
    """Whether an element is right in everything: quick, for nearly every one is.

    False may also mean that it takes a closer look; `tag_form` says what exactly is wrong.
    """
    tag, kinds = TAGS[name], _KINDS[name]
    missing = len(tag.needed)
    for attribute, value in element.items():
        kind = kinds.get(attribute)
        if kind is None or not kind.fits(value):
            return False
        missing -= attribute in tag.needed
    text = element.text
    right = tag.text.fits(text or "") if tag.text else not (text and text.strip())
    if missing or not right:
        return False
    return not (tag.below or len(element)) or _sound_below(name, tag, element)


def _sound_below(name: str, tag: Tag, element: Any) -> bool:
    names = [NAMES[child.tag] for child in element]
    if len(names) != len(set(names)) or (tag.below and tag.below not in names):
        return False
    return all(
        below in TAGS and name in TAGS[below].parents and sound(below, child)
        for below, child in zip(names, element, strict=True)
    )
