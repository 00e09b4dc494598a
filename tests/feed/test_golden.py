from __future__ import annotations

import io
from pathlib import Path

import feedparser
import podcastparser
from lxml import etree

from pipeline.feed.rows import NAMESPACES

from .small import ITEMS, SHOW, TALK, TRAILER, rendered

GOLDEN = Path(__file__).parent / "golden" / "feed.xml"


def test_the_feed_of_the_small_house_is_the_golden_one_byte_for_byte() -> None:
    assert rendered() == GOLDEN.read_bytes()


def test_feedparser_reads_every_value_back() -> None:
    parsed = feedparser.parse(rendered())
    assert not parsed.bozo
    assert (parsed.feed.title, parsed.feed.subtitle) == (SHOW.title, SHOW.description)
    assert (parsed.feed.link, parsed.feed.language) == (SHOW.address, SHOW.language)
    assert parsed.feed.image.href == "https://podcast.example.org/p/bilder/cdcdcdcdcdcdcdcd.jpg"
    assert {tag.term for tag in parsed.feed.tags} == {"Education", "Society & Culture", "Documentary"}
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


def test_gpodders_parser_reads_every_value_back() -> None:
    parsed = podcastparser.parse("https://podcast.example.org/p/feed.xml", io.BytesIO(rendered()))
    assert (parsed["title"], parsed["description"]) == (SHOW.title, SHOW.description)
    assert (parsed["link"], parsed["language"], parsed["type"]) == (SHOW.address, "de", "episodic")
    assert parsed["cover_url"] == "https://podcast.example.org/p/bilder/cdcdcdcdcdcdcdcd.jpg"
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
        "transkript.json", "transkript.srt", "transkript.txt", "transkript.vtt",
    ]  # fmt: skip
    assert {transcript.get("language") for transcript in transcripts} == {"de"}
    (chapters,) = channel.findall("item/podcast:chapters", NAMESPACES)
    assert chapters.get("url") == "https://podcast.example.org/p/folgen/angst-und-bange/kapitel.json"


def test_the_show_notes_are_cdata_and_the_description_is_escaped() -> None:
    written = rendered().decode()
    assert "<content:encoded><![CDATA[<p>Kurz &amp; gut.</p>" in written
    assert "<description>&lt;p&gt;Kurz &amp;amp; gut.&lt;/p&gt;</description>" in written


def test_an_item_names_its_own_people_and_the_channel_none() -> None:
    channel = etree.fromstring(rendered()).find("channel")
    assert channel.findall("podcast:person", NAMESPACES) == []
    first, second = channel.findall("item")
    assert [p.text for p in first.findall("podcast:person", NAMESPACES)] == ["Mira Beispiel", "Gast"]
    assert second.findall("podcast:person", NAMESPACES) == []
