"""What every item of a written feed must show, and should: a row each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.feed import rules
from pipeline.feed.kinds import BYTES, DATE, LANGUAGE, NUMBER, TRUE_FALSE, is_web, one_of
from pipeline.feed.rows import APPLE, NAMESPACES, P20, PSC, PSP, RSS
from pipeline.feed.rules import OURS, SHOULD, Rule, texts, values
from pipeline.feed.tag_looks import fitting_type
from pipeline.feed.tag_rules import ITEM_TAG_RULES
from pipeline.markup import FEED_TAGS
from pipeline.messages import Message, msg
from pipeline.models.audio import FORMATS
from pipeline.models.limits import SPOTIFY_BYTES

_ONCE = (
    *("author", "comments", "description", "enclosure", "guid", "link", "pubDate", "source", "title"),
    *("content:encoded", "dc:language", "dc:rights", "psc:chapters"),
    *("itunes:block", "itunes:duration", "itunes:episode", "itunes:episodeType", "itunes:explicit"),
    *("itunes:image", "itunes:season", "itunes:title"),
)
_APPLE = ("block", "duration", "episode", "episodeType", "explicit", "image", "season", "title")
_ADDRESSES = (
    *(("link", ""), ("comments", ""), ("enclosure", "url"), ("itunes:image", "href")),
    *(("category", "domain"), ("source", "url")),
)
_PEOPLE_READ = ("title", "description", "content:encoded", "dc:creator", "podcast:person")
_HINTS = ("<script", "<style", "<iframe", "<form", "javascript:", " on")
_UNSAFE = re.compile(r"<(?:script|style|iframe|form)\b|<[^<>]*\son\w+\s*=|<[^<>]*javascript:", re.IGNORECASE)
_PLAY_TIME = re.compile(r"(?:([0-9]+):)?([0-5][0-9]):([0-5][0-9](?:\.[0-9]+)?)")


def _guid(item: Any) -> Iterator[Message]:
    yield from rules.with_text("guid")(item)
    for text in values(item, "guid", "isPermaLink"):
        if text != "false":
            yield msg('guid has to say isPermaLink="false"')


def _enclosure(item: Any) -> Iterator[Message]:
    found = item.findall("enclosure")
    if len(found) != 1:
        yield rules.often("enclosure", len(found))
    for enclosure in found:
        length = enclosure.get("length") or ""
        if not BYTES.fits(length):
            yield msg("the enclosure's length is “{length}” instead of its bytes", length=length)
        yield from _medium(enclosure.get("url") or "", enclosure.get("type") or "")


def _medium(address: str, kind: str) -> Iterator[Message]:
    suffix = "." + re.split(r"[?#]", address)[0].rpartition(".")[2]
    if suffix not in FORMATS:  # Opus in a feed of its own: `items-format`
        yield msg("apps play no {suffix}: {address}", suffix=suffix, address=address)
    else:
        yield from fitting_type(address, kind)


def _light_enough(item: Any) -> Iterator[Message]:
    for length in values(item, "enclosure", "length"):
        if BYTES.fits(length) and int(length) > SPOTIFY_BYTES:
            yield msg("the enclosure has {n} MB; Spotify takes 200", n=int(length) // 1_000_000)


def _dated(item: Any) -> Iterator[Message]:
    yield from rules.with_text("pubDate")(item)
    yield from rules.is_a("pubDate", DATE)(item)


def _duration(item: Any) -> Iterator[Message]:
    yield from rules.present("itunes:duration")(item)
    yield from rules.is_a("itunes:duration", NUMBER)(item)


def _numbers(item: Any) -> Iterator[Message]:
    for name in ("episode", "season"):
        ours, theirs = texts(item, f"podcast:{name}"), texts(item, f"itunes:{name}")
        for text in theirs:
            if not NUMBER.fits(text):
                yield rules.unfit(f"itunes:{name}", text, NUMBER)
        if ours and ours != theirs:
            yield msg("podcast:{name} is not itunes:{name}", name=name)


def _description(item: Any) -> Iterator[Message]:
    yield from rules.bytes_fit("description")(item)
    for text in texts(item, "description"):
        for tag in sorted(set(re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", text)) - FEED_TAGS):
            yield msg("description holds the tag <{tag}>, which apps do not show", tag=tag)


def _notes(item: Any) -> Iterator[Message]:
    for text in texts(item, "content:encoded") + texts(item, "description"):
        lower = text.lower()
        found = any(hint in lower for hint in _HINTS) and _UNSAFE.search(text)
        if found:
            yield msg("the show notes hold what apps refuse: {text}", text=found[0].strip())
        for address in re.findall(r'<a\b[^>]*\shref="([^"]*)"', text):
            if not address.startswith(("https://", "http://", "mailto:", "tel:")):
                yield msg("the show notes link to {address}, which is not absolute", address=address)


def _simple_chapters(item: Any) -> Iterator[Message]:
    """Start and title of each chapter, in the order of time, from 0 on, none past the end."""
    for chapters in item.findall("psc:chapters", NAMESPACES):
        starts = [_seconds(chapter.get("start") or "") for chapter in chapters]
        if None in starts:
            yield msg("a chapter does not say when it starts (hh:mm:ss.mmm)")
            continue
        rising = [start for start in starts if start is not None]
        if rising != sorted(set(rising)) or rising[:1] != [0]:
            yield msg("the chapters do not rise from 0:00:00")
        length = item.findtext("itunes:duration", "", NAMESPACES)
        if NUMBER.fits(length) and rising and rising[-1] > int(length):
            yield msg("a chapter starts after the end")
        if not all((chapter.get("title") or "").strip() for chapter in chapters):
            yield msg("a chapter has no title")
        for chapter in chapters:
            for name in ("href", "image"):
                address = chapter.get(name)
                if address is not None and not is_web(address):
                    yield msg("this is no absolute web address in ASCII: {address}", address=address)


def _seconds(time: str) -> float | None:
    found = _PLAY_TIME.fullmatch(time)
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + float(found[3]) if found else None


_ADDRESS = msg("Write addresses with https:// in front, and name pictures with the letters a to z.")
_TITLE = msg("Give the episode a title of plain text: {example}", example="title: Was ist eine smarte Stadt?")
_NUMBER = msg("Give each full episode of a season a number of its own, from 1.")

ITEM_RULES: tuple[Rule, ...] = (
    Rule("item-address", f"{PSP}; RFC 3986", "cover", rules.addresses(*_ADDRESSES), _ADDRESS),
    Rule("item-address-secure", f"{P20}, 1.0.md", "links", rules.secure(*_ADDRESSES), _ADDRESS, SHOULD),
    Rule("item-apple-known", APPLE, "title", rules.known_only("itunes", *_APPLE), OURS, SHOULD),
    Rule("item-block", f"{APPLE}, itunes:block", "block", rules.is_a("itunes:block", one_of("Yes")), OURS,
         tag="itunes:block"),
    Rule("item-charset", "XML 1.0, 4.3.3 Character Encoding", "notes", rules.decoded_rightly(*_PEOPLE_READ),
         msg("Save the file as UTF-8, and write the damaged letters again.")),
    Rule("item-cover-type", f"{APPLE}, artwork", "cover", rules.ends_as_picture("itunes:image"),
         msg("Save the cover as JPEG or PNG."), tag="itunes:image"),
    Rule("item-date", f"{APPLE}, pubDate; RFC 2822", "date", _dated, OURS),
    Rule("item-description", f"{APPLE}; {PSP}, description", "summary", _description,
         msg("Shorten the summary, and leave tags out.")),
    Rule("item-duration", f"{APPLE}, itunes:duration", "audio", _duration,
         msg("Delete audio.json; the next build measures the recording again.")),
    Rule("item-enclosure", f"{RSS}; {APPLE}, enclosure", "audio", _enclosure,
         msg("Publish MP3 or M4A: another recording is added with hdw add.")),
    Rule("item-enclosure-light", "Spotify, Podcast Delivery Specification", "audio", _light_enough,
         msg("Publish it in two parts, or with a lower bit rate."), SHOULD),
    Rule("item-explicit", f"{APPLE}; {PSP}", "explicit", rules.is_a("itunes:explicit", TRUE_FALSE), OURS),
    Rule("item-guid", f"{RSS}; {PSP}, guid", "guid", _guid, msg("Write a guid that is kept for ever.")),
    Rule("item-language", "Dublin Core, language; BCP 47", "language", rules.is_a("dc:language", LANGUAGE),
         msg("Write the language by ISO 639: {example}", example="language: de"), tag="dc:language"),
    Rule("item-notes", "docs/feed.md, HTML", "notes", _notes,
         msg("Write the show notes as Markdown, with whole addresses.")),
    Rule("item-numbers", f"{APPLE}, itunes:episode; {P20}, episode", "number", _numbers, _NUMBER),
    Rule("item-once", f"{RSS}; {PSP}", "title", rules.at_most_once(*_ONCE), OURS),
    Rule("item-recommended", PSP, "title", rules.present("link", "description", "itunes:explicit"), OURS,
         SHOULD),
    Rule("item-simple-chapters", PSC, "chapters", _simple_chapters,
         msg("Put the chapters in the order of time, the first one at 0:00."), tag="psc:chapters"),
    Rule("item-title", f"{RSS}; {APPLE}, title", "title", rules.with_text("title"), _TITLE),
    Rule("item-title-plain", f"{PSP}; {APPLE}, title", "title", rules.plain("title"), _TITLE),
    Rule("item-type", f"{APPLE}, itunes:episodeType", "type",
         rules.is_a("itunes:episodeType", one_of("full", "trailer", "bonus")), OURS,
         tag="itunes:episodeType"),
    *ITEM_TAG_RULES,
)  # fmt: skip
