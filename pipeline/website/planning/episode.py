"""An episode's page."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.models import Episode, Status
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Page
from pipeline.website.planning.frame import changed, framed, html
from pipeline.website.planning.relation import related


def pages(context: Context) -> Iterator[Page]:
    """`/folgen/…/`, newest first; each leads to its neighbours."""
    episodes = context.house.episodes
    for position, episode in enumerate(episodes):
        newer = episodes[position - 1] if position else None
        older = episodes[position + 1] if position + 1 < len(episodes) else None
        yield _page(context, episode, newer, older)


def _page(context: Context, episode: Episode, newer: Episode | None, older: Episode | None) -> Page:
    house = context.house
    series = house.series.get(episode.series or "")
    return framed(
        context,
        context.addresses.episode(episode) + "index.html",
        "episode.html",
        episode.title,
        kind=series.title if series else "",
        description=episode.summary,
        changed=changed(context, episode),
        episode=episode,
        row=views.row(context, episode),
        draft=episode.status is Status.DRAFT,
        series=views.series_link(context, series) if series else None,
        notes=html(episode.notes, top_heading=3),
        easy=tuple(line.strip() for line in episode.summary_easy.splitlines() if line.strip()),
        topics=views.topics(context, episode),
        people=views.people(context, episode),
        links=views.link_groups(context, episode.links, episode),
        figures=views.figures(context, episode),
        licence=views.Anchor(house.licence(episode).url, house.licence(episode).name),
        related=tuple(views.row(context, other) for other in related(house, episode)),
        newer=views.row(context, newer) if newer else None,
        older=views.row(context, older) if older else None,
        audio=_audio(context, episode),
        chapters=views.chapters(context, episode),
        label=views.label(context, episode),
        checked=house.of(episode).checked,
        transcripts=views.transcript_links(context, episode),
    )


def _audio(context: Context, episode: Episode) -> views.Audio | None:
    edition = context.editions.get(episode.id)
    if edition is None:
        return None
    href = context.href(context.addresses.audio(episode, edition))
    return views.Audio(href, views.size(context, edition))
