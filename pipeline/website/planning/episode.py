"""An episode's page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.models import Episode, Status
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Document, Made, Page
from pipeline.website.planning import embed
from pipeline.website.planning.frame import changed, framed, html
from pipeline.website.planning.relation import related
from pipeline.website.views import citing

CITATIONS: dict[str, tuple[str, Callable[[Context, Episode], str]]] = {
    # suffix: what the file is called, and what writes it
    ".bib": ("BibTeX", citing.bibtex),
    ".ris": ("RIS", citing.ris),
}


def pages(context: Context) -> Iterator[Page]:
    """`/folgen/…/`, newest first; each leads to its neighbours."""
    episodes, translations = context.house.episodes, views.episode_translations(context)
    for position, episode in enumerate(episodes):
        newer = episodes[position - 1] if position else None
        older = episodes[position + 1] if position + 1 < len(episodes) else None
        yield _page(context, episode, newer, older, translations.get(episode.id, ()))


def _page(
    context: Context,
    episode: Episode,
    newer: Episode | None,
    older: Episode | None,
    translations: tuple[views.Translation, ...],
) -> Page:
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
        image=views.shared(context, episode),
        data=views.episode_data(context, episode),
        translations=translations,
        tags=citing.tags(context, episode),
        cited=citing.in_words(context, episode),
        citations=tuple(_citation_links(context, episode)),
        episode=episode,
        row=views.row(context, episode),
        draft=episode.status is Status.DRAFT,
        series=views.series_link(context, series) if series else None,
        notes=html(episode.notes, top_heading=3),
        easy=views.easy(episode),
        signed=views.sign_language(context, episode),
        topics=views.topics(context, episode),
        people=views.people(context, episode),
        links=views.link_groups(context, episode.links, episode),
        figures=views.figures(context, episode),
        licence=views.Anchor(house.licence(episode).url, house.licence(episode).name),
        related=tuple(views.row(context, other) for other in related(house, episode)),
        newer=views.row(context, newer) if newer else None,
        older=views.row(context, older) if older else None,
        embed=embed.snippet(context, episode),
        embed_href=context.href(context.addresses.embed(episode)),
        audio=views.player(context, episode),
        chapters=views.chapters(context, episode),
        label=views.label(context, episode),
        transcripts=views.transcript_links(context, episode),
    )


def files(context: Context) -> Iterator[Document | Made]:
    """What lies beside each page: citations, and the picture for where its address is shared."""
    for episode in context.house.episodes:
        for suffix, (_, write) in CITATIONS.items():
            path = context.addresses.citation(episode, suffix)
            yield Document(path, write(context, episode).encode())
        card = views.card(context, episode)
        yield Made(context.addresses.card(card.mark), card.draw)


def _citation_links(context: Context, episode: Episode) -> Iterator[views.Anchor]:
    for suffix, (title, _) in CITATIONS.items():
        yield views.Anchor(context.href(context.addresses.citation(episode, suffix)), title)
