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
from pipeline.website.planning.leaves import Leaf, leaves
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
        yield from _units(plan, one)


def _list(context: Context, links: tuple[views.Anchor, ...]) -> Page:
    return framed(
        context, SECTION + "index.html", "series-list.html", msg("Series"), section=SECTION, series=links
    )


def _units(plan: Plan, series: Series) -> Iterator[Unit]:
    context, base = plan.context, plan.context.addresses.series(series.id)
    feed, episodes = context.addresses.series_feed(series.id), plan.index.by_series.get(series.id, ())
    count = context.t(msg_n("{n} episode", "{n} episodes", len(episodes)))
    for leaf in leaves(context, base, series.title, episodes):
        own, told = context.only(leaf.episodes, feeds=(feed,)), count if not leaf.path else ""
        yield plan.page(
            f"{base}{leaf.path}index.html",
            "series.html",
            partial(_page, own, series, leaf, told, plan.subscription(feed)),
            title=leaf.title,
            changed=plan.changed(leaf.episodes),
            series=series,
            count=told,
            episodes=plan.listed(leaf.episodes),
            feeds=plan.feeds(feed),
            pages=leaf.marks,
        )


def _page(context: Context, series: Series, leaf: Leaf, count: str, subscription: str) -> Page:
    return framed(
        context,
        f"{context.addresses.series(series.id)}{leaf.path}index.html",
        "series.html",
        leaf.title,
        section=SECTION,
        description=leaf.title if leaf.path else series.description,
        feeds=(context.addresses.series_feed(series.id),),
        subscribe_here=subscription,
        parent=leaf.first or parent(context, SECTION),
        title_language=(series.language or "") if not leaf.path else "",
        lead=series.description if not leaf.path else "",
        intro=html(series.about) if not leaf.path else "",
        count=count,
        rows=tuple(views.row(context, one) for one in leaf.episodes),
        leaf=leaf,
    )
