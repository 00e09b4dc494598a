"""The pages of a feed, from the web or from a file, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from pipeline import moving, project
from pipeline.errors import ForeignFeedError, MisuseError
from pipeline.messages import msg

FEED_BYTES = 200_000_000
MOST_PAGES = 500


def pages(
    source: str, fetcher: moving.Fetcher, told: Callable[[str, int], None]
) -> Iterator[tuple[str, moving.Document]]:
    """Each page with its address, newest first: it leads to the next older one (RFC 5005 § 3, 4).

    A page that was there already ends them. HdwError if one cannot be had: half a podcast is none.
    """
    if "://" not in source:
        yield "", _alone(_parsed(_read(Path(source)), source))
        return
    seen: set[str] = set()
    address = source
    while address and address not in seen:
        if len(seen) == MOST_PAGES:
            raise ForeignFeedError(msg("The feed has more than {n} pages.", n=MOST_PAGES), where=address)
        seen.add(address)
        told(address, len(seen))
        page = fetcher.get(address, most=FEED_BYTES)
        document = _parsed(page.data, page.address)
        yield page.address, document
        further = moving.next_page(document.channel)
        address = moving.joined(page.address, further) if further else ""


def _alone(page: moving.Document) -> moving.Document:
    """A page out of a file, with a note where the feed has further ones: they may be gone with its host."""
    further = moving.next_page(page.channel)
    said = msg("The file is one page of the feed; older episodes stand in {address}.", address=further)
    return replace(page, notes=(*page.notes, said)) if further else page


def _read(file: Path) -> bytes:
    if file.is_dir():
        raise MisuseError(
            msg("This is a folder; a feed is an address or a file."),
            where=file,
            hint=msg("A house of this program needs no import: it can be copied as it is."),
        )
    return project.read_bytes(file)


def _parsed(data: bytes, where: str) -> moving.Document:
    try:
        decoded = moving.decoded(data)
        document = moving.parse(decoded.text)
    except ForeignFeedError as error:
        raise ForeignFeedError(error.message, where=where, hint=error.hint) from error
    return moving.Document(document.channel, document.items, (*decoded.notes, *document.notes))
