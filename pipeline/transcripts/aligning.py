"""Corrected text and what the machine heard, word by word: which is which, and when each word is spoken.

Levenshtein's operations on folded words (rapidfuzz), so that case and punctuation never count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from rapidfuzz.distance import Levenshtein

from pipeline.models import Cue, Word

_SIGNS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words `first` to `last` (exclusive) of one text that stand for words of the other; equal or not."""

    equal: bool
    first: int
    last: int
    other_first: int
    other_last: int


@dataclass(frozen=True, slots=True)
class Timed:
    """A word of the corrected text: when it is spoken, in seconds, and whether the machine heard just it."""

    text: str
    start_s: float
    end_s: float
    exact: bool


def words_of(text: str) -> list[str]:
    """The words of a sentence: what stands between spaces."""
    return text.split()


def folded(word: str) -> str:
    """A word without case and signs; signs alone stay as they are."""
    return _SIGNS.sub("", word.casefold()) or word


def stretches(words: Sequence[str], others: Sequence[str]) -> tuple[Stretch, ...]:
    """Both texts from beginning to end; stretches of equal words and such that differ take turns."""
    codes = Levenshtein.opcodes([folded(word) for word in words], [folded(word) for word in others])
    made: list[Stretch] = []
    for equal, group in groupby(codes, key=lambda code: code.tag == "equal"):
        own = list(group)
        first, last = own[0], own[-1]
        made.append(Stretch(equal, first.src_start, last.src_end, first.dest_start, last.dest_end))
    return tuple(made)


def timed(cues: Sequence[Cue], heard: Sequence[Word]) -> tuple[tuple[Timed, ...], ...]:
    """The words of each cue with their times, which never go back and stay within the cue.

    A word that was heard just so has its own time (an anchor); those between two anchors share the time
    between them by their length, unless each stands for one that was heard.
    """
    texts = [words_of(cue.text) for cue in cues]
    words = [word for text in texts for word in text]
    cue_of = [cue for cue, text in zip(cues, texts, strict=True) for _ in text]
    made = iter(_edges(words, cue_of, heard))
    return tuple(
        tuple(_within(cue, word, next(made)) for word in text) for cue, text in zip(cues, texts, strict=True)
    )


Edges = tuple[float, float, bool]
"""Start and end in seconds, and whether they are an anchor's."""


def _edges(words: Sequence[str], cue_of: Sequence[Cue], heard: Sequence[Word]) -> list[Edges]:
    """The edges of each word; `cue_of` says to which sentence it belongs."""
    found = _anchors(words, cue_of, heard)
    for first, last in _gaps(found, cue_of):
        before = found[first - 1] if first else None
        after = found[last] if last < len(found) else None
        start_s, end_s = cue_of[first].start_s, cue_of[first].end_s
        start_s = max(before[1], start_s) if before else start_s
        end_s = min(after[0], end_s) if after else end_s
        found[first:last] = _shared(words[first:last], start_s, max(start_s, end_s))
    return [edge for edge in found if edge]


def _anchors(words: Sequence[str], cue_of: Sequence[Cue], heard: Sequence[Word]) -> list[Edges | None]:
    """The edges of words that were heard just so while their sentence is spoken: anchors.

    Words in place of as many others have the times of those, though they are no anchors.
    """
    found: list[Edges | None] = [None] * len(words)
    for one in stretches(words, [word.text for word in heard]):
        if one.last - one.first != one.other_last - one.other_first:
            continue
        for place, other in zip(
            range(one.first, one.last), range(one.other_first, one.other_last), strict=True
        ):
            word, cue = heard[other], cue_of[place]
            if word.start_s < cue.end_s and word.end_s > cue.start_s:
                found[place] = (word.start_s, word.end_s, one.equal)
    return found


def _gaps(found: Sequence[Edges | None], cue_of: Sequence[Cue]) -> Iterator[tuple[int, int]]:
    """Where words of one cue have no anchor: first and last (exclusive)."""
    first: int | None = None
    for place in range(len(found) + 1):
        open_ = place < len(found) and found[place] is None
        if first is not None and (not open_ or cue_of[place] is not cue_of[first]):
            yield first, place
            first = None
        if open_ and first is None:
            first = place


def _shared(words: Sequence[str], start_s: float, end_s: float) -> list[Edges]:
    """The time between two moments, to each word by its letters."""
    sizes = [len(word) + 1 for word in words]
    per_s = (end_s - start_s) / sum(sizes)
    moments = [start_s]
    for size in sizes:
        moments.append(moments[-1] + size * per_s)
    return [(first, last, False) for first, last in pairwise(moments)]


def _within(cue: Cue, word: str, edges: Edges) -> Timed:
    start_s, end_s = (min(max(edge, cue.start_s), cue.end_s) for edge in edges[:2])
    return Timed(word, start_s, end_s, edges[2])
