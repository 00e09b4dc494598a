"""What a person's deed makes of a sentence's entry in transcript.json."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.models import Cue, CueReview, CueState, Review
from pipeline.transcripts.deeds import Change, Sentence
from pipeline.transcripts.reviewing import Standing, standing, text_digest, written

_SAID = {Standing.HEARD: CueState.HEARD, Standing.CHECKED: CueState.CHECKED}


def judged(
    entry: CueReview | None, now: Cue | None, change: Change, by: str, today: date
) -> CueReview | None:
    """The entry of a sentence after a change; `entry` and `now` are what stands there, None where nothing is.

    Heard or checked is a sentence from today on, unless it was already. With other words it is edited, which
    its digest tells; a voice that gets its name leaves it as it was.
    """
    if change.after is None:
        return None
    if change.after.state in _SAID:
        return _said(entry, now, change, by, today)
    return _unsaid(entry, now, change.before, change.after)


def _said(entry: CueReview | None, now: Cue | None, change: Change, by: str, today: date) -> CueReview | None:
    after, before, stands = change.after, change.before, _stands(entry, now)
    if after is None:
        return None
    digest = text_digest(after.cue)
    if entry and now and stands is after.state and now.text == after.cue.text:
        return replace(entry, digest=digest)
    unseen = before is None or before.state is not Standing.CHECKED
    if now and stands is Standing.CHECKED and unseen and text_digest(now) == digest:
        return entry  # hearing takes no check away that was made meanwhile
    return CueReview(_SAID[after.state], by or (entry.by if entry else ""), today, digest)


def _unsaid(
    entry: CueReview | None, now: Cue | None, before: Sentence | None, after: Sentence
) -> CueReview | None:
    stands = _stands(entry, now)
    if now is None or before is None:
        return entry
    renamed = replace(now, speaker=after.cue.speaker) == after.cue
    if stands is Standing.MACHINE and after.state is stands and renamed:
        return written(after.cue)
    taken_back = stands in _SAID and stands is before.state and text_digest(now) == text_digest(after.cue)
    return CueReview(CueState.MACHINE) if taken_back else entry


def _stands(entry: CueReview | None, now: Cue | None) -> Standing | None:
    return standing(now, Review({now.id: entry} if entry else {})) if now else None
