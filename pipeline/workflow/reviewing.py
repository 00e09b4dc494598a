"""What people say of a transcript: which of its sentences they have read (`hdw transcript approve`)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline import project, transcripts
from pipeline.errors import MisuseError
from pipeline.messages import msg
from pipeline.models import CueReview, CueState
from pipeline.workflow.choosing import named


def approve(root: Path, episode_id: str, *, by: str, today: date) -> int:
    """Record every cue of a transcript as checked by a person; returns how many."""
    house = project.load(root)
    episode = named(house, episode_id)
    facts = house.of(episode)
    if facts.transcript is None:
        raise MisuseError(
            msg("There is no transcript to approve."),
            where=project.shown(project.episode_folder(root, episode.id), root),
            hint=msg("hdw transcribe {episode}", episode=episode.id),
        )
    cues = {
        cue.id: CueReview(CueState.CHECKED, by, today, transcripts.text_digest(cue))
        for cue in facts.transcript.cues
    }
    project.save_review(root, episode.id, replace(facts.review, cues=cues))
    return len(cues)
