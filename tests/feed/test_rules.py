"""Wrong feeds, each made from the good one by one edit, and what is said about them."""

# ruff: noqa: E501 (a row a case)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree

from pipeline import feed
from pipeline.errors import BuildError
from pipeline.feed.rows import ATOM, NAMESPACES
from pipeline.messages import Translator

from .small import rendered

NS = {**NAMESPACES, "atom": ATOM}
Edit = Callable[[Any], None]


def _clark(tag: str) -> str:
    prefix, _, name = tag.rpartition(":")
    return f"{{{NS[prefix]}}}{name}" if prefix else name


def text(path: str, new: str) -> Edit:
    """Another text in the first element at a path from <rss>."""

    def edit(root: Any) -> None:
        root.find(path, NS).text = new

    return edit


def value(path: str, name: str, new: str) -> Edit:
    """Another attribute."""

    def edit(root: Any) -> None:
        root.find(path, NS).set(name, new)

    return edit


def gone(path: str) -> Edit:
    """Without the first element at a path."""

    def edit(root: Any) -> None:
        found = root.find(path, NS)
        found.getparent().remove(found)

    return edit


def more(parent: str, tag: str, words: str = "", **attributes: str) -> Edit:
    """One more element at the start of its parent."""

    def edit(root: Any) -> None:
        made = etree.Element(_clark(tag), attributes)
        made.text = words
        root.find(parent, NS).insert(0, made)

    return edit


def swapped(root: Any) -> None:
    """The items in the other order."""
    channel = root.find("channel")
    first = channel.find("item")
    channel.remove(first)
    channel.append(first)


def image(**texts: str) -> Edit:
    """An <image> in the channel."""

    def edit(root: Any) -> None:
        made = etree.SubElement(root.find("channel"), "image")
        own = {
            "title": "Haus & Wissen",
            "link": "https://podcast.example.org/p/",
            "url": "https://a.de/a.png",
        }
        for tag, words in {**own, **texts}.items():
            etree.SubElement(made, tag).text = words

    return edit


def both(*edits: Edit) -> Edit:
    """One edit after the other."""

    def edit(root: Any) -> None:
        for one in edits:
            one(root)

    return edit


