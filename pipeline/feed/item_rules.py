"""What every item of a written feed must show: a row each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.feed import rules
from pipeline.feed.channel_rules import unknown_tags
from pipeline.feed.item import DESCRIPTION_BYTES
from pipeline.feed.rows import NAMESPACES
from pipeline.feed.rules import APPLE, P20, PSP, RSS, Rule, texts, values
from pipeline.markup import FEED_TAGS
from pipeline.messages import Message, msg
from pipeline.models import MIME_TYPES, ROLES
from pipeline.transcripts import FORMATS

NAME_CHARACTERS = 128
_MEDIA = {".m4a": {"audio/mp4", "audio/x-m4a"}, ".mp3": {"audio/mpeg"}}
_ONCE = (
    *("author", "description", "enclosure", "guid", "link", "pubDate", "title", "content:encoded"),
    *("itunes:block", "itunes:duration", "itunes:episode", "itunes:episodeType", "itunes:explicit"),
    *("itunes:image", "itunes:season", "podcast:chapters", "podcast:episode", "podcast:season"),
)
_PODCAST = {
    *("alternateEnclosure", "chapters", "episode", "funding", "image", "license", "location", "person"),
    *("season", "socialInteract", "soundbite", "transcript", "txt"),
}
_UNSAFE = re.compile(r"<(?:script|style|iframe|form)\b|\son\w+\s*=|javascript:", re.IGNORECASE)


def _guid(item: Any) -> Iterator[Message]:
    yield from rules.with_text("guid")(item)
    for text in values(item, "guid", "isPermaLink"):
        if text != "false":
            yield msg('guid has to say isPermaLink="false"')


def _enclosure(item: Any) -> Iterator[Message]:
    found = item.findall("enclosure")
    if len(found) != 1:
        yield msg("{tag} stands there {n} times instead of once", tag="enclosure", n=len(found))
    for enclosure in found:
        length = enclosure.get("length") or ""
        if not length.isdecimal() or int(length) == 0:
            yield msg("the enclosure's length is “{length}” instead of its bytes", length=length)
        yield from _medium(enclosure.get("url") or "", enclosure.get("type") or "")


def _medium(address: str, kind: str) -> Iterator[Message]:
    suffix = "." + address.rpartition(".")[2]
    if suffix not in _MEDIA:
        yield msg("apps play no {suffix}: {address}", suffix=suffix, address=address)
    elif kind not in _MEDIA[suffix]:
        yield msg("{address} has the type “{type}” instead of {expected}",
                  address=address, type=kind, expected=MIME_TYPES[suffix])  # fmt: skip


def _dated(item: Any) -> Iterator[Message]:
    yield from rules.with_text("pubDate")(item)
    yield from rules.dated("pubDate")(item)


def _duration(item: Any) -> Iterator[Message]:
    found = texts(item, "itunes:duration")
    if not found:
        yield msg("itunes:duration is missing")
    yield from _whole(item, "itunes:duration")


def _whole(item: Any, tag: str) -> Iterator[Message]:
    for text in texts(item, tag):
        if not re.fullmatch(r"[1-9][0-9]*", text):
            yield msg("{tag} is “{text}” instead of a whole number above 0", tag=tag, text=text)


def _numbers(item: Any) -> Iterator[Message]:
    for name in ("episode", "season"):
        yield from _whole(item, f"itunes:{name}")
        ours, theirs = texts(item, f"podcast:{name}"), texts(item, f"itunes:{name}")
        if ours and ours != theirs:
            yield msg("podcast:{name} is not itunes:{name}", name=name)


def _description(item: Any) -> Iterator[Message]:
    for text in texts(item, "description"):
        if len(text.encode()) > DESCRIPTION_BYTES:
            yield msg("description has {n} bytes; 4,000 are allowed", n=len(text.encode()))
        for tag in sorted(set(re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", text)) - FEED_TAGS):
            yield msg("description holds the tag <{tag}>, which apps do not show", tag=tag)


def _notes(item: Any) -> Iterator[Message]:
    for text in texts(item, "content:encoded") + texts(item, "description"):
        found = _UNSAFE.search(re.sub(r">[^<]*<", "><", text))
        if found:
            yield msg("the show notes hold what apps refuse: {text}", text=found[0].strip())
        for address in re.findall(r'<a\b[^>]*\shref="([^"]*)"', text):
            if not re.match(r"(https?://|mailto:|tel:)", address):
                yield msg("the show notes link to {address}, which is not absolute", address=address)


def _transcripts(item: Any) -> Iterator[Message]:
    types = {row.suffix: row.mime for row in FORMATS.values()}
    for transcript in item.findall("podcast:transcript", NAMESPACES):
        address, kind = transcript.get("url") or "", transcript.get("type") or ""
        suffix = "." + address.rpartition(".")[2]
        if types.get(suffix) != kind:
            yield msg("the transcript {address} has the type “{type}”", address=address, type=kind)
        if transcript.get("rel") == "captions" and suffix not in {".srt", ".vtt"}:
            yield msg("the transcript {address} is no captions", address=address)


def _chapters(item: Any) -> Iterator[Message]:
    for kind in values(item, "podcast:chapters", "type"):
        if kind != "application/json+chapters":
            yield msg("podcast:chapters has the type “{type}”", type=kind)


def _people(item: Any) -> Iterator[Message]:
    for person in item.findall("podcast:person", NAMESPACES):
        role, group, name = person.get("role") or "host", person.get("group") or "cast", person.text or ""
        if ROLES.get(role, ("",))[0] != group:
            yield msg("the role {role} does not belong to the group {group}", role=role, group=group)
        if not name.strip() or len(name) > NAME_CHARACTERS:
            yield msg("the name of a person has {n} characters; 1 to 128 are allowed", n=len(name))


def _location(item: Any) -> Iterator[Message]:
    for place in item.findall("podcast:location", NAMESPACES):
        if not (place.text or "").strip():
            yield msg("podcast:location is empty")
        if not re.fullmatch(r"geo:-?[0-9.]+,-?[0-9.]+(,-?[0-9.]+)?(;.+)?", place.get("geo") or "geo:0,0"):
            yield msg("the place has the coordinates “{geo}”", geo=place.get("geo"))
        if not re.fullmatch(r"[NWR][0-9]+(#[0-9]+)?", place.get("osm") or "R1"):
            yield msg("the place has the OpenStreetMap object “{osm}”", osm=place.get("osm"))


def _podcast_tags(item: Any) -> Iterator[Message]:
    yield from unknown_tags(item, _PODCAST)


_OURS = msg("This is a mistake of the program, not of the house. Please report it.")
_TITLE = msg("Give the episode a title of plain text: {example}", example="title: Was ist eine smarte Stadt?")
_NUMBER = msg("Give each full episode of a season a number of its own, from 1.")

ITEM_RULES: tuple[Rule, ...] = (
    Rule("item-address", f"{PSP}; RFC 3986", "cover", rules.addresses_absolute,
         msg("Write addresses with https:// in front, and name pictures with the letters a to z.")),
    Rule("item-chapters", f"{P20}, chapters", "chapters", _chapters, _OURS),
    Rule("item-cover-type", f"{APPLE}, artwork", "cover", rules.ends_as_picture("itunes:image"),
         msg("Save the cover as JPEG or PNG.")),
    Rule("item-date", f"{APPLE}, pubDate; RFC 2822", "date", _dated, _OURS),
    Rule("item-description", f"{APPLE}; {PSP}, description", "summary", _description,
         msg("Shorten the summary, and leave tags out.")),
    Rule("item-duration", f"{APPLE}, itunes:duration", "audio", _duration,
         msg("Delete audio.json; the next build measures the recording again.")),
    Rule("item-enclosure", f"{RSS}; {APPLE}, enclosure", "audio", _enclosure,
         msg("Publish MP3 or M4A: another recording is added with hdw add.")),
    Rule("item-explicit", f"{APPLE}; {PSP}", "explicit",
         rules.one_of("itunes:explicit", "true", "false"), _OURS),
    Rule("item-guid", f"{RSS}; {PSP}, guid", "guid", _guid, msg("Write a guid that is kept for ever.")),
    Rule("item-location", f"{P20}, location; RFC 5870", "location", _location,
         msg("Example: {example}", example="geo: geo:51.4818,7.2162")),
    Rule("item-notes", "feed.md, HTML in the feed", "notes", _notes,
         msg("Write the show notes as Markdown, with whole addresses.")),
    Rule("item-numbers", f"{APPLE}, itunes:episode; {P20}, episode", "number", _numbers, _NUMBER),
    Rule("item-once", f"{RSS}; {PSP}", "title", rules.at_most_once(*_ONCE), _OURS),
    Rule("item-people", f"{P20}, person; taxonomy.json", "people", _people,
         msg("Choose a role of the Podcast Taxonomy: {example}", example="role: guest")),
    Rule("item-tags", f"{P20}, docs/tags", "title", _podcast_tags, _OURS),
    Rule("item-title", f"{RSS}; {APPLE}, title", "title", rules.with_text("title"), _TITLE),
    Rule("item-title-plain", f"{PSP}; {APPLE}, title", "title", rules.plain("title"), _TITLE),
    Rule("item-transcripts", f"{P20}, transcript", "transcript", _transcripts, _OURS),
    Rule("item-type", f"{APPLE}, itunes:episodeType", "type",
         rules.one_of("itunes:episodeType", "full", "trailer", "bonus"), _OURS),
)  # fmt: skip
