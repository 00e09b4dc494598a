"""What a new recognition heard otherwise than the text says, place by place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.models import Cue, Review, Transcript, Word
from pipeline.transcripts import aligning, reviewing
from pipeline.transcripts.document import Heard
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


def heard_now(
    transcript: Transcript, review: Review, heard: Sequence[Word], before: Sequence[Word]
) -> tuple[Heard, ...]:
    """The sentences of the same places, each whole and as it was heard now, without what is settled."""
    known = {_key(place) for place in _places(transcript, review, before)}
    open_ = [place for place in _places(transcript, review, heard) if _key(place) not in known]
    wanted = {place.cue for place in open_}
    said = dict(_said(transcript, heard))
    made = []
    for cue in transcript.cues:
        text = " ".join(said.get(cue.id, ()))
        if cue.id in wanted and not cue.sound and text and aligning.folded(text) != aligning.folded(cue.text):
            key = f"heard:{cue.id}:{aligning.folded(text)[:80]}"
            if key not in review.settled:
                made.append(Heard(key, cue.id, cue.start_s, cue.end_s, text))
    return tuple(made)


def _said(transcript: Transcript, heard: Sequence[Word]) -> Iterator[tuple[str, list[str]]]:
    """By cue id the words that were heard for it; of words that are equal those of the text."""
    places = [(at, word) for at, cue in enumerate(transcript.cues) for word in aligning.words_of(cue.text)]
    said: list[list[str]] = [[] for _ in transcript.cues]
    for one in aligning.stretches([word for _, word in places], [word.text for word in heard]):
        if one.equal:
            for at, written in places[one.first : one.last]:
                said[at].append(written)
            continue
        for word in heard[one.other_first : one.other_last]:
            said[_at(transcript, places, one, word)].append(word.text)
    return zip((cue.id for cue in transcript.cues), said, strict=True)


def _at(transcript: Transcript, places: Sequence[tuple[int, str]], one: aligning.Stretch, word: Word) -> int:
    """Which of the sentences that words stand for, or stand between, is spoken then."""
    inside = one.first < one.last
    first = places[one.first if inside else max(one.first - 1, 0)][0]
    last = places[one.last - 1 if inside else min(one.last, len(places) - 1)][0]
    middle_s = (word.start_s + word.end_s) / 2
    return next((at for at in range(last, first, -1) if middle_s >= transcript.cues[at].start_s), first)


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
