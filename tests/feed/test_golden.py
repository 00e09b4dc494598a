from __future__ import annotations

import base64
import io
from dataclasses import replace
from pathlib import Path

import feedparser
import podcastparser
import pytest
from lxml import etree

from pipeline import feed
from pipeline.feed.nodes import NAMES
from pipeline.feed.rows import NAMESPACES
from pipeline.models import AudioFacts, Chapter, Contribution, Episode

from .small import HOUSE, ITEMS, SHOW, TALK, TALK_IN_ENGLISH, TRAILER, rendered

GOLDEN = Path(__file__).parent / "golden" / "feed.xml"


def test_the_feed_of_the_small_house_is_the_golden_one_byte_for_byte() -> None:
    assert rendered() == GOLDEN.read_bytes()


def test_feedparser_reads_every_value_back() -> None:
    parsed = feedparser.parse(rendered())
    assert not parsed.bozo
    assert (parsed.feed.title, parsed.feed.subtitle) == (SHOW.title, SHOW.description)
    assert (parsed.feed.link, parsed.feed.language) == (SHOW.address, SHOW.language)
    assert parsed.feed.image.href == "https://podcast.example.org/p/bilder/cdcdcdcdcdcdcdcd.jpg"
    assert {tag.term for tag in parsed.feed.tags} == {
        "Education", "Society & Culture", "Society & Culture/Documentary", "Documentary",
    }  # fmt: skip
    assert parsed.feed.rights == SHOW.copyright
    assert parsed.feed.publisher_detail == {"name": "Haus", "email": "podcast@example.org"}
    assert [(link.rel, link.href) for link in parsed.feed.links] == [
        ("alternate", SHOW.address),
        ("self", "https://podcast.example.org/p/feed.xml"),
        ("hub", "https://hub.example.org/"),
    ]
    assert [entry.id for entry in parsed.entries] == [TALK.guid, TRAILER.guid]
    assert [entry.title for entry in parsed.entries] == [TALK.title, TRAILER.title]
    assert [entry.published_parsed[:5] for entry in parsed.entries] == [
        (2026, 11, 20, 11, 0),
        (2026, 9, 25, 10, 0),
    ]
    assert [entry.itunes_duration for entry in parsed.entries] == ["62", "3661"]
    assert [entry.itunes_episodetype for entry in parsed.entries] == ["full", "trailer"]
    talk = parsed.entries[0]
    assert (talk.itunes_episode, talk.itunes_season) == ("7", "2")
    assert talk.image.href == "https://podcast.example.org/p/bilder/efefefefefefefef.png"
    assert talk.enclosures[0].href == "https://podcast.example.org/p/audio/angst-und-bange.abababab.mp3"
    assert (talk.enclosures[0].length, talk.enclosures[0].type) == ("12345", "audio/mpeg")
    assert talk.podcast_chapters["url"].endswith("/folgen/angst-und-bange/kapitel.json")
    assert [(tag.term, tag.scheme) for tag in talk.tags] == [
        ("Smart City", "https://podcast.example.org/p/themen/"),
        ("Mut & Angst", "https://podcast.example.org/p/themen/"),
    ]
    assert talk.comments == "https://ruhr.social/@hdw/3"
    assert [author.name for author in talk.authors] == ["Mira Beispiel", "Kim Beispiel"]
    assert [entry.rights for entry in parsed.entries] == ["Nur zum Hören", "CC BY 4.0"]
    assert [entry.get("language") for entry in parsed.entries] == [None, "en"]
    assert [(c.start_parsed.total_seconds(), c.title, c.get("href")) for c in talk.psc_chapters.chapters] == [
        (0, "Anfang", None),
        (60.5, "Mitte", "https://example.org/"),
    ]


def test_gpodders_parser_reads_every_value_back() -> None:
    parsed = podcastparser.parse("https://podcast.example.org/p/feed.xml", io.BytesIO(rendered()))
    assert (parsed["title"], parsed["description"]) == (SHOW.title, SHOW.description)
    assert (parsed["link"], parsed["language"], parsed["type"]) == (SHOW.address, "de", "episodic")
    assert parsed["cover_url"] == "https://podcast.example.org/p/bilder/cdcdcdcdcdcdcdcd.jpg"
    assert (parsed["itunes_author"], parsed["explicit"]) == (SHOW.author, False)
    assert parsed["itunes_owner"] == {"name": "Haus", "email": "podcast@example.org"}
    assert parsed["itunes_categories"] == [["Education"], ["Society & Culture", "Documentary"]]
    assert parsed["new_url"] == "https://neu.example.org/feed.xml"
    for episode, item in zip(parsed["episodes"], ITEMS, strict=True):
        assert episode["guid"] == item.episode.guid
        assert episode["title"] == item.episode.title
        assert episode["published"] == int(item.episode.date.timestamp())
        assert episode["total_time"] == round(item.edition.duration_s)
        assert episode["explicit"] is item.episode.explicit
        assert episode["type"] == item.episode.type.value
        (enclosure,) = episode["enclosures"]
        assert (enclosure["file_size"], enclosure["mime_type"]) == (12345, "audio/mpeg")
    talk = parsed["episodes"][0]
    assert (talk["number"], talk["season"]) == (7, 2)
    assert talk["episode_art_url"] == "https://podcast.example.org/p/bilder/efefefefefefefef.png"
    assert "„Wissen ist für alle da.“" in talk["description_html"]
    assert [(one["start"], one["title"]) for one in talk["chapters"]] == [(0, "Anfang"), (60, "Mitte")]


