"""What a release consists of, and how long what vanished stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.deploy import KEPT, Release, Sent, following, releases, waves

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
A, B, C = (Sent(letter * 64, 1) for letter in "abc")


def chain(*steps: tuple[float, dict[str, Sent]], pinned: frozenset[str] = frozenset()) -> Release:
    """Releases one after the other, each so many days after the start."""
    release = None
    for days, site in steps:
        release = following(release, site, NOW + days * DAY, pinned=pinned)
    assert release
    return release


def test_what_vanished_stays_for_seven_days_and_one_further_release() -> None:
    both, one = {"a": A, "b": B}, {"a": A}
    assert chain((0, both), (1, one)).files["b"].gone == NOW + DAY
    assert "b" in chain((0, both), (1, one), (7.9, one)).files
    assert "b" not in chain((0, both), (1, one), (8, one)).files
    assert "b" in chain((0, both), (30, one)).files  # there was no further release yet


def test_what_comes_back_is_the_sites_own_again() -> None:
    assert chain((0, {"a": A, "b": B}), (1, {"a": A}), (2, {"a": A, "b": C})).files["b"] == C


def test_what_is_pinned_stays_for_good() -> None:
    release = chain((0, {"a": A, "b": B}), (1, {"a": A}), (60, {"a": A}), pinned=frozenset({"b"}))
    assert release.files["b"] == B
    assert "b" in release.site


def test_two_in_a_second_and_a_clock_put_back_give_later_names() -> None:
    first = following(None, {"a": A}, NOW)
    assert following(first, {"a": A}, NOW).id > first.id
    assert following(first, {"a": A}, NOW - DAY).id > first.id


def test_what_others_name_is_there_before_they_name_it() -> None:
    old = following(None, {"feed.xml": A, "index.html": A, "folgen/a/index.html": A, "assets/a.css": A}, NOW)
    new = dict.fromkeys(("feed.xml", "feed/1.xml", "index.html", "folgen/b/index.html", "audio/b.mp3"), B)
    assert waves(following(old, {**old.files, **new}, NOW), old) == (
        ("audio/b.mp3",),
        ("folgen/b/index.html",),
        ("index.html",),
        ("feed/1.xml",),
        ("feed.xml",),
    )
    assert waves(old, old) == ()
    assert waves(old, None) == (("assets/a.css",), ("folgen/a/index.html", "index.html"), ("feed.xml",))


SENT = st.builds(
    Sent,
    st.text("0123456789abcdef", min_size=64, max_size=64),
    st.integers(0, 2**40),
    st.none() | st.datetimes(timezones=st.just(UTC)),
)


@given(st.dictionaries(st.text(min_size=1), SENT), st.sampled_from(["", "2026-11-20T120000Z"]))
def test_a_note_says_everything(files: dict[str, Sent], back: str) -> None:
    release = Release("2026-11-24T120000Z", files, back)
    assert releases.from_json(releases.to_json(release)) == release


@pytest.mark.parametrize(
    "note", [b"", b"[]", b"{}", b'{"release": "gestern", "back": "", "files": {}}', b'{"files": {"a": 1}}']
)
def test_a_damaged_note_is_none(note: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        releases.from_json(note)


@given(st.lists(st.tuples(st.floats(0, 5), st.sets(st.sampled_from("abcdef"), min_size=1)), min_size=2))
def test_the_readers_of_the_feed_of_before_find_every_file(steps: list[tuple[float, set[str]]]) -> None:
    release, now = None, NOW
    for days, names in steps:
        now += days * DAY
        before = release
        release = following(before, dict.fromkeys(names, A), now)
        assert set(release.site) == names
        if before:
            assert set(before.site) <= set(release.files)
    assert release
    assert all(file.gone is None or now - file.gone < KEPT for file in release.files.values())
