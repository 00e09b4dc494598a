"""RFC 5005: how the items of a feed are cut into documents, and what holds for any house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline import feed
from pipeline.feed.rows import NAMESPACES
from pipeline.models import Episode, Ledger, LedgerEntry

from .small import HOUSE, edition

START = datetime(2020, 1, 1, 12, tzinfo=UTC)
MAIN = feed.main(HOUSE)


def item(day: int) -> feed.Item:
    """The episode of a day; its number follows by date."""
    episode = Episode(
        id=f"tag-{day}", guid=f"guid-{day}", title=f"Tag {day}", date=START + timedelta(days=day)
    )
    return feed.Item(episode, edition("ab", 60))


def items(*days: int) -> tuple[feed.Item, ...]:
    return tuple(item(day) for day in sorted(days, reverse=True))


def ledger(*days: int) -> Ledger:
    """What was published, in this order; running numbers from 0."""
    return Ledger(
        episodes=tuple(
            LedgerEntry(
                guid=f"guid-{day}", episode=f"tag-{day}", number=n, slug=f"tag-{day}", first_published=START
            )
            for n, day in enumerate(days)
        )
    )


def cut(found: Sequence[feed.Item], size: int, known: Ledger = Ledger()) -> tuple[feed.Page, ...]:  # noqa: B008
    return feed.pages(MAIN, found, feed.numbers(known, found), size)


def days(page: feed.Page) -> list[int]:
    return [int(one.episode.id.removeprefix("tag-")) for one in page.items]


def walked(pages: Sequence[feed.Page]) -> list[feed.Page]:
    """What an app finds that follows `next` from the subscription feed."""
    by_path = {page.path: page for page in pages}
    found = [by_path[MAIN.path]]
    while (following := dict(found[-1].links).get("next")) is not None:
        found.append(by_path[following])
    return found


def test_a_short_feed_is_one_document_without_links() -> None:
    (page,) = cut(items(*range(5)), 3)
    assert (page.path, page.archive, page.links) == ("feed.xml", False, ())
    assert days(page) == [4, 3, 2, 1, 0]


def test_the_subscription_feed_holds_the_newest_n_to_2n_minus_1() -> None:
    for count, held in ((5, 5), (6, 3), (7, 4), (8, 5), (9, 3)):
        assert len(cut(items(*range(count)), 3)[0].items) == held


def test_an_archive_page_holds_its_running_numbers() -> None:
    pages = cut(items(*range(10)), 3)
    assert {page.path: days(page) for page in pages} == {
        "feed.xml": [9, 8, 7, 6],
        "feed/2.xml": [5, 4, 3],
        "feed/1.xml": [2, 1, 0],
    }


def test_each_page_leads_to_the_next_older_one_and_none_to_a_newer() -> None:
    links = {page.path: dict(page.links) for page in cut(items(*range(13)), 3)}
    whole = {"first": "feed.xml", "last": "feed/1.xml"}
    assert links == {
        "feed.xml": {**whole, "next": "feed/3.xml", "prev-archive": "feed/3.xml"},
        "feed/3.xml": {"current": "feed.xml", **whole, "next": "feed/2.xml", "prev-archive": "feed/2.xml"},
        "feed/2.xml": {"current": "feed.xml", **whole, "next": "feed/1.xml", "prev-archive": "feed/1.xml"},
        "feed/1.xml": {"current": "feed.xml", **whole},
    }


def test_a_deleted_episode_leaves_a_gap() -> None:
    everything = range(12)
    kept = items(*(day for day in everything if day != 4))
    pages = {page.path: days(page) for page in cut(kept, 3, ledger(*everything))}
    assert pages == {
        "feed.xml": [11, 10, 9],
        "feed/3.xml": [8, 7, 6],
        "feed/2.xml": [5, 3],
        "feed/1.xml": [2, 1, 0],
    }


def test_a_page_whose_episodes_are_all_gone_is_left_out_of_the_chain() -> None:
    kept = items(*(day for day in range(12) if day not in {3, 4, 5}))
    pages = cut(kept, 3, ledger(*range(12)))
    assert [page.path for page in walked(pages)] == ["feed.xml", "feed/3.xml", "feed/1.xml"]


def test_an_old_episode_found_late_gets_the_next_number() -> None:
    published = [*range(1, 7)]
    pages = cut(items(*published, 0), 3, ledger(*published))
    assert days(pages[0]) == [6, 5, 4, 0]
    assert days(pages[1]) == [3, 2, 1]


def test_what_was_never_published_follows_by_date() -> None:
    assert feed.numbers(ledger(7, 5), items(9, 8, 7, 5)) == {"tag-7": 1, "tag-5": 2, "tag-8": 3, "tag-9": 4}


def test_a_feed_of_some_episodes_holds_the_newest_n_of_them() -> None:
    found = items(*range(20))
    own = tuple(one for one in found if int(one.episode.id.removeprefix("tag-")) % 4 == 0)
    pages = feed.pages(replace(MAIN, path="reihen/x/feed.xml"), own, feed.numbers(Ledger(), found), 3)
    assert {page.path: days(page) for page in pages} == {
        "reihen/x/feed.xml": [16, 12, 8],
        "reihen/x/feed/2.xml": [4],
        "reihen/x/feed/1.xml": [0],
    }


def test_an_archive_page_is_written_with_its_links() -> None:
    page = cut(items(*range(10)), 3)[1]
    channel = etree.fromstring(feed.render_page(HOUSE, page)).find("channel")
    links = {link.get("rel"): link.get("href") for link in channel.findall("atom:link", NAMESPACES)}
    site = "https://podcast.example.org/p/"
    assert links == {
        "self": f"{site}feed/2.xml",
        "hub": "https://hub.example.org/",
        "current": f"{site}feed.xml",
        "first": f"{site}feed.xml",
        "last": f"{site}feed/1.xml",
        "next": f"{site}feed/1.xml",
        "prev-archive": f"{site}feed/1.xml",
    }
    assert channel.find("fh:archive", NAMESPACES) is not None
    assert channel.findtext("lastBuildDate") == "Mon, 06 Jan 2020 12:00:00 +0000"


def test_pages_of_a_feed_share_title_and_guid_and_the_subscription_feed_is_no_archive() -> None:
    made = [
        etree.fromstring(feed.render_page(HOUSE, one)).find("channel") for one in cut(items(*range(10)), 3)
    ]
    assert len({(one.findtext("title"), one.findtext("podcast:guid", None, NAMESPACES)) for one in made}) == 1
    assert [one.find("fh:archive", NAMESPACES) is not None for one in made] == [False, True, True]


SIZES = st.integers(1, 4)
PUBLISHED = st.lists(st.integers(0, 60), unique=True, max_size=25)


@given(size=SIZES, published=PUBLISHED, gone=st.sets(st.integers(0, 60)), fresh=st.sets(st.integers(61, 80)))
@settings(max_examples=200, deadline=None)
def test_next_reaches_every_page_once_and_each_item_stands_on_one(
    size: int, published: list[int], gone: set[int], fresh: set[int]
) -> None:
    found = items(*({*published} - gone), *fresh)
    pages = cut(found, size, ledger(*published))
    assert [page.path for page in walked(pages)] == [page.path for page in pages]
    assert sorted(day for page in pages for day in days(page)) == sorted({*published} - gone | fresh)
    assert len(pages[0].items) < 2 * size
    assert len(pages) == 1 or len(pages[0].items) >= size


@given(size=SIZES, published=PUBLISHED, fresh=st.lists(st.integers(61, 80), min_size=1, unique=True))
@settings(max_examples=200, deadline=None)
def test_a_new_episode_changes_no_archive_page(size: int, published: list[int], fresh: list[int]) -> None:
    before = cut(items(*published), size, ledger(*published))
    after = cut(items(*published, *fresh), size, ledger(*published))
    assert {page.path: page for page in before if page.archive}.items() <= {
        page.path: page for page in after
    }.items()
