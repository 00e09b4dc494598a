"""Where a sentence stands in its file, for whoever comes from a finding of `hdw check`."""

from __future__ import annotations

from pathlib import Path

from pipeline import project
from pipeline.transcripts import vtt


def sentence_lines(root: Path, episode_id: str) -> tuple[tuple[int, str], ...]:
    """The first line of each sentence in transcript.vtt, counted from 1, and the sentence's id."""
    line, found = 1, []
    for block in vtt.placed(project.transcript_source(root, episode_id)):
        if block.id is not None:
            found.append((line, block.id))
        line += block.raw.count("\n")
    return tuple(found)
