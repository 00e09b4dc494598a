"""A public house → every file of its site, in units; a file each for the kinds of pages."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.website.context import Context
from pipeline.website.planned import Listed, Unit
from pipeline.website.planning import (
    archive,
    content,
    embed,
    episode,
    moved,
    people,
    search,
    series,
    sitemap,
    start,
    subscribe,
    topics,
    withdrawn,
)
from pipeline.website.planning.article import TEXT, article, listed, texts
from pipeline.website.planning.books import book
from pipeline.website.planning.episode import Beside
from pipeline.website.planning.plan import Known, Plan

__all__ = ["TEXT", "Beside", "Known", "article", "book", "listed", "texts", "units"]


def units(context: Context, known: Known, beside: Beside) -> Iterator[Unit]:
    """Every page, what lies beside episodes, the search index, and what stands where something was.

    `beside` makes the files of an episode that come from elsewhere than its texts: sound, pictures, words.
    """
    plan, pages = Plan(context, known), list[Listed]()
    for one in _units(plan, beside):
        if one.page:
            pages.append(one.page)
        yield one
    yield sitemap.unit(plan, pages)
    yield from moved.units(plan, pages)
    yield from withdrawn.units(plan)


def _units(plan: Plan, beside: Beside) -> Iterator[Unit]:
    yield start.unit(plan)
    yield from episode.units(plan, beside)
    yield from archive.units(plan)
    yield from topics.units(plan)
    yield from people.units(plan)
    yield from series.units(plan)
    yield from search.units(plan)
    yield from subscribe.units(plan)
    yield from content.units(plan)
    yield from embed.units(plan)
