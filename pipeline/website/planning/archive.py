"""The archive: by year and by institution, a page each and one for both; overviews hold the newest years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from pipeline.messages import Message, msg, msg_n
from pipeline.models import Institution
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.index import Years
from pipeline.website.planned import Page, Unit
from pipeline.website.planning.frame import framed
from pipeline.website.planning.plan import Plan
from pipeline.website.planning.series import SECTION as SERIES
from pipeline.website.planning.topics import SECTION as TOPICS
from pipeline.website.views import Anchor

SECTION = "archiv/"
OVERVIEW = 30
"""About as many episodes an overview holds: whole years from the newest on, one at least."""
OFFERED = 8
"""As many topics and series stand in the filter; the rest on pages of their own."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the filter: its links, each with whether it holds for this page.

    `whole` leads to where nothing is narrowed down ("": here), `more` to what has no room here.
    """

    title: str
    links: tuple[tuple[Anchor, bool], ...]
    whole: str = ""
    more: Anchor | None = None


def units(plan: Plan) -> Iterator[Unit]:
    """`/archiv/`, `/archiv/2026/` …, `/archiv/haus/vhs/`, `/archiv/haus/vhs/2026/` …, newest first."""
    for institution in (None, *plan.index.institutions):
        years = plan.index.years(institution.id if institution else "")
        yield _unit(plan, institution, None, years)
        for year in years:
            yield _unit(plan, institution, year, years)


def _unit(plan: Plan, institution: Institution | None, year: int | None, years: Years) -> Unit:
    context = plan.context
    shown = {one: years[one] for one in ((year,) if year else _overview(years))}
    listed = tuple(one for group in shown.values() for one in group)
    episodes = listed if year else tuple(one for group in years.values() for one in group)
    filters = tuple(row for row in _filters(plan, institution, year, years) if row.links)
    title = context.t(_title(institution, year))
    since = min(years) if years and not year else None
    values = {
        "title": title,
        "count": context.t(msg_n("{n} episode", "{n} episodes", len(episodes))),
        "since": context.t(msg("since {year}", year=str(since))) if since else "",
        "filters": filters,
    }
    return plan.page(
        context.addresses.archive(year, institution.id if institution else "") + "index.html",
        "archive.html",
        partial(_page, context.only(listed), (institution, year), shown, values),
        title=title,
        changed=plan.changed(episodes),
        episodes=plan.listed(listed),
        years=list(shown),
        values=values,
    )


def _overview(years: Years) -> Iterator[int]:
    shown = 0
    for year, episodes in years.items():
        if shown and shown + len(episodes) > OVERVIEW:
            return
        shown += len(episodes)
        yield year


def _page(
    context: Context,
    place: tuple[Institution | None, int | None],
    shown: Years,
    values: Mapping[str, Any],
) -> Page:
    institution, year = place
    return framed(
        context,
        context.addresses.archive(year, institution.id if institution else "") + "index.html",
        "archive.html",
        values["title"],
        section=SECTION,
        count=values["count"],
        since=values["since"],
        filters=values["filters"],
        groups=tuple(
            (one, tuple(views.row(context, episode) for episode in group)) for one, group in shown.items()
        ),
    )


def _title(institution: Institution | None, year: int | None) -> Message | str:
    if institution and year:
        return msg("{institution}, {year}", institution=institution.name, year=str(year))
    if institution:
        return institution.name
    return msg("Episodes of {year}", year=str(year)) if year else msg("Episodes")


def _filters(plan: Plan, institution: Institution | None, year: int | None, years: Years) -> Iterator[Row]:
    """What narrows the archive down: year and institution within each other, topics and series alone."""
    context, of = plan.context, institution.id if institution else ""
    yield Row(
        context.t(msg("Years")),
        tuple((_link(context, str(one), one, of), one == year) for one in years),
        _whole(context, year, None, of),
    )
    known = (one for one in plan.index.institutions if not year or year in plan.index.years(one.id))
    yield Row(
        context.t(msg("Institutions")),
        tuple((_link(context, one.name, year, one.id), one == institution) for one in known),
        _whole(context, institution, year, ""),
    )
    topics = tuple(replace(one, note="") for one in plan.topics)
    yield _elsewhere(context, msg("Topics"), topics, TOPICS, msg("More topics"))
    yield _elsewhere(context, msg("Series"), plan.series, SERIES, msg("More series"))


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
