"""The moments that an episode.md names (chapters, soundbites, passages of links), in another recording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline import project
from pipeline.models import Chapter, Episode, Soundbite
from pipeline.transcripts.moves import Moves
from pipeline.workflow.chaptering import start_text

LEAST_S = 1.0
"""A chapter of which less is left is gone: nobody can jump to it."""
STRETCHED_S = 0.5
"""A soundbite that is longer or shorter by more has a cut in it: it may end in the middle of a word."""


@dataclass(frozen=True, slots=True)
class MovedMoments:
    """The front matter with the new moments, and what became of those that people wrote.

    `chapters`, `soundbites` and `passages` count what has another moment now; the others name what is gone.
    """

    text: str
    chapters: int
    soundbites: int
    passages: int
    gone_chapters: tuple[Chapter, ...]
    gone_soundbites: tuple[Soundbite, ...]
    gone_passages: tuple[str, ...]


def moved_moments(text: str, episode: Episode, moves: Moves) -> MovedMoments:
    """Write every moment anew where it is spoken now; what was cut is taken out, and all else stays."""
    chapters = list(_chapters(episode.chapters, moves))
    soundbites = [_soundbite(one, moves) for one in episode.soundbites]
    passages = [None if link.passage is None else moves.moved(link.passage) for link in episode.links]
    named = [n for n, link in enumerate(episode.links) if link.passage is not None]
    text = _listed(text, "chapters", "start", dict(enumerate(chapters)))
    text = _listed(text, "soundbites", "start", dict(enumerate(soundbites)))
    text = _listed(text, "links", "passage", {n: passages[n] for n in named}, whole=False)
    return MovedMoments(
        text,
        _count([one.start for one in episode.chapters], chapters),
        _count([one.start for one in episode.soundbites], soundbites),
        _count([episode.links[n].passage for n in named], [passages[n] for n in named]),
        tuple(one for one, now in zip(episode.chapters, chapters, strict=True) if now is None),
        tuple(one for one, now in zip(episode.soundbites, soundbites, strict=True) if now is None),
        tuple(episode.links[n].title for n in named if passages[n] is None),
    )


def _chapters(chapters: tuple[Chapter, ...], moves: Moves) -> Iterator[float | None]:
    """Where each chapter starts now, None if nothing of it is left; the first one left starts the recording.

    What was put in front of everything belongs to the first chapter: apps want one that starts at 0.
    """
    starts = sorted({one.start for one in chapters})
    ends = [*starts[1:], moves.old_s]
    left = [start for start, end in zip(starts, ends, strict=False) if moves.kept_s(start, end) >= LEAST_S]
    for start in (one.start for one in chapters):
        if start not in left:
            yield None
        else:
            yield 0.0 if start == left[0] and starts[0] == 0 else moves.nearest(start)


def _soundbite(one: Soundbite, moves: Moves) -> float | None:
    """Where a soundbite starts now; None if a part of it was cut, or something put into it."""
    start_s, end_s = moves.moved(one.start), moves.moved(one.start + one.duration, ends=True)
    if start_s is None or end_s is None or abs(end_s - start_s - one.duration) > STRETCHED_S:
        return None
    return start_s


def _count(before: list[Any], now: list[float | None]) -> int:
    return sum(
        after is not None and start_text(after) != start_text(one)
        for one, after in zip(before, now, strict=True)
    )


def _listed(text: str, key: str, name: str, now: Mapping[int, float | None], *, whole: bool = True) -> str:
    """The text with new moments in a list; where one is gone, so is its entry (`whole`), or the moment alone.

    As long as nothing goes, only the moments change, and comments within the list stay.
    """
    if None not in now.values():
        values: dict[project.Steps, str] = {
            (key, n, name): start_text(_tenths(moment or 0.0)) for n, moment in now.items()
        }
        return project.with_values(text, values) if values else text
    entries = [dict(entry) for entry in project.front_values(text)[key]]
    made = list[dict[str, Any]]()
    for n, entry in enumerate(entries):
        moment = now.get(n)
        if n in now and moment is None:
            entry.pop(name)
            if whole:
                continue
        elif moment is not None:
            entry[name] = start_text(_tenths(moment))
        made.append(entry)
    return project.with_key(text, key, made)


def _tenths(moment_s: float) -> float:
    """As fine as words tell it."""
    return round(moment_s, 1)
