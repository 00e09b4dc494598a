"""Places that a person should look at, because the machine may have made them up; nothing is left out.

Whisper writes text where nobody speaks, falls into loops, and hurries through what it did not understand.
Each kind of place is one function from what was heard to marks, and one sentence for people.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import TypeVar

from pipeline.messages import Message, clock_text, msg
from pipeline.models import Cue, CueState, Mark, Review, Transcript
from pipeline.transcripts import inventions
from pipeline.transcripts.repeating import loops

_Row = TypeVar("_Row", bound=tuple[float, ...])

NO_SPEECH = 0.6
"""Whisper's own bound: from here on it believes that nobody speaks (`no_speech_threshold`)."""
VOICED = 0.5
"""The share of a sentence's time in which voice activity detection has to hear somebody."""
UNHEARD_S = 4.0
"""Speech as long as this without a single word is worth listening to."""
ALONE_S = 5.0
"""Silence before and after a sentence that stands alone."""
SURE, UNSURE = 0.8, 0.3
"""Word probabilities: above the one a word was surely said, below the other somebody should listen."""
UNSURE_SHARE = 0.03
"""At most this share of all words is marked as unsure, the least probable first."""
FASTEST = 35.0
"""Characters a second that nobody says. German is spoken at 5.97 syllables a second (Pellegrino, Coupé and
Marsico, Across-language perspective on speech information rate, Language 87, 2011), about 18 characters with
spaces; this is nearly twice as fast."""
SHORT = 20
"""Characters: times of a shorter sentence are too rough to tell its speed."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What recognition knows beside the text; times in seconds, everything in the order of time.

    `speech`: stretches in which somebody speaks; () where that is not known. `doubts`: a segment each, its
    start, end and Whisper's probability that nobody speaks.
    """

    speech: tuple[tuple[float, float], ...] = ()
    doubts: tuple[tuple[float, float, float], ...] = ()


SENTENCES: dict[str, Message] = {
    # kind of a mark, the most serious first: what is said of it
    "invention": msg("Nobody says this: “{text}”"),
    "silence": msg("Text where nobody speaks: “{text}”"),
    "loop": msg("{times} times the same: “{text}”"),
    "speed": msg("Faster than anybody speaks: “{text}”"),
    "cut": msg("Part of this was cut: “{text}”"),
    "parted": msg("Something was put into this: “{text}”"),
    "otherwise": msg("Heard otherwise now: “{text}”"),
    "unheard": msg("Somebody speaks here, and no text was written"),
    "unsure": msg("Badly understood: “{word}” in “{text}”"),
}
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
SHOWN = 60


def sentence(mark: Mark) -> Message:
    """What is said of a mark; a long text is shortened."""
    short = mark.text if len(mark.text) <= SHOWN else mark.text[: SHOWN - 1].rstrip() + "…"
    known = SENTENCES.get(mark.kind, msg("To be looked at: “{text}”"))
    if mark.kind == "loop" and not mark.times:  # an older transcript.json did not count
        known = msg("The same again and again: “{text}”")
    return replace(known, values=(("text", short), ("word", mark.word), ("times", mark.times)))


def by_weight(found: Sequence[Mark]) -> tuple[Mark, ...]:
    """The most serious kinds first, each by time."""
    order = list(SENTENCES)
    return tuple(sorted(found, key=lambda mark: (order.index(mark.kind), mark.start_s)))


def place(mark: Mark) -> str:
    """When it is, as people read a player."""
    return clock_text(mark.start_s)


def marks(cues: Sequence[Cue], evidence: Evidence = Evidence()) -> tuple[Mark, ...]:
    """Every suspicious place, by time; a sentence is marked once, for its most serious reason."""
    spoken = tuple(cue for cue in cues if not cue.sound)
    told: dict[str, Mark] = {}
    for find in _FINDERS:
        for mark in find(spoken, evidence):
            told.setdefault(mark.cue or f"at {mark.start_s}", mark)
    return tuple(sorted(told.values(), key=lambda mark: mark.start_s))


def open_marks(transcript: Transcript | None, review: Review) -> tuple[Mark, ...]:
    """The marks that still wait for somebody: their sentence stands as it was, nobody has reviewed it, and
    nobody has settled them.

    Speech without text is settled by a sentence there, or when every sentence has been reviewed.
    """
    if transcript is None:
        return ()
    done = {id_ for id_, entry in review.cues.items() if entry.state is not CueState.MACHINE}
    waiting = {cue.id: cue.text for cue in transcript.cues if cue.id not in done}
    settled = frozenset(review.settled)
    left = (mark for mark in review.marks if _open(mark, transcript, waiting))
    return tuple(mark for mark in left if key(mark) not in settled)


