"""The house's own pages (imprint, privacy, …) and the page for what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from pipeline import models
from pipeline.messages import msg
from pipeline.models import Episode
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Page, Unit
from pipeline.website.planning.frame import framed, html
from pipeline.website.planning.plan import Plan
from pipeline.website.planning.statement import statement

MISSING = "404.html"
STATEMENT = "barrierefreiheit"
"""The page that is made from what podcast.toml says about accessibility, and from the episodes."""
EASY, SIGNED = "leichte-sprache", "gebaerdensprache"
"""The pages that list the episodes with a text in easy language, and with a video in sign language."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An episode in such a list: where it leads, what is said of it, its video."""

    href: str
    row: views.Row
    lines: tuple[str, ...]
    video: views.Video | None


def units(plan: Plan) -> Iterator[Unit]:
    """`/impressum/` …: a page for every file in content/pages; and what a server shows with status 404."""
    context, translations = plan.context, views.page_translations(plan.context)
    for id_, page in sorted(context.house.pages.items()):
        shown = tuple(_concerned(context, id_))
        own = context.only(shown)
        said = statement(context.only(shown)) if id_ == STATEMENT else None
        yield plan.page(
            context.addresses.page(id_) + "index.html",
            "statement.html" if id_ == STATEMENT else "page.html",
            partial(page_of, own, page, translations.get(id_, ())),
            title=page.title,
            translations=translations.get(id_, ()),
            text=page,
            versions=translations.get(id_, ()),
            statement=said,
            episodes=(plan.listed(shown), [plan.known.own(one) for one in shown]),
        )
    yield plan.page(
        MISSING,
        MISSING,
        lambda: framed(context.only(()), MISSING, MISSING, msg("Page not found")),
        title=msg("Page not found"),
        mapped=False,
    )


def _concerned(context: Context, id_: str) -> Iterator[Episode]:
    """The episodes that a page lists below its text, or names in it."""
    for episode in context.house.episodes:
        if (
            (id_ == EASY and episode.summary_easy)
            or (id_ == SIGNED and episode.sign_language)
            or (id_ == STATEMENT and episode.transcript_exception)
        ):
            yield episode


def page_of(context: Context, page: models.Page, translations: tuple[views.Translation, ...]) -> Page:
    """A page of the house; `context` holds the episodes that it lists."""
    id_ = page.id
    return framed(
        context,
        context.addresses.page(id_) + "index.html",
        "statement.html" if id_ == STATEMENT else "page.html",
        page.title,
        description=page.description,
        translations=translations,
        id=id_,
        text_language=page.language or "",
        body=html(page.about),
        statement=statement(context) if id_ == STATEMENT else None,
        listed=tuple(_listed(context, id_)),
    )


def _listed(context: Context, id_: str) -> Iterator[Listed]:
    """The episodes that a page lists below its text, newest first; each leads to what is meant."""
    for episode in context.house.episodes if id_ in {EASY, SIGNED} else ():
        lines = views.easy(episode) if id_ == EASY else ()
        video = views.sign_language(context, episode) if id_ == SIGNED else None
        if lines or video:
            row = views.row(context, episode)
            anchor, said = ("leicht", lines) if lines else ("gebaerdensprache", (row.summary,))
            yield Listed(f"{row.href}#{anchor}", row, said, video)
