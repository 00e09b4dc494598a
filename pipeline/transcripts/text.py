"""Plain text to read and quote: a paragraph a turn, with the speaker's name and the time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.messages import clock_text
from pipeline.models import Cue, Transcript
from pipeline.transcripts import vtt
from pipeline.transcripts.paragraphs import paragraphs

_HEAD = re.compile(r"^(?:(.*) )?\(([0-9]{1,4}):([0-5][0-9]):([0-5][0-9])\)$")


def read(text: str) -> Transcript:
    """The lines of a text as cues; where a paragraph has a head, with its name and moment, without length."""
    cues = (cue for _, block in vtt.blocks(vtt.lines_of(text)) for cue in _cues(block))
    return Transcript(tuple(Cue(str(n), at, at, line, name) for n, (name, at, line) in enumerate(cues, 1)))


def write(transcript: Transcript, names: Mapping[str, str]) -> str:
    """Paragraphs with `Name (0:12:30)` above each."""
    made = []
    for paragraph in paragraphs(transcript, ()):
        name = "" if paragraph.sound else " ".join(names.get(paragraph.speaker, paragraph.speaker).split())
        head = f"{name} ({clock_text(paragraph.start_s)})".strip()
        made.append(f"{head}\n{' '.join(cue.text for cue in paragraph.cues)}\n")
    return "\n".join(made)


def _cues(block: list[str]) -> Iterator[tuple[str, float, str]]:
    head = _HEAD.match(block[0]) if len(block) > 1 else None
    name, at = "", 0.0
    if head:
        name = head[1] or ""
        at = int(head[2]) * 3600.0 + int(head[3]) * 60 + int(head[4])
    for line in block[1:] if head else block:
        yield name, at, line.strip(" \t\f")
