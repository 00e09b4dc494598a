"""What was done to a transcript so far: which deeds can be taken back or done again, across sessions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.transcripts.deeds import Clash, Deed, Effect, Kind


@dataclass(frozen=True, slots=True)
class Record:
    """A deed as it was carried out: when, and what an undo brings back."""

    deed: Deed
    at: datetime
    effects: tuple[Effect, ...]


@dataclass(slots=True)
class History:
    """Grows by what the journal says, in its order.

    `undo` and `redo` hold keys, the newest last. `open` are deeds that may not have reached the files;
    `known` are the ids of sentences that are gone, or that two people made at once.
    """

    records: dict[str, Record] = field(default_factory=dict)
    undo: list[str] = field(default_factory=list)
    redo: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def add(self, record: Record) -> None:
        """A deed was accepted."""
        deed, key = record.deed, root(record.deed, self.records)
        self.records[deed.key] = record
        self.open.append(deed.key)
        self.known.update(change.id for change in deed.changes if change.after is None)
        if deed.kind is Kind.NOTE:
            return
        if deed.kind is Kind.DO:
            self.redo.clear()
        for stack in (self.undo, self.redo):
            if key in stack:
                stack.remove(key)
        if key in self.records:  # a window may take back what a journal that began anew has forgotten
            (self.redo if deed.kind is Kind.UNDO else self.undo).append(key)

    def clashed(self, clash: Clash) -> None:
        """Two people made something else of one sentence: either may choose."""
        self.known.add(clash.id)

    def written(self) -> None:
        """All that was accepted stands in the files."""
        self.open.clear()


def root(deed: Deed, records: Mapping[str, Record]) -> str:
    """The key of the deed that is done, taken back or done again."""
    seen = {deed.key}
    while deed.of and deed.of not in seen:
        seen.add(deed.of)
        if deed.of not in records:
            return deed.of
        deed = records[deed.of].deed
    return deed.key


def back(deed: Deed, records: Mapping[str, Record]) -> dict[str, Effect]:
    """What an undo or redo brings back, by sentence; nothing for a new deed, or a forgotten one."""
    record = records.get(root(deed, records)) if deed.of else None
    effects = record.effects if record else ()
    return {one.id: one.reversed if deed.kind is Kind.UNDO else one for one in effects}
