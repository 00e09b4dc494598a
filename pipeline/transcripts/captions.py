"""Long sentences → captions that fit a screen; the words stay, only the cuts are new."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import replace

from pipeline.models import Cue, Transcript


def lines(text: str, characters: int) -> str:
    """The text broken at spaces into lines of at most `characters`; a longer word stands alone, cut."""
    return "\n".join(textwrap.wrap(text, characters, break_on_hyphens=False)) or text


def split(transcript: Transcript, characters: int, most_lines: int) -> Iterator[Cue]:
    """Cues of at most `most_lines` lines; a part's share of the time is its share of the characters."""
    for cue in transcript.cues:
        wrapped = textwrap.wrap(cue.text, characters, break_on_hyphens=False) or [cue.text]
        parts = [" ".join(wrapped[i : i + most_lines]) for i in range(0, len(wrapped), most_lines)]
        yield from _timed(cue, parts)


def _timed(cue: Cue, parts: list[str]) -> Iterator[Cue]:
    total = sum(len(part) for part in parts) or 1
    start, done = cue.start_s, 0
    for number, part in enumerate(parts):
        done += len(part)
        end = (
            cue.end_s if number == len(parts) - 1 else cue.start_s + (cue.end_s - cue.start_s) * done / total
        )
        id_ = cue.id if len(parts) == 1 else f"{cue.id}.{number + 1}"
        yield replace(cue, id=id_, start_s=start, end_s=end, text=part, spans=(), words=())
        start = end
