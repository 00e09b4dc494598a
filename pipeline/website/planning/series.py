"""Series: the list, and a page each with its episodes."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.messages import msg, msg_n
from pipeline.models import Series
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Page
from pipeline.website.planning import subscribe
from pipeline.website.planning.frame import framed, html, newest, parent

SECTION = "reihen/"


def pages(context: Context) -> Iterator[Page]:
    """`/reihen/` and a page for every series."""
    yield framed(
        context,
        SECTION + "index.html",
        "series-list.html",
        msg("Series"),
        section=SECTION,
        series=links(context),
    )
    yield from (_page(context, one) for one in _shown(context))


def links(context: Context) -> tuple[views.Anchor, ...]:
    """Every series, by title."""
    return tuple(views.series_link(context, one) for one in _shown(context))


def _shown(context: Context) -> list[Series]:
    return sorted(context.house.series.values(), key=lambda one: one.title.casefold())


def _page(context: Context, series: Series) -> Page:
    episodes = tuple(one for one in context.house.episodes if one.series == series.id)
    return framed(
        context,
        context.addresses.series(series.id) + "index.html",
        "series.html",
        series.title,
        section=SECTION,
        description=series.description,
        changed=newest(context, episodes),
        feeds=(context.addresses.series_feed(series.id),),
        subscribe_here=subscribe.link(context, context.addresses.series_feed(series.id)),
        parent=parent(context, SECTION),
        title_language=series.language or "",
        lead=series.description,
        intro=html(series.about),
        count=context.t(msg_n("{n} episode", "{n} episodes", len(episodes))),
        rows=tuple(views.row(context, one) for one in episodes),
    )
