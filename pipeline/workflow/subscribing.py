"""Feeds as listeners' apps see them: the house's own as it would be now, the built one, and any file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from pipeline import catalog, feed, project
from pipeline.errors import HdwError, MisuseError
from pipeline.feed import ShownFeed, ShownItem
from pipeline.messages import msg
from pipeline.models import FEED, Addresses
from pipeline.workflow import choosing, planning, preparing


def own_feed(root: Path, now: datetime) -> ShownFeed:
    """The house's main feed as a build would write it now, with the audio that is made; archive pages too."""
    house = preparing.public_house(root, now)
    files = planning.feed_files(house)
    return paged(files.get, Addresses.of(house))


def built_feed(root: Path) -> ShownFeed:
    """The main feed that lies in the output folder, archive pages too."""
    output = root / project.OUTPUT
    if not (output / FEED).is_file():
        raise MisuseError(
            msg("There is no built feed yet."),
            where=f"{project.OUTPUT}/{FEED}",
            hint=msg("Build it first: hdw build"),
        )
    return paged(partial(document, output), Addresses.of(catalog.load(root)))


def document(output: Path, path: str) -> bytes | None:
    """A document of a feed as it lies in the output folder; None if it is not there."""
    return project.read_bytes(output / path) if (output / path).is_file() else None


def saved_feed(file: str) -> ShownFeed:
    """A feed in a file, that file alone."""
    if "://" in file:
        raise MisuseError(
            msg("A feed is read from a file here, not from the web: {address}", address=file),
            hint=msg("Save it first: curl -L -o feed.xml {address}", address=file),
        )
    try:
        return feed.shown(project.read_bytes(Path(file)))
    except HdwError as error:
        raise HdwError(error.message, where=Path(file), hint=error.hint) from error


def changes(root: Callable[[], Path], old: str | None, new: str | None, now: datetime) -> feed.Changes:
    """What changes for listeners from one feed file to another.

    Without `new`, to what a build would write now; without `old` too, from what lies in the output folder.
    `root` finds the house, and is asked only where one is needed.
    """
    before = saved_feed(old) if old else built_feed(root())
    return feed.compare(before, saved_feed(new) if new else own_feed(root(), now))


def found_item(shown: ShownFeed, name: str, root: Path | None) -> ShownItem:
    """The episode of that guid or last part of its link; of the house in `root` also by its folder."""
    names = {name} if root is None else {name, *_guid_of(root, name)}
    found = (i for i in shown.items if i.guid in names or i.link.rstrip("/").rpartition("/")[2] == name)
    item = next(found, None)
    if item is None:
        raise MisuseError(
            msg("The feed holds no episode {name}.", name=name), hint=msg("All its episodes: hdw feed show")
        )
    return item


def _guid_of(root: Path, name: str) -> tuple[str, ...]:
    """The guid of the house's episode of that name, unless it is a guid itself."""
    house = catalog.load(root)
    known = any(episode.guid == name for episode in house.episodes)
    return () if known else (choosing.named(house, name).guid,)


def paged(look: Callable[[str], bytes | None], addresses: Addresses) -> ShownFeed:
    """The subscription feed with the items of the pages that it leads to (RFC 5005 § 3), each page once."""
    first = feed.shown(look(FEED) or b"")
    items, page, seen = list(first.items), first, {FEED}
    while (path := page.older.removeprefix(addresses.show.address)) and path not in seen:
        seen.add(path)
        data = look(path)
        if data is None:
            break
        page = feed.shown(data)
        items += page.items
    return replace(first, items=feed.placed(items))
