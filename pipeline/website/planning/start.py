"""The start page: the newest episode large, the ones before it, topics, how to subscribe."""

from __future__ import annotations

from pipeline.messages import msg_n
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Page
from pipeline.website.planning import subscribe, topics
from pipeline.website.planning.frame import framed, newest

NEWEST = 6


def page(context: Context) -> Page:
    """`/`."""
    house, t = context.house, context.t
    hero = house.episodes[0] if house.episodes else None
    chapters = tuple(one for one in views.chapters(context, hero) if one.title) if hero else ()
    series = house.series.get(hero.series or "") if hero else None
    return framed(
        context,
        "index.html",
        "start.html",
        house.settings.show.title,
        changed=newest(context, house.episodes),
        feeds=tuple(one.path for one in context.feeds if not one.page),
        subscriptions=subscribe.links(context),
        data={"@context": "https://schema.org", **views.series_data(context)},
        hero=views.row(context, hero) if hero else None,
        number=hero.number if hero else None,
        series=views.series_link(context, series) if series else None,
        course=views.course(context, hero) if hero else (),
        chapters=chapters,
        chapter_count=t(msg_n("{n} chapter", "{n} chapters", len(chapters))) if chapters else "",
        rows=tuple(views.row(context, one) for one in house.episodes[1 : NEWEST + 1]),
        count=t(msg_n("All {n} episode by year", "All {n} episodes by year", len(house.episodes))),
        topics=topics.links(context),
    )
