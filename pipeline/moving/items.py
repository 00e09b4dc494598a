"""A feed's item → an episode to be."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import unquote, urlsplit

from pipeline.messages import Message, msg
from pipeline.models import MIME_TYPES, Episode, short_slug, slug
from pipeline.models.limits import TEXT_CHARACTERS
from pipeline.moving import chapters, notes, people, times
from pipeline.moving import reading_values as read
from pipeline.moving.addresses import written
from pipeline.moving.fitting import Row, fitted, gathered, shortened, unknown
from pipeline.moving.tree import Node
from pipeline.moving.values import Imported, Left, Offered, Sound

ROWS: tuple[Row, ...] = (
    Row("itunes:subtitle", "subtitle", read.text),
    Row("itunes:season", "season", read.number),
    Row("podcast:season", "season", read.number),
    Row("itunes:episode", "number", read.number),
    Row("podcast:episode", "number", read.number),
    Row("podcast:episode", "number_shown", lambda nodes: nodes[0].get("display")),
    Row("itunes:episodetype", "type", lambda nodes: read.text(nodes).lower()),
    Row("itunes:explicit", "explicit", read.yes),
    Row("itunes:block", "block", read.yes),
    Row("category", "topics", read.texts),
    Row("atom:category", "topics", lambda nodes: [n.get("label") or n.get("term") for n in nodes]),
    Row("itunes:keywords", "topics", read.keywords),
    Row("podcast:location", "location", read.locations),
    Row("podcast:soundbite", "soundbites", read.soundbites),
    Row("podcast:socialinteract", "discussions", read.discussions),
    Row("podcast:txt", "txt", read.machine_texts),
    Row("podcast:license", "licence", read.licence),
    Row("creativecommons:license", "licence", read.creative_commons),
    Row("dc:rights", "licence", read.licence_by_name),
    Row("dc:language", "language", read.language),
)
_ELSEWHERE = {
    "atom:author", "atom:content", "atom:contributor", "atom:id", "atom:link", "atom:published",
    "atom:summary", "atom:title", "atom:updated", "author", "content:encoded", "dc:creator", "dc:date",
    "description", "enclosure", "guid", "itunes:author", "itunes:duration", "itunes:image",
    "itunes:summary", "itunes:title", "link", "podcast:alternateenclosure", "podcast:chapters",
    "podcast:image", "podcast:person", "podcast:transcript", "psc:chapters", "pubdate", "title",
}  # fmt: skip
_MEANT_FOR_APPS = {
    "comments", "dcterms:modified", "feedburner:origenclosurelink", "feedburner:origlink",
    "googleplay:author", "googleplay:description", "googleplay:explicit", "googleplay:image",
    "itunes:order", "media:content", "media:description", "media:rights", "media:thumbnail", "media:title",
    "slash:comments", "source", "thr:total", "wfw:commentrss",
}  # fmt: skip
KNOWN = frozenset({row.tag for row in ROWS} | _ELSEWHERE | _MEANT_FOR_APPS)
_STAND_INS: dict[str, Any] = {"id": "x", "guid": "-", "title": "-", "date": "2026-01-01T00:00:00+00:00"}
_SOUND = re.compile(r"\.(?:aac|flac|m4a|m4b|mp3|oga|ogg|opus|wav)$", re.IGNORECASE)
_PAGE_ENDS = re.compile(r"\.(?:html?|php|aspx?)$|-?(?:mp3|m4a)$", re.IGNORECASE)


def read_item(
    item: Node, zone: tzinfo, house: Iterable[str], usual: Mapping[str, object], before: datetime | None
) -> Imported | None:
    """The episode that an item is; None for one without sound: a post of a blog.

    `house` are the names of the podcast itself, `usual` the fields of the show that an episode only has where
    it has others, `before` the date of the item above, which one without a date gets, as a draft.
    """
    sound, more, left = _sounds(item)
    if sound is None:
        return None
    date = _date(item, zone)
    title, cut = _title(item)
    said = notes.read(item.first("description", "itunes:summary", "atom:summary"),
                      item.first("content:encoded", "atom:content"))  # fmt: skip
    values, unfit = fitted(Episode, _values(item, said, title, usual), _STAND_INS)
    named, unnamed = people.of_item(item, house)
    told = chapters.of_item(item)
    link = _link(item)
    return Imported(
        guid=item.first("guid", "atom:id"),
        title=title,
        date=date or before or datetime(1970, 1, 1, tzinfo=zone),
        dated=date is not None,
        sound=sound,
        slug=_slug(link),
        values=values,
        html=said.html,
        link=link,
        duration_s=times.length_s(item.first("itunes:duration")),
        people=named,
        chapters=told.chapters,
        chapters_address=next((n.get("url") for n in item.all("podcast:chapters") if n.get("url")), ""),
        pictures=told.pictures or {},
        transcripts=_transcripts(item),
        cover=read.picture(item),
        cover_alt=read.alternative(item.all("podcast:image")),
        season_name=next((notes.plain(n.get("name")) for n in item.all("podcast:season")), ""),
        more_sounds=more,
        left=(
            *left, *cut, *_undated(item, date), *unfit, *unnamed, *told.left, *_numbers(item),
            *read.unread_licences(item),
            *(Left("notes", shortened(one), msg("It has no place in show notes.")) for one in said.left),
            *unknown(item, KNOWN),
        ),
    )  # fmt: skip


def _values(item: Node, said: notes.Notes, title: str, usual: Mapping[str, object]) -> dict[str, Any]:
    found = {key: value for key, value in gathered(item, ROWS).items() if usual.get(key) != value}
    subtitle = str(found.pop("subtitle", ""))
    if subtitle and subtitle not in {said.summary, title} and len(subtitle) <= TEXT_CHARACTERS:
        beginning = subtitle.rstrip("…. ")
        found |= {} if said.summary.startswith(beginning) else {"subtitle": subtitle}
    if "topics" in found:
        found["topics"] = _apart(found["topics"])
    if found.get("type") == "full":
        del found["type"]
    if found.get("number_shown") == str(found.get("number", "")):
        del found["number_shown"]
    return {"summary": said.summary, **found} if said.summary not in {"", title} else found


def _apart(names: list[str]) -> list[str]:
    """Names with letters in them, of those with one address the first."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(slug(name), name)
    return [name for address, name in found.items() if address]


