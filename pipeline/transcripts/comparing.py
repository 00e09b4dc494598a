"""Two transcripts of one recording: how many words differ, how far their times are apart, and where."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.models import Transcript, Word
from pipeline.transcripts import aligning

CONTEXT = 2
"""Equal words that are shown on both sides of a place."""


@dataclass(frozen=True, slots=True)
class Said:
    """A word, when it begins (seconds), and whether that is known or only shared out within a sentence."""

    text: str
    start_s: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A place that differs: when in seconds, and both texts with a little around them."""

    start_s: float
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The first text is taken as right. Times are in seconds; None where no word has a time in both.

    `offset_s` is the median of how much later the second text has a word; `spread_s` is what 95 of 100
    words stay within, sooner or later.
    """

    words: int
    error_rate: float
    substitutions: int
    insertions: int
    deletions: int
    offset_s: float | None
    spread_s: float | None
    places: tuple[Place, ...]


def of_words(heard: Sequence[Word]) -> tuple[Said, ...]:
    """What a machine heard: every word has its time."""
    return tuple(Said(word.text, word.start_s, exact=True) for word in heard)


def of_cues(transcript: Transcript) -> tuple[Said, ...]:
    """The words of sentences: the first one begins when the sentence does, the others share its time."""
    cues = [cue for cue in transcript.cues if not cue.sound]
    return tuple(
        Said(word.text, word.start_s, exact=place == 0 and cue.end_s > cue.start_s)
        for cue, words in zip(cues, aligning.timed(cues, ()), strict=True)
        for place, word in enumerate(words)
    )


def compared(a: Sequence[Said], b: Sequence[Said]) -> Comparison:
    """Words are compared without case and punctuation; signs alone are no words."""
    import jiwer  # noqa: PLC0415 (only where something is measured)

    a, b = _spoken(a), _spoken(b)
    right, heard = ([aligning.folded(one.text) for one in side] for side in (a, b))
    if not right:
        return Comparison(0, 1.0 if heard else 0.0, 0, len(heard), 0, None, None, _places(a, b))
    found = jiwer.process_words(" ".join(right), " ".join(heard))
    offset_s, spread_s = _offsets(a, b)
    return Comparison(
        len(right),
        found.wer,
        found.substitutions,
        found.insertions,
        found.deletions,
        offset_s,
        spread_s,
        _places(a, b),
    )


def _spoken(side: Sequence[Said]) -> tuple[Said, ...]:
    return tuple(one for one in side if any(char.isalnum() for char in one.text))


def _stretches(a: Sequence[Said], b: Sequence[Said]) -> tuple[aligning.Stretch, ...]:
    return aligning.stretches([one.text for one in a], [one.text for one in b])


def _offsets(a: Sequence[Said], b: Sequence[Said]) -> tuple[float | None, float | None]:
    pairs = [
        (a[one.first + step], b[one.other_first + step])
        for one in _stretches(a, b)
        if one.equal
        for step in range(one.last - one.first)
    ]
    later = [two.start_s - one.start_s for one, two in pairs if one.exact and two.exact]
    if not later:
        return None, None
    far = sorted(abs(seconds) for seconds in later)
    return statistics.median(later), far[min(len(far) - 1, int(len(far) * 0.95))]


def _places(a: Sequence[Said], b: Sequence[Said]) -> tuple[Place, ...]:
    """The places that differ; those with less than the shown words between them are one."""
    groups: list[list[aligning.Stretch]] = []
    for one in _stretches(a, b):
        if one.equal:
            continue
        if groups and one.first - groups[-1][-1].last <= 2 * CONTEXT:
            groups[-1].append(one)
        else:
            groups.append([one])
    return tuple(_place(a, b, group[0], group[-1]) for group in groups)


def _place(a: Sequence[Said], b: Sequence[Said], first: aligning.Stretch, last: aligning.Stretch) -> Place:
    ours, theirs = a[first.first : last.last], b[first.other_first : last.other_last]
    begin = (ours or theirs)[0].start_s
    return Place(begin, _shown(a, first.first, last.last), _shown(b, first.other_first, last.other_last))


def _shown(side: Sequence[Said], first: int, last: int) -> str:
    return " ".join(one.text for one in side[max(0, first - CONTEXT) : last + CONTEXT])
