"""Which addresses lead elsewhere: episodes, people, topics and series that were renamed, sites that moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.models import (
    Addresses,
    Episode,
    House,
    Ledger,
    LedgerEntry,
    Owner,
    Page,
    Person,
    PublishedFeed,
    PublishedShow,
    Redirect,
    Series,
    Settings,
    Show,
    Site,
    Topic,
    redirects,
)

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
SHOW = Show(
    title="Haus",
    description="Gespräche.",
    address="https://neu.example.org/podcast/",
    author="Haus",
    owner=Owner(name="Haus", email="podcast@example.org"),
    categories=("Education",),
    cover="cover.jpg",
)
EPISODE = Episode(id="folge", guid="g", title="Folge", date=NOW, slug="jetzt", topics=("Daten",))
ENTRY = LedgerEntry(
    guid="g", episode="folge", number=0, slug="zuletzt", former=("zuerst",), first_published=NOW
)
EMPTY = House(settings=Settings(show=SHOW, site=Site(name="Haus")))
HOUSE = replace(EMPTY, episodes=(EPISODE,), ledger=Ledger(episodes=(ENTRY,)))


def pairs(house: House) -> list[tuple[str, str]]:
    return [(one.old, one.new) for one in redirects(house)]


def published_at(*urls: str) -> Ledger:
    feeds = tuple(PublishedFeed(url=url, since=NOW) for url in urls)
    return Ledger(show=PublishedShow(guid="g", feeds=feeds))


def test_every_address_that_an_episode_had_leads_straight_to_the_one_it_has() -> None:
    assert pairs(HOUSE) == [("folgen/zuerst/", "folgen/jetzt/"), ("folgen/zuletzt/", "folgen/jetzt/")]


def test_an_episode_that_is_not_public_has_no_redirect() -> None:
    assert pairs(replace(HOUSE, episodes=())) == []


def test_a_page_that_is_there_is_never_replaced_by_a_redirect() -> None:
    other = EPISODE.model_copy(update={"id": "andere", "guid": "h", "slug": "zuerst"})
    assert pairs(replace(HOUSE, episodes=(EPISODE, other))) == [("folgen/zuletzt/", "folgen/jetzt/")]


def test_people_topics_series_and_pages_leave_redirects_at_their_former_names() -> None:
    house = replace(
        EMPTY,
        episodes=(EPISODE,),
        people={"mira": Person(id="mira", name="Mira", former_ids=("mira-alt",))},
        topics={"daten": Topic(id="daten", title="Daten", former_ids=("offene-daten",))},
        series={"stadt": Series(id="stadt", title="Stadt", former_ids=("stadt-alt",))},
        pages={"kontakt": Page(id="kontakt", title="Kontakt", former_ids=("so-erreichen",))},
    )
    assert pairs(house) == [
        ("personen/mira-alt/", "personen/mira/"),
        ("reihen/stadt-alt/", "reihen/stadt/"),
        ("so-erreichen/", "kontakt/"),
        ("themen/offene-daten/", "themen/daten/"),
    ]


def test_no_page_takes_the_place_of_a_folder_of_the_program() -> None:
    """The rule former-ids-free stops it before it is published; a preview shows the folder all the same."""
    page = Page(id="kontakt", title="Kontakt", former_ids=("folgen",))
    assert pairs(replace(EMPTY, pages={"kontakt": page})) == []


def test_what_has_no_page_gets_no_redirect() -> None:
    hidden = Person(id="kim", name="Kim Geheim", hidden=True, former_ids=("kim-geheim",))
    unused = Topic(id="stadt", title="Stadt", former_ids=("staedte",))
    assert pairs(replace(EMPTY, people={"kim": hidden}, topics={"stadt": unused})) == []


def test_a_site_that_moved_sends_everything_below_its_old_address_on() -> None:
    house = replace(
        EMPTY,
        ledger=published_at("https://alt.example.org/feed.xml", "https://neu.example.org/podcast/feed.xml"),
    )
    (one, feed) = redirects(house)
    assert one == Redirect("https://alt.example.org/", "https://neu.example.org/podcast/")
    assert feed == Redirect("https://alt.example.org/feed.xml", "https://neu.example.org/podcast/feed.xml")
    assert one.abroad


def test_a_site_that_moved_below_its_old_address_does_not_lead_round_in_a_circle() -> None:
    house = replace(EMPTY, ledger=published_at("https://neu.example.org/feed.xml"))
    found = pairs(house)
    assert ("https://neu.example.org/folgen/", "https://neu.example.org/podcast/folgen/") in found
    assert ("https://neu.example.org/feed.xml", "https://neu.example.org/podcast/feed.xml") in found
    assert not any(new.startswith(old) for old, new in found)


def test_a_feed_that_lay_elsewhere_is_sent_on_alone() -> None:
    house = replace(EMPTY, ledger=published_at("https://hoster.example.net/haus/rss"))
    assert pairs(house) == [
        ("https://hoster.example.net/haus/rss", "https://neu.example.org/podcast/feed.xml")
    ]


def test_a_feed_that_leaves_the_site_is_sent_on() -> None:
    settings = EMPTY.settings.model_copy(
        update={
            "feed": EMPTY.settings.feed.model_copy(update={"moved_to": "https://weg.example.org/feed.xml"})
        }
    )
    assert pairs(replace(EMPTY, settings=settings)) == [("feed.xml", "https://weg.example.org/feed.xml")]


@pytest.mark.parametrize("url", ["https://cdn.example.net/a.mp3", "http://alt.example.org/x/"])
def test_a_whole_address_stays_as_it_is(url: str) -> None:
    addresses = Addresses(SHOW)
    assert addresses.absolute(url) == addresses.href(url) == url
