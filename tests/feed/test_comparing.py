"""What changes for listeners from one feed to the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import feed
from pipeline.feed import ShownFeed, ShownItem
from pipeline.feed.comparing import FIELDS

from .small import HOUSE, ITEMS, rendered

DAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
A = ShownItem("a", "Anfang", date=DAY, url="https://a.example/a.mp3", bytes=7, duration_s=60)
B = ShownItem("b", "Mitte", date=DAY + timedelta(days=1), url="https://a.example/b.mp3", bytes=8)
C = ShownItem("c", "Ende", date=DAY + timedelta(days=2), url="https://a.example/c.mp3", bytes=9)


def of(*items: ShownItem, **show: str) -> ShownFeed:
    return ShownFeed("Haus", items=feed.placed(items), **show)


def kinds(old: ShownFeed, new: ShownFeed) -> list[tuple[str, str]]:
    return [(change.kind, change.item.guid) for change in feed.compare(old, new).items]


def test_the_same_feed_changes_nothing() -> None:
    found = feed.compare(feed.shown(rendered()), feed.shown(rendered()))
    assert found == feed.Changes((), (), 2, 2)
    assert not found.harmful


def test_a_new_episode_is_new_and_harmless() -> None:
    assert kinds(of(A), of(A, B)) == [("new", "b")]
    assert not feed.compare(of(A), of(A, B)).harmful


def test_an_episode_that_is_gone_harms() -> None:
    found = feed.compare(of(A, B), of(B))
    assert [(change.kind, change.before and change.before.guid, change.after) for change in found.items] == [
        ("gone", "a", None)
    ]
    assert found.harmful
    assert (found.before, found.after) == (2, 1)


@pytest.mark.parametrize(
    "again",
    [replace(A, guid="x", title="Ganz anders"), replace(A, guid="x", url="https://neu.example/x.mp3")],
    ids=["the same audio", "the same title"],
)
def test_another_guid_looks_new(again: ShownItem) -> None:
    found = feed.compare(of(A, B), of(again, B))
    assert [(c.kind, c.before and c.before.guid, c.after and c.after.guid) for c in found.items] == [
        ("looks_new", "a", "x")
    ]
    assert found.harmful


def test_audio_gives_an_episode_away_before_its_title_does() -> None:
    titled = replace(B, guid="y", title=A.title)
    same = replace(A, guid="x", title="Anders")
    found = feed.compare(of(A), of(titled, same)).items
    assert [(c.kind, c.item.guid) for c in found] == [("looks_new", "x"), ("new", "y")]


def test_two_episodes_of_one_title_are_matched_once_each() -> None:
    old = of(A, replace(A, guid="a2", url="https://a.example/a2.mp3"))
    new = of(replace(A, guid="x", url="https://a.example/x.mp3"))
    assert sorted(kind for kind, _ in kinds(old, new)) == ["gone", "looks_new"]


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("url", "https://a.example/neu.mp3", "audio"),
        ("bytes", 8, "audio"),
        ("date", DAY + timedelta(days=9), "moved"),
        ("number", "3", "moved"),
        ("season", "2", "moved"),
        ("title", "Anders", "title"),
        ("notes", "Anders", "notes"),
        ("duration_s", 61, "duration"),
        ("chapters", True, "chapters"),
        ("transcripts", ("text/vtt",), "transcripts"),
        ("people", ("Mira",), "people"),
        ("image", "https://a.example/a.jpg", "image"),
    ],
)
def test_what_changed_in_an_episode_is_told_by_kind(field: str, value: object, kind: str) -> None:
    changed = replace(A, **{field: value})  # type: ignore[arg-type]
    assert kinds(of(A, B), of(changed, B)) == [(kind, "a")]
    assert not feed.compare(of(A, B), of(changed, B)).harmful


def test_every_kind_of_change_has_a_case() -> None:
    assert set(FIELDS) == {
        "audio",
        "moved",
        "title",
        "notes",
        "duration",
        "chapters",
        "transcripts",
        "people",
        "image",
    }


def test_an_episode_that_moves_has_its_places() -> None:
    (change,) = feed.compare(of(A, B, C), of(replace(A, date=DAY + timedelta(days=9)), B, C)).items
    assert change.before is not None
    assert change.after is not None
    assert (change.before.place, change.after.place) == (3, 1)


def test_the_podcast_itself_is_compared() -> None:
    old = of(A, guid="g", address="https://alt.example/feed.xml")
    new = of(A, guid="h", address="https://neu.example/feed.xml", moved_to="https://neu.example/feed.xml")
    found = feed.compare(old, new)
    assert [(one.field, one.before, one.after) for one in found.show] == [
        ("guid", "g", "h"),
        ("address", "https://alt.example/feed.xml", "https://neu.example/feed.xml"),
        ("moved_to", "", "https://neu.example/feed.xml"),
    ]
    assert found.harmful


def test_a_podcast_that_gets_its_first_guid_is_not_another_one() -> None:
    assert not feed.compare(of(A), of(A, guid="g")).harmful


def test_a_changed_recording_is_seen_in_written_feeds() -> None:
    first = feed.Item(ITEMS[0].episode, ITEMS[0].edition.model_copy(update={"bytes": 99, "duration_s": 99.0}))
    new = feed.shown(feed.render(HOUSE, (first, *ITEMS[1:])))
    assert kinds(feed.shown(rendered()), new) == [
        ("audio", ITEMS[0].episode.guid),
        ("duration", ITEMS[0].episode.guid),
    ]


guids = st.sampled_from("abcdef")
items = st.builds(
    ShownItem,
    guids,
    st.sampled_from(["Anfang", "Mitte", "Ende"]),
    url=st.sampled_from(["", "https://a.example/1.mp3", "https://a.example/2.mp3"]),
    date=st.none() | st.sampled_from([DAY, DAY + timedelta(days=1)]),
)
feeds = st.lists(items, max_size=6).map(lambda found: of(*found))


@settings(deadline=None)
@given(feeds, feeds)
def test_every_episode_of_both_feeds_is_accounted_for_once(old: ShownFeed, new: ShownFeed) -> None:
    found = feed.compare(old, new)
    before = {item.guid for item in old.items}
    after = {item.guid for item in new.items}
    lost = [c.before.guid for c in found.items if c.kind in {"gone", "looks_new"} and c.before]
    fresh = [c.after.guid for c in found.items if c.kind in {"new", "looks_new"} and c.after]
    assert sorted(lost) == sorted(before - after)
    assert sorted(fresh) == sorted(after - before)
    assert (found.before, found.after) == (len(before), len(after))
