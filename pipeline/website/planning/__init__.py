"""A public house → every page of its site, as values; a file each for the kinds of pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from pipeline.models import Edition, House
from pipeline.transcripts import PUBLISHED
from pipeline.website.context import Context, context
from pipeline.website.planned import Document, Page, Planned
from pipeline.website.planning import (
    archive,
    books,
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
from pipeline.website.planning.relation import related

__all__ = ["TEXT", "article", "listed", "plan", "related", "texts"]


def plan(
    house: House,
    editions: Mapping[str, Edition],
    *,
    today: date,
    words: Mapping[str, str],
    sources: Mapping[str, Path],
) -> tuple[Planned, ...]:
    """Pages and transcript files.

    By episode id, `editions` are the published audio files, `words` the paths of the files of word times;
    `sources` are the files of pictures by the digest of their content.
    """
    made = context(house, editions, today, words)
    searched = search.planned(made)
    pages = (
        start.page(made),
        *episode.pages(made),
        *archive.pages(made),
        *topics.pages(made),
        *people.pages(made),
        *series.pages(made),
        *(one for one in searched if isinstance(one, Page)),
        *subscribe.pages(made),
        *content.pages(made),
        content.missing(made),
    )
    embedded = tuple(embed.pages(made))
    return (
        *pages,
        *(one for one in searched if not isinstance(one, Page)),
        *embedded,
        sitemap.page(made, pages),
        *moved.pages(made, (*pages, *embedded)),
        *withdrawn.pages(made),
        *withdrawn.marks(made),
        *episode.files(made),
        *_transcripts(made),
        *books.files(made, sources),
    )


def _transcripts(context: Context) -> Iterator[Document]:
    for one in context.house.episodes:
        transcript = context.house.of(one).transcript
        for row in PUBLISHED if transcript else ():
            if transcript:
                path = context.addresses.transcript(one, row.suffix)
                yield Document(path, row.write(transcript, context.names).encode())
