"""Plain text to read and quote: a paragraph a turn, with the speaker's name and the time."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.messages import clock_text
from pipeline.models import Cue, Transcript
from pipeline.transcripts.paragraphs import paragraphs


def read(text: str) -> Transcript:
    """The lines of a text as cues without times (0 seconds each)."""
    words = (line.strip() for line in text.splitlines())
    return Transcript(tuple(Cue(str(n), 0.0, 0.0, line) for n, line in enumerate((w for w in words if w), 1)))


def write(transcript: Transcript, names: Mapping[str, str]) -> str:
    """Paragraphs with `Name (0:12:30)` above each."""
    blocks = []
    for paragraph in paragraphs(transcript, ()):
        name = "" if paragraph.sound else names.get(paragraph.speaker, paragraph.speaker)
        head = f"{name} ({clock_text(paragraph.start_s)})".strip()
        blocks.append(f"{head}\n{' '.join(cue.text for cue in paragraph.cues)}\n")
    return "\n".join(blocks)
