"""What long work says of itself while it runs; the front doors draw it."""

from __future__ import annotations

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
