"""What a new recognition heard otherwise than the text says, place by place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.models import Cue, Review, Transcript, Word
from pipeline.transcripts import aligning, reviewing
from pipeline.transcripts.reviewing import Standing


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place: the sentence, when (seconds), the words of the text and those heard; either may be "".

    Only what stands as the machine wrote it (`Standing.MACHINE`) may be taken over without a person.
    """

    cue: str
    start_s: float
    old: str
    new: str
    standing: Standing


def proposals(
    transcript: Transcript, review: Review, heard: Sequence[Word], before: Sequence[Word] = ()
) -> tuple[Proposal, ...]:
    """The places in the order of time, without those where the machine heard the same `before`.

    What a person corrected once is not proposed again because the machine mishears it again.
    """
    known = {_key(place) for place in _places(transcript, review, before)}
    return tuple(place for place in _places(transcript, review, heard) if _key(place) not in known)


def _key(place: Proposal) -> tuple[str, ...]:
    return (place.cue, *(aligning.folded(word) for word in (*place.old.split(), "→", *place.new.split())))


def _places(transcript: Transcript, review: Review, heard: Sequence[Word]) -> Iterator[Proposal]:
    words = [(cue, word) for cue in transcript.cues for word in aligning.words_of(cue.text)]
    if not words or not heard:
        return
    for one in aligning.stretches([word for _, word in words], [word.text for word in heard]):
        if one.equal:
            continue
        new = heard[one.other_first : one.other_last]
        cue = _cue_at(words, one.first, new)
        yield Proposal(
            cue.id,
            new[0].start_s if new else cue.start_s,
            " ".join(word for _, word in words[one.first : one.last]),
            " ".join(word.text for word in new),
            reviewing.standing(cue, review),
        )


def _cue_at(words: Sequence[tuple[Cue, str]], place: int, new: Sequence[Word]) -> Cue:
    """The sentence of a place; words that were added belong to the one that is spoken then."""
    before, after = words[max(place - 1, 0)][0], words[min(place, len(words) - 1)][0]
    return before if new and new[0].start_s < before.end_s and before is not after else after
