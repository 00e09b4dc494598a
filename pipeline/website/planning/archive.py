"""The archive: a page a year, and an overview that holds the newest years."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pipeline.messages import msg, msg_n
from pipeline.models import Episode
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Page
from pipeline.website.planning.frame import framed, newest

SECTION = "archiv/"
OVERVIEW = 30
"""About as many episodes the overview holds: whole years from the newest on, one at least."""


def pages(context: Context) -> Iterator[Page]:
    """`/archiv/` and `/archiv/2026/` …, newest first."""
    years = {
        year: tuple(group)
        for year, group in groupby(context.house.episodes, key=lambda e: context.local(e.date).year)
    }
    yield _page(context, SECTION, context.t(msg("Episodes")), years, tuple(_overview(years)))
    for year in years:
        title = context.t(msg("Episodes of {year}", year=str(year)))
        yield _page(context, context.addresses.archive(year), title, years, (year,))


def _overview(years: dict[int, tuple[Episode, ...]]) -> Iterator[int]:
    shown = 0
    for year, episodes in years.items():
        if shown and shown + len(episodes) > OVERVIEW:
            return
        shown += len(episodes)
        yield year


def _page(
    context: Context,
    path: str,
    title: str,
    years: dict[int, tuple[Episode, ...]],
    shown: tuple[int, ...],
) -> Page:
    addresses, whole = context.addresses, path == SECTION
    all_series = sorted(context.house.series.values(), key=lambda one: one.title.casefold())
    episodes = context.house.episodes if whole else years[shown[0]]
    return framed(
        context,
        path + "index.html",
        "archive.html",
        title,
        section=SECTION,
        changed=newest(context, episodes),
        count=context.t(msg_n("{n} episode", "{n} episodes", len(episodes))),
        since=context.t(msg("since {year}", year=str(min(years)))) if years and whole else "",
        whole=whole,
        years=tuple(
            (views.Anchor(context.href(addresses.archive(year)), str(year)), not whole and year in shown)
            for year in years
        ),
        series=tuple(views.series_link(context, one) for one in all_series),
        groups=tuple((year, tuple(views.row(context, one) for one in years[year])) for year in shown),
    )
