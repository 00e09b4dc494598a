"""The house's own pages (imprint, privacy, …) and the page for what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.messages import msg
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Page
from pipeline.website.planning.frame import framed, html
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


def pages(context: Context) -> Iterator[Page]:
    """`/impressum/` …: a page for every file in content/pages."""
    translations = views.page_translations(context)
    for id_, page in sorted(context.house.pages.items()):
        path = context.addresses.page(id_) + "index.html"
        yield framed(
            context,
            path,
            "statement.html" if id_ == STATEMENT else "page.html",
            page.title,
            description=page.description,
            translations=translations.get(id_, ()),
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


def missing(context: Context) -> Page:
    """What a server shows with status 404; its links hold from every address."""
    return framed(context, MISSING, MISSING, msg("Page not found"))
