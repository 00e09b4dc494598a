"""What people say of a transcript: which of its sentences they have read (`hdw transcript approve`)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline import catalog, project, transcripts
from pipeline.errors import MisuseError
from pipeline.messages import msg
from pipeline.models import Episode, House, Review, Transcript
from pipeline.transcripts import reviewing, selecting, splicing
from pipeline.workflow.choosing import named


def approve(root: Path, episode_id: str, *, by: str, today: date, cues: str = "") -> tuple[int, int]:
    """Record cues as checked by a person, all or the named ones (`3,7-12`); how many, and how many are open.

    MisuseError if there is no transcript, or no such cue.
    """
    house = catalog.load(root)
    episode = named(house, episode_id)
    the_transcript(root, house, episode)
    was = project.transcript_source(root, episode.id)
    text, review = with_ids(was, house.of(episode).review)
    transcript = transcripts.read_vtt(text)
    chosen = selecting.selected(transcript, cues) if cues else transcript.cues
    entries = {**review.cues, **{cue.id: reviewing.approved(cue, by, today) for cue in chosen}}
    review = reviewing.completed(replace(review, cues=entries), transcripts.read_vtt(text), today)
    if text != was:
        project.change_transcript(root, episode.id, was, text)
    project.save_review(root, episode.id, review)
    return len(chosen), sum(not reviewing.checked(cue, review) for cue in transcript.cues)


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
