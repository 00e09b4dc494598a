"""What stands where an episode was that was taken back for good: a notice, and marks for the web server."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pipeline.messages import msg
from pipeline.models import GONE
from pipeline.transcripts import PUBLISHED
from pipeline.website.context import Context
from pipeline.website.index import digest
from pipeline.website.planned import Document, Page, Unit
from pipeline.website.planning.frame import framed
from pipeline.website.planning.plan import Plan

TEMPLATE = "withdrawn.html"


def units(plan: Plan) -> Iterator[Unit]:
    """A page at every address that the episode had; search engines leave it out, and it names nobody.

    Beside it, and beside every file that it had, an empty one tells the web server.
    """
    context = plan.context.only(())
    for path in _pages(context):
        yield Unit(f"{path}index.html", {"settings": plan.frame}, partial(_page, context, path), (TEMPLATE,))
    marks = tuple(_marks(context))
    if marks:
        yield Unit(GONE, {"withdrawn": digest([one.path for one in marks])}, partial(tuple, marks))


def _page(context: Context, path: str) -> tuple[Page]:
    return (framed(context, f"{path}index.html", TEMPLATE, msg("This episode was withdrawn")),)


def _marks(context: Context) -> Iterator[Document]:
    """Empty files beside what was there: the web server answers 410 Gone (RFC 9110, § 15.5.11)."""
    for path in _pages(context):
        yield Document(f"{path}{GONE}", b"")
    for entry in context.house.ledger.withdrawn:
        for slug in entry.slugs:
            for row in PUBLISHED:
                yield Document(f"{context.addresses.transcript_of(slug, row.suffix)}{GONE}", b"")
        for edition in entry.editions:
            path = context.addresses.below(edition.url)
            if path:
                yield Document(f"{path}{GONE}", b"")


def _pages(context: Context) -> Iterator[str]:
    for entry in context.house.ledger.withdrawn:
        for slug in entry.slugs:
            yield context.addresses.episode_of(slug)
            yield context.addresses.embed_of(slug)
