"""The step that writes the feeds: only what is due is made, from the items that are known already."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from pipeline import feed, project, website
from pipeline.models import FEED_STYLE, House, redirects
from pipeline.project import Record
from pipeline.workflow import editions


def write(root: Path, house: House, planned: Iterable[website.Planned], output: Path) -> website.Report:
    """Write the site with its feeds; BuildError if a feed breaks a rule, before any page is written.

    What is known of the feeds in `output` is taken back before they change: a kill leaves nothing untrue.
    """
    theme = project.theme(root)
    styled = (theme / "static" / Path(FEED_STYLE).name).is_file()
    documents = feed.plan(house, editions.editions(house), styled=styled)
    records = project.load_records(root, output)
    keys = {one.page.path: one.key for one in documents}
    kept = {path: record for path, record in records.items() if record.key == keys.get(path)}
    project.save_records(root, output, kept)
    known: dict[str, bytes] = {}
    feeds = [
        website.Keyed(one.page.path, one.key, partial(_make, one, records.get(one.page.path), output, known))
        for one in documents
    ]
    stand = {path: record.key for path, record in kept.items()}
    moved = website.again(feeds, redirects(house))
    report = website.write((*feeds, *moved, *planned), output, theme, keys=stand)
    _read_chains(documents, {*report.written}, output)
    now = {one.page.path: kept.get(one.page.path) or _record(one, output) for one in documents}
    project.save_records(root, output, now)
    return report


def _make(document: feed.Document, record: Record | None, output: Path, known: dict[str, bytes]) -> bytes:
    if record:
        known |= _recalled(output / document.page.path, record)
    return feed.make(document, known)


def _recalled(path: Path, record: Record) -> dict[str, bytes]:
    """The items of a document that lies there as it was written, by their marks."""
    data = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(data).hexdigest() != record.sha256:
        return {}
    return dict(zip(record.marks, feed.parts(data)[1], strict=True))


def _record(document: feed.Document, output: Path) -> Record:
    data = (output / document.page.path).read_bytes()
    return Record(document.key, hashlib.sha256(data).hexdigest(), document.marks)


def _read_chains(documents: Sequence[feed.Document], written: set[str], output: Path) -> None:
    """Hold the documents of each feed against one another, where an archive page is new."""
    for pages in _chains(documents):
        if any(page.archive and page.path in written for page in pages):
            feed.read_chain({page.path: (output / page.path).read_bytes() for page in pages})


def _chains(documents: Sequence[feed.Document]) -> Iterator[tuple[feed.Page, ...]]:
    for path in dict.fromkeys(one.page.feed.path for one in documents):
        yield tuple(one.page for one in documents if one.page.feed.path == path)
