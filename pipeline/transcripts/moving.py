"""Another recording of the same talk: which stretches of the old one it keeps, and where they lie now.

Both were heard by a machine, which mishears, and not twice alike; so single words prove nothing. Words that
are equal in both have an offset (new time less old time); where an offset holds for many words in a row, a
stretch was kept. Where it changes, something was cut or added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise, takewhile
from statistics import median

from rapidfuzz.distance import LCSseq, Levenshtein

from pipeline.models import Word
from pipeline.transcripts import aligning
from pipeline.transcripts.moves import APART_S, Kept, Moves

AROUND = 4
"""Words on either side whose offsets are looked at together: their median forgets single wrong ones."""
MISHEARD, ALIKE = 3, 0.5
"""At most so many words in a row beside a cut, with so many letters alike, are taken as heard otherwise."""
LEAST_WORDS = 5
LEAST_SHARE = 0.4
"""A stretch that was kept has at least so many equal words, and so large a share of all spoken in it."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two recordings word by word: the moves, and which words (by place) both have within what was kept.

    `share` is the part of the shorter text that was found again.
    """

    moves: Moves
    old: frozenset[int]
    new: frozenset[int]
    share: float


def align(old: Sequence[Word], new: Sequence[Word], old_s: float, new_s: float) -> Alignment:
    """Find what was kept, cut and added; words in the order of time, lengths in seconds."""
    runs = _merged([run for run in _runs(_pairs(old, new)) if _believed(run)])
    kept = tuple(_pieces(_edges(runs, old, new), old, new, old_s, new_s))
    confirmed = [pair for run in runs for pair in run.pairs]
    shorter = max(1, min(len(old), len(new)))
    return Alignment(
        Moves(kept, old_s, new_s),
        frozenset(pair.old for pair in confirmed),
        frozenset(pair.new for pair in confirmed),
        len(confirmed) / shorter,
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    """A word that both have, by its places, and how much later it is spoken in the new recording."""

    old: int
    new: int
    offset_s: float


@dataclass(frozen=True, slots=True)
class _Run:
    """Pairs in a row whose offsets agree."""

    pairs: tuple[_Pair, ...]

    @property
    def offset_s(self) -> float:
        return median(pair.offset_s for pair in self.pairs)


def _pairs(old: Sequence[Word], new: Sequence[Word]) -> list[_Pair]:
    """By the longest common subsequence: Levenshtein rather has words differ than a passage moved."""
    texts, others = ([aligning.folded(word.text) for word in words] for words in (old, new))
    return [
        _Pair(first, second, _offset_s(old[first], new[second]))
        for code in LCSseq.opcodes(texts, others)
        if code.tag == "equal"
        for first, second in zip(
            range(code.src_start, code.src_end), range(code.dest_start, code.dest_end), strict=True
        )
    ]


def _offset_s(old: Word, new: Word) -> float:
    return (new.start_s - old.start_s + new.end_s - old.end_s) / 2


def _runs(pairs: Sequence[_Pair]) -> Iterator[_Run]:
    """Pairs cut where the offset changes for good; those that agree with neither side are left out."""
    smooth = [
        median(one.offset_s for one in pairs[max(0, n - AROUND) : n + AROUND + 1]) for n in range(len(pairs))
    ]
    start, total = 0, 0.0
    for n in range(len(pairs) + 1):
        length = n - start
        if n < len(pairs) and (not length or abs(smooth[n] - total / length) <= APART_S):
            total += smooth[n]
            continue
        yield from _agreeing(pairs[start:n])
        start, total = n, smooth[n] if n < len(pairs) else 0.0


def _agreeing(pairs: Sequence[_Pair]) -> Iterator[_Run]:
    if pairs:
        offset_s = median(one.offset_s for one in pairs)
        own = tuple(one for one in pairs if abs(one.offset_s - offset_s) <= APART_S)
        if own:
            yield _Run(own)


def _believed(run: _Run) -> bool:
    """Whether enough words agree that it cannot be by chance."""
    first, last = run.pairs[0], run.pairs[-1]
    spoken = max(last.old - first.old, last.new - first.new) + 1
    return len(run.pairs) >= LEAST_WORDS and len(run.pairs) >= LEAST_SHARE * spoken


def _merged(runs: Sequence[_Run]) -> list[_Run]:
    """Neighbours of one offset are one: what lies between them was only heard otherwise."""
    made: list[_Run] = []
    for run in runs:
        if made and abs(run.offset_s - made[-1].offset_s) <= APART_S:
            made[-1] = _Run(made[-1].pairs + run.pairs)
        else:
            made.append(run)
    return made


@dataclass(frozen=True, slots=True)
class _Edges:
    """A run as first and last word in both recordings (`old_last`, `new_last`: exclusive), and its offset."""

    old_first: int
    old_last: int
    new_first: int
    new_last: int
    offset_s: float

    @classmethod
    def of(cls, run: _Run) -> _Edges:
        """The first and last pair of a run."""
        first, last = run.pairs[0], run.pairs[-1]
        return cls(first.old, last.old + 1, first.new, last.new + 1, run.offset_s)

    def same(self, old: Word, new: Word) -> bool:
        """Whether two words are spoken at the moment that the offset says, and sound alike."""
        alike = Levenshtein.normalized_similarity(aligning.folded(old.text), aligning.folded(new.text))
        return abs(_offset_s(old, new) - self.offset_s) <= APART_S and alike >= ALIKE


def _edges(runs: Sequence[_Run], old: Sequence[Word], new: Sequence[Word]) -> list[_Edges]:
    """The runs with the words beside them that were heard otherwise, and are spoken at the same moment."""
    made = [_Edges.of(run) for run in runs]
    for number in range(len(made)):
        before = made[number - 1] if number else None
        after = made[number + 1] if number + 1 < len(made) else None
        made[number] = _backward(_forward(made[number], after, old, new), before, old, new)
    return made


def _forward(one: _Edges, after: _Edges | None, old: Sequence[Word], new: Sequence[Word]) -> _Edges:
    words = old[one.old_last : after.old_first if after else len(old)]
    others = new[one.new_last : after.new_first if after else len(new)]
    steps = _steps(map(one.same, words, others))
    return replace(one, old_last=one.old_last + steps, new_last=one.new_last + steps)


def _backward(one: _Edges, before: _Edges | None, old: Sequence[Word], new: Sequence[Word]) -> _Edges:
    words = old[before.old_last if before else 0 : one.old_first]
    others = new[before.new_last if before else 0 : one.new_first]
    steps = _steps(map(one.same, reversed(words), reversed(others)))
    return replace(one, old_first=one.old_first - steps, new_first=one.new_first - steps)


def _steps(same: Iterable[bool]) -> int:
    """How many words in a row are the same; more than a few would be chance."""
    return sum(1 for _ in takewhile(bool, islice(same, MISHEARD)))


@dataclass(frozen=True, slots=True)
class _Side:
    """One recording between two runs: where the words before it end and those after it start, in seconds,

    and when the first word between them starts and the last one ends.
    """

    start_s: float
    end_s: float
    first_s: float
    last_s: float

    @property
    def length_s(self) -> float:
        return max(0.0, self.end_s - self.start_s)


def _pieces(
    edges: Sequence[_Edges], old: Sequence[Word], new: Sequence[Word], old_s: float, new_s: float
) -> Iterator[Kept]:
    """The runs as stretches of time, with what belongs to them of the pauses before and after.

    What is alike at the very beginning and the very end, where nobody speaks, are stretches of their own.
    """
    if not edges:
        return
    around = (None, *edges, None)
    shares = [
        _shares(*_gap(before, after, old, new, (old_s, new_s)), first=before is None, last=after is None)
        for before, after in pairwise(around)
    ]
    if shares[0][0] > 0:
        yield Kept(0.0, 0.0, shares[0][0])
    last = Kept(0.0, 0.0, shares[0][0])
    for one, (before, after) in zip(edges, pairwise(shares), strict=True):
        start_s = old[one.old_first].start_s - before[1]
        start_s = max(start_s, last.old_end_s, last.new_end_s - one.offset_s)
        end_s = min(old[one.old_last - 1].end_s + after[0], old_s, new_s - one.offset_s)
        if end_s > start_s:
            last = Kept(start_s, start_s + one.offset_s, end_s - start_s)
            yield last
    length_s = min(shares[-1][1], old_s - last.old_end_s, new_s - last.new_end_s)
    if length_s > 0:
        yield Kept(old_s - length_s, new_s - length_s, length_s)


def _gap(
    before: _Edges | None,
    after: _Edges | None,
    old: Sequence[Word],
    new: Sequence[Word],
    lengths_s: tuple[float, float],
) -> tuple[_Side, _Side]:
    """What lies between two runs in the old and in the new recording; None: the beginning or the end."""
    old_words = old[before.old_last if before else 0 : after.old_first if after else len(old)]
    new_words = new[before.new_last if before else 0 : after.new_first if after else len(new)]
    start_s = old[before.old_last - 1].end_s if before else 0.0
    end_s = old[after.old_first].start_s if after else lengths_s[0]
    new_start_s = start_s + before.offset_s if before else 0.0
    new_end_s = end_s + after.offset_s if after else lengths_s[1]
    return _side(start_s, end_s, old_words), _side(new_start_s, new_end_s, new_words)


def _side(start_s: float, end_s: float, words: Sequence[Word]) -> _Side:
    if not words:
        return _Side(start_s, end_s, end_s, start_s)
    return _Side(start_s, end_s, words[0].start_s, words[-1].end_s)


def _shares(old: _Side, new: _Side, *, first: bool, last: bool) -> tuple[float, float]:
    """How many seconds of a gap belong to what is before it and to what is after it.

    Both have the pause up to the first other word. Where that is more than there is, each gets its half;
    at the beginning and the end the stretch comes first, so that a jingle in front of it is what was added.
    """
    most_s = min(old.length_s, new.length_s)
    ahead_s = _within(min(old.first_s - old.start_s, new.first_s - new.start_s), most_s)
    behind_s = _within(min(old.end_s - old.last_s, new.end_s - new.last_s), most_s)
    over_s = ahead_s + behind_s - most_s
    if over_s <= 0:
        return ahead_s, behind_s
    ahead_s -= over_s if first else 0.0 if last else over_s / 2
    return ahead_s, most_s - ahead_s


def _within(value: float, most: float) -> float:
    return min(max(value, 0.0), most)
