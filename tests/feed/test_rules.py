"""Wrong feeds, each made from the good one by one edit, and what is said about them."""

# ruff: noqa: E501 (a row a case)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree

from pipeline import feed
from pipeline.errors import BuildError, FeedError, Level
from pipeline.feed.rows import NAMESPACES
from pipeline.messages import Translator

from .small import rendered

NS = NAMESPACES
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


def gone_value(path: str, name: str) -> Edit:
    """Without an attribute."""

    def edit(root: Any) -> None:
        del root.find(path, NS).attrib[name]

    return edit


def emptied(path: str) -> Edit:
    """Without anything in it."""

    def edit(root: Any) -> None:
        for child in list(root.find(path, NS)):
            root.find(path, NS).remove(child)

    return edit


def both(*edits: Edit) -> Edit:
    """One edit after the other."""

    def edit(root: Any) -> None:
        for one in edits:
            one(root)

    return edit


def lead(relation: str, address: str) -> Edit:
    """A link from the channel to another document."""
    return more("channel", "atom:link", rel=relation, href=address)


OWN, OLDER = "https://podcast.example.org/p/feed.xml", "https://podcast.example.org/p/feed/1.xml"
CHANNEL, ITEM = "channel", "channel/item"
SECOND = "channel/item[2]"
FIRST_AUDIO = "https://podcast.example.org/p/audio/angst-und-bange.abababab.mp3"
ALTERNATE, SECOND_ALTERNATE = f"{ITEM}/podcast:alternateEnclosure", f"{ITEM}/podcast:alternateEnclosure[2]"
WRONG: list[tuple[str, Edit, str, str]] = [
    # rule, edit, words of the message, field
    ("channel-address", value("channel/itunes:image", "href", "/bilder/cover.jpg"), "no absolute web address", "show.address"),
    ("channel-address", value("channel/atom:link[@rel='hub']", "href", "https://münchen.de/"), "münchen", "show.address"),
    ("channel-address", text("channel/itunes:new-feed-url", "feed2.xml"), "feed2.xml", "show.address"),
    ("channel-address-secure", text("channel/itunes:new-feed-url", "http://a.de/feed.xml"), "does not start with https://: http://a.de", "show.address"),
    ("channel-apple-known", more(CHANNEL, "itunes:summary", "x"), "itunes:summary has no place", "show"),
    ("channel-author", gone("channel/itunes:author"), "itunes:author is missing", "show.author"),
    ("channel-block", more(CHANNEL, "itunes:block", "no"), "itunes:block says “no” instead of Yes", "show"),
    ("channel-block", text("channel/itunes:complete", "yes"), "itunes:complete says “yes” instead of Yes", "show"),
    ("channel-category", value("channel/itunes:category", "text", "Bildung"), "“Bildung”", "show.categories"),
    ("channel-charset", text("channel/description", "Ãœber Stadt"), "wrong charset: Ãœ", "show.description"),
    ("channel-charset", text("channel/description", "„Kinderâ€œ"), "wrong charset: â€œ", "show.description"),
    ("channel-copyright-plain", text("channel/copyright", "© Haus"), "“©”", "show.copyright"),
    ("channel-copyright-plain", text("channel/copyright", "Haus 2026"), "“2026”", "show.copyright"),
    ("channel-cover", gone("channel/itunes:image"), "itunes:image is missing", "show.cover"),
    ("channel-cover-type", value("channel/itunes:image", "href", "https://a.de/c.webp"), "neither JPEG nor PNG", "show.cover"),
    ("channel-dates", text("channel/lastBuildDate", "Mon, 20 Nov 2026 12:00:00 +0100"), "lastBuildDate says “Mon, 20", "date"),
    ("channel-dates", text("channel/pubDate", "Fri, 20 Nov 2026 12:00:00 GMT"), "numeric zone", "date"),
    ("channel-dates", text("channel/pubDate", "Mon, 31 Feb 2026 12:00:00 +0100"), "31 Feb", "date"),
    ("channel-description", text("channel/description", " "), "description is empty", "show.description"),
    ("channel-description", text("channel/description", "ä" * 2001), "4,002 bytes", "show.description"),
    ("channel-explicit", text("channel/itunes:explicit", "no"), "“no” instead of true, false", "show.explicit"),
    ("channel-explicit", gone("channel/itunes:explicit"), "itunes:explicit is missing", "show.explicit"),
    ("channel-image", text("channel/image/title", "x"), "title of <image>", "show.cover"),
    ("channel-image", text("channel/image/width", "200"), "at most 144", "show.cover"),
    ("channel-image", text("channel/image/height", "401"), "at most 400", "show.cover"),
    ("channel-image", text("channel/image/url", "klein.jpg"), "klein.jpg", "show.cover"),
    ("channel-language", text("channel/language", "deutsch"), "no language", "show.language"),
    ("channel-language", text("channel/language", "xx"), "“xx” is no language", "show.language"),
    ("channel-language", gone("channel/language"), "language stands there 0 times", "show.language"),
    ("channel-link", text("channel/link", "https://podcast.example.org/p/feed.xml"), "leads to the feed", "show.address"),
    ("channel-mail", more(CHANNEL, "managingEditor", "Mira Beispiel"), "e-mail address", "show.owner.email"),
    ("channel-names-plain", text("channel/itunes:author", "<b>Haus</b>"), "markup", "show.author"),
    ("channel-names-plain", text("channel/itunes:author", "H" * 256), "256 characters", "show.author"),
    ("channel-once", more(CHANNEL, "language", "en"), "language stands there 2 times", "show"),
    ("channel-owner", text("channel/itunes:owner/itunes:email", "haus"), "“haus” instead of an e-mail", "show.owner.email"),
    ("channel-owner", gone("channel/itunes:owner"), "itunes:email is missing", "show.owner.email"),
    ("channel-podcast-block", text("channel/podcast:block", "Yes"), "“Yes” instead of yes, no", "show.block"),
    ("channel-podcast-funding", gone_value("channel/podcast:funding", "url"), "podcast:funding url is missing", "show.funding"),
    ("channel-podcast-funding", text("channel/podcast:funding", "F" * 129), "1 to 128 characters", "show.funding"),
    ("channel-podcast-guid", text("channel/podcast:guid", "haus"), "“haus” instead of a UUID", "show.guid"),
    ("channel-podcast-guid", gone("channel/podcast:guid"), "podcast:guid is missing", "show.guid"),
    ("channel-podcast-image", value("channel/podcast:image", "width", "1399"), "1399 × 3000 pixels instead of 1400", "show.cover"),
    ("channel-podcast-image", value("channel/podcast:image", "aspect-ratio", "16/9"), "ratio 16/9 is not that of 3,000", "show.cover"),
    ("channel-podcast-image", value("channel/podcast:image", "srcset", "x"), "unknown attribute srcset", "show.cover"),
    ("channel-podcast-image-alt", gone_value("channel/podcast:image", "alt"), "podcast:image alt is missing", "show.cover_alt"),
    ("channel-podcast-license", text("channel/podcast:license", "CC-BY-4.0"), "is written cc-by-4.0", "show.licence"),
    ("channel-podcast-license", both(text("channel/podcast:license", "haus-1.0"), gone_value("channel/podcast:license", "url")), "haus-1.0 has no address", "show.licence"),
    ("channel-podcast-license", more(CHANNEL, "podcast:license", "cc0-1.0"), "podcast:license stands there 2 times", "show.licence"),
    ("channel-podcast-location", value("channel/podcast:location", "country", "DEU"), "ISO 3166-1", "show.location"),
    ("channel-podcast-locked", text("channel/podcast:locked", "true"), "“true” instead of yes, no", "show.locked"),
    ("channel-podcast-locked", gone_value("channel/podcast:locked", "owner"), "podcast:locked owner is missing", "show.locked"),
    ("channel-podcast-medium", text("channel/podcast:medium", "radio"), "“radio”", "show"),
    ("channel-podcast-person", value("channel/podcast:person", "role", "guest writer"), "does not belong to the group cast", "show.people"),
    ("channel-podcast-places", more(CHANNEL, "podcast:transcript"), "podcast:transcript has no place here", "show"),
    ("channel-podcast-places", more(CHANNEL, "podcast:images"), "podcast:images has no place here", "show"),
    ("channel-podcast-podping", more(CHANNEL, "podcast:podping", usesPodping="yes"), "“yes” instead of true, false", "show"),
    ("channel-podcast-podroll", value("channel/podcast:podroll/podcast:remoteItem", "feedGuid", "x"), "“x” instead of a UUID", "show.podroll"),
    ("channel-podcast-podroll", more("channel/podcast:podroll", "podcast:person", "Mira"), "podcast:podroll podcast:person has no place", "show.podroll"),
    ("channel-podcast-podroll", emptied("channel/podcast:podroll"), "podcast:podroll podcast:remoteItem is missing", "show.podroll"),
    ("channel-podcast-podroll", text("channel/podcast:podroll", "Empfehlungen"), "may have none: Empfehlungen", "show.podroll"),
    ("channel-podcast-publisher", value("channel/podcast:publisher/podcast:remoteItem", "medium", "podcast"), "not exactly one feed", "show.publisher"),
    ("channel-podcast-remote-item", more(CHANNEL, "podcast:remoteItem"), "feedGuid is missing", "show.podroll"),
    ("channel-podcast-social-interact", value("channel/podcast:socialInteract", "protocol", "fax"), "“fax”", "show.discussions"),
    ("channel-podcast-trailer", value("channel/podcast:trailer", "pubdate", "2026-09-25"), "RFC 2822", "show"),
    ("channel-podcast-trailer", value("channel/podcast:trailer", "type", "audio/mp3"), "instead of audio/mpeg", "show"),
    ("channel-podcast-txt", text("channel/podcast:txt", "x" * 4001), "4,000 characters", "show.txt"),
    ("channel-podcast-update-frequency", value("channel/podcast:updateFrequency", "rrule", "jede Woche"), "RFC 5545", "show.update_frequency"),
    ("channel-podcast-update-frequency", gone_value("channel/podcast:updateFrequency", "dtstart"), "since when", "show.update_frequency"),
    ("channel-rss", lambda root: root.set("version", "0.92"), "version", "show"),
    ("channel-self", value("channel/atom:link", "type", "text/xml"), "text/xml", "show.address"),
    ("channel-self", gone("channel/atom:link"), "0 times instead of once", "show.address"),
    ("channel-title", text("channel/title", ""), "title is empty", "show.title"),
    ("channel-title-plain", text("channel/title", "Haus &amp; Wissen"), "markup", "show.title"),
    ("channel-type", text("channel/itunes:type", "weekly"), "“weekly”", "show.type"),
    ("items-enclosure-unique", value(f"{SECOND}/enclosure", "url", "https://podcast.example.org/p/audio/angst-und-bange.abababab.mp3"), "same enclosure", "slug"),
    ("items-format", value(f"{SECOND}/enclosure", "url", "https://a.de/a.opus"), "“Trailer” has an enclosure of another format: https://a.de/a.opus", "audio"),
    ("items-format", value("channel/atom:link", "href", "https://podcast.example.org/p/feed/opus.xml"), "of another format", "audio"),
    ("page-archive", more(CHANNEL, "fh:archive"), "fh:archive and the link current belong together", "feed.items"),
    ("page-archive", both(more(CHANNEL, "fh:archive"), lead("current", OWN)), "another address than the subscription feed", "feed.items"),
    ("page-ends", lead("next", OLDER), "has to name first and last", "feed.items"),
    ("page-ends", both(lead("first", OWN), lead("last", OLDER)), "the one without next", "feed.items"),
    ("page-ends", lead("first", OLDER), "first has to be the subscription feed", "feed.items"),
    ("page-newer", lead("previous", OLDER), "previous leads to a newer page", "feed.items"),
    ("page-once", both(lead("last", OLDER), lead("last", OWN)), "atom:link rel=last stands there 2 times", "feed.items"),
    ("page-older", lead("next", OLDER), "next and prev-archive lead to different", "feed.items"),
    ("page-older", both(lead("next", OWN), lead("prev-archive", OWN)), "leads back to https://podcast", "feed.items"),
    ("items-guid-unique", text(f"{SECOND}/guid", "0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11"), "same guid", "guid"),
    ("items-newest-first", swapped, "“Angst & Bange?” stands below an older", "date"),
    ("items-numbered", both(text("channel/itunes:type", "serial"), gone(f"{ITEM}/itunes:episode"), gone(f"{ITEM}/podcast:episode")), "“Angst & Bange?” has no number", "number"),
    ("items-numbers-unique", both(text(f"{SECOND}/itunes:episodeType", "full"), more(SECOND, "itunes:episode", "7")), "season and number of another: 7", "number"),
    ("item-address", value(f"{ITEM}/enclosure", "url", "audio/a.mp3"), "audio/a.mp3", "cover"),
    ("item-address-secure", text(f"{ITEM}/comments", "http://ruhr.social/@hdw/3"), "http://ruhr.social", "links"),
    ("item-apple-known", more(ITEM, "itunes:keywords", "a, b"), "itunes:keywords has no place", "title"),
    ("item-block", more(ITEM, "itunes:block", "No"), "itunes:block says “No”", "block"),
    ("item-charset", text(f"{ITEM}/title", "BÃ¼cher"), "title was decoded with the wrong charset: Ã¼", "notes"),
    ("item-cover-type", value(f"{ITEM}/itunes:image", "href", "https://a.de/b.gif"), "neither JPEG nor PNG", "cover"),
    ("item-date", text(f"{ITEM}/pubDate", "2026-11-20T12:00:00+01:00"), "RFC 2822", "date"),
    ("item-date", text(f"{ITEM}/pubDate", "Thu, 20 Nov 2026 12:00:00 +0100"), "RFC 2822", "date"),
    ("item-date", gone(f"{ITEM}/pubDate"), "pubDate stands there 0 times", "date"),
    ("item-description", text(f"{ITEM}/description", "ä" * 2001), "4,002 bytes", "summary"),
    ("item-description", text(f"{ITEM}/description", "<h2>Titel</h2>"), "<h2>", "summary"),
    ("item-duration", text(f"{ITEM}/itunes:duration", "61.6"), "“61.6” instead of a whole number", "audio"),
    ("item-duration", gone(f"{ITEM}/itunes:duration"), "itunes:duration is missing", "audio"),
    ("item-enclosure", gone(f"{ITEM}/enclosure"), "0 times instead of once", "audio"),
    ("item-enclosure", value(f"{ITEM}/enclosure", "length", "0"), "“0” instead of its bytes", "audio"),
    ("item-enclosure", value(f"{ITEM}/enclosure", "type", "audio/mp3"), "audio/mp3", "audio"),
    ("item-enclosure", value(f"{ITEM}/enclosure", "url", "https://a.de/a.wav"), "play no .wav", "audio"),
    ("item-enclosure-light", value(f"{ITEM}/enclosure", "length", "201000000"), "201 MB", "audio"),
    ("item-explicit", text(f"{ITEM}/itunes:explicit", "clean"), "“clean”", "explicit"),
    ("item-guid", value(f"{ITEM}/guid", "isPermaLink", "true"), "isPermaLink", "guid"),
    ("item-guid", text(f"{ITEM}/guid", ""), "guid is empty", "guid"),
    ("item-language", more(ITEM, "dc:language", "english"), "“english” instead of a language", "language"),
    ("item-notes", text(f"{ITEM}/content:encoded", "<p onclick='x'>a</p>"), "what apps refuse", "notes"),
    ("item-notes", text(f"{ITEM}/content:encoded", "<SCRIPT>a</SCRIPT>"), "what apps refuse: <SCRIPT", "notes"),
    ("item-notes", text(f"{ITEM}/content:encoded", '<p><a href="/x">a</a></p>'), "link to /x", "notes"),
    ("item-numbers", text(f"{ITEM}/itunes:season", "0"), "“0” instead of a whole number", "number"),
    ("item-numbers", text(f"{ITEM}/podcast:episode", "8"), "podcast:episode is not itunes:episode", "number"),
    ("item-once", more(ITEM, "title", "Noch einer"), "title stands there 2 times", "title"),
    ("item-podcast-alternate-enclosure", value(ALTERNATE, "bitrate", "64k"), "“64k” instead of bits per second", "audio"),
    ("item-podcast-alternate-enclosure", value(ALTERNATE, "type", "audio/ogg"), "instead of audio/mpeg", "audio"),
    ("item-podcast-alternate-enclosure", value(f"{ITEM}/podcast:alternateEnclosure[@rel='sign-language']", "type", "video/webm"), "instead of video/mp4", "audio"),
    ("item-podcast-alternate-enclosure", value(f"{ALTERNATE}/podcast:integrity", "value", "md5-x"), "SRI", "audio"),
    ("item-podcast-alternate-enclosure", gone(f"{ALTERNATE}/podcast:source"), "podcast:source is missing", "audio"),
    ("item-podcast-alternate-enclosure", more(ALTERNATE, "podcast:integrity", type="sri", value="sha256-eA=="), "podcast:integrity stands there 2 times", "audio"),
    ("item-podcast-alternate-enclosure", value(SECOND_ALTERNATE, "default", "true"), "default stands there 2 times", "audio"),
    ("item-podcast-alternate-enclosure", both(gone_value(ALTERNATE, "default"), value(SECOND_ALTERNATE, "default", "true")), "default edition is not the enclosure's", "audio"),
    ("item-podcast-chapters", value(f"{ITEM}/podcast:chapters", "type", "application/json"), "application/json+chapters", "chapters"),
    ("item-podcast-chapters", value(f"{ITEM}/podcast:chapters", "url", "kapitel.json"), "kapitel.json", "chapters"),
    ("item-podcast-episode", value(f"{ITEM}/podcast:episode", "display", "F" * 33), "1 to 32 characters", "number_shown"),
    ("item-podcast-funding", more(ITEM, "podcast:funding", "Spenden", url="spenden"), "“spenden”", "show.funding"),
    ("item-podcast-image", value(f"{ITEM}/podcast:image", "height", "1200"), "1400 × 1200", "cover"),
    ("item-podcast-image-alt", value(f"{ITEM}/podcast:image", "alt", " "), "alt is missing", "cover_alt"),
    ("item-podcast-license", gone_value(f"{ITEM}/podcast:license", "url"), "Nur zum Hören has no address", "licence"),
    ("item-podcast-location", value(f"{ITEM}/podcast:location", "geo", "51.4, 7.2"), "51.4, 7.2", "location"),
    ("item-podcast-location", value(f"{ITEM}/podcast:location", "osm", "62644"), "OpenStreetMap", "location"),
    ("item-podcast-location", text(f"{ITEM}/podcast:location", ""), "1 to 128 characters", "location"),
    ("item-podcast-person", value(f"{ITEM}/podcast:person", "group", "writing"), "does not belong to the group", "people"),
    ("item-podcast-person", text(f"{ITEM}/podcast:person", ""), "podcast:person says “”", "people"),
    ("item-podcast-person", value(f"{ITEM}/podcast:person", "role", "Moderator"), "“Moderator”", "people"),
    ("item-podcast-places", more(ITEM, "podcast:locked", "yes"), "podcast:locked has no place", "title"),
    ("item-podcast-season", value(f"{ITEM}/podcast:season", "name", ""), "podcast:season name says “”", "season"),
    ("item-podcast-social-interact", value(f"{ITEM}/podcast:socialInteract", "priority", "0"), "“0”", "discussions"),
    ("item-podcast-soundbite", value(f"{ITEM}/podcast:soundbite", "startTime", "0:12"), "“0:12” instead of seconds", "soundbites"),
    ("item-podcast-soundbite", value(f"{ITEM}/podcast:soundbite", "duration", "60"), "ends at 72 s, the recording at 62 s", "soundbites"),
    ("item-podcast-soundbite-length", value(f"{ITEM}/podcast:soundbite", "duration", "10"), "10 s; 15 to 120", "soundbites"),
    ("item-podcast-transcript", value(f"{ITEM}/podcast:transcript", "type", "text/vtt"), "has the type “text/vtt”", "transcript"),
    ("item-podcast-transcript", value(f"{ITEM}/podcast:transcript[@type='text/plain']", "rel", "captions"), "no captions", "transcript"),
    ("item-podcast-transcript", value(f"{ITEM}/podcast:transcript", "language", "deutsch"), "“deutsch”", "transcript"),
    ("item-podcast-transcript-vtt", gone(f"{ITEM}/podcast:transcript[@type='text/vtt']"), "no transcript is WebVTT", "transcript"),
    ("item-podcast-txt", value(f"{ITEM}/podcast:txt", "purpose", "p" * 129), "1 to 128", "txt"),
    ("item-recommended", gone(f"{ITEM}/link"), "link is missing", "title"),
    ("item-simple-chapters", value(f"{ITEM}/psc:chapters/psc:chapter", "start", "Anfang"), "hh:mm:ss", "chapters"),
    ("item-simple-chapters", value(f"{ITEM}/psc:chapters/psc:chapter[2]", "start", "00:00:00.000"), "do not rise", "chapters"),
    ("item-simple-chapters", value(f"{ITEM}/psc:chapters/psc:chapter", "start", "00:00:05.000"), "do not rise from 0", "chapters"),
    ("item-simple-chapters", value(f"{ITEM}/psc:chapters/psc:chapter[2]", "start", "00:02:00.000"), "after the end", "chapters"),
    ("item-simple-chapters", value(f"{ITEM}/psc:chapters/psc:chapter", "title", " "), "no title", "chapters"),
    ("item-simple-chapters", value(f"{ITEM}/psc:chapters/psc:chapter", "image", "bild.jpg"), "bild.jpg", "chapters"),
    ("item-title", gone(f"{ITEM}/title"), "title stands there 0 times", "title"),
    ("item-title-plain", text(f"{ITEM}/title", "<b>Angst</b>"), "<b>Angst</b>", "title"),
    ("item-title-plain", text(f"{ITEM}/title", " Angst"), "spaces around", "title"),
    ("item-title-plain", text(f"{ITEM}/title", "A" * 256), "256 characters", "title"),
    ("item-type", text(f"{ITEM}/itunes:episodeType", "Full"), "“Full”", "type"),
]  # fmt: skip


