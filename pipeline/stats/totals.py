"""Counts added up as people ask for them: by episode, by day, by app."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.stats.counting import Count

WINDOWS = (1, 7, 30)
"""Days from publication on, by which episodes of any age are compared."""


@dataclass(frozen=True, slots=True)
class EpisodeTotal:
    """An episode's downloads: in each of `WINDOWS`, and in all.

    None for a window that the logs do not hold whole, or that was not asked for whole.
    """

    guid: str
    windows: tuple[int | None, ...]
    downloads: int


def by_episode(
    counts: Iterable[Count], published: Mapping[str, date], first: date | None, last: date | None
) -> tuple[EpisodeTotal, ...]:
    """A total for each of the `published` episodes (guid: its day), in their order.

    `first` and `last` are the days that the logs hold.
    """
    days: dict[str, Counter[date]] = {guid: Counter() for guid in published}
    for one in counts:
        days[one.guid][one.day] += one.downloads
    return tuple(
        EpisodeTotal(
            guid,
            tuple(_window(found, published[guid], n, first, last) for n in WINDOWS),
            found.total(),
        )
        for guid, found in days.items()
    )


def _window(
    days: Mapping[date, int], start: date, length: int, first: date | None, last: date | None
) -> int | None:
    end = start + timedelta(days=length - 1)
    if first is None or last is None or start < first or end > last:
        return None
    return sum(n for day, n in days.items() if start <= day <= end)


def by_day(counts: Iterable[Count], first: date | None, last: date | None) -> tuple[tuple[date, int], ...]:
    """The downloads of every day from `first` to `last`, those without any included."""
    if first is None or last is None:
        return ()
    found: Counter[date] = Counter()
    for one in counts:
        found[one.day] += one.downloads
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple((day, found[day]) for day in span)


def by_app(counts: Iterable[Count]) -> tuple[tuple[str, int], ...]:
    """The downloads of every app, most first; "" is what nobody knows, among equals the last."""
    found: Counter[str] = Counter()
    for one in counts:
        found[one.app] += one.downloads
    return tuple(sorted(found.items(), key=lambda one: (-one[1], not one[0], one[0].casefold(), one[0])))
