"""Where the moments of a recording lie in another one of the same talk."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

APART_S = 0.3
"""Offsets that differ by more are two: Whisper's word times are a tenth or two of a second off."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A stretch that both recordings have: from `old_s` of the one and `new_s` of the other, in seconds."""

    old_s: float
    new_s: float
    length_s: float

    @property
    def old_end_s(self) -> float:
        """Where it ends in the old recording."""
        return self.old_s + self.length_s

    @property
    def new_end_s(self) -> float:
        """Where it ends in the new one."""
        return self.new_s + self.length_s


@dataclass(frozen=True, slots=True)
class Moves:
    """Where every moment of a recording of `old_s` seconds lies in another one of `new_s` seconds.

    Kept stretches stand in the order of time, and neither overlaps another in the old or the new recording.
    """

    kept: tuple[Kept, ...]
    old_s: float
    new_s: float

    def moved(self, moment_s: float, *, ends: bool = False) -> float | None:
        """Where a moment lies now; None if it was cut.

        Where two stretches meet, what begins there belongs to the later one, what `ends` there to the other.
        """
        for one in reversed(self.kept) if not ends else self.kept:
            if one.old_s <= moment_s <= one.old_end_s:
                return min(one.new_s + (moment_s - one.old_s), one.new_end_s)
        return None

    def nearest(self, moment_s: float, *, ends: bool = False) -> float:
        """The same, and for a moment that was cut the place of the cut."""
        found = self.moved(moment_s, ends=ends)
        if found is not None:
            return found
        at = bisect_right(self.kept, moment_s, key=lambda one: one.old_s)
        if ends:
            return self.kept[at - 1].new_end_s if at else 0.0
        return self.kept[at].new_s if at < len(self.kept) else self.new_s

    def kept_s(self, start_s: float, end_s: float) -> float:
        """How many seconds between two moments were kept."""
        shared = (min(end_s, one.old_end_s) - max(start_s, one.old_s) for one in self.kept)
        return sum(length for length in shared if length > 0)

    @property
    def cut(self) -> tuple[tuple[float, float], ...]:
        """What is gone, in times of the old recording."""
        return _between([(one.old_s, one.old_end_s) for one in self.kept], self.old_s)

    @property
    def added(self) -> tuple[tuple[float, float], ...]:
        """What is new, in times of the new recording."""
        return _between([(one.new_s, one.new_end_s) for one in self.kept], self.new_s)


def _between(kept: Sequence[tuple[float, float]], end_s: float) -> tuple[tuple[float, float], ...]:
    edges = [(0.0, 0.0), *kept, (end_s, end_s)]
    gaps = ((before[1], after[0]) for before, after in pairwise(edges))
    return tuple((first, last) for first, last in gaps if last - first > APART_S)
