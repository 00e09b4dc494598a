"""Whether a person has touched a sentence, and whether they stand by it as it is now.

transcript.json holds for each sentence what was last known of it: the digest of what the machine wrote, or
of what a person heard or checked. That a text was edited is never stored: it is seen by its digest, so any
editor will do.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum

from pipeline.models import Cue, CueReview, CueState, Review, Transcript

_NUMBER = re.compile(r"[0-9]{1,9}")


class Standing(StrEnum):
    """What a sentence is worth as it stands: untouched, edited, listened through, or checked."""

    MACHINE = "machine"
    EDITED = "edited"
    HEARD = "heard"
    CHECKED = "checked"


def standing(cue: Cue, review: Review) -> Standing:
    """What a sentence is worth; one without an entry was written by a person.

    The machine's sentence is its own only as long as every byte of it is; what was heard or checked stays so
    as long as words and voice do: moving a sentence in time, or marking its language, asks for no new check.
    """
    entry = review.cues.get(cue.id)
    if entry is None:
        return Standing.EDITED
    if entry.state is CueState.MACHINE:
        return Standing.MACHINE if entry.digest == whole_digest(cue) else Standing.EDITED
    return Standing(entry.state.value) if entry.digest == text_digest(cue) else Standing.EDITED


def touched(cue: Cue, review: Review) -> bool:
    """Whether a person edited or reviewed a sentence: no machine may change it then."""
    return standing(cue, review) is not Standing.MACHINE


def checked(cue: Cue, review: Review) -> bool:
    """Whether a person checked a sentence, and it still says what they read."""
    return standing(cue, review) is Standing.CHECKED


def all_checked(transcript: Transcript | None, review: Review) -> bool:
    """Whether there is a transcript and a person checked every sentence of it as it stands."""
    return transcript is not None and all(checked(cue, review) for cue in transcript.cues)


def changed_since(cue: Cue, review: Review) -> bool:
    """Whether a sentence was checked once and says something else now."""
    entry = review.cues.get(cue.id)
    return entry is not None and entry.state is CueState.CHECKED and not checked(cue, review)


def written(cue: Cue) -> CueReview:
    """The entry of a sentence as the machine writes it."""
    return CueReview(CueState.MACHINE, digest=whole_digest(cue))


def approved(cue: Cue, by: str, on: date) -> CueReview:
    """The entry of a sentence that a person checked."""
    return CueReview(CueState.CHECKED, by, on, text_digest(cue))


def completed(review: Review, transcript: Transcript, today: date) -> Review:
    """The review that knows since when every sentence is checked; corrections change nothing of it."""
    if review.completed or not all_checked(transcript, review):
        return review
    return replace(review, completed=today)


def corrected(review: Review) -> date | None:
    """The last day on which a sentence was checked again after the whole transcript had been."""
    last = max((entry.on for entry in review.cues.values() if entry.on), default=None)
    return last if last and review.completed and last > review.completed else None


def recorded(review: Review, cues: Iterable[Cue]) -> Review:
    """The review with these sentences as the machine's own, and their ids as given."""
    made = tuple(cues)
    entries = {**review.cues, **{cue.id: written(cue) for cue in made}}
    return seen(replace(review, cues=entries), made)


def seen(review: Review, cues: Iterable[Cue]) -> Review:
    """The review with the ids of these sentences, and of all it knows, as given for ever."""
    ids = (*review.cues, *(cue.id for cue in cues))
    numbers = (int(id_) for id_ in ids if _NUMBER.fullmatch(id_))
    return replace(review, last_id=max(review.last_id, *numbers, 0))


def text_digest(cue: Cue) -> str:
    """The digest of a sentence's words and voice, 16 hexadecimal digits."""
    return _digest(f"{cue.speaker}\n{cue.text}")


def whole_digest(cue: Cue) -> str:
    """The digest of all that the truth file says of a sentence but its id, 16 hexadecimal digits."""
    times = f"{round(cue.start_s * 1000)}-{round(cue.end_s * 1000)}"
    spans = ",".join(f"{span.start}-{span.end} {span.language}" for span in cue.spans)
    return _digest(f"{times}\n{cue.sound}\n{spans}\n{cue.speaker}\n{cue.text}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
