"""When each word of the text is spoken, as it stands now: for the word that a player marks."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline import project
from pipeline.models import Word
from pipeline.transcripts import aligning
from pipeline.transcripts.applying import script
from pipeline.workflow import adopting, tracks
from pipeline.workflow.choosing import house_of

Spoken = tuple[int, int, float, float]
"""A word's place in its sentence and its length, in characters; when it begins and ends, in seconds."""
_WORD = re.compile(r"\S+")


def words(root: Path, episode_name: str) -> dict[str, tuple[Spoken, ...]]:
    """The words of each sentence, by its id; where no recognition is there, shared out over the sentence."""
    _, episode = house_of(root, episode_name)
    stored = project.stored(root, episode.id)
    review = project.load_review(root, episode.id)
    with project.in_transcript(root, episode.id):
        cues = script(project.stored_text(root, episode.id, stored), review).in_order
    source = adopting.source(root, episode, review)
    heard: tuple[Word, ...] = tuple(word for word, _ in tracks.said(root, episode, source)) if source else ()
    return {
        cue.id: tuple(
            (place.start(), len(place[0]), round(word.start_s, 3), round(word.end_s, 3))
            for place, word in zip(_WORD.finditer(cue.text), timed, strict=True)
        )
        for cue, timed in zip(cues, aligning.timed(cues, heard), strict=True)
    }