CHANNEL, ITEM = "channel", "channel/item"
SECOND = "channel/item[2]"
WRONG: list[tuple[str, Edit, str, str]] = [
    # rule, edit, words of the message, field
    ("channel-address", value("channel/itunes:image", "href", "/bilder/cover.jpg"), "no absolute web address", "show.address"),
    ("channel-address", value("channel/podcast:license", "url", "https://münchen.de/"), "münchen", "show.address"),
    ("channel-block", more(CHANNEL, "itunes:block", "no"), "itunes:block says “no” instead of Yes", "show"),
    ("channel-category", value("channel/itunes:category", "text", "Bildung"), "“Bildung”", "show.categories"),
    ("channel-cover", gone("channel/itunes:image"), "itunes:image is missing", "show.cover"),
    ("channel-cover-type", value("channel/itunes:image", "href", "https://a.de/c.webp"), "neither JPEG nor PNG", "show.cover"),
    ("channel-dates", text("channel/lastBuildDate", "Mon, 20 Nov 2026 12:00:00 +0100"), "lastBuildDate is no date", "date"),
    ("channel-dates", text("channel/pubDate", "Fri, 20 Nov 2026 12:00:00 GMT"), "numeric zone", "date"),
    ("channel-description", text("channel/description", " "), "description is empty", "show.description"),
    ("channel-explicit", text("channel/itunes:explicit", "no"), "“no” instead of true, false", "show.explicit"),
    ("channel-guid", text("channel/podcast:guid", "haus"), "no UUID: haus", "show.guid"),
    ("channel-guid", gone("channel/podcast:guid"), "podcast:guid is missing", "show.guid"),
    ("channel-image", image(title="x"), "title of <image>", "show.cover"),
    ("channel-image", image(width="200"), "at most 144", "show.cover"),
    ("channel-language", text("channel/language", "deutsch"), "no language", "show.language"),
    ("channel-link", text("channel/link", "https://podcast.example.org/p/feed.xml"), "leads to the feed", "show.address"),
    ("channel-locked", text("channel/podcast:locked", "true"), "instead of yes, no", "show.locked"),
    ("channel-mail", more(CHANNEL, "managingEditor", "Mira Beispiel"), "e-mail address", "show.owner.email"),
    ("channel-moved", more(CHANNEL, "itunes:new-feed-url", "feed2.xml"), "feed2.xml", "show"),
    ("channel-once", more(CHANNEL, "language", "en"), "language stands there 2 times", "show"),
    ("channel-rss", lambda root: root.set("version", "0.92"), "version", "show"),
    ("channel-self", value("channel/atom:link", "type", "text/xml"), "text/xml", "show.address"),
    ("channel-self", gone("channel/atom:link"), "0 times instead of once", "show.address"),
    ("channel-tags", more(CHANNEL, "podcast:transcript"), "podcast:transcript has no place here", "show"),
    ("channel-title", text("channel/title", ""), "title is empty", "show.title"),
    ("channel-title-plain", text("channel/title", "Haus &amp; Wissen"), "markup", "show.title"),
    ("channel-type", text("channel/itunes:type", "weekly"), "“weekly”", "show.type"),
    ("items-enclosure-unique", value(f"{SECOND}/enclosure", "url", "https://podcast.example.org/p/audio/angst-und-bange.abababab.mp3"), "same enclosure", "slug"),
    ("items-guid-unique", text(f"{SECOND}/guid", "0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11"), "same guid", "guid"),
    ("items-newest-first", swapped, "“Angst & Bange?” stands below an older", "date"),
    ("items-numbered", both(text("channel/itunes:type", "serial"), gone(f"{ITEM}/itunes:episode"), gone(f"{ITEM}/podcast:episode")), "“Angst & Bange?” has no number", "number"),
    ("items-numbers-unique", both(text(f"{SECOND}/itunes:episodeType", "full"), more(SECOND, "itunes:episode", "7"), more(SECOND, "itunes:season", "2")), "season and number of another: 7", "number"),
    ("item-address", value(f"{ITEM}/podcast:chapters", "url", "kapitel.json"), "kapitel.json", "cover"),
    ("item-chapters", value(f"{ITEM}/podcast:chapters", "type", "application/json"), "application/json", "chapters"),
    ("item-cover-type", value(f"{ITEM}/itunes:image", "href", "https://a.de/b.gif"), "neither JPEG nor PNG", "cover"),
    ("item-date", text(f"{ITEM}/pubDate", "2026-11-20T12:00:00+01:00"), "RFC 2822", "date"),
    ("item-date", text(f"{ITEM}/pubDate", "Thu, 20 Nov 2026 12:00:00 +0100"), "RFC 2822", "date"),
    ("item-description", text(f"{ITEM}/description", "ä" * 2001), "4,002 bytes", "summary"),
    ("item-description", text(f"{ITEM}/description", "<h2>Titel</h2>"), "<h2>", "summary"),
    ("item-duration", text(f"{ITEM}/itunes:duration", "61.6"), "“61.6” instead of a whole number", "audio"),
    ("item-duration", gone(f"{ITEM}/itunes:duration"), "itunes:duration is missing", "audio"),
    ("item-enclosure", gone(f"{ITEM}/enclosure"), "0 times instead of once", "audio"),
    ("item-enclosure", value(f"{ITEM}/enclosure", "length", "0"), "“0” instead of its bytes", "audio"),
    ("item-enclosure", value(f"{ITEM}/enclosure", "type", "audio/mp3"), "audio/mp3", "audio"),
    ("item-enclosure", value(f"{ITEM}/enclosure", "url", "https://a.de/a.opus"), "play no .opus", "audio"),
    ("item-explicit", text(f"{ITEM}/itunes:explicit", "clean"), "“clean”", "explicit"),
    ("item-guid", value(f"{ITEM}/guid", "isPermaLink", "true"), "isPermaLink", "guid"),
    ("item-guid", text(f"{ITEM}/guid", ""), "guid is empty", "guid"),
    ("item-location", value(f"{ITEM}/podcast:location", "geo", "51.4, 7.2"), "51.4, 7.2", "location"),
    ("item-notes", text(f"{ITEM}/content:encoded", "<p onclick='x'>a</p>"), "what apps refuse", "notes"),
    ("item-notes", text(f"{ITEM}/content:encoded", '<p><a href="/x">a</a></p>'), "link to /x", "notes"),
    ("item-numbers", text(f"{ITEM}/itunes:season", "0"), "“0” instead of a whole number", "number"),
    ("item-numbers", text(f"{ITEM}/podcast:episode", "8"), "podcast:episode is not itunes:episode", "number"),
    ("item-once", more(ITEM, "title", "Noch einer"), "title stands there 2 times", "title"),
    ("item-people", value(f"{ITEM}/podcast:person", "group", "writing"), "does not belong to the group", "people"),
    ("item-people", text(f"{ITEM}/podcast:person", ""), "has 0 characters", "people"),
    ("item-tags", more(ITEM, "podcast:locked", "yes"), "podcast:locked has no place", "title"),
    ("item-title", gone(f"{ITEM}/title"), "title stands there 0 times", "title"),
    ("item-title-plain", text(f"{ITEM}/title", "<b>Angst</b>"), "<b>Angst</b>", "title"),
    ("item-title-plain", text(f"{ITEM}/title", " Angst"), "spaces around", "title"),
    ("item-transcripts", value(f"{ITEM}/podcast:transcript", "type", "text/vtt"), "has the type “text/vtt”", "transcript"),
    ("item-transcripts", value(f"{ITEM}/podcast:transcript", "rel", "captions"), "no captions", "transcript"),
    ("item-type", text(f"{ITEM}/itunes:episodeType", "Full"), "“Full”", "type"),
]  # fmt: skip


