"""The start page: the newest episode large, the ones before it, topics, how to subscribe."""

from __future__ import annotations

from functools import partial

from pipeline.messages import msg_n
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Page, Unit
from pipeline.website.planning.frame import framed
from pipeline.website.planning.plan import Plan
from pipeline.website.views import Anchor

NEWEST = 6


def unit(plan: Plan) -> Unit:
    """`/`."""
    context, episodes = plan.context, plan.index.episodes
    shown = episodes[: NEWEST + 1]
    feeds = tuple(one.path for one in context.feeds if not one.page)
    own = context.only(shown, feeds=feeds)
    return plan.page(
        "index.html",
        "start.html",
        partial(_page, own, len(episodes), plan.topics, plan.subscriptions),
        title=context.house.settings.show.title,
        changed=plan.changed(episodes),
        episode=plan.known.own(shown[0]) if shown else "",
        episodes=plan.listed(shown),
        count=len(episodes),
        topics=plan.topics,
        feeds=(plan.feeds(*feeds), plan.subscriptions),
    )


def _page(
    context: Context, count: int, topics: tuple[Anchor, ...], subscriptions: tuple[Anchor, ...]
) -> Page:
    house, t = context.house, context.t
    hero = house.episodes[0] if house.episodes else None
    chapters = tuple(one for one in views.chapters(context, hero) if one.title) if hero else ()
    series = house.series.get(hero.series or "") if hero else None
    return framed(
        context,
        "index.html",
        "start.html",
        house.settings.show.title,
        feeds=tuple(one.path for one in context.feeds),
        subscriptions=subscriptions,
        data={"@context": "https://schema.org", **views.series_data(context)},
        hero=views.row(context, hero) if hero else None,
        number=hero.number if hero else None,
        series=views.series_link(context, series) if series else None,
        course=views.course(context, hero) if hero else (),
        chapters=chapters,
        chapter_count=t(msg_n("{n} chapter", "{n} chapters", len(chapters))) if chapters else "",
        rows=tuple(views.row(context, one) for one in house.episodes[1:]),
        count=t(msg_n("All {n} episode by year", "All {n} episodes by year", count)),
        topics=topics,
    )
