"""Which feeds a house has, and what each says of itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from pipeline import feed
from pipeline.feed.rows import NAMESPACES
from pipeline.models import (
    AudioFacts,
    EpisodeFacts,
    FeedSettings,
    House,
    Ledger,
    PictureFacts,
    PublishedFeed,
    PublishedShow,
    Series,
    Topic,
)

from .small import HOUSE, SHOW, TALK, TRAILER, edition

OPUS = edition("0f", 61.6).model_copy(update={"file": "published/a.opus", "type": "audio/ogg"})
TALKS = TALK.model_copy(update={"series": "stadt", "topics": ("Smart City", "Daten")})
SERIES = Series(
    id="stadt", title="Smart & City", description="Wie Städte klüger werden.", cover="content/stadt.jpg"
)
RICH = replace(
    HOUSE,
    settings=HOUSE.settings.model_copy(
        update={"feed": FeedSettings(formats=("mp3", "opus"), topics=("smart-city", "unbekannt"))}
    ),
    series={"stadt": SERIES, "leer": Series(id="leer", title="Leer")},
    topics={"smart-city": Topic(id="smart-city", title="Die kluge Stadt")},
    episodes=(TALKS, TRAILER),
    facts={TALK.id: EpisodeFacts(audio=AudioFacts(editions=(edition("ab", 61.6), OPUS)))},
    pictures={**HOUSE.pictures, "content/stadt.jpg": PictureFacts("JPEG", "RGB", 1400, 1400, 1, "aa" * 32)},
)
SITE = "https://podcast.example.org/p/"


def channels(house: House = RICH) -> dict[str, etree._Element]:
    """The written channel of every feed, by its path."""
    made = {}
    for one, items in feed.feeds(house):
        data = feed.render_page(house, feed.Page(one, one.path, items))
        feed.read_back(data, address=one.path)
        made[one.path] = etree.fromstring(data).find("channel")
    return made


MADE = channels()
PATHS = ("feed.xml", "reihen/stadt/feed.xml", "feed/opus.xml", "themen/smart-city/feed.xml")
PARTS = PATHS[1:]


def test_a_house_has_the_main_feed_and_one_a_series_a_format_and_a_topic_asked_for() -> None:
    assert tuple(MADE) == PATHS


def test_a_plain_house_has_the_main_feed_alone_even_without_any_episode() -> None:
    assert [one.path for one, _ in feed.feeds(replace(HOUSE, episodes=()))] == ["feed.xml"]


def test_each_feed_has_a_title_and_a_page_of_its_own() -> None:
    assert {path: (made.findtext("title"), made.findtext("link")) for path, made in MADE.items()} == {
        "feed.xml": ("Haus & Wissen", SITE),
        "reihen/stadt/feed.xml": ("Haus & Wissen: Smart & City", f"{SITE}reihen/stadt/"),
        "feed/opus.xml": ("Haus & Wissen (Opus)", SITE),
        "themen/smart-city/feed.xml": (
            "Haus & Wissen: Folgen zum Thema Die kluge Stadt",
            f"{SITE}themen/smart-city/",
        ),
    }


def test_an_english_show_names_its_topic_feed_in_english() -> None:
    english = HOUSE.settings.model_copy(
        update={"show": SHOW.model_copy(update={"language": "en"}), "feed": RICH.settings.feed}
    )
    titles = [one.title for one, _ in feed.feeds(replace(RICH, settings=english))]
    assert "Haus & Wissen: episodes about Die kluge Stadt" in titles


@pytest.mark.parametrize("path", PATHS)
def test_each_feed_names_its_own_address(path: str) -> None:
    (own,) = (one for one in MADE[path].findall("atom:link", NAMESPACES) if one.get("rel") == "self")
    assert own.get("href") == SITE + path


@pytest.mark.parametrize("path", PARTS)
def test_the_podcast_guid_of_a_part_is_that_of_its_address(path: str) -> None:
    assert MADE[path].findtext("podcast:guid", None, NAMESPACES) == feed.guid_of(SITE + path)


def test_the_guids_of_items_are_the_same_in_every_feed() -> None:
    for path in PARTS:
        assert [one.findtext("guid") for one in MADE[path].findall("item")] == [TALK.guid]


def test_a_series_feed_has_the_cover_and_the_description_of_the_series() -> None:
    assert MADE["reihen/stadt/feed.xml"].findtext("description") == SERIES.description
    cover = MADE["reihen/stadt/feed.xml"].find("itunes:image", NAMESPACES)
    assert cover is not None
    assert cover.get("href") == f"{SITE}bilder/aaaaaaaaaaaaaaaa.jpg"


def test_a_series_without_cover_and_description_has_those_of_the_show() -> None:
    plain = replace(RICH, series={"stadt": Series(id="stadt", title="Stadt")})
    (made,) = (one for one, _ in feed.feeds(plain) if one.path == "reihen/stadt/feed.xml")
    assert (made.cover, made.description) == (SHOW.cover, SHOW.description)


def test_a_cover_that_is_not_there_is_that_of_the_show() -> None:
    lost = replace(RICH, pictures=HOUSE.pictures)
    (made,) = (one for one, _ in feed.feeds(lost) if one.path == "reihen/stadt/feed.xml")
    assert (made.cover, made.cover_alt) == (SHOW.cover, SHOW.cover_alt)


def test_the_feed_of_a_format_names_that_edition_of_the_episodes_that_have_it() -> None:
    (enclosure,) = (one.attrib for one in MADE["feed/opus.xml"].iter("enclosure"))
    assert dict(enclosure) == {
        "url": f"{SITE}audio/angst-und-bange.0f0f0f0f.opus",
        "length": "12345",
        "type": "audio/ogg",
    }


def test_a_topic_without_a_page_of_its_own_is_called_as_its_oldest_episode_calls_it() -> None:
    newer = TALKS.model_copy(update={"topics": ("SMART CITY",)})
    older = TRAILER.model_copy(update={"topics": ("Smart City",)})
    facts = {**RICH.facts, TRAILER.id: HOUSE.facts[TRAILER.id]}
    house = replace(RICH, topics={}, episodes=(newer, older), facts=facts)
    titles = {one.path: one.title for one, _ in feed.feeds(house)}
    assert titles["themen/smart-city/feed.xml"] == "Haus & Wissen: Folgen zum Thema Smart City"


def test_the_same_house_gives_the_same_bytes_of_every_feed() -> None:
    again = channels()
    assert {path: etree.tostring(one) for path, one in MADE.items()} == {
        path: etree.tostring(one) for path, one in again.items()
    }


def came_from(*urls: str) -> House:
    """The house, its main feed published at these addresses before."""
    feeds = tuple(PublishedFeed(url=url, since=TALK.date) for url in urls)
    return replace(
        RICH, ledger=Ledger(show=PublishedShow(guid="0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11", feeds=feeds))
    )


def sent_to(house: House) -> dict[str, str | None]:
    """Where each feed sends apps."""
    return {
        path: made.findtext("itunes:new-feed-url", namespaces=NAMESPACES)
        for path, made in channels(house).items()
    }


def test_after_a_move_of_the_site_each_feed_names_its_new_address() -> None:
    moved = sent_to(came_from("https://alt.example.org/feed.xml", f"{SITE}feed.xml"))
    assert moved == {path: SITE + path for path in PATHS}
    assert set(sent_to(came_from(f"{SITE}feed.xml")).values()) == {None}


def test_after_a_move_from_another_host_the_main_feed_alone_names_its_address() -> None:
    moved = sent_to(came_from("https://host.example.com/s/1a2b/podcast/rss"))
    assert moved == {"feed.xml": f"{SITE}feed.xml", **dict.fromkeys(PARTS)}
