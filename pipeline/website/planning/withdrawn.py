"""What stands where an episode was that was taken back for good: a notice, and marks for the web server."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.messages import msg
from pipeline.models import GONE
from pipeline.transcripts import PUBLISHED
from pipeline.website.context import Context
from pipeline.website.planned import Document, Page
from pipeline.website.planning.frame import framed


def pages(context: Context) -> Iterator[Page]:
    """A page at every address that the episode had; search engines leave it out, and it names nobody."""
    for path in _pages(context):
        yield framed(context, f"{path}index.html", "withdrawn.html", msg("This episode was withdrawn"))


def marks(context: Context) -> Iterator[Document]:
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
