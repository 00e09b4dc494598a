"""What long work says of itself while it runs; the front doors draw it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.messages import Message


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on the way: `start`, `piece`, `voices`, `done` or `warning`; seconds of audio.

    `voices` counts from 0 again: who speaks is found out after what is said. `kept_s` of what is done came
    from an earlier run, so that speed can be told from the rest.
    """

    kind: str
    episode: str
    done_s: float = 0.0
    of_s: float = 0.0
    kept_s: float = 0.0
    message: Message | None = None


Report = Callable[[Event], object]
"""What is told of the way."""


@dataclass(slots=True)
class Pace:
    """How fast an episode goes; what an earlier run had done does not count. `clock` gives seconds."""

    clock: Callable[[], float]
    began: float

    def rate(self, done_s: float, kept_s: float) -> float | None:
        """Seconds of audio in a second; None while nothing is measured."""
        heard_s = done_s - kept_s
        if heard_s <= 0:
            self.began = self.clock()
        elapsed = self.clock() - self.began
        return heard_s / elapsed if heard_s > 0 and elapsed > 0 else None
