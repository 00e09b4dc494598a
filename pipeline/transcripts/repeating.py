"""The same again and again: where a row of words or sentences goes round in a loop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST = 12
"""Words, or sentences, of a part that is looked for again right after itself."""


@dataclass(frozen=True, slots=True)
class Loop:
    """A part of `size` entries that stands `times` times in a row, first at `start`."""

    start: int
    size: int
    times: int

    @property
    def end(self) -> int:
        """The entry after the last repetition."""
        return self.start + self.size * self.times


def loops(entries: Sequence[str], *, times: int, entries_least: int) -> Iterator[Loop]:
    """Parts that stand at least `times` times in a row and are together at least `entries_least` long."""
    at = 0
    while at < len(entries):
        loop = max(_at(entries, at), key=lambda one: one.times * one.size, default=None)
        if loop is not None and loop.times >= times and loop.end - loop.start >= entries_least:
            yield loop
            at = loop.end
        else:
            at += 1


def _at(entries: Sequence[str], start: int) -> Iterator[Loop]:
    for size in range(1, min(LONGEST, (len(entries) - start) // 2) + 1):
        part, times = entries[start : start + size], 1
        while entries[start + times * size : start + (times + 1) * size] == part:
            times += 1
        if times > 1:
            yield Loop(start, size, times)
