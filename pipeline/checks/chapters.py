"""Rules for chapters."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from pipeline.checks.rules import MUST, SHOULD, Finding, Rule, in_episode, length_s
from pipeline.messages import clock_text, msg
from pipeline.models import Chapter, Episode, House

CHAPTERS = 3
CHAPTER_SECONDS = 10
CHARACTERS = 40
APART_S = 1.0
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")
SPOTIFY = "Spotify, Creating and managing chapters"


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


def short(house: House) -> Iterator[Finding]:
    """A chapter's title fits into the lists of apps."""
    for episode in house.episodes:
        for position, chapter in enumerate(episode.chapters):
            if len(chapter.title) > CHARACTERS:
                message = msg("The title of the chapter has {n} characters.", n=len(chapter.title))
                hint = msg("Up to {n} fit into the lists of apps.", n=CHARACTERS)
                yield in_episode(episode, f"chapters.{position}.title", message, hint)


def in_audio(house: House) -> Iterator[Finding]:
    """The published audio file has the chapters of the front matter."""
    for episode in house.episodes:
        inside = house.of(episode).edition_chapters
        if inside is not None and not _alike(episode.chapters, inside):
            message = msg("The published audio file has other chapters than these.")
            hint = msg("Listeners of the file keep the old ones until it is made anew.")
            yield in_episode(episode, "chapters", message, hint)


def _alike(chapters: Sequence[Chapter], others: Sequence[Chapter]) -> bool:
    """Whether two lists say the same, their moments to the second."""
    return len(chapters) == len(others) and all(
        abs(one.start - other.start) <= APART_S and _words(one.title) == _words(other.title)
        for one, other in zip(chapters, others, strict=True)
    )


def _words(title: str) -> list[str]:
    """What tags keep of a title: no runs of spaces, nothing that looks like markup."""
    return _MARKUP.sub("", title).split()


RULES: tuple[Rule, ...] = (
    Rule("chapters-in-audio", SHOULD, "Podcasting 2.0, tags/chapters.md",
         msg("Some apps read chapters from the file, others from the feed: both should show the same."),
         in_audio),
    Rule("chapters-rise", MUST, "Podcasting 2.0, chapters/jsonChapters.md",
         msg("Apps jump by these times: out of order or past the end, the jump fails."), rise),
    Rule("chapters-short", SHOULD, f"{SPOTIFY}, Tips on chapter naming",
         msg("Lists of chapters are skimmed; what is too long is cut off on a phone."), short),
    Rule("chapters-useful", SHOULD, f"{SPOTIFY}, Adding or removing timestamps",
         msg("Too few or too short chapters help nobody to find a passage; some apps hide them."), useful),
)  # fmt: skip
