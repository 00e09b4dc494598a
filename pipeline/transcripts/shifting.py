"""The text of a talk whose recording was replaced: sentences at their new times, some gone, some new.

Whatever people wrote stays, word for word and with who checked it, as long as it is still to be heard. Where
that is not sure the sentence waits for somebody to look at it, and counts as not checked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import count, groupby

from pipeline.models import Cue, CueReview, CueState, Mark, Replacement, Review, Term, Transcript, Word
from pipeline.transcripts import names, reviewing
from pipeline.transcripts.adopting import fitted, numbered
from pipeline.transcripts.moves import Moves
from pipeline.transcripts.moving import Alignment
from pipeline.transcripts.sentences import sentences

EDGE_S = 0.4
"""How far the end of a sentence may lie from the place of a cut and still be the same place."""
WHOLE = 0.9
CONFIRMED = 0.5
"""The share of a sentence's words that have to be heard again, if the machine heard at least so many:"""
WORDS = 3
NOT_CHECKED = CueReview(CueState.MACHINE)
"""A person's sentence that nobody stands by: its digest is that of no text."""


@dataclass(frozen=True, slots=True)
class Shifted:
    """The text as it becomes: what moved, what is new or gone, and what people should look at.

    `replacements` are what the glossary put right in the new sentences.
    """

    transcript: Transcript
    review: Review
    moved: tuple[Cue, ...]
    fresh: tuple[Cue, ...]
    gone: tuple[Cue, ...]
    doubtful: tuple[Mark, ...]
    replacements: tuple[Replacement, ...]


class _Fate(Enum):
    """What became of a sentence: all of it is there, a part, all with something put into it, or nothing."""

    WHOLE = "whole"
    PART = "cut"
    PARTED = "parted"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class _Stay:
    """A sentence that stays: as it was, as it is now, and whether all of it is still there."""

    before: Cue
    now: Cue
    fate: _Fate


def shift(
    transcript: Transcript,
    review: Review,
    found: Alignment,
    old: Sequence[Word],
    new: Sequence[Word],
    *,
    speaker: str = "",
    terms: Sequence[Term] = (),
) -> Shifted:
    """Move every sentence to where it is spoken now; `old` and `new` are the words that were aligned.

    `speaker` says what is new, which `terms` of the glossary put right. A sentence of the machine that was
    cut in two is made anew of what is left of it.
    """
    moves, review = found.moves, reviewing.seen(review, transcript.cues)
    stays, remade = list[_Stay](), list[Cue]()
    for cue in transcript.cues:
        fate = _fate(cue, moves)
        if fate is _Fate.WHOLE or (fate is not _Fate.GONE and reviewing.touched(cue, review)):
            stays.append(_Stay(cue, _moved(cue, moves), fate))
        elif fate is not _Fate.GONE:
            remade.append(_moved(cue, moves))
    moved = tuple(one.now for one in stays)
    groups = _fresh_words(found, new, moved, remade)
    cues, fresh = _assembled(moved, groups, speaker, map(str, count(review.last_id + 1)))
    fresh, replacements = names.correct(fresh, terms)
    right = {cue.id: cue for cue in fresh}
    known = {cue.id for cue in moved}
    gone = tuple(cue for cue in transcript.cues if cue.id not in known)
    doubtful = tuple(_doubts(stays, found, old))
    made = replace(transcript, cues=tuple(right.get(cue.id, cue) for cue in cues))
    kept = replace(review, marks=(*_marks(review, gone, moves), *doubtful))
    kept = _reviewed(kept, stays, gone, doubtful)
    return Shifted(made, reviewing.recorded(kept, fresh), moved, fresh, gone, doubtful, replacements)


def _fate(cue: Cue, moves: Moves) -> _Fate:
    length_s = max(cue.end_s - cue.start_s, 0.001)
    kept_s = moves.kept_s(cue.start_s, cue.end_s)
    grown_s = moves.nearest(cue.end_s, ends=True) - moves.nearest(cue.start_s) - kept_s
    share = kept_s / length_s
    if min(kept_s, length_s - kept_s) > EDGE_S and 1 - WHOLE < share < WHOLE:
        return _Fate.PART
    if share < 0.5:  # noqa: PLR2004 (the rest is as good as nothing)
        return _Fate.GONE
    return _Fate.PARTED if grown_s > 2 * EDGE_S else _Fate.WHOLE