def test_a_strict_parser_reads_dates_identities_and_traps_back() -> None:
    channel = etree.fromstring(rendered(), etree.XMLParser(recover=False)).find("channel")
    assert channel.findtext("link") == SHOW.address
    assert channel.findtext("lastBuildDate") == "Fri, 20 Nov 2026 12:00:00 +0100"
    assert [date.text for date in channel.iterfind("item/pubDate")] == [
        "Fri, 20 Nov 2026 12:00:00 +0100",
        "Fri, 25 Sep 2026 10:00:00 +0000",
    ]
    assert {guid.get("isPermaLink") for guid in channel.iterfind("item/guid")} == {"false"}
    transcripts = channel.findall("item/podcast:transcript", NAMESPACES)
    assert [transcript.get("url").rpartition("/")[2] for transcript in transcripts] == [
        "transkript.json", "transkript.srt", "transkript.txt", "transkript.vtt", "", "transkript.txt", "",
    ]  # fmt: skip
    assert [one.get("language") for one in transcripts] == [*["de"] * 5, *["en"] * 2]
    (chapters,) = channel.findall("item/podcast:chapters", NAMESPACES)
    assert chapters.get("url") == "https://podcast.example.org/p/folgen/angst-und-bange/kapitel.json"


def test_the_show_notes_are_cdata_and_the_description_is_escaped() -> None:
    written = rendered().decode()
    assert "<content:encoded><![CDATA[<p>Kurz &amp; gut.</p>" in written
    assert "<description>&lt;p&gt;Kurz &amp;amp; gut.&lt;/p&gt;</description>" in written


def test_every_tag_of_the_tables_stands_in_the_golden_feed_and_no_other() -> None:
    channel = etree.fromstring(rendered()).find("channel")
    written = {NAMES[child.tag] for child in channel}
    assert {row.tag for row in feed.CHANNEL} - {"fh:archive"} == written - {"item"}  # see test_paging.py
    assert {row.tag for row in feed.ITEM} == {NAMES[child.tag] for child in channel.iterfind("item/*")}


def test_every_row_names_a_specification_and_what_it_is_told_from() -> None:
    assert all(row.source and row.told for row in (*feed.CHANNEL, *feed.ITEM))
    for rows in (feed.CHANNEL, feed.ITEM):
        assert [row.tag for row in rows] == sorted(row.tag for row in rows)


def names(of: object) -> list[str]:
    return [person.text for person in of.findall("podcast:person", NAMESPACES)]  # type: ignore[attr-defined]


def test_an_items_people_stand_in_for_the_channels_with_the_hosts_named_again() -> None:
    channel = etree.fromstring(rendered()).find("channel")
    first, second = channel.findall("item")
    assert names(channel) == ["Mira Beispiel", "Gast"]
    assert names(first) == ["Mira Beispiel", "Kim Beispiel", "Gast"]
    assert names(second) == []


def test_an_episode_with_a_host_of_its_own_does_not_name_the_regular_one() -> None:
    guest_host = TALK.model_copy(update={"people": (Contribution(person="kim", role="guest host"),)})
    item = etree.fromstring(feed.render(HOUSE, (feed.Item(guest_host, ITEMS[0].edition),))).find(
        "channel/item"
    )
    assert names(item) == ["Kim Beispiel"]


def test_a_hidden_person_has_neither_page_nor_picture_nor_credit() -> None:
    item = etree.fromstring(rendered()).find("channel/item")
    (guest,) = [one for one in item.findall("podcast:person", NAMESPACES) if one.text == "Gast"]
    assert set(guest.attrib) == {"role", "group"}
    assert "Gast" not in [one.text for one in item.findall("dc:creator", NAMESPACES)]


