"""An episode's player for other sites: the same script, chapters, the way to the page; stores nothing."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from pipeline.messages import msg
from pipeline.models import Episode
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Page, Unit
from pipeline.website.planning.frame import framed
from pipeline.website.planning.plan import Plan

WIDTH, HEIGHT = 640, 480
"""Pixels of the frame that other sites are offered."""


def units(plan: Plan) -> Iterator[Unit]:
    """`/folgen/…/einbetten/` for every episode that can be heard."""
    for episode in plan.index.episodes:
        if plan.context.house.of(episode).formats:
            yield plan.page(
                plan.context.addresses.embed(episode) + "index.html",
                "embed.html",
                plan.alone(_page, (episode,), episode),
                title=episode.title,
                mapped=False,
                episode=plan.known.own(episode),
            )


def _page(context: Context, episode: Episode) -> Page:
    full = context.addresses.episode(episode)
    return framed(
        context,
        context.addresses.embed(episode) + "index.html",
        "embed.html",
        episode.title,
        kind=context.t(msg("Player")),
        description=episode.summary,
        canonical=context.addresses.absolute(full),
        full=context.href(full),
        row=views.row(context, episode),
        audio=views.embedded_player(context, episode),
        chapters=tuple(one for one in views.chapters(context, episode) if one.title),
    )


def snippet(context: Context, episode: Episode) -> str:
    """What another site writes into its page; "" where there is nothing to hear."""
    if context.edition(episode) is None:
        return ""
    address = context.addresses.absolute(context.addresses.embed(episode))
    title = escape(f"{episode.title} – {context.house.settings.show.title}")
    return (
        f'<iframe src="{address}" title="{title}" width="{WIDTH}" height="{HEIGHT}" loading="lazy"'
        ' style="max-width: 100%; border: 0"></iframe>'
    )