def _moved(cue: Cue, moves: Moves) -> Cue:
    start_s = round(moves.nearest(cue.start_s), 3)
    end_s = round(moves.nearest(cue.end_s, ends=True), 3)
    return replace(cue, start_s=start_s, end_s=max(end_s, start_s + 0.001), words=())


def _fresh_words(
    found: Alignment, new: Sequence[Word], moved: Sequence[Cue], remade: Sequence[Cue]
) -> Iterator[tuple[str, list[Word]]]:
    """The words that need sentences, in groups that belong together, each with the voice known for it.

    They are spoken where something was added, or are left of a sentence that was cut; a word that is known
    from before stands in the sentence that was there for it.
    """
    open_ = [(*edges, "") for edges in found.moves.added]
    open_ += [(cue.start_s, cue.end_s, cue.speaker) for cue in remade]
    again = {(cue.start_s, cue.end_s) for cue in remade}
    taken = [(cue.start_s, cue.end_s) for cue in moved]

    def place(numbered_: tuple[int, Word]) -> tuple[float, float, str] | None:
        number, word = numbered_
        middle_s = (word.start_s + word.end_s) / 2
        inside = (one for one in open_ if one[0] <= middle_s <= one[1])
        own = next((one for one in inside if number not in found.new or one[:2] in again), None)
        return None if own and any(start <= middle_s <= end for start, end in taken) else own

    for one, group in groupby(enumerate(new), key=place):
        if one is not None:
            yield one[2], [word for _, word in group]


def _assembled(
    moved: Sequence[Cue], groups: Iterable[tuple[str, list[Word]]], speaker: str, ids: Iterator[str]
) -> tuple[tuple[Cue, ...], tuple[Cue, ...]]:
    """All sentences in the order of time, and those among them that are new."""
    cues, fresh = list(moved), list[Cue]()
    for voice, words in groups:
        made = [replace(cue, speaker="" if cue.sound else voice or speaker) for cue in sentences(words)]
        at = sum(cue.start_s <= words[0].start_s for cue in cues)
        before, after = (cues[at - 1] if at else None), (cues[at] if at < len(cues) else None)
        own = list(numbered(fitted(made, before, after), ids))
        cues[at:at] = own
        fresh += own
    return tuple(cues), tuple(fresh)


def _doubts(stays: Sequence[_Stay], found: Alignment, old: Sequence[Word]) -> Iterator[Mark]:
    """A mark for each sentence that stays although it is not sure that it is still spoken so."""
    middles = [(word.start_s + word.end_s) / 2 for word in old]
    for one in stays:
        own = range(bisect_left(middles, one.before.start_s), bisect_left(middles, one.before.end_s))
        again = sum(n in found.old for n in own)
        if one.fate is not _Fate.WHOLE:
            yield Mark(one.fate.value, one.now.start_s, one.now.id, one.now.text)
        elif len(own) >= WORDS and again < CONFIRMED * len(own):
            yield Mark("otherwise", one.now.start_s, one.now.id, one.now.text)


def _reviewed(
    review: Review, stays: Sequence[_Stay], gone: Sequence[Cue], doubtful: Sequence[Mark]
) -> Review:
    """Who checked what stays so; what the machine wrote stays its own at the new time; doubts open again."""
    without = {cue.id for cue in gone}
    entries = {id_: entry for id_, entry in review.cues.items() if id_ not in without}
    for one in stays:
        if reviewing.standing(one.before, review) is reviewing.Standing.MACHINE:
            entries[one.now.id] = reviewing.written(one.now)
    for mark in doubtful:
        if entries.get(mark.cue, NOT_CHECKED).state is not CueState.MACHINE:
            entries[mark.cue] = NOT_CHECKED
    return replace(review, cues=entries)


def _marks(review: Review, gone: Sequence[Cue], moves: Moves) -> Iterator[Mark]:
    """The open places of before, where they are now."""
    without = {cue.id for cue in gone}
    for mark in review.marks:
        if mark.cue not in without and (mark.cue or moves.moved(mark.start_s) is not None):
            yield replace(mark, start_s=round(moves.nearest(mark.start_s), 3))
