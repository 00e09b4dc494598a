"""Series: the list, and a page each with its episodes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pipeline.messages import msg, msg_n
from pipeline.models import Series
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Page, Unit
from pipeline.website.planning.frame import framed, html, parent
from pipeline.website.planning.plan import Plan

SECTION = "reihen/"


def units(plan: Plan) -> Iterator[Unit]:
    """`/reihen/` and a page for every series."""
    yield plan.page(
        SECTION + "index.html",
        "series-list.html",
        partial(_list, plan.context.only(()), plan.series),
        title=msg("Series"),
        series=plan.series,
    )
    for one in sorted(plan.context.house.series.values(), key=lambda one: one.title.casefold()):
        yield _unit(plan, one)


def _list(context: Context, links: tuple[views.Anchor, ...]) -> Page:
    return framed(
        context, SECTION + "index.html", "series-list.html", msg("Series"), section=SECTION, series=links
    )


def _unit(plan: Plan, series: Series) -> Unit:
    context, episodes = plan.context, plan.index.by_series.get(series.id, ())
    feed = context.addresses.series_feed(series.id)
    own = context.only(episodes, feeds=(feed,))
    return plan.page(
        context.addresses.series(series.id) + "index.html",
        "series.html",
        partial(_page, own, series, plan.subscription(feed)),
        title=series.title,
        changed=plan.changed(episodes),
        series=series,
        episodes=plan.listed(episodes),
        feeds=plan.feeds(feed),
    )


def _page(context: Context, series: Series, subscription: str) -> Page:
    episodes = context.house.episodes
    return framed(
        context,
        context.addresses.series(series.id) + "index.html",
        "series.html",
        series.title,
        section=SECTION,
        description=series.description,
        feeds=(context.addresses.series_feed(series.id),),
        subscribe_here=subscription,
        parent=parent(context, SECTION),
        title_language=series.language or "",
        lead=series.description,
        intro=html(series.about),
        count=context.t(msg_n("{n} episode", "{n} episodes", len(episodes))),
        rows=tuple(views.row(context, one) for one in episodes),
    )
