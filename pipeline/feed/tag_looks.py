"""What an element of Podcasting 2.0 has to be beyond its form: true to files, neighbours and lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from math import isclose
from typing import Any

from pipeline.feed.kinds import SECONDS
from pipeline.feed.nodes import NAMES
from pipeline.feed.rules import often
from pipeline.messages import Message, msg
from pipeline.models import GROUPED, LICENCES, MIME_TYPES, VIDEO_TYPES
from pipeline.models.limits import COVER_PIXELS, SOUNDBITE_SECONDS
from pipeline.transcripts import FORMATS

_LICENCES = frozenset(key.lower() for key in LICENCES)
_TRANSCRIPTS = {row.suffix: row for row in FORMATS.values()}
_SOUNDS = {
    suffix: frozenset({kind, "audio/mp4"} if suffix == ".m4a" else {kind})
    for suffix, kind in MIME_TYPES.items()
}
_MEDIA = _SOUNDS | {suffix: frozenset({kind}) for suffix, kind in VIDEO_TYPES.items()}
Look = Callable[[list[Any], Any], Iterator[Message]]
"""All elements of a name, and the channel or item they stand in → what is wrong with them."""


def roles(people: list[Any], _: Any) -> Iterator[Message]:
    """The role is one of its group's; left out, they mean “host” and “cast”."""
    for person in people:
        role, group = person.get("role", "host"), person.get("group", "cast")
        if (role, group) not in GROUPED:
            yield msg("the role {role} does not belong to the group {group}", role=role, group=group)


def licences(found: list[Any], _: Any) -> Iterator[Message]:
    """A well-known licence stands there in lower case, any other one with its address."""
    for licence in found:
        text = licence.text or ""
        if text in _LICENCES:
            continue
        if text.lower() in _LICENCES:
            yield msg("the licence {text} is written {known}", text=text, known=text.lower())
        elif not licence.get("url"):
            yield msg("the licence {text} has no address", text=text)


def covers(images: list[Any], _: Any) -> Iterator[Message]:
    """The ratio is that of width and height; a cover is square, 1400 to 3000 pixels."""
    least, most = COVER_PIXELS
    for image in images:
        wide, high = image.get("width") or "", image.get("height") or ""
        yield from _true_ratio(image.get("aspect-ratio") or "", wide, high)
        fits = wide.isdecimal() and wide == high and least <= int(wide) <= most
        if not fits and "artwork" in (image.get("purpose") or ""):
            yield msg("the cover has {width} × {height} pixels instead of 1400 to 3000, square",
                      width=wide, height=high)  # fmt: skip


def _true_ratio(ratio: str, wide: str, high: str) -> Iterator[Message]:
    left, _, right = ratio.partition("/")
    if not (left.strip().isdecimal() and right.strip().isdecimal() and wide.isdecimal() and high.isdecimal()):
        return
    if not isclose(int(left) * int(high), int(right) * int(wide), rel_tol=0.01):
        yield msg("the ratio {ratio} is not that of {width} × {height} pixels",
                  ratio=ratio, width=int(wide), height=int(high))  # fmt: skip


def plans(found: list[Any], _: Any) -> Iterator[Message]:
    """A rule that counts says since when."""
    for plan in found:
        if "COUNT=" in (plan.get("rrule") or "") and not plan.get("dtstart"):
            yield msg("the rule {rule} counts, and does not say since when (dtstart)", rule=plan.get("rrule"))


def publishers(found: list[Any], _: Any) -> Iterator[Message]:
    """A publisher is exactly one feed of that medium."""
    for publisher in found:
        if [remote.get("medium") for remote in publisher] != ["publisher"]:
            yield msg("podcast:publisher names not exactly one feed with medium=publisher")


def transcripts(found: list[Any], _: Any) -> Iterator[Message]:
    """The type is that of the file, and captions have times; a page is HTML."""
    for transcript in found:
        address, kind = transcript.get("url") or "", transcript.get("type") or ""
        known = _TRANSCRIPTS.get(".html" if address.endswith("/") else "." + address.rpartition(".")[2])
        if known is None or known.mime != kind:
            yield msg("the transcript {address} has the type “{type}”", address=address, type=kind)
        elif not known.timed and transcript.get("rel") == "captions":
            yield msg("the transcript {address} is no captions", address=address)


def soundbites(found: list[Any], item: Any) -> Iterator[Message]:
    """A passage ends before the recording does."""
    length = item.findtext("itunes:duration") or ""
    for bite in found:
        start, duration = bite.get("startTime") or "", bite.get("duration") or ""
        if not (SECONDS.fits(length) and SECONDS.fits(start) and SECONDS.fits(duration)):
            continue
        end_s = float(start) + float(duration)
        if end_s > float(length) + 1:
            yield msg("the soundbite ends at {end} s, the recording at {length} s",
                      end=round(end_s), length=round(float(length)))  # fmt: skip


def lengths(item: Any) -> Iterator[Message]:
    """A soundbite has 15 to 120 seconds."""
    least, most = SOUNDBITE_SECONDS
    for bite in item.findall("podcast:soundbite"):
        duration = bite.get("duration") or ""
        if SECONDS.fits(duration) and not least <= float(duration) <= most:
            yield msg("the soundbite has {n} s; 15 to 120 are best", n=round(float(duration)))


def alternates(found: list[Any], item: Any) -> Iterator[Message]:
    """The type is that of the file; the default is what the enclosure names, and stands there once."""
    defaults: list[str] = []
    for alternate in found:
        kind = alternate.get("type") or ""
        sources = [child.get("uri") or "" for child in alternate if NAMES[child.tag] == "podcast:source"]
        for address in sources:
            yield from fitting_type(address, kind, _MEDIA)
        if alternate.get("default") == "true":
            defaults += sources[:1]
    if len(defaults) > 1:
        yield often("podcast:alternateEnclosure default", len(defaults))
    enclosure = item.find("enclosure")
    if defaults and enclosure is not None and enclosure.get("url") not in defaults:
        yield msg("the default edition is not the enclosure's: {address}", address=defaults[0])


def trailers(found: list[Any], _: Any) -> Iterator[Message]:
    """The type is that of the file."""
    for trailer in found:
        yield from fitting_type(trailer.get("url") or "", trailer.get("type") or "")


def fitting_type(address: str, kind: str, known: Mapping[str, frozenset[str]] = _SOUNDS) -> Iterator[Message]:
    """The MIME type is one of those that the file's ending stands for; without more, of sound."""
    suffix = "." + re.split(r"[?#]", address)[0].rpartition(".")[2]
    if kind not in known.get(suffix, ()):
        expected = (MIME_TYPES | VIDEO_TYPES).get(suffix, "?")
        yield msg("{address} has the type “{type}” instead of {expected}",
                  address=address, type=kind, expected=expected)  # fmt: skip


def readable(item: Any) -> Iterator[Message]:
    """One transcript is WebVTT."""
    if not any(one.get("type") == "text/vtt" for one in item.findall("podcast:transcript")):
        yield msg("no transcript is WebVTT, which Apple reads")


def described(parent: Any) -> Iterator[Message]:
    """Every cover has a text for people who do not see it."""
    for image in parent.findall("podcast:image"):
        if not (image.get("alt") or "").strip():
            yield msg("podcast:image alt is missing: what does the cover show?")
