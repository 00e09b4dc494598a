"""What document and channel of a written feed must show, and should: a row each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.feed import categories, rules
from pipeline.feed.kinds import DATE, LANGUAGE, MAIL, TRUE_FALSE, WEB, one_of
from pipeline.feed.rows import APPLE, NAMESPACES, P20, PSP, RSS
from pipeline.feed.rules import OURS, SHOULD, Rule, texts, values
from pipeline.feed.tag_rules import CHANNEL_TAG_RULES
from pipeline.messages import Message, msg
from pipeline.models.limits import SMALL_PICTURE

_ONCE = (
    *("title", "link", "description", "language", "copyright", "docs", "generator", "image"),
    *("lastBuildDate", "managingEditor", "pubDate", "webMaster"),
    *("itunes:author", "itunes:block", "itunes:complete", "itunes:explicit", "itunes:image", "itunes:owner"),
    *("itunes:new-feed-url", "itunes:title", "itunes:type"),
)
_APPLE = (
    "author",
    "block",
    "category",
    "complete",
    "explicit",
    "image",
    "new-feed-url",
    "owner",
    "title",
    "type",
)
_ADDRESSES = (
    *(("link", ""), ("comments", ""), ("atom:link", "href"), ("itunes:image", "href")),
    *(("itunes:new-feed-url", ""), ("category", "domain")),
)
_PEOPLE_READ = ("title", "description", "copyright", "itunes:author", "podcast:person", "podcast:funding")


def _is_rss(channel: Any) -> Iterator[Message]:
    root = channel.getparent()
    if root.tag != "rss" or root.get("version") != "2.0" or len(root.findall("channel")) != 1:
        yield msg('the document is not <rss version="2.0"> with one channel')
    for prefix, address in NAMESPACES.items():
        if root.nsmap.get(prefix) != address:
            yield msg(
                "<rss> does not declare the namespace {prefix} as {address}", prefix=prefix, address=address
            )


def _language(channel: Any) -> Iterator[Message]:
    yield from rules.with_text("language")(channel)
    for text in texts(channel, "language"):
        if not LANGUAGE.fits(text):
            yield msg("“{text}” is no language of ISO 639", text=text)


def _own_address(channel: Any) -> Iterator[Message]:
    own = [link for link in channel.findall("atom:link", NAMESPACES) if link.get("rel") == "self"]
    if len(own) != 1:
        yield rules.often("atom:link rel=self", len(own))
    for link in own:
        if link.get("type") != "application/rss+xml":
            yield msg("atom:link rel=self has the type “{type}”", type=link.get("type") or "")


def _site(channel: Any) -> Iterator[Message]:
    yield from rules.with_text("link")(channel)
    links = channel.findall("atom:link", NAMESPACES)
    if channel.findtext("link") in {link.get("href") for link in links if link.get("rel") == "self"}:
        yield msg("link leads to the feed instead of the site")


def _categories(channel: Any) -> Iterator[Message]:
    found = channel.findall("itunes:category", NAMESPACES)
    if not found:
        yield msg("itunes:category is missing")
    for category in found:
        names = [category.get("text") or "", *values(category, "itunes:category", "text")]
        if not categories.known(" > ".join(names)):
            yield msg("Apple does not know the category “{name}”", name=" > ".join(names))


def _description(channel: Any) -> Iterator[Message]:
    yield from rules.with_text("description")(channel)
    yield from rules.bytes_fit("description")(channel)


def _picture(channel: Any) -> Iterator[Message]:
    for image in channel.findall("image"):
        if not WEB.fits(image.findtext("url") or ""):
            yield rules.unfit("image url", image.findtext("url") or "", WEB)
        for tag in ("title", "link"):
            if image.findtext(tag) != channel.findtext(tag):
                yield msg("{tag} of <image> is not the channel's", tag=tag)
        for tag, most in zip(("width", "height"), SMALL_PICTURE, strict=True):
            text = image.findtext(tag) or "0"
            if not text.isdecimal() or int(text) > most:
                yield msg(
                    "{tag} of <image> is {text}; at most {most} is allowed", tag=tag, text=text, most=most
                )


def _only_yes(channel: Any) -> Iterator[Message]:
    for tag in ("itunes:block", "itunes:complete"):
        yield from rules.is_a(tag, one_of("Yes"))(channel)


def _dates(channel: Any) -> Iterator[Message]:
    for tag in ("lastBuildDate", "pubDate"):
        yield from rules.is_a(tag, DATE)(channel)


def _mail_addresses(channel: Any) -> Iterator[Message]:
    for tag in ("managingEditor", "webMaster"):
        for text in texts(channel, tag):
            if not MAIL.fits(text.partition(" ")[0]):
                yield msg("{tag} does not begin with an e-mail address: {text}", tag=tag, text=text)


def _owner(channel: Any) -> Iterator[Message]:
    for owner in channel.findall("itunes:owner", NAMESPACES):
        yield from rules.is_a("itunes:email", MAIL)(owner)
    if not any(texts(owner, "itunes:email") for owner in channel.findall("itunes:owner", NAMESPACES)):
        yield msg("{tag} is missing", tag="itunes:owner itunes:email")


def _plain_rights(channel: Any) -> Iterator[Message]:
    for text in texts(channel, "copyright"):
        found = re.search(r"©|\(c\)|copyright|\b(?:19|20)[0-9]{2}\b", text, re.IGNORECASE)
        if found:
            yield msg("copyright holds “{text}”; the name alone is enough", text=found[0])


def _plain_names(channel: Any) -> Iterator[Message]:
    for tag in ("itunes:author", "copyright"):
        yield from rules.plain(tag)(channel)


_ADDRESS = msg("Write addresses with https:// in front, and name pictures with the letters a to z.")
_CHARSET = msg("Save the file as UTF-8, and write the damaged letters again.")
_COVER = msg("podcast.toml names the cover: square, 1400 to 3000 pixels, JPEG or PNG in RGB.")
_MAIL = msg("Write an e-mail address in podcast.toml: {example}", example='email = "podcast@example.org"')

CHANNEL_RULES: tuple[Rule, ...] = (
    Rule("channel-address", f"{PSP}; RFC 3986", "show.address", rules.addresses(*_ADDRESSES), _ADDRESS),
    Rule("channel-address-secure", f"{P20}, 1.0.md", "show.address", rules.secure(*_ADDRESSES), _ADDRESS,
         SHOULD),
    Rule("channel-apple-known", APPLE, "show", rules.known_only("itunes", *_APPLE), OURS, SHOULD),
    Rule("channel-author", f"{PSP}; {APPLE}", "show.author", rules.present("itunes:author"),
         msg("Say in podcast.toml who makes it: {example}", example='author = "Haus des Wissens"'), SHOULD),
    Rule("channel-block", f"{APPLE}, itunes:block", "show", _only_yes, OURS),
    Rule("channel-category", f"{APPLE}, itunes:category", "show.categories", _categories,
         msg("Choose a category of Apple's list: {example}", example='categories = ["Education"]')),
    Rule("channel-charset", "XML 1.0, 4.3.3 Character Encoding", "show.description",
         rules.decoded_rightly(*_PEOPLE_READ), _CHARSET),
    Rule("channel-copyright-plain", f"{PSP}, copyright", "show.copyright", _plain_rights,
         msg("Write the name alone, without a sign and a year."), SHOULD),
    Rule("channel-cover", f"{APPLE}, artwork; Spotify, Podcast Delivery Specification", "show.cover",
         rules.present("itunes:image"), _COVER),
    Rule("channel-cover-type", f"{APPLE}, artwork", "show.cover", rules.ends_as_picture("itunes:image"),
         _COVER),
    Rule("channel-dates", f"{RSS}, lastBuildDate; RFC 2822", "date", _dates, OURS),
    Rule("channel-description", f"{RSS}; {APPLE}", "show.description", _description,
         msg("Say in podcast.toml what the podcast is about: {example}", example='description = "…"')),
    Rule("channel-explicit", f"{APPLE}; {PSP}", "show.explicit", lambda c: (
        *rules.present("itunes:explicit")(c), *rules.is_a("itunes:explicit", TRUE_FALSE)(c)), OURS),
    Rule("channel-image", f"{RSS}, image", "show.cover", _picture, OURS),
    Rule("channel-language", f"{RSS}; {APPLE}, language; Spotify, Podcast Delivery Specification",
         "show.language", _language,
         msg("Write the language by ISO 639: {example}", example='language = "de"')),
    Rule("channel-link", f"{RSS}; {PSP}", "show.address", _site, _ADDRESS),
    Rule("channel-mail", f"{RSS}, managingEditor, webMaster", "show.owner.email", _mail_addresses, _MAIL),
    Rule("channel-names-plain", f"{PSP}; {APPLE}", "show.author", _plain_names,
         msg("Write it as plain text of at most 255 characters.")),
    Rule("channel-once", f"{RSS}; {PSP}", "show", rules.at_most_once(*_ONCE), OURS),
    Rule("channel-owner", "Spotify, Podcast Delivery Specification; Apple, itunes:owner", "show.owner.email",
         _owner, _MAIL),
    Rule("channel-rss", f"{PSP}; {RSS}", "show", _is_rss, OURS),
    Rule("channel-self", f"{PSP}; RFC 4287", "show.address", _own_address, OURS),
    Rule("channel-title", f"{RSS}; {APPLE}, title", "show.title", rules.with_text("title"),
         msg("Give the podcast a title in podcast.toml: {example}", example='title = "…"')),
    Rule("channel-title-plain", f"{PSP}; {APPLE}, title", "show.title", rules.plain("title"),
         msg("Write the title as plain text.")),
    Rule("channel-type", f"{APPLE}, itunes:type", "show.type",
         rules.is_a("itunes:type", one_of("episodic", "serial")), OURS),
    *CHANNEL_TAG_RULES,
)  # fmt: skip
