"""An episode's page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pipeline.models import Episode, Redirect, Status, redirects
from pipeline.transcripts import PUBLISHED
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.index import digest
from pipeline.website.keeping import again
from pipeline.website.planned import Document, Made, Page, Planned, Unit
from pipeline.website.planning import embed
from pipeline.website.planning.frame import framed, html
from pipeline.website.planning.plan import Plan
from pipeline.website.planning.relation import related
from pipeline.website.views import citing

Beside = Callable[[Context, Episode], Iterable[Planned]]


class Around(NamedTuple):
    """What a page shows of other episodes: its neighbours, what to hear next, its versions."""

    newer: Episode | None
    older: Episode | None
    related: tuple[Episode, ...]
    translations: tuple[views.Translation, ...]


CITATIONS: dict[str, tuple[str, Callable[[Context, Episode], str]]] = {
    # suffix: what the file is called, and what writes it
    ".bib": ("BibTeX", citing.bibtex),
    ".ris": ("RIS", citing.ris),
}


def units(plan: Plan, beside: Beside) -> Iterator[Unit]:
    """`/folgen/…/`, newest first; each leads to its neighbours. What lies beside it is a unit of its own.

    `beside` makes the files that are copied or come from other places.
    """
    episodes, translations = plan.index.episodes, views.episode_translations(plan.context)
    near, moved = related(plan.index, plan.known.related), _moved(plan.context)
    for position, episode in enumerate(episodes):
        around = Around(
            episodes[position - 1] if position else None,
            episodes[position + 1] if position + 1 < len(episodes) else None,
            near(episode),
            translations.get(episode.id, ()),
        )
        yield _unit(plan, episode, around)
        yield _files(plan, episode, moved.get(episode.id, ()), beside)


def _unit(plan: Plan, episode: Episode, around: Around) -> Unit:
    listed = plan.index.listed
    others = (around.newer, around.older, *around.related)
    shown = {one.id: one for one in (episode, *others) if one}
    return plan.page(
        plan.context.addresses.episode(episode) + "index.html",
        "episode.html",
        plan.alone(_page, tuple(shown.values()), episode, around),
        title=episode.title,
        changed=plan.changed((episode,)),
        translations=around.translations,
        episode=plan.known.own(episode),
        words=plan.known.words(episode),
        newer=listed(around.newer) if around.newer else "",
        older=listed(around.older) if around.older else "",
        related=plan.listed(around.related),
        versions=around.translations,
    )


def _files(plan: Plan, episode: Episode, moved: tuple[Redirect, ...], beside: Beside) -> Unit:
    return Unit(
        f"{plan.context.addresses.episode(episode)}*",
        {
            "settings": plan.frame,
            "episode": plan.known.own(episode),
            "words": plan.known.words(episode),
            "addresses": digest(moved),
            "drawing": plan.context.drawn,
        },
        plan.alone(_beside, (episode,), episode, moved, beside),
    )


def _beside(
    context: Context, episode: Episode, moved: tuple[Redirect, ...], beside: Beside
) -> tuple[Planned, ...]:
    files = (*_own_files(context, episode), *beside(context, episode))
    return (*files, *again(files, moved))


def _moved(context: Context) -> dict[str, tuple[Redirect, ...]]:
    """The addresses at which episodes were published before, by episode."""
    led = [one for one in redirects(context.house) if not one.abroad]
    pages = {context.addresses.episode(one): one.id for one in context.house.episodes} if led else {}
    found: dict[str, tuple[Redirect, ...]] = {}
    for one in led:
        if one.new in pages:
            found[pages[one.new]] = (*found.get(pages[one.new], ()), one)
    return found


def _page(context: Context, episode: Episode, around: Around) -> Page:
    newer, older = around.newer, around.older
    links = views.link_groups(context, episode.links, episode)
    house, chapters = context.house, views.chapters(context, episode)
    series = house.series.get(episode.series or "")
    return framed(
        context,
        context.addresses.episode(episode) + "index.html",
        "episode.html",
        episode.title,
        kind=series.title if series else "",
        description=episode.summary,
        image=views.shared(context, episode),
        data=views.episode_data(context, episode),
        translations=around.translations,
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
        links=links,
        dated=views.dated(links),
        figures=views.figures(context, episode),
        licence=views.Anchor(house.licence(episode).url, house.licence(episode).name),
        related=tuple(views.row(context, other) for other in around.related),
        newer=views.row(context, newer) if newer else None,
        older=views.row(context, older) if older else None,
        embed=embed.snippet(context, episode),
        embed_href=context.href(context.addresses.embed(episode)),
        audio=views.player(context, episode, chapters),
        chapters=chapters,
        label=views.label(context, episode),
        transcripts=views.transcript_links(context, episode),
    )


def _own_files(context: Context, episode: Episode) -> Iterator[Document | Made]:
    """Citations, the picture for where its address is shared, the transcript in every format."""
    for suffix, (_, write) in CITATIONS.items():
        path = context.addresses.citation(episode, suffix)
        yield Document(path, write(context, episode).encode())
    card = views.card(context, episode)
    yield Made(context.addresses.card(card.mark), card.draw)
    transcript = context.house.of(episode).transcript
    for row in PUBLISHED if transcript else ():
        if transcript:
            path = context.addresses.transcript(episode, row.suffix)
            yield Document(path, row.write(transcript, context.names).encode())


def _citation_links(context: Context, episode: Episode) -> Iterator[views.Anchor]:
    for suffix, (title, _) in CITATIONS.items():
        yield views.Anchor(context.href(context.addresses.citation(episode, suffix)), title)
