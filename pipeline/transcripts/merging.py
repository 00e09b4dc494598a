"""Several microphones, one for each person → one talk, without what a microphone caught of the others.

The same words on two tracks at the same time are one person's: what is quieter is the echo. Quieter means
both in itself and against what else is on its track, so that neither a low gain nor a silent person misleads.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from pipeline.models import Cue, Word

STEP_S = 0.1
"""How long each of a track's levels holds."""

SAME = 0.5  # share of a sentence's words that are on the other track too
FEWEST = 3  # words at its edge that can be an echo alone
NEAR_S = 0.5  # how far apart the same word may be timed on two tracks
QUIETER_DB = 6.0  # in itself and against its track, added
LOUD = 0.95  # a track's own voice is louder than this share of it
SILENCE_DB = -96.0

Words = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """One person's microphone: its file, who speaks, what was heard, and a level in dBFS for every 0.1 s."""

    file: str
    person: str
    cues: tuple[Cue, ...]
    levels: tuple[float, ...]

    def level(self, start_s: float, end_s: float) -> float:
        """The mean level of a stretch in dBFS."""
        first = max(0, round(start_s / STEP_S))
        powers = [10 ** (level / 10) for level in self.levels[first : max(first + 1, round(end_s / STEP_S))]]
        return 10 * math.log10(sum(powers) / len(powers)) if powers else SILENCE_DB

    @property
    def loud(self) -> float:
        """The level of the track's own voice in dBFS."""
        return sorted(self.levels)[int(LOUD * (len(self.levels) - 1))] if self.levels else SILENCE_DB


@dataclass(frozen=True, slots=True)
class Echo:
    """Words that were removed, their times in seconds, and the track that they were said on."""

    start_s: float
    end_s: float
    text: str
    of: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A sentence of a track, its mean level in dBFS on every track, what stays of it, and what is removed."""

    cue: Cue
    levels: dict[str, float]
    kept: Cue | None
    echoes: tuple[Echo, ...] = ()


def decided(tracks: Sequence[Track]) -> tuple[tuple[Decision, ...], ...]:
    """For each track what becomes of its sentences.

    A sentence is an echo as a whole, or its first or last words are, where people speak at once.
    """
    heard = [_Heard(track) for track in tracks]
    return tuple(tuple(_decision(cue, own, heard) for cue in own.track.cues) for own in heard)


def merged(tracks: Sequence[Track], decisions: Sequence[Sequence[Decision]]) -> tuple[Cue, ...]:
    """What is no echo, in the order of time, each its person's; ids count from "1".

    Where people speak at once, both sentences stay.
    """
    kept = [
        replace(decision.kept, speaker=track.person)
        for track, own in zip(tracks, decisions, strict=True)
        for decision in own
        if decision.kept
    ]
    kept.sort(key=lambda cue: (cue.start_s, cue.end_s))
    return tuple(replace(cue, id=str(place)) for place, cue in enumerate(kept, 1))


class _Heard:
    """A track with its words in the order of time, and the level of its own voice."""

    def __init__(self, track: Track) -> None:
        self.track, self.loud = track, track.loud
        self.words = sorted((w for cue in track.cues for w in cue.words), key=_middle)
        self.moments = [_middle(word) for word in self.words]

    def around(self, words: Sequence[Word]) -> list[Word]:
        """What is said here while these words are."""
        first = bisect_left(self.moments, words[0].start_s - NEAR_S)
        return self.words[first : bisect_right(self.moments, words[-1].end_s + NEAR_S)]

    def quieter(self, words: Sequence[Word], other: _Heard) -> bool:
        """Whether words are quieter here than on another track."""
        span = words[0].start_s, words[-1].end_s
        here, there = self.track.level(*span), other.track.level(*span)
        return (there - here) + ((there - other.loud) - (here - self.loud)) >= QUIETER_DB


def _decision(cue: Cue, own: _Heard, heard: Sequence[_Heard]) -> Decision:
    levels = {one.track.file: round(one.track.level(cue.start_s, cue.end_s), 1) for one in heard}
    words, echoes = cue.words, []
    for other in sorted((one for one in heard if one is not own), key=lambda one: -levels[one.track.file]):
        words, gone = _without(words, own, other)
        echoes += [_echo(part, other.track.file) for part in gone]
    return Decision(cue, levels, cue if words == cue.words else _of(cue, words), tuple(echoes))


def _without(words: Words, own: _Heard, other: _Heard) -> tuple[Words, list[Words]]:
    """Words without those that another track said louder; and these, in the order of time."""
    said = _same(words, other.around(words)) if words else []
    if said and sum(said) >= SAME * len(words) and own.quieter(words, other):
        return (), [words]
    last = len(words) - _edge(said[::-1], lambda n: own.quieter(words[len(words) - n :], other))
    first = min(last, _edge(said, lambda n: own.quieter(words[:n], other)))
    return words[first:last], [part for part in (words[:first], words[last:]) if part]


def _edge(said: Sequence[bool], quieter: Callable[[int], bool]) -> int:
    """How many words at an edge are an echo."""
    run = said.index(False) if False in said else len(said)
    return next((count for count in range(run, FEWEST - 1, -1) if quieter(count)), 0)


def _of(cue: Cue, words: Words) -> Cue | None:
    if not words:
        return None
    start_s = cue.start_s if words[0] is cue.words[0] else words[0].start_s
    end_s = cue.end_s if words[-1] is cue.words[-1] else max(words[-1].end_s, start_s + 0.001)
    return replace(cue, start_s=start_s, end_s=end_s, text=_text(words), words=words)


def _echo(words: Sequence[Word], of: str) -> Echo:
    return Echo(words[0].start_s, words[-1].end_s, _text(words), of)


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _same(words: Sequence[Word], others: Sequence[Word]) -> list[bool]:
    """For each word whether it is among the others, in the same order and at about the same time."""
    matcher = SequenceMatcher(
        None, [_folded(word) for word in words], [_folded(word) for word in others], autojunk=False
    )
    same = [False] * len(words)
    for block in matcher.get_matching_blocks():
        for n in range(block.size):
            apart_s = abs(_middle(words[block.a + n]) - _middle(others[block.b + n]))
            same[block.a + n] = apart_s <= NEAR_S
    return same


def _middle(word: Word) -> float:
    return (word.start_s + word.end_s) / 2


def _folded(word: Word) -> str:
    return "".join(letter for letter in word.text.casefold() if letter.isalnum())
