"""The archive: by year and by institution, a page each and one for both; overviews hold the newest years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pipeline.messages import Message, msg, msg_n
from pipeline.models import Episode, Institution
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Page
from pipeline.website.planning import series, topics
from pipeline.website.planning.frame import framed, newest
from pipeline.website.views import Anchor

SECTION = "archiv/"
OVERVIEW = 30
"""About as many episodes an overview holds: whole years from the newest on, one at least."""
OFFERED = 8
"""As many topics and series stand in the filter; the rest on pages of their own."""

Years = dict[int, tuple[Episode, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the filter: its links, each with whether it holds for this page.

    `whole` leads to where nothing is narrowed down ("": here), `more` to what has no room here.
    """

    title: str
    links: tuple[tuple[Anchor, bool], ...]
    whole: str = ""
    more: Anchor | None = None


def pages(context: Context) -> Iterator[Page]:
    """`/archiv/`, `/archiv/2026/` …, `/archiv/haus/vhs/`, `/archiv/haus/vhs/2026/` …, newest first."""
    found = {context.house.institution(one) for one in context.house.episodes}
    for institution in (None, *(one for one in context.house.settings.show.institutions if one in found)):
        years = _years(context, institution)
        yield _page(context, institution, None, years)
        for year in years:
            yield _page(context, institution, year, years)


def _years(context: Context, institution: Institution | None) -> Years:
    """Every year's episodes, those of an institution or all."""
    house = context.house
    shown = (one for one in house.episodes if institution in {None, house.institution(one)})
    return {year: tuple(group) for year, group in groupby(shown, key=lambda one: _year(context, one))}


def _year(context: Context, episode: Episode) -> int:
    return context.local(episode.date).year


def _overview(years: Years) -> Iterator[int]:
    shown = 0
    for year, episodes in years.items():
        if shown and shown + len(episodes) > OVERVIEW:
            return
        shown += len(episodes)
        yield year


def _page(context: Context, institution: Institution | None, year: int | None, years: Years) -> Page:
    episodes = years[year] if year else tuple(one for group in years.values() for one in group)
    shown = (year,) if year else tuple(_overview(years))
    since = min(years) if years and not year else None
    return framed(
        context,
        context.addresses.archive(year, institution.id if institution else "") + "index.html",
        "archive.html",
        context.t(_title(institution, year)),
        section=SECTION,
        changed=newest(context, episodes),
        count=context.t(msg_n("{n} episode", "{n} episodes", len(episodes))),
        since=context.t(msg("since {year}", year=str(since))) if since else "",
        filters=tuple(row for row in _filters(context, institution, year, years) if row.links),
        groups=tuple((one, tuple(views.row(context, episode) for episode in years[one])) for one in shown),
    )


def _title(institution: Institution | None, year: int | None) -> Message | str:
    if institution and year:
        return msg("{institution}, {year}", institution=institution.name, year=str(year))
    if institution:
        return institution.name
    return msg("Episodes of {year}", year=str(year)) if year else msg("Episodes")


def _filters(
    context: Context, institution: Institution | None, year: int | None, years: Years
) -> Iterator[Row]:
    """What narrows the archive down: year and institution within each other, topics and series alone."""
    t, house = context.t, context.house
    of = institution.id if institution else ""
    yield Row(
        t(msg("Years")),
        tuple((_link(context, str(one), one, of), one == year) for one in years),
        _whole(context, year, None, of),
    )
    known = {house.institution(one) for one in house.episodes if year in {None, _year(context, one)}}
    institutions = (one for one in house.settings.show.institutions if one in known)
    yield Row(
        t(msg("Institutions")),
        tuple((_link(context, one.name, year, one.id), one == institution) for one in institutions),
        _whole(context, institution, year, ""),
    )
    yield _elsewhere(context, msg("Topics"), topics.links(context), topics.SECTION, msg("More topics"))
    yield _elsewhere(context, msg("Series"), series.links(context), series.SECTION, msg("More series"))


def _link(context: Context, title: str, year: int | None, institution: str) -> Anchor:
    return Anchor(context.href(context.addresses.archive(year, institution)), title)


def _whole(context: Context, narrowed: object, year: int | None, institution: str) -> str:
    return context.href(context.addresses.archive(year, institution)) if narrowed else ""


def _elsewhere(
    context: Context, title: Message, links: tuple[Anchor, ...], section: str, more: Message
) -> Row:
    """Links to pages outside the archive; the first ones, and where all of them stand."""
    rest = Anchor(context.href(section), context.t(more)) if len(links) > OFFERED else None
    return Row(context.t(title), tuple((one, False) for one in links[:OFFERED]), more=rest)
