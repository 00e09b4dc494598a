"""One cue as it stands in the file → the same cue with other words, voice or times, and as little else."""

from __future__ import annotations

from dataclasses import replace

from pipeline.errors import MisuseError, TranscriptError
from pipeline.messages import msg
from pipeline.models import Cue
from pipeline.transcripts import editing, splicing, voicing, vtt
from pipeline.transcripts.deeds import Block, same
from pipeline.transcripts.replacing import Change
from pipeline.transcripts.vtt import Placed


def rewritten(block: Placed, was: Cue, cue: Cue, end: str) -> Placed:
    """The block of a cue that says something else now; tags and line breaks stay where they can.

    MisuseError if the file could not say it.
    """
    words = block.words
    if cue.text != was.text:
        words = editing.reworded(words, [difference(was.text, cue.text)])
    if cue.speaker != was.speaker:
        words = voicing.spoken(words, cue.speaker)
    moved = (was.start_s, was.end_s) != (cue.start_s, cue.end_s)
    made = replace(block, words=words, head=splicing.timed(block.head, cue) if moved else block.head)
    return made if _says(made, cue) else replace(made, words=written(cue, end, end).words)


def written(cue: Cue, line_end: str, end: str) -> Placed:
    """A cue as a block of its own; MisuseError if the file could not say it."""
    made = replace(splicing.block_of(cue, line_end), end=end)
    if not _says(made, cue):
        raise MisuseError(
            msg("Sentence {id} holds something that a transcript cannot hold.", id=cue.id),
            hint=msg("Only words, signs and spaces can stand in a sentence."),
        )
    return made


def restored(block: Block | None, cue: Cue) -> Placed | None:
    """The block that was there before, byte for byte, if it says what the cue does."""
    if block is None:
        return None
    made = Placed(cue.id, block.head, block.words, block.end)
    return made if _says(made, cue) else None


def difference(old: str, new: str) -> Change:
    """What has to be put in to make one text of another; it covers at least one character."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    same_end = 0
    while same_end < min(len(old), len(new)) - start and old[-1 - same_end] == new[-1 - same_end]:
        same_end += 1
    end = len(old) - same_end
    if start == end:
        start, end = (start - 1, end) if start else (start, end + 1)
    return Change(start, end, new[start : len(new) - (len(old) - end)])


def _says(block: Placed, cue: Cue) -> bool:
    """Whether a block reads as this very cue, and as nothing more."""
    try:
        read = vtt.read_vtt(f"WEBVTT\n\n{block.head}{block.words}\n").cues
    except TranscriptError:
        return False
    return len(read) == 1 and read[0].id == cue.id and same(read[0], cue)
