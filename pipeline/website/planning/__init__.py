"""A public house → every page of its site, as values; a file each for the kinds of pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from pipeline.models import Edition, House
from pipeline.transcripts import PUBLISHED
from pipeline.website.context import Context, context
from pipeline.website.planned import Document, Planned
from pipeline.website.planning import archive, content, episode, people, series, sitemap, start, topics
from pipeline.website.planning.relation import related

__all__ = ["plan", "related"]


def plan(house: House, editions: Mapping[str, Edition], *, today: date) -> tuple[Planned, ...]:
    """Pages and transcript files; `editions` are the published audio files by episode id."""
    made = context(house, editions, today)
    pages = (
        start.page(made),
        *episode.pages(made),
        *archive.pages(made),
        *topics.pages(made),
        *people.pages(made),
        *series.pages(made),
        *content.pages(made),
        content.missing(made),
    )
    return (*pages, sitemap.page(made, pages), *_transcripts(made))


def _transcripts(context: Context) -> Iterator[Document]:
    for one in context.house.episodes:
        transcript = context.house.of(one).transcript
        for row in PUBLISHED if transcript else ():
            if transcript:
                path = context.addresses.transcript(one, row.suffix)
                yield Document(path, row.write(transcript, context.names).encode())
