"""What people say of a transcript: which of its sentences they have read (`hdw transcript approve`)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline import project, transcripts
from pipeline.errors import MisuseError
from pipeline.messages import msg
from pipeline.models import Cue, Episode, House, Review, Transcript
from pipeline.transcripts import reviewing, selecting, splicing
from pipeline.workflow.choosing import house_of
from pipeline.workflow.editing.standing import at_work


def approve(root: Path, episode_id: str, *, by: str, today: date, cues: str = "") -> tuple[int, int]:
    """Record cues as checked by a person, all or the named ones (`3,7-12`); how many, and how many are open.

    A sentence that somebody checked by name, and that says the same still, stays theirs, with its day. Once
    none is open, what was done so far can no longer be taken back. MisuseError if there is no transcript, or
    no such cue; BusyError if somebody else writes in this very moment.
    """
    _, episode = house_of(root, episode_id)
    with at_work(root, episode.id) as desk:
        found = desk.script
        transcript = Transcript(found.in_order, found.language)
        chosen = selecting.selected(transcript, cues) if cues else found.in_order
        new = [cue for cue in chosen if not _vouched(cue, found.review)]
        entries = {**found.review.cues, **{cue.id: reviewing.approved(cue, by, today) for cue in new}}
        review = reviewing.completed(replace(found.review, cues=entries), transcript, today)
        desk.keep(replace(found, review=review))
        left = sum(not reviewing.checked(cue, review) for cue in found.in_order)
        if not left:
            desk.journal.begin_anew()
        return len(chosen), left


def _vouched(cue: Cue, review: Review) -> bool:
    """Whether somebody stands by a sentence with their name."""
    return reviewing.checked(cue, review) and bool(review.cues[cue.id].by)


def the_transcript(root: Path, house: House, episode: Episode) -> Transcript:
    """An episode's transcript; MisuseError if it has none."""
    transcript = house.of(episode).transcript
    if transcript is None:
        raise MisuseError(
            msg("The episode has no transcript yet."),
            where=project.shown(project.episode_folder(root, episode.id), root),
            hint=msg("hdw transcribe {episode}", episode=episode.id),
        )
    return transcript


def with_ids(text: str, review: Review) -> tuple[str, Review]:
    """The text with an id for every sentence, and the review that knows them as given."""
    review = reviewing.seen(review, transcripts.read_vtt(text).cues)
    text = splicing.numbered(text, review.last_id + 1)
    return text, reviewing.seen(review, transcripts.read_vtt(text).cues)
