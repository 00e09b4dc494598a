"""Two texts of one recording side by side: models against each other, or against a checked transcript."""

from __future__ import annotations

from pathlib import Path

from pipeline import catalog
from pipeline.errors import TranscriptError, Where
from pipeline.transcripts import FORMATS, comparing, importing
from pipeline.workflow.choosing import named
from pipeline.workflow.reviewing import the_transcript
from pipeline.workflow.tracks import words_of

Comparison = comparing.Comparison


def compare(root: Path, a: str, b: str) -> Comparison:
    """Compare episodes' transcripts or files (`asr/*.jsonl`, VTT, SRT, JSON, text); `a` is taken as right."""
    return comparing.compared(_said(root, a), _said(root, b))


def _said(root: Path, name: str) -> tuple[comparing.Said, ...]:
    file = Path(name)
    if not file.is_file():
        house = catalog.load(root)
        return comparing.of_cues(the_transcript(root, house, named(house, name)))
    if file.suffix == ".jsonl":
        return comparing.of_words(words_of(file))
    text = importing.decoded(file.read_bytes()).text
    kind = "txt" if file.suffix == ".txt" else importing.format_of(name, text)
    try:
        return comparing.of_cues(FORMATS[kind].read(text))
    except TranscriptError as error:
        where = Where(file.as_posix(), error.where.line)
        raise TranscriptError(error.message, where=where, hint=error.hint) from error
