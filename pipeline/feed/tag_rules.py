"""Rules about the elements of Podcasting 2.0: a row for each of them in channel and item."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from pipeline.feed import tag_looks as looks
from pipeline.feed.rows import P20
from pipeline.feed.rules import MUST, OURS, SHOULD, Rule, often
from pipeline.feed.tag_form import judged
from pipeline.feed.vocabulary import TAGS, sound
from pipeline.messages import Message, msg


def _look(name: str, further: looks.Look | None, needed: bool) -> Callable[[Any], Iterator[Message]]:
    tag = TAGS[name]

    def look(parent: Any) -> Iterator[Message]:
        found = parent.findall(name)
        if needed and not found:
            yield msg("{tag} is missing", tag=name)
        if tag.once and len(found) > 1:
            yield often(name, len(found))
        for element in found:
            if not sound(name, element):
                yield from judged(name, element)
        if further:
            yield from further(found, parent)

    return look


def _rule(
    parent: str,
    tag: str,
    field: str,
    remedy: Message = OURS,
    *,
    further: looks.Look | None = None,
    needed: bool = False,
) -> Rule:
    kebab = re.sub(r"([A-Z])", lambda found: "-" + found[1].lower(), tag)
    name = f"podcast:{tag}"
    look = _look(name, further, needed)
    asked = "" if needed else name
    return Rule(f"{parent}-podcast-{kebab}", f"{P20}, {tag}", field, look, remedy, MUST, asked)


def _places(parent: str) -> Callable[[Any], Iterator[Message]]:
    """No element of Podcasting 2.0 stands where the specification does not have it."""

    def look(node: Any) -> Iterator[Message]:
        for name in node.children:
            if name.startswith("podcast:"):
                known = TAGS.get(name)
                if known is None or parent not in known.parents:
                    yield msg("{tag} has no place here", tag=name)

    return look


_COVER = msg("The cover is square, 1400 to 3000 pixels, JPEG or PNG in RGB.")
_ALT = msg("Say in cover_alt what it shows, for people who do not see it.")
_BLOCK = msg("Directories are named as in {file}.", file="podcast-namespace, serviceslugs.txt")
_FUNDING = msg("Write url and text, at most 128 characters.")
_LICENCE = msg("Write a known licence (CC-BY-4.0), or name and url.")
_PLACE = msg(
    "Example: {example}", example='{name: Bochum, geo: "geo:51.4818,7.2162", osm: R62644, country: DE}'
)
_PLAN = msg("Example: {example}", example='rrule = "FREQ=WEEKLY;INTERVAL=2", start = "2026-11-20"')
_PERSON = msg("Choose a role of the Podcast Taxonomy: {example}", example="role: guest")
_POST = msg("Write the address of the post, and the account that it belongs to.")
_REMOTE = msg("Write the other podcast's guid, and the address of its feed.")
_SOUNDBITE = msg("Choose a passage of 15 to 120 seconds inside the recording.")
_TXT = msg("Copy the text again from the directory that gave it out.")

CHANNEL_TAG_RULES: tuple[Rule, ...] = (
    _rule("channel", "block", "show.block", _BLOCK),
    _rule("channel", "funding", "show.funding", _FUNDING),
    _rule("channel", "guid", "show.guid",
          msg("Delete guid in podcast.toml, or write the UUID that directories know."), needed=True),
    _rule("channel", "image", "show.cover", _COVER, further=looks.covers),
    Rule("channel-podcast-image-alt", f"{P20}, image", "show.cover_alt", looks.described, _ALT, SHOULD,
         "podcast:image"),
    _rule("channel", "license", "show.licence", _LICENCE, further=looks.licences),
    _rule("channel", "location", "show.location", _PLACE),
    _rule("channel", "locked", "show.locked"),
    _rule("channel", "medium", "show"),
    _rule("channel", "person", "show.people", _PERSON, further=looks.roles),
    Rule("channel-podcast-places", f"{P20}, docs/tags", "show", _places("channel"), OURS),
    _rule("channel", "podping", "show"),
    _rule("channel", "podroll", "show.podroll", _REMOTE),
    _rule("channel", "publisher", "show.publisher", _REMOTE, further=looks.publishers),
    _rule("channel", "remoteItem", "show.podroll", _REMOTE),
    _rule("channel", "socialInteract", "show.discussions", _POST),
    _rule("channel", "trailer", "show", OURS, further=looks.trailers),
    _rule("channel", "txt", "show.txt", _TXT),
    _rule("channel", "updateFrequency", "show.update_frequency", _PLAN, further=looks.plans),
)  # fmt: skip
ITEM_TAG_RULES: tuple[Rule, ...] = (
    _rule("item", "alternateEnclosure", "audio", OURS, further=looks.alternates),
    _rule("item", "chapters", "chapters"),
    _rule("item", "episode", "number_shown", msg("Shorten number_shown to 32 characters.")),
    _rule("item", "funding", "show.funding", _FUNDING),
    _rule("item", "image", "cover", _COVER, further=looks.covers),
    Rule("item-podcast-image-alt", f"{P20}, image", "cover_alt", looks.described, _ALT, SHOULD,
         "podcast:image"),
    _rule("item", "license", "licence", _LICENCE, further=looks.licences),
    _rule("item", "location", "location", _PLACE),
    _rule("item", "person", "people", _PERSON, further=looks.roles),
    Rule("item-podcast-places", f"{P20}, docs/tags", "title", _places("item"), OURS),
    _rule("item", "season", "season"),
    _rule("item", "socialInteract", "discussions", _POST),
    _rule("item", "soundbite", "soundbites", _SOUNDBITE, further=looks.soundbites),
    Rule("item-podcast-soundbite-length", f"{P20}, soundbite", "soundbites", looks.lengths, _SOUNDBITE,
         SHOULD, "podcast:soundbite"),
    _rule("item", "transcript", "transcript", OURS, further=looks.transcripts),
    Rule("item-podcast-transcript-vtt", "Apple, Transcripts", "transcript", looks.readable, OURS,
         SHOULD, "podcast:transcript"),
    _rule("item", "txt", "txt", _TXT),
)  # fmt: skip
