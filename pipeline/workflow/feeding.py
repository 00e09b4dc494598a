"""The step that writes the feeds: only what is due is made, from the items that are known already."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path

from pipeline import feed, project, website
from pipeline.models import FEED_STYLE, House, redirects
from pipeline.project import Record

NAME = "feeds"


class Feeds:
    """The feeds of a public house, in an output folder."""

    def __init__(
        self, root: Path, house: House, output: Path, marks: Mapping[str, str] | None = None
    ) -> None:
        self._root, self._house, self._output = root, house, output
        styled = (project.theme(root) / "static" / Path(FEED_STYLE).name).is_file()
        self._documents = feed.plan(house, styled=styled, marks=marks or {})

    @property
    def unit(self) -> website.Unit:
        """All documents of all feeds; each is made only where it is due."""
        inputs = {"episodes": website.digest([(one.page.path, one.key) for one in self._documents])}
        led = redirects(self._house)
        return website.Unit(NAME, {**inputs, "addresses": website.digest(led)}, self._files)

    @property
    def keys(self) -> dict[str, str]:
        """By path, with which key the documents were made that lie there."""
        return {path: record.key for path, record in self._kept.items()}

    def begin(self) -> None:
        """Take back what is known of documents that are about to change: a kill leaves nothing untrue."""
        project.save_records(self._root, self._output, self._kept)

    def end(self, written: Collection[str]) -> None:
        """Hold new archive pages against one another, note what is there; BuildError for a broken chain."""
        _read_chains(self._documents, set(written), self._output)
        now = {one.page.path: self._kept.get(one.page.path) or self._record(one) for one in self._documents}
        project.save_records(self._root, self._output, now)

    @cached_property
    def _records(self) -> dict[str, Record]:
        return project.load_records(self._root, self._output)

    @cached_property
    def _kept(self) -> dict[str, Record]:
        keys = {one.page.path: one.key for one in self._documents}
        return {path: record for path, record in self._records.items() if record.key == keys.get(path)}

    def _files(self) -> Iterator[website.Planned]:
        known: dict[str, bytes] = {}
        files = [
            website.Keyed(one.page.path, one.key, partial(self._make, one, known)) for one in self._documents
        ]
        yield from (*files, *website.again(files, redirects(self._house)))

    def _make(self, document: feed.Document, known: dict[str, bytes]) -> bytes:
        record = self._records.get(document.page.path)
        if record:
            known |= _recalled(self._output / document.page.path, record)
        return feed.make(document, known)

    def _record(self, document: feed.Document) -> Record:
        data = (self._output / document.page.path).read_bytes()
        return Record(document.key, hashlib.sha256(data).hexdigest(), document.marks)


def write(root: Path, house: House, output: Path) -> tuple[tuple[str, bool], ...]:
    """Write the feeds alone: the path of every document, and whether its bytes are new."""
    feeds = Feeds(root, house, output)
    writer = website.Writer(output, website.Templates(project.theme(root)), feeds.keys)
    feeds.begin()
    files = tuple(file for one in feeds.unit.make() for file in writer.write(one))
    feeds.end([path for path, new in files if new])
    return files


def _recalled(path: Path, record: Record) -> dict[str, bytes]:
    """The items of a document that lies there as it was written, by their marks."""
    data = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(data).hexdigest() != record.sha256:
        return {}
    return dict(zip(record.marks, feed.parts(data)[1], strict=True))


def _read_chains(documents: Sequence[feed.Document], written: set[str], output: Path) -> None:
    """Hold the documents of each feed against one another, where an archive page is new."""
    for pages in _chains(documents):
        if any(page.archive and page.path in written for page in pages):
            feed.read_chain({page.path: (output / page.path).read_bytes() for page in pages})


def _chains(documents: Sequence[feed.Document]) -> Iterator[tuple[feed.Page, ...]]:
    for path in dict.fromkeys(one.page.feed.path for one in documents):
        yield tuple(one.page for one in documents if one.page.feed.path == path)
