"""Transcript formats, a file each, and what turns words into sentences and paragraphs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from pipeline.models import Transcript
from pipeline.transcripts.editing import edit
from pipeline.transcripts.marking import Evidence, marks, open_marks
from pipeline.transcripts.merging import Decision, Echo, Track, decided, merged
from pipeline.transcripts.names import correct, expected
from pipeline.transcripts.paragraphs import Paragraph, freeze, paragraphs
from pipeline.transcripts.reviewing import recorded, text_digest
from pipeline.transcripts.sentences import sentences
from pipeline.transcripts.voicing import called, number, renamed, respoken, voiced
from pipeline.transcripts.vtt import line_of, read_vtt, write_vtt


@dataclass(frozen=True, slots=True)
class Format:
    """A format: file suffix, MIME type, whether it carries times, and the module that knows it.

    `published`: it lies beside the episode's page and stands in the feed; the others are only exported.
    """

    name: str
    suffix: str
    mime: str
    title: str
    timed: bool
    module: str
    published: bool = True

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
        Format("html", ".html", "text/html", "HTML", False, "pipeline.transcripts.html", published=False),
        Format("json", ".json", "application/json", "JSON", True, "pipeline.transcripts.podcastindex"),
        Format("srt", ".srt", "application/x-subrip", "SRT", True, "pipeline.transcripts.srt"),
        Format("txt", ".txt", "text/plain", "Text", False, "pipeline.transcripts.text"),
        Format("vtt", ".vtt", "text/vtt", "VTT", True, "pipeline.transcripts.vtt"),
    )
}
PUBLISHED: tuple[Format, ...] = tuple(row for row in FORMATS.values() if row.published)


__all__ = [
    "FORMATS",
    "PUBLISHED",
    "Decision",
    "Echo",
    "Evidence",
    "Format",
    "Paragraph",
    "Track",
    "called",
    "correct",
    "decided",
    "edit",
    "expected",
    "freeze",
    "line_of",
    "marks",
    "merged",
    "number",
    "open_marks",
    "paragraphs",
    "read_vtt",
    "recorded",
    "renamed",
    "respoken",
    "sentences",
    "text_digest",
    "voiced",
    "write_vtt",
]
