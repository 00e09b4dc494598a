"""A new recognition over a transcript that people have worked on: what may change, and what it becomes.

The sentences that a person touched are fixed points. Between two of them lie sentences of the machine; the
new words that fall there are cut into sentences anew. A sentence that says the same as before stays, byte by
byte and with its id; a new one gets an id that no sentence ever had.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count, groupby

from rapidfuzz.distance import Levenshtein

from pipeline.models import Cue, Review, Transcript, Word
from pipeline.transcripts import aligning, reviewing
from pipeline.transcripts.sentences import sentences

Said = tuple[Word, str]
"""A word that was heard, and who says it; "" where that is not known."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """The transcript as it becomes, in order: sentences that stay with those that are new, and what goes.

    `kept` counts the sentences that stay because a person touched them.
    """

    transcript: Transcript
    review: Review
    fresh: tuple[Cue, ...]
    gone: frozenset[str]
    kept: int


def adopt(
    transcript: Transcript,
    review: Review,
    heard: Sequence[Said],
    *,
    before: Sequence[Word] = (),
    speaker: str = "",
    discard: bool = False,
) -> Adoption:
    """Take over what was heard wherever no person touched the text; with `discard`, everywhere.

    `before` are the words of the recognition that the text comes from: what is in them and not in the text
    was taken out by a person, and does not come back. `speaker` says a sentence that stands where none was,
    and whose own speaker is not known.
    """
    fixed = frozenset(c.id for c in transcript.cues if not discard and reviewing.touched(c, review))
    old = frozenset(c.id for c in transcript.cues if not reviewing.touched(c, review))
    slots = _slots(transcript.cues, fixed)
    words = _refused(transcript.cues, heard, () if discard else before)
    shares = _shares(slots, words)
    review = reviewing.seen(review, transcript.cues)
    ids = map(str, count(review.last_id + 1))
    cues = _assembled(slots, shares, old, speaker, ids)
    known = {cue.id for cue in transcript.cues}
    fresh = tuple(cue for cue in cues if cue.id not in known)
    gone = frozenset(known - {cue.id for cue in cues})
    made = reviewing.recorded(review, fresh)
    marks = tuple(mark for mark in review.marks if mark.cue not in gone)
    return Adoption(replace(transcript, cues=cues), replace(made, marks=marks), fresh, gone, len(fixed))


@dataclass(frozen=True, slots=True)
class _Slot:
    """A sentence that stays (`fixed`), or the machine's sentences between two such; there may be none."""

    cues: tuple[Cue, ...]
    fixed: bool


def _slots(cues: Sequence[Cue], fixed: frozenset[str]) -> list[_Slot]:
    """Gap, sentence, gap, sentence, …, gap."""
    made, gap = [], list[Cue]()
    for cue in cues:
        if cue.id in fixed:
            made += [_Slot(tuple(gap), False), _Slot((cue,), True)]
            gap = []
        else:
            gap.append(cue)
    return [*made, _Slot(tuple(gap), False)]


def _refused(cues: Sequence[Cue], heard: Sequence[Said], before: Sequence[Word]) -> Sequence[Said]:
    """The new words without those that a person took out of the text."""
    earlier = [word.text for word in before]
    removed = {
        place
        for one in aligning.stretches(_words(cues), earlier)
        if not one.equal
        for place in range(one.other_first, one.other_last)
        if not _covered(cues, before[place])
    }
    again = {
        place
        for one in aligning.stretches([word.text for word, _ in heard], earlier)
        for place in _removed_again(one, removed)
    }
    return [word for place, word in enumerate(heard) if place not in again]


def _covered(cues: Sequence[Cue], word: Word) -> bool:
    """Whether a sentence is there when a word is spoken; else a person took it out."""
    middle_s = (word.start_s + word.end_s) / 2
    at = bisect_right(cues, middle_s, key=lambda cue: cue.start_s)
    return at > 0 and middle_s <= cues[at - 1].end_s


def _removed_again(one: aligning.Stretch, removed: Collection[int]) -> Iterator[int]:
    """Which words of a stretch are removed ones again: just so, or heard a little differently."""
    earlier = range(one.other_first, one.other_last)
    if one.equal:
        yield from (one.first + place - one.other_first for place in earlier if place in removed)
    elif earlier and all(place in removed for place in earlier):
        yield from range(one.first, one.last)


def _shares(slots: Sequence[_Slot], heard: Sequence[Said]) -> list[list[Said]]:
    """Which of the new words belong to which slot: to the one whose words they stand for.

    Where words differ, time decides between the slots that come into question; where more was heard than
    is written, those beside them do too.
    """
    texts = [_words(slot.cues) for slot in slots]
    slot_of = [0, *(number for number, text in enumerate(texts) for _ in text), len(slots) - 1]
    shares: list[list[Said]] = [[] for _ in slots]
    for one in aligning.stretches(list(chain.from_iterable(texts)), [word.text for word, _ in heard]):
        more = one.other_last - one.other_first > one.last - one.first
        left, right = (one.first, one.last + 1) if more else (one.first + 1, one.last)
        for place in range(one.other_first, one.other_last):
            if one.equal:
                number = slot_of[one.first + 1 + place - one.other_first]
            else:
                number = _by_time(slots, slot_of[left], slot_of[right], heard[place][0])
            shares[number].append(heard[place])
    return shares