def _title(item: Node) -> tuple[str, tuple[Left, ...]]:
    """The title; Apple's own where it only lacks what apps show beside it. Cut where it is too long."""
    whole = notes.plain(item.first("title", "atom:title"))
    bare = notes.plain(item.first("itunes:title"))
    title = bare if bare and (not whole or bare.casefold() in whole.casefold()) else whole
    if not title:
        return "?", (Left("title", why=msg("The episode has no title; “?” was entered.")),)
    if len(title) <= TEXT_CHARACTERS:
        return title, ()
    return title[: TEXT_CHARACTERS - 1].rstrip() + "…", (Left("title", title, msg("It is too long.")),)


def _date(item: Node, zone: tzinfo) -> datetime | None:
    said = (item.first(tag) for tag in ("pubdate", "atom:published", "dc:date", "atom:updated"))
    return next((moment for text in said if text and (moment := times.moment(text, zone))), None)


def _undated(item: Node, date: datetime | None) -> tuple[Left, ...]:
    why = msg("This says no date; that of the episode above was entered, and the episode is a draft.")
    return () if date else (Left("pubDate", item.first("pubdate"), why),)


def _numbers(item: Node) -> tuple[Left, ...]:
    why = msg("This is no whole number above 0.")
    tags = ("itunes:episode", "itunes:season")
    return tuple(
        Left(tag, item.first(tag), why) for tag in tags if item.first(tag) and not read.number(item.all(tag))
    )


def _link(item: Node) -> str:
    """The item's old page."""
    links = [node.text or node.get("href") for node in item.all("link")]
    links += [n.get("href") for n in item.all("atom:link") if n.get("rel") in {"", "alternate"}]
    permanent = [n.text for n in item.all("guid") if n.get("ispermalink").lower() != "false"]
    return next((address for one in [*links, *permanent] if (address := written(one))), "")