def edited(edit: Edit) -> bytes:
    root = etree.fromstring(rendered())
    edit(root)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return data


@pytest.mark.parametrize(("rule", "edit", "words", "field"), WRONG, ids=[case[0] for case in WRONG])
def test_a_wrong_feed_is_told_with_field_and_remedy(rule: str, edit: Edit, words: str, field: str) -> None:
    told = [p for p in feed.problems(edited(edit)) if p.rule == rule]
    found = next(p for p in told if words in str(p.message))
    assert (found.where.file, found.where.field) == ("feed.xml", field)
    assert found.where.line > 0
    assert found.hint is not None


def test_every_rule_has_a_wrong_feed() -> None:
    assert {"document-mark", *(case[0] for case in WRONG)} == {rule.name for rule in feed.FEED_RULES}


def test_a_byte_order_mark_is_told_as_a_hint() -> None:
    (found,) = feed.problems(b"\xef\xbb\xbf" + rendered())
    assert (found.rule, found.level) == ("document-mark", Level.RECOMMENDED)


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


def test_broken_rules_stop_the_build_and_are_told_all_at_once() -> None:
    wrong = edited(both(text("channel/description", ""), text(f"{ITEM}/itunes:explicit", "no")))
    with pytest.raises(FeedError) as raised:
        feed.read_back(wrong, address="reihen/x/feed.xml")
    assert [problem.rule for problem in raised.value.problems] == ["channel-description", "item-explicit"]
    assert "description is empty" in str(raised.value)
    assert "itunes:explicit says “no”" in str(raised.value)
    assert str(raised.value.message) == "The feed breaks 2 rules that apps insist on."
    assert {problem.where.file for problem in raised.value.problems} == {"reihen/x/feed.xml"}


def test_a_single_broken_rule_is_the_error_itself() -> None:
    with pytest.raises(FeedError, match="description is empty") as raised:
        feed.read_back(edited(text("channel/description", "")))
    assert raised.value.hint is not None


def test_what_is_only_recommended_stops_no_build() -> None:
    wrong = edited(both(gone("channel/itunes:author"), text(f"{ITEM}/comments", "http://a.de/")))
    feed.read_back(wrong)
    assert {problem.level for problem in feed.problems(wrong)} == {Level.RECOMMENDED}


def test_a_mistake_far_below_names_its_whole_path() -> None:
    (found,) = feed.problems(edited(value(f"{ALTERNATE}/podcast:source", "uri", "a.mp3")))[:1]
    assert "podcast:source uri says “a.mp3” instead of an absolute web address" in str(found.message)


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
