"""What listeners were sent, added up in flat memory: twenty bytes a listener and place."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Any

WHOLE = 1_000_000
"""The credit of a download: what one minute needs was sent, in millionths."""
_BATCH = 1 << 20


@dataclass(slots=True)
class Tally:
    """Credits by listener and place (numbers of 64 bits), as columns of numbers.

    New ones wait in a batch. A full batch is sorted into the rest, where equal ones become one; batches grow
    with the rest, so that sorting stays a small part of the work.
    """

    listeners: array[int] = field(default_factory=lambda: array("Q"))
    places: array[int] = field(default_factory=lambda: array("Q"))
    credits: array[int] = field(default_factory=lambda: array("I"))
    _joined: Any = None

    def add(self, listener: int, place: int, credit: int) -> None:
        """Add to a listener's credit at a place; more than `WHOLE` counts as `WHOLE`."""
        self.listeners.append(listener)
        self.places.append(place)
        self.credits.append(min(credit, WHOLE))
        if len(self.listeners) >= max(_BATCH, self._kept // 2):
            self._join()

    def columns(self) -> tuple[Any, Any, Any]:
        """Listeners, places and credits as numpy arrays of one length, each pair once."""
        self._join()
        return self._joined[0], self._joined[1], self._joined[2]

    @property
    def _kept(self) -> int:
        return 0 if self._joined is None else len(self._joined[0])

    def _join(self) -> None:
        import numpy as np  # noqa: PLC0415 (heavy)

        new: Any = (
            np.array(self.listeners, dtype=np.uint64),
            np.array(self.places, dtype=np.uint64),
            np.array(self.credits, dtype=np.uint32),
        )
        self.listeners, self.places, self.credits = array("Q"), array("Q"), array("I")
        old: Any = self._joined if self._joined is not None else tuple(one[:0] for one in new)
        self._joined = None
        columns: Any = [np.concatenate(pair) for pair in zip(old, new, strict=True)]
        order = np.lexsort((columns[1], columns[0]))
        listeners, places, credited = (column[order] for column in columns)
        first = np.ones(len(order), dtype=bool)
        first[1:] = (listeners[1:] != listeners[:-1]) | (places[1:] != places[:-1])
        starts = np.flatnonzero(first)
        sums = np.add.reduceat(credited, starts, dtype=np.uint64) if len(starts) else credited
        self._joined = listeners[starts], places[starts], np.minimum(sums, WHOLE).astype(np.uint32)