def _slug(link: str) -> str:
    """The last part of the old page's address, where it is words; "" for numbers and bare hosts."""
    parts = [part for part in unquote(urlsplit(link).path).split("/") if part]
    last = short_slug(_PAGE_ENDS.sub("", parts[-1])) if parts else ""
    return last if re.search(r"[a-z]{2}", last) else ""


def _sounds(item: Node) -> tuple[Sound | None, tuple[Sound, ...], tuple[Left, ...]]:
    """What is to be heard: the first enclosure with sound, further files, and enclosures that are none."""
    enclosures = [_enclosure(n, n.get("url")) for n in item.all("enclosure")]
    enclosures += [_enclosure(n, n.get("href")) for n in item.all("atom:link") if n.get("rel") == "enclosure"]
    enclosures += [_enclosure(n, n.get("url")) for n in item.all("media:content")] if not enclosures else []
    heard = [one for one in enclosures if _is_sound(one)]
    more, left = _alternates(item)
    left += [Left("enclosure", one.address, _refused(one)) for one in enclosures if one not in heard[:1]]
    if heard:
        told = next((one for one in more if one.address == heard[0].address), heard[0])
        first = replace(heard[0], bit_rate=told.bit_rate, sha256=told.sha256)
        return first, tuple(one for one in more if one.address != first.address), tuple(left)
    return (more[0], tuple(more[1:]), tuple(left)) if more else (None, (), tuple(left))


def _refused(sound: Sound) -> Message:
    return msg("Apps take one enclosure.") if _is_sound(sound) else msg("This is no sound.")


def _enclosure(node: Node, address: str) -> Sound:
    size = node.get("length") or node.get("filesize")
    return Sound(written(address) or address, _type(node.get("type"), address), _bytes(size))


def _bytes(said: str) -> int:
    return int(said) if re.fullmatch(r"[0-9]{1,12}", said) else 0


def _type(said: str, address: str) -> str:
    """The MIME type as Apple names it: by the address's end, else as the feed says."""
    suffix = _SOUND.search(urlsplit(address).path)
    return MIME_TYPES.get(suffix[0].lower(), said) if suffix else said.partition(";")[0].strip().lower()


def _is_sound(sound: Sound) -> bool:
    return bool(written(sound.address)) and (
        sound.type.startswith("audio/") or _SOUND.search(urlsplit(sound.address).path) is not None
    )


def _alternates(item: Node) -> tuple[list[Sound], list[Left]]:
    """`podcast:alternateEnclosure`: sound by its first source on the web."""
    found, left = [], list[Left]()
    for node in item.all("podcast:alternateenclosure"):
        sources = [one.get("uri") for one in node.all("podcast:source")]
        address = next((one for source in sources if (one := written(source))), "")
        rate = _bytes(node.get("bitrate").partition(".")[0])
        kind, size = _type(node.get("type"), address), _bytes(node.get("length"))
        sound = Sound(address, kind, size, rate, _checksum(node))
        if _is_sound(sound):
            found.append(sound)
        else:
            left.append(Left("podcast:alternateEnclosure", ", ".join(sources), msg("This is no sound.")))
    return found, left


def _checksum(node: Node) -> str:
    """The SHA-256 that `podcast:integrity` gives, hexadecimal; "" where it gives none, or another digest."""
    for one in node.all("podcast:integrity"):
        found = re.fullmatch(r"sha256-([A-Za-z0-9+/]{43}=)", one.get("value"))
        if found and one.get("type").lower() == "sri":
            return base64.b64decode(found[1]).hex()
    return ""


def _transcripts(item: Node) -> tuple[Offered, ...]:
    return tuple(
        Offered(
            n.get("url"),
            n.get("type").partition(";")[0].strip().lower(),
            read.language_tag(n.get("language")),
        )
        for n in item.all("podcast:transcript")
        if n.get("url")
    )
