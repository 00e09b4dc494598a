from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline import feed
from pipeline.feed.categories import CATEGORIES, known
from pipeline.models import Episode, House, Ledger, PublishedFeed, PublishedShow

from .small import HOUSE, SHOW, edition
from .small import TALK as EPISODE

GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"


def house(*episodes: Episode) -> House:
    return replace(HOUSE, episodes=episodes)


def rendered(*episodes: Episode) -> bytes:
    return feed.render(house(*episodes), tuple(feed.Item(e, edition("ab", 61.6)) for e in episodes))


ITEM = etree.fromstring(rendered(EPISODE)).find("channel/item")


def test_namespaces_are_declared_on_rss() -> None:
    root = etree.fromstring(rendered(EPISODE))
    assert {"itunes", "podcast", "atom", "content"} <= set(root.nsmap)


def test_the_channel_says_what_apple_and_psp_1_ask() -> None:
    channel = etree.fromstring(rendered(EPISODE)).find("channel")
    assert channel.findtext(f"{ITUNES}explicit") == "false"
    assert channel.findtext(f"{ITUNES}type") == "episodic"
    assert channel.findtext(f"{ITUNES}owner/{ITUNES}email") == "podcast@example.org"
    cover = "https://podcast.example.org/p/bilder/cdcdcdcdcdcdcdcd.jpg"
    assert channel.find(f"{ITUNES}image").get("href") == cover
    assert [c.get("text") for c in channel.iter(f"{ITUNES}category")] == [
        "Education", "Society & Culture", "Documentary",
    ]  # fmt: skip
    (own,) = [a for a in channel.iter("{http://www.w3.org/2005/Atom}link") if a.get("rel") == "self"]
    assert (own.get("href"), own.get("type")) == (
        "https://podcast.example.org/p/feed.xml",
        "application/rss+xml",
    )
    assert channel.findtext(f"{PODCAST}locked") == "yes"


def test_transcripts_have_the_right_types() -> None:
    found = {
        t.get("url").rpartition("/")[2]: (t.get("type"), t.get("rel"))
        for t in ITEM.iter(f"{PODCAST}transcript")
    }
    assert found == {
        "": ("text/html", None),
        "transkript.json": ("application/json", "captions"),
        "transkript.srt": ("application/x-subrip", "captions"),
        "transkript.txt": ("text/plain", None),
        "transkript.vtt": ("text/vtt", "captions"),
    }


def test_notes_are_whole_with_absolute_links() -> None:
    notes = ITEM.findtext("{http://purl.org/rss/1.0/modules/content/}encoded")
    assert 'href="https://podcast.example.org/p/folgen/mehr"' in notes


def test_the_item_carries_chapters_place_and_numbers() -> None:
    assert ITEM.find(f"{PODCAST}chapters").get("type") == "application/json+chapters"
    assert ITEM.find(f"{PODCAST}location").get("osm") == "R62644"
    assert (ITEM.findtext(f"{PODCAST}season"), ITEM.findtext(f"{ITUNES}season")) == ("2", "2")
    assert ITEM.find("guid").get("isPermaLink") == "false"


@pytest.mark.parametrize(
    ("address", "guid"),  # podcast-namespace, docs/tags/guid.md
    [
        ("https://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        ("https://podnews.net/rss/", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
    ],
)
def test_the_guids_of_the_specification_come_out(address: str, guid: str) -> None:
    assert feed.guid_of(address) == guid


def test_a_guid_given_once_is_kept() -> None:
    given = HOUSE.settings.model_copy(update={"show": SHOW.model_copy(update={"guid": GUID})})
    assert feed.show_guid(replace(HOUSE, settings=given)) == GUID


def test_a_published_guid_is_kept_when_the_address_changes() -> None:
    moved = SHOW.model_copy(update={"address": "https://anderswo.example.org/"})
    published = replace(HOUSE, ledger=Ledger(show=PublishedShow(guid=feed.show_guid(HOUSE))))
    settings = HOUSE.settings.model_copy(update={"show": moved})
    assert feed.show_guid(replace(published, settings=settings)) == feed.show_guid(HOUSE)
    assert feed.show_guid(replace(HOUSE, settings=settings)) != feed.show_guid(HOUSE)


def test_a_further_feed_keeps_its_guid_too_when_the_site_moves() -> None:
    path = "reihen/stadt/feed.xml"
    before = feed.feed_guid(HOUSE, path)
    assert before == feed.guid_of(SHOW.address + path) != feed.feed_guid(HOUSE, "feed.xml")
    moved = SHOW.model_copy(update={"address": "https://anderswo.example.org/"})
    since = datetime(2026, 11, 20, tzinfo=UTC)
    feeds = tuple(
        PublishedFeed(url=f"{site}feed.xml", since=since)
        for site in (SHOW.address, moved.address, SHOW.address)
    )
    ledger = Ledger(show=PublishedShow(guid=feed.show_guid(HOUSE), feeds=feeds))
    settings = HOUSE.settings.model_copy(update={"show": moved})
    assert feed.feed_guid(replace(HOUSE, settings=settings, ledger=ledger), path) == before


def test_the_same_house_gives_the_same_bytes() -> None:
    assert rendered(EPISODE) == rendered(EPISODE)


def test_a_long_summary_is_cut_to_what_apps_take() -> None:
    long = EPISODE.model_copy(update={"summary": "Wörter & mehr " * 1000})
    text = etree.fromstring(rendered(long)).findtext("channel/item/description")
    assert len(text.encode()) <= 4000


RIGHT = st.text(max_size=200).filter(lambda t: not set(t) & set("ÃÂâ"))
"""Text without what stands where another charset was taken for UTF-8: of that the feed complains."""


@given(
    title=st.text(min_size=1, max_size=80).filter(lambda t: feed.rows.legal(t).strip() and "Ã" not in t),
    summary=RIGHT,
    notes=RIGHT,
    number=st.none() | st.integers(1, 9999),
)
@settings(max_examples=60, deadline=None)
def test_any_text_gives_a_feed_that_strict_parsers_take(
    title: str, summary: str, notes: str, number: int | None
) -> None:
    episode = EPISODE.model_copy(
        update={"title": title, "summary": summary, "notes": notes, "number": number}
    )
    data = rendered(episode)
    feed.read_back(data)
    item = etree.fromstring(data, etree.XMLParser(recover=False)).find("channel/item")
    assert item.findtext(f"{ITUNES}episode") == (str(number) if number else None)
    kept = feed.rows.legal(title)
    assert (item.findtext("title") or "").split() == kept.split()


def test_apples_categories_are_known_with_their_subcategories() -> None:
    assert len(CATEGORIES) == 19
    assert known("Society & Culture > Documentary")
    assert not known("Education > Documentary")
    assert not known("Bildung")