def test_only_the_main_feed_says_that_it_has_moved() -> None:
    series = replace(feed.main(HOUSE), path="reihen/x/feed.xml")
    other = etree.fromstring(feed.render_page(HOUSE, feed.Page(series, series.path, ITEMS)))
    assert other.find("channel/itunes:new-feed-url", NAMESPACES) is None


@pytest.mark.parametrize("starts", [(0, 20, 10), (0, 0), (5, 10), (0, 90), ()])
def test_chapters_that_are_not_right_yet_are_left_out(starts: tuple[float, ...]) -> None:
    chapters = tuple(Chapter(start=start, title="T") for start in starts)
    item = feed.Item(TALK.model_copy(update={"chapters": chapters}), ITEMS[0].edition)
    data = feed.render(HOUSE, (item,))
    feed.read_back(data)
    assert etree.fromstring(data).find("channel/item/psc:chapters", NAMESPACES) is None


def test_one_edition_alone_has_no_alternates() -> None:
    alone = AudioFacts(editions=(ITEMS[0].edition,))
    facts = {TALK.id: replace(HOUSE.of(TALK), audio=alone, sign_language=None)}
    root = etree.fromstring(feed.render(replace(HOUSE, facts=facts), ITEMS[:1]))
    assert root.find("channel/item/podcast:alternateEnclosure", NAMESPACES) is None


def test_a_video_in_sign_language_is_no_other_encoding_of_the_sound() -> None:
    alone = AudioFacts(editions=(ITEMS[0].edition,))
    facts = {TALK.id: replace(HOUSE.of(TALK), audio=alone)}
    data = feed.render(replace(HOUSE, facts=facts), ITEMS[:1])
    feed.read_back(data)
    (video,) = etree.fromstring(data).findall("channel/item/podcast:alternateEnclosure", NAMESPACES)
    (source,) = video
    address = "https://podcast.example.org/p/folgen/angst-und-bange/gebaerdensprache.5e5e5e5e.mp4"
    assert dict(source.attrib) == {"uri": address, "contentType": "video/mp4"}
    assert (video.get("type"), video.get("rel"), video.get("height")) == ("video/mp4", "sign-language", "720")
    assert (video.get("length"), video.get("bitrate"), video.get("default")) == ("12300000", "1600000", None)


def test_a_video_that_not_every_browser_shows_is_not_named() -> None:
    video = HOUSE.of(TALK).sign_language
    assert video
    facts = {TALK.id: replace(HOUSE.of(TALK), sign_language=replace(video, type=""))}
    data = feed.render(replace(HOUSE, facts=facts), ITEMS[:1])
    assert b"sign-language" not in data


@pytest.mark.parametrize(("own", "others"), [(TALK, {"en"}), (TALK_IN_ENGLISH, {"de"})])
def test_other_languages_are_named_as_transcripts_without_times(own: Episode, others: set[str]) -> None:
    data = feed.render(HOUSE, (feed.Item(own, ITEMS[0].edition),))
    found = etree.fromstring(data).findall("channel/item/podcast:transcript", NAMESPACES)
    spoken = HOUSE.language(own)
    foreign = [one for one in found if one.get("language") != spoken]
    assert {one.get("language") for one in foreign} == others
    assert [one.get("type") for one in foreign] == ["text/plain", "text/html"]
    assert {one.get("rel") for one in foreign} == {None}
    assert len(found) - len(foreign) == 5


def test_a_translation_without_a_transcript_is_not_named() -> None:
    data = feed.render(replace(HOUSE, facts={TALK.id: HOUSE.of(TALK)}), ITEMS[:1])
    assert b'language="en"' not in data


def test_a_checksum_is_that_of_the_files_bytes() -> None:
    integrity = etree.fromstring(rendered()).find("channel/item//podcast:integrity", NAMESPACES)
    kind, _, value = integrity.get("value").partition("-")
    assert (kind, base64.b64decode(value).hex()) == ("sha256", ITEMS[0].edition.sha256)


def test_files_on_another_host_whose_bytes_nobody_knows_have_no_checksum_and_one_default() -> None:
    old = "https://alt.example.org/{name}?from=feed"
    away = tuple(
        one.model_copy(update={"sha256": "", "url": old.format(name=f"a{one.suffix}")})
        for one in HOUSE.of(TALK).audio.editions
    )
    facts = {TALK.id: replace(HOUSE.of(TALK), audio=AudioFacts(editions=away), sign_language=None)}
    data = feed.render(replace(HOUSE, facts=facts), (feed.Item(TALK, away[0]),))
    feed.read_back(data)
    alternates = etree.fromstring(data).findall("channel/item/podcast:alternateEnclosure", NAMESPACES)
    assert [one.get("default") for one in alternates] == ["true", None, None]
    assert [one.find("podcast:integrity", NAMESPACES) for one in alternates] == [None, None, None]
