"""What document and channel of a written feed must show: a row each."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

from pipeline.feed import categories, rules
from pipeline.feed.rows import ATOM, NAMESPACES
from pipeline.feed.rules import APPLE, P20, PSP, RSS, Rule, texts, values
from pipeline.messages import Message, msg

WIDEST, HIGHEST = 144, 400
_ONCE = (
    *(
        "title",
        "link",
        "description",
        "language",
        "copyright",
        "generator",
        "image",
        "lastBuildDate",
        "pubDate",
    ),
    *("itunes:author", "itunes:block", "itunes:complete", "itunes:explicit", "itunes:image", "itunes:owner"),
    *("itunes:new-feed-url", "itunes:type", "podcast:guid", "podcast:locked", "podcast:medium"),
)
_PODCAST = {
    *("block", "funding", "guid", "image", "license", "location", "locked", "medium", "person", "podping"),
    *("podroll", "publisher", "remoteItem", "trailer", "txt", "updateFrequency"),
}


def _is_rss(channel: Any) -> Iterator[Message]:
    root = channel.getparent()
    if root.tag != "rss" or root.get("version") != "2.0" or len(root.findall("channel")) != 1:
        yield msg('the document is not <rss version="2.0"> with one channel')
    for prefix, address in {**NAMESPACES, "atom": ATOM}.items():
        if root.nsmap.get(prefix) != address:
            yield msg(
                "<rss> does not declare the namespace {prefix} as {address}", prefix=prefix, address=address
            )


def _language(channel: Any) -> Iterator[Message]:
    for text in texts(channel, "language"):
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
            yield msg("“{text}” is no language of ISO 639", text=text)


def _own_address(channel: Any) -> Iterator[Message]:
    own = [link for link in channel.findall(f"{{{ATOM}}}link") if link.get("rel") == "self"]
    if len(own) != 1:
        yield msg("{tag} stands there {n} times instead of once", tag="atom:link rel=self", n=len(own))
    for link in own:
        if link.get("type") != "application/rss+xml":
            yield msg("atom:link rel=self has the type “{type}”", type=link.get("type") or "")


def _site(channel: Any) -> Iterator[Message]:
    yield from rules.with_text("link")(channel)
    own = {link.get("href") for link in channel.findall(f"{{{ATOM}}}link") if link.get("rel") == "self"}
    if channel.findtext("link") in own:
        yield msg("link leads to the feed instead of the site")


def _categories(channel: Any) -> Iterator[Message]:
    found = channel.findall("itunes:category", NAMESPACES)
    if not found:
        yield msg("itunes:category is missing")
    for category in found:
        names = [category.get("text") or "", *values(category, "itunes:category", "text")]
        if not categories.known(" > ".join(names)):
            yield msg("Apple does not know the category “{name}”", name=" > ".join(names))


def _guid(channel: Any) -> Iterator[Message]:
    found = texts(channel, "podcast:guid")
    if not found:
        yield msg("podcast:guid is missing")
    for text in found:
        try:
            known = str(uuid.UUID(text)) == text
        except ValueError:
            known = False
        if not known:
            yield msg("podcast:guid is no UUID: {text}", text=text)


def _picture(channel: Any) -> Iterator[Message]:
    for image in channel.findall("image"):
        for tag in ("title", "link"):
            if image.findtext(tag) != channel.findtext(tag):
                yield msg("{tag} of <image> is not the channel's", tag=tag)
        for tag, most in (("width", WIDEST), ("height", HIGHEST)):
            text = image.findtext(tag) or "0"
            if not text.isdecimal() or int(text) > most:
                yield msg(
                    "{tag} of <image> is {text}; at most {most} is allowed", tag=tag, text=text, most=most
                )


def _has_cover(channel: Any) -> Iterator[Message]:
    if not channel.findall("itunes:image", NAMESPACES):
        yield msg("itunes:image is missing")


def _only_yes(channel: Any) -> Iterator[Message]:
    for tag in ("itunes:block", "itunes:complete"):
        yield from rules.one_of(tag, "Yes")(channel)


def _new_address(channel: Any) -> Iterator[Message]:
    for text in texts(channel, "itunes:new-feed-url"):
        if not rules.is_web(text):
            yield msg("itunes:new-feed-url is no absolute address: {text}", text=text)


def _mail_addresses(channel: Any) -> Iterator[Message]:
    for tag in ("managingEditor", "webMaster"):
        for text in texts(channel, tag):
            if not re.match(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
                yield msg("{tag} does not begin with an e-mail address: {text}", tag=tag, text=text)


def _podcast_tags(channel: Any) -> Iterator[Message]:
    yield from unknown_tags(channel, _PODCAST)


def unknown_tags(element: Any, known: set[str]) -> Iterator[Message]:
    """Podcasting 2.0 elements that the specification does not allow in this parent."""
    prefix = f"{{{NAMESPACES['podcast']}}}"
    for child in element:
        name = str(child.tag).removeprefix(prefix)
        if str(child.tag).startswith(prefix) and name not in known:
            yield msg("podcast:{name} has no place here", name=name)


_OURS = msg("This is a mistake of the program, not of the house. Please report it.")
_ADDRESS = msg("Write addresses with https:// in front, and name pictures with the letters a to z.")
_COVER = msg("podcast.toml names the cover: square, 1400 to 3000 pixels, JPEG or PNG in RGB.")

CHANNEL_RULES: tuple[Rule, ...] = (
    Rule("channel-address", f"{PSP}; RFC 3986", "show.address", rules.addresses_absolute,
         _ADDRESS),
    Rule("channel-block", f"{APPLE}, itunes:block", "show", _only_yes, _OURS),
    Rule("channel-category", f"{APPLE}, itunes:category", "show.categories", _categories,
         msg("Choose a category of Apple's list: {example}", example='categories = ["Education"]')),
    Rule("channel-cover", f"{APPLE}, artwork", "show.cover", _has_cover, _COVER),
    Rule("channel-cover-type", f"{APPLE}, artwork", "show.cover", rules.ends_as_picture("itunes:image"),
         _COVER),
    Rule("channel-dates", f"{RSS}, lastBuildDate; RFC 2822", "date", lambda c: (
        *rules.dated("lastBuildDate")(c), *rules.dated("pubDate")(c)), _OURS),
    Rule("channel-description", f"{RSS}; {APPLE}", "show.description",
         rules.with_text("description"),
         msg("Say in podcast.toml what the podcast is about: {example}", example='description = "…"')),
    Rule("channel-explicit", f"{APPLE}; {PSP}", "show.explicit",
         rules.one_of("itunes:explicit", "true", "false"), _OURS),
    Rule("channel-guid", f"{P20}, guid", "show.guid", _guid,
         msg("Delete guid in podcast.toml, or write the UUID that directories know.")),
    Rule("channel-image", f"{RSS}, image", "show.cover", _picture, _OURS),
    Rule("channel-language", f"{RSS}; {APPLE}, language", "show.language", _language,
         msg("Write the language by ISO 639: {example}", example='language = "de"')),
    Rule("channel-link", f"{RSS}; {PSP}", "show.address", _site,
         _ADDRESS),
    Rule("channel-locked", f"{P20}, locked", "show.locked", rules.one_of("podcast:locked", "yes", "no"),
         _OURS),
    Rule("channel-mail", f"{RSS}, managingEditor, webMaster", "show.owner.email", _mail_addresses,
         msg("Write an e-mail address in podcast.toml: {example}", example='email = "podcast@example.org"')),
    Rule("channel-moved", f"{APPLE}, itunes:new-feed-url", "show", _new_address, _OURS),
    Rule("channel-once", f"{RSS}; {PSP}", "show", rules.at_most_once(*_ONCE), _OURS),
    Rule("channel-rss", f"{PSP}; {RSS}", "show", _is_rss, _OURS),
    Rule("channel-self", f"{PSP}; RFC 4287", "show.address", _own_address, _OURS),
    Rule("channel-tags", f"{P20}, docs/tags", "show", _podcast_tags, _OURS),
    Rule("channel-title", f"{RSS}; {APPLE}, title", "show.title", rules.with_text("title"),
         msg("Give the podcast a title in podcast.toml: {example}", example='title = "…"')),
    Rule("channel-title-plain", f"{PSP}; {APPLE}, title", "show.title", rules.plain("title"),
         msg("Write the title as plain text.")),
    Rule("channel-type", f"{APPLE}, itunes:type", "show.type",
         rules.one_of("itunes:type", "episodic", "serial"), _OURS),
)  # fmt: skip
