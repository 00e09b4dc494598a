"""Transcript formats, a file each, and what turns words into sentences and paragraphs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from pipeline.models import Cue, Transcript
from pipeline.transcripts.editing import edit
from pipeline.transcripts.marking import Evidence, marks, open_marks
from pipeline.transcripts.names import correct, expected
from pipeline.transcripts.paragraphs import Paragraph, paragraphs
from pipeline.transcripts.sentences import sentences
from pipeline.transcripts.vtt import line_of, read_vtt, write_vtt


@dataclass(frozen=True, slots=True)
class Format:
    """A published format: file suffix, MIME type, whether it carries times, and the module that knows it."""

    name: str
    suffix: str
    mime: str
    title: str
    timed: bool
    module: str

    def read(self, text: str) -> Transcript:
        """Text → transcript; TranscriptError if the text is not of this format."""
        made: Transcript = import_module(self.module).read(text)
        return made

    def write(self, transcript: Transcript, names: Mapping[str, str]) -> str:
        """Transcript → text, speakers shown by `names` (id → name)."""
        made: str = import_module(self.module).write(transcript, names)
        return made


FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        Format("json", ".json", "application/json", "JSON", True, "pipeline.transcripts.podcastindex"),
        Format("srt", ".srt", "application/x-subrip", "SRT", True, "pipeline.transcripts.srt"),
        Format("txt", ".txt", "text/plain", "Text", False, "pipeline.transcripts.text"),
        Format("vtt", ".vtt", "text/vtt", "VTT", True, "pipeline.transcripts.vtt"),
    )
}


def text_digest(cue: Cue) -> str:
    """The digest that says whether a cue's words or speaker changed since they were reviewed."""
    return hashlib.sha256(f"{cue.speaker}\n{cue.text}".encode()).hexdigest()[:16]


__all__ = [
    "FORMATS",
    "Evidence",
    "Format",
    "Paragraph",
    "correct",
    "edit",
    "expected",
    "line_of",
    "marks",
    "open_marks",
    "paragraphs",
    "read_vtt",
    "sentences",
    "text_digest",
    "write_vtt",
]