def edited(edit: Edit) -> bytes:
    root = etree.fromstring(rendered())
    edit(root)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return data


@pytest.mark.parametrize(("rule", "edit", "words", "field"), WRONG, ids=[case[0] for case in WRONG])
def test_a_wrong_feed_is_told_with_field_and_remedy(rule: str, edit: Edit, words: str, field: str) -> None:
    found = next(p for p in feed.problems(edited(edit)) if p.rule == rule)
    assert words in str(found.message)
    assert (found.where.file, found.where.field) == ("feed.xml", field)
    assert found.where.line > 0
    assert found.hint is not None


def test_every_rule_has_a_wrong_feed() -> None:
    assert {case[0] for case in WRONG} == {rule.name for rule in feed.FEED_RULES}


def test_the_good_feed_breaks_no_rule() -> None:
    assert feed.problems(rendered()) == ()


def test_without_any_category_the_feed_is_wrong() -> None:
    remove = gone("channel/itunes:category")
    (found,) = feed.problems(edited(both(remove, remove)))
    assert "itunes:category is missing" in str(found.message)


def test_an_item_rule_names_the_episode_and_its_source() -> None:
    (found,) = feed.problems(edited(text(f"{ITEM}/itunes:explicit", "no")))
    assert str(found.message) == (
        "Episode “Angst & Bange?”, explicit: itunes:explicit says “no” instead of true, false "
        "(Apple, A Podcaster's Guide to RSS; PSP-1)."
    )


def test_a_broken_rule_stops_the_build_and_counts_the_others() -> None:
    wrong = edited(both(text("channel/title", ""), text(f"{ITEM}/itunes:explicit", "no")))
    with pytest.raises(BuildError, match=r"title is empty.*Further mistakes in this feed: 1") as raised:
        feed.read_back(wrong, address="reihen/x/feed.xml")
    assert raised.value.where.file == "reihen/x/feed.xml"
    assert raised.value.hint is not None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not well-formed"),
        (b"<rss>", "not well-formed"),
        (b"<rss></rss>", "no channel"),
        (rendered().replace(b"Angst", b"\xe4ngste"), "not well-formed"),
        (rendered().replace(b"Angst", "Angst\x80".encode()), "characters that XML forbids"),
        (rendered().replace(b"Angst", "An\ufffdst".encode()), "characters that XML forbids"),
        (rendered().replace(b"Angst", b"&#128;"), "characters that XML forbids"),
    ],
    ids=["empty", "cut", "no-channel", "latin-1", "c1", "replacement", "c1-entity"],
)
def test_what_no_parser_reads_stops_the_build(data: bytes, words: str) -> None:
    with pytest.raises(BuildError, match=words):
        feed.read_back(data)


def test_another_namespace_is_told() -> None:
    wrong = rendered().replace(b"http://www.itunes.com/dtds", b"https://www.itunes.com/dtds")
    assert any("namespace itunes" in str(p.message) for p in feed.problems(wrong))


def test_every_rule_names_source_and_remedy_in_german() -> None:
    german = Translator("de")
    for rule in feed.FEED_RULES:
        assert rule.source
        assert german.sentence(rule.remedy) != rule.remedy.text, rule.name