def _by_time(slots: Sequence[_Slot], left: int, right: int, word: Word) -> int:
    """To which slot between two a word belongs by its time."""
    middle_s = (word.start_s + word.end_s) / 2
    for number in range(left, right + 1):
        if not slots[number].fixed:
            continue
        (cue,) = slots[number].cues
        if middle_s < cue.start_s:
            return max(number - 1, left)
        if middle_s <= cue.end_s:
            return number
    return right


def _assembled(
    slots: Sequence[_Slot],
    shares: Sequence[Sequence[Said]],
    old: frozenset[str],
    speaker: str,
    ids: Iterator[str],
) -> tuple[Cue, ...]:
    made: list[Cue] = []
    for number, slot in enumerate(slots):
        if slot.fixed:
            made += slot.cues
            continue
        same = tuple(cue for cue in slot.cues if cue.id in old)
        before = made[-1] if made else None
        after = slots[number + 1].cues[0] if number + 1 < len(slots) else None
        new = _sentences(shares[number])
        made += _renewed(same, slot.cues, new, (before, after), speaker=speaker, ids=ids)
    return tuple(made)


def _sentences(said: Sequence[Said]) -> tuple[Cue, ...]:
    """Words as sentences, each of one person."""
    turns = ((voice, [word for word, _ in turn]) for voice, turn in groupby(said, key=lambda one: one[1]))
    return tuple(replace(cue, speaker=voice) for voice, words in turns for cue in sentences(words))


def _renewed(
    same: Sequence[Cue],
    around: Sequence[Cue],
    new: Sequence[Cue],
    between: tuple[Cue | None, Cue | None],
    *,
    speaker: str,
    ids: Iterator[str],
) -> Iterator[Cue]:
    """The sentences of a gap: those of `same` that were heard again, and new ones fitted between them."""
    stays = _heard_again(same, new)
    waiting: list[Cue] = []
    before, after = between
    for place, cue in enumerate(new):
        if place not in stays:
            waiting.append(replace(cue, speaker=_speaker(around, cue, speaker)))
            continue
        yield from numbered(fitted(waiting, before, stays[place]), ids)
        yield stays[place]
        before, waiting = stays[place], []
    yield from numbered(fitted(waiting, before, after), ids)


def _heard_again(same: Sequence[Cue], new: Sequence[Cue]) -> dict[int, Cue]:
    """Which new sentences say what an old one says, by their place."""
    codes = Levenshtein.opcodes([cue.text for cue in same], [cue.text for cue in new])
    return {
        code.dest_start + step: same[code.src_start + step]
        for code in codes
        if code.tag == "equal"
        for step in range(code.src_end - code.src_start)
    }


def _speaker(around: Sequence[Cue], cue: Cue, otherwise: str) -> str:
    """Who speaks a new sentence, where its track does not say: whoever spoke most of its time before."""
    if cue.sound or cue.speaker:
        return "" if cue.sound else cue.speaker

    def shared_s(old: Cue) -> float:
        return min(old.end_s, cue.end_s) - max(old.start_s, cue.start_s)

    voices = [old for old in around if not old.sound]
    return max(voices, key=shared_s).speaker if voices else otherwise


def fitted(cues: Sequence[Cue], before: Cue | None, after: Cue | None) -> Iterator[Cue]:
    """The cues between two others: none begins before the one above it has ended, as far as there is room."""
    first = round(before.end_s * 1000) if before else 0
    last = round(after.start_s * 1000) if after else None
    if last is not None and last - first < len(cues):  # no millisecond for each
        first = min(first, last)
        yield from (replace(cue, start_s=first / 1000, end_s=(first + 1) / 1000) for cue in cues)
        return
    for left, cue in zip(range(len(cues) - 1, -1, -1), cues, strict=True):
        start, end = round(cue.start_s * 1000), round(cue.end_s * 1000)
        if last is not None:
            start, end = min(start, last - left - 1), min(end, last - left)
        start = max(start, first)
        first = max(end, start + 1)
        yield replace(cue, start_s=start / 1000, end_s=first / 1000)


def numbered(cues: Iterable[Cue], ids: Iterator[str]) -> Iterator[Cue]:
    """The cues with these ids, in order."""
    return (replace(cue, id=next(ids)) for cue in cues)


def _words(cues: Sequence[Cue]) -> list[str]:
    return [word for cue in cues for word in aligning.words_of(cue.text)]