def key(mark: Mark) -> str:
    """What a mark is called while the same words stand there: `unsure:12:magazin`, `unheard:83.2`."""
    if not mark.cue:
        return f"{mark.kind}:{round(mark.start_s, 1)}"
    return ":".join((mark.kind, mark.cue, *_WORD.findall(mark.word.casefold())))


def _open(mark: Mark, transcript: Transcript, waiting: dict[str, str]) -> bool:
    if mark.cue:
        return waiting.get(mark.cue) == mark.text
    written = any(cue.start_s <= mark.start_s + UNHEARD_S / 2 < cue.end_s for cue in transcript.cues)
    return bool(waiting) and not written


def _inventions(cues: Sequence[Cue], evidence: Evidence) -> Iterator[Mark]:
    for position, cue in enumerate(cues):
        unsaid = _silent(cue, evidence) or (_alone(cues, position) and _probability(cue) < SURE)
        if inventions.credit(cue.text) or (unsaid and inventions.farewell(cue.text)):
            yield _mark("invention", cue)


def _silence(cues: Sequence[Cue], evidence: Evidence) -> Iterator[Mark]:
    return (_mark("silence", cue) for cue in cues if _silent(cue, evidence))


def _loops(cues: Sequence[Cue], evidence: Evidence) -> Iterator[Mark]:
    for cue in cues:
        if found := [loop.times for loop in loops(_words(cue.text), times=3, entries_least=6)]:
            yield replace(_mark("loop", cue), times=max(found))
    for loop in loops([" ".join(_words(cue.text)) for cue in cues], times=3, entries_least=3):
        part = cues[loop.start : loop.start + loop.size]
        if sum(len(_words(cue.text)) for cue in part) >= 2 * loop.size:  # “Ja. Ja. Ja.” is said
            yield replace(_mark("loop", part[0]), times=loop.times)


def _speed(cues: Sequence[Cue], evidence: Evidence) -> Iterator[Mark]:
    for cue in cues:
        if len(cue.text) >= SHORT and len(cue.text) > FASTEST * (cue.end_s - cue.start_s):
            yield _mark("speed", cue)


def _unheard(cues: Sequence[Cue], evidence: Evidence) -> Iterator[Mark]:
    written = [(word.start_s, word.end_s) for cue in cues for word in cue.words or (cue,)]
    starts = [start for start, _ in written]
    for start_s, end_s in evidence.speech:
        at = start_s
        first = max(bisect_right(starts, start_s) - 1, 0)
        for begin, end in (*written[first : bisect_right(starts, end_s)], (end_s, end_s)):
            if min(begin, end_s) - at >= UNHEARD_S:
                yield Mark("unheard", at)
            at = max(at, end)


def _unsure(cues: Sequence[Cue], evidence: Evidence) -> Iterator[Mark]:
    words = [(word, cue) for cue in cues for word in cue.words]
    doubtful = sorted(
        (pair for pair in words if pair[0].probability < UNSURE), key=lambda p: p[0].probability
    )
    for word, cue in doubtful[: int(len(words) * UNSURE_SHARE)]:
        yield Mark("unsure", word.start_s, cue.id, cue.text, word.text)


_FINDERS: tuple[Callable[[Sequence[Cue], Evidence], Iterator[Mark]], ...] = (
    _inventions,
    _silence,
    _loops,
    _speed,
    _unheard,
    _unsure,
)


def _mark(kind: str, cue: Cue) -> Mark:
    return Mark(kind, cue.start_s, cue.id, cue.text)


def _silent(cue: Cue, evidence: Evidence) -> bool:
    """Whether Whisper itself, or voice activity detection, hears nobody there."""
    doubts = (doubt for _, _, doubt in _touching(evidence.doubts, cue))
    if max(doubts, default=0.0) > NO_SPEECH:
        return True
    if not evidence.speech:
        return False
    voiced = sum(
        min(end, cue.end_s) - max(start, cue.start_s) for start, end in _touching(evidence.speech, cue)
    )
    return bool(voiced < VOICED * (cue.end_s - cue.start_s))


def _touching(rows: Sequence[_Row], cue: Cue) -> Iterator[_Row]:
    """The rows (start and end first) that share time with a cue."""
    first = max(bisect_right(rows, cue.start_s, key=lambda row: row[0]) - 1, 0)
    for row in rows[first:]:
        if row[0] >= cue.end_s:
            return
        if row[1] > cue.start_s:
            yield row


def _alone(cues: Sequence[Cue], position: int) -> bool:
    cue = cues[position]
    before = cues[position - 1].end_s if position else cue.start_s - ALONE_S
    after = cues[position + 1].start_s if position + 1 < len(cues) else cue.end_s + ALONE_S
    return cue.start_s - before >= ALONE_S and after - cue.end_s >= ALONE_S


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _probability(cue: Cue) -> float:
    return fmean(word.probability for word in cue.words) if cue.words else 1.0
