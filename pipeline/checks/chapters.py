"""Rules for chapters."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from pipeline.checks.rules import APPLE, MUST, SHOULD, Finding, Rule, in_episode, length_s
from pipeline.messages import clock_text, msg
from pipeline.models import Episode, House

CHAPTERS = 3
CHAPTER_SECONDS = 10


def rise(house: House) -> Iterator[Finding]:
    """Chapters start at 0, rise, and none starts past the end."""
    for episode in house.episodes:
        yield from _rise(episode, length_s(house, episode))


def _rise(episode: Episode, end_s: float | None) -> Iterator[Finding]:
    starts = [chapter.start for chapter in episode.chapters]
    if starts and starts[0] != 0:
        message = msg("The first chapter does not start at 0:00.")
        yield in_episode(episode, "chapters.0.start", message, msg("Add one: start: 0:00, title: Begrüßung"))
    for position, (before, start) in enumerate(itertools.pairwise(starts), 1):
        if start <= before:
            message = msg(
                "The chapter at {time} does not come after the one before it.", time=clock_text(start)
            )
            hint = msg("Put the chapters in the order of time.")
            yield in_episode(episode, f"chapters.{position}.start", message, hint)
    for position, start in enumerate(starts):
        if end_s and start >= end_s:
            message = msg(
                "The chapter at {time} starts after the end ({end}).",
                time=clock_text(start),
                end=clock_text(end_s),
            )
            hint = msg("Times are written h:mm:ss or mm:ss.")
            yield in_episode(episode, f"chapters.{position}.start", message, hint)


def useful(house: House) -> Iterator[Finding]:
    """Apps show chapters best from three on, at least ten seconds apart."""
    for episode in house.episodes:
        starts = [chapter.start for chapter in episode.chapters]
        if starts and len(starts) < CHAPTERS:
            message = msg("Fewer than three chapters: apps may leave them out.")
            yield in_episode(episode, "chapters", message, msg("Add chapters, or leave them out."))
        for position, (before, after) in enumerate(itertools.pairwise(starts), 1):
            if 0 < after - before < CHAPTER_SECONDS:
                message = msg("Two chapters are less than ten seconds apart.")
                hint = msg("Make one of the two.")
                yield in_episode(episode, f"chapters.{position}.start", message, hint)


RULES: tuple[Rule, ...] = (
    Rule("chapters-rise", MUST, "Podcasting 2.0, chapters/jsonChapters.md",
         msg("Apps jump by these times: out of order or past the end, the jump fails."), rise),
    Rule("chapters-useful", SHOULD, f"{APPLE}, chapters",
         msg("Too few or too short chapters help nobody to find a passage; some apps hide them."), useful),
)  # fmt: skip
