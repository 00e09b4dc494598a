"""Two feeds, one after the other in time → what changes for people who subscribed to the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.feed.shown import ShownFeed, ShownItem

FIELDS: dict[str, Callable[[ShownItem], object]] = {
    # what changed in an episode that stays: what is compared
    "audio": lambda item: (item.url, item.bytes),
    "moved": lambda item: (item.date, item.season, item.number),
    "title": lambda item: item.title,
    "notes": lambda item: item.notes,
    "duration": lambda item: item.duration_s,
    "chapters": lambda item: item.chapters,
    "transcripts": lambda item: item.transcripts,
    "people": lambda item: item.people,
    "image": lambda item: item.image,
}
HARMFUL = frozenset({"gone", "looks_new"})
SHOW_FIELDS = ("guid", "address", "moved_to", "title", "image", "language")
_SAME: tuple[Callable[[ShownItem], str], ...] = (
    lambda item: item.url,
    lambda item: item.title.casefold(),
)
"""What gives an episode away though its guid is another, the surest first."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one episode: `new`, `gone`, `looks_new`, or a key of `FIELDS`.

    `looks_new`: the same episode by its audio address or title, with another guid: apps show it twice.
    """

    kind: str
    before: ShownItem | None = None
    after: ShownItem | None = None

    @property
    def item(self) -> ShownItem:
        """The episode as it is now, else as it was."""
        item = self.after or self.before
        assert item is not None  # noqa: S101 (a change has one of them)
        return item


@dataclass(frozen=True, slots=True)
class ShowChange:
    """What happened to the podcast itself: a field of `SHOW_FIELDS`, its value before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changes for listeners; `before` and `after` count the episodes."""

    show: tuple[ShowChange, ...]
    items: tuple[Change, ...]
    before: int
    after: int

    @property
    def harmful(self) -> bool:
        """Whether listeners lose an episode, get one twice, or directories take it for another podcast."""
        lost = any(change.kind in HARMFUL for change in self.items)
        return lost or any(change.field == "guid" and change.before for change in self.show)


def compare(old: ShownFeed, new: ShownFeed) -> Changes:
    """What changes from `old` to `new`: the podcast, then the episodes, kind by kind, newest first."""
    before = {item.guid: item for item in old.items}
    after = {item.guid: item for item in new.items}
    lost = [item for guid, item in before.items() if guid not in after]
    fresh = [item for guid, item in after.items() if guid not in before]
    again = _again(lost, fresh)
    twins = {item.guid for item in again.values()}
    found = [Change("gone", before=item) for item in lost if item.guid not in again]
    found += [Change("looks_new", item, again[item.guid]) for item in lost if item.guid in again]
    found += [Change("new", after=item) for item in fresh if item.guid not in twins]
    for kind, value in FIELDS.items():
        kept = ((item, after[guid]) for guid, item in before.items() if guid in after)
        found += [Change(kind, was, now) for was, now in kept if value(was) != value(now)]
    return Changes(tuple(_show(old, new)), tuple(found), len(before), len(after))


def _again(lost: list[ShownItem], fresh: list[ShownItem]) -> dict[str, ShownItem]:
    """The lost guid → the new episode that is the same one; each is found once."""
    found: dict[str, ShownItem] = {}
    taken: set[str] = set()
    for mark in _SAME:
        known = {mark(item): item for item in reversed(fresh) if item.guid not in taken and mark(item)}
        for item in lost:
            twin = known.get(mark(item)) if item.guid not in found else None
            if twin and twin.guid not in taken:
                found[item.guid] = twin
                taken.add(twin.guid)
    return found


def _show(old: ShownFeed, new: ShownFeed) -> Iterator[ShowChange]:
    for field in SHOW_FIELDS:
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield ShowChange(field, before, after)
