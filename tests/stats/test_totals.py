"""Counts by episode, day and app."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.stats import Count, EpisodeTotal, by_app, by_day, by_episode

START = date(2026, 11, 1)


def on(day: int, n: int = 1, guid: str = "eins", app: str = "AntennaPod") -> Count:
    return Count(START + timedelta(days=day), guid, app, n)


def test_windows_begin_on_the_day_of_publication_and_hold_whole_days() -> None:
    counts = [on(-1, 100), on(0, 1), on(1, 2), on(6, 4), on(7, 8), on(29, 16), on(30, 32)]
    (total,) = by_episode(counts, {"eins": START}, START - timedelta(days=5), START + timedelta(days=40))
    assert total == EpisodeTotal("eins", (1, 7, 31), 163)


def test_a_window_that_the_logs_do_not_hold_whole_is_none() -> None:
    last = START + timedelta(days=6)
    (total,) = by_episode([on(0)], {"eins": START}, START, last)
    assert total.windows == (1, 1, None)
    (total,) = by_episode([on(0)], {"eins": START}, START, last - timedelta(days=1))
    assert total.windows == (1, None, None)
    (total,) = by_episode([on(1)], {"eins": START}, START + timedelta(days=1), last)
    assert (total.windows, total.downloads) == ((None, None, None), 1)
    (total,) = by_episode([], {"eins": START}, None, None)
    assert (total.windows, total.downloads) == ((None, None, None), 0)


def test_days_without_downloads_are_there() -> None:
    days = by_day([on(0, 2), on(2, 1), on(2, 4, guid="zwei")], START, START + timedelta(days=3))
    assert [n for _, n in days] == [2, 0, 5, 0]
    assert by_day([], None, None) == ()


def test_apps_stand_by_their_downloads_then_by_name() -> None:
    counts = [on(0, 1, app="b"), on(1, 1, app="A"), on(1, 1, app=""), on(2, 2, app="c")]
    assert by_app(counts) == (("c", 2), ("A", 1), ("b", 1), ("", 1))
