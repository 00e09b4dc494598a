"""Sentences → paragraphs that people read and link to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.models import Chapter, Cue, Transcript

MOST_SECONDS = 60.0
MOST_CHARACTERS = 600


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences of one voice in a row; `anchor` is its id in the page (`t=754`), times in seconds."""

    anchor: str
    start_s: float
    end_s: float
    speaker: str
    sound: bool
    cues: tuple[Cue, ...]


def paragraphs(transcript: Transcript, chapters: Iterable[Chapter]) -> tuple[Paragraph, ...]:
    """Paragraphs in the order of time, each with an anchor of its own.

    A new one begins with another voice, a sound, a chapter, or when the one before is long enough.
    """
    starts = sorted(chapter.start for chapter in chapters)
    groups: list[list[Cue]] = []
    for cue in transcript.cues:
        if groups and not _begins(groups[-1], cue, starts):
            groups[-1].append(cue)
        else:
            groups.append([cue])
    used: set[str] = set()
    return tuple(_paragraph(group, used) for group in groups)


def _begins(group: list[Cue], cue: Cue, chapter_starts: list[float]) -> bool:
    first, last = group[0], group[-1]
    if cue.speaker != last.speaker or cue.sound or last.sound:
        return True
    if any(last.start_s < start <= cue.start_s for start in chapter_starts):
        return True
    length = sum(len(one.text) for one in group)
    return cue.end_s - first.start_s > MOST_SECONDS or length + len(cue.text) > MOST_CHARACTERS


def _paragraph(group: list[Cue], used: set[str]) -> Paragraph:
    start = group[0].start_s
    tenths = int(start * 10)
    anchor = f"t={tenths // 10}"
    while anchor in used:
        anchor = f"t={tenths // 10}.{tenths % 10}"
        tenths += 1
    used.add(anchor)
    return Paragraph(anchor, start, group[-1].end_s, group[0].speaker, group[0].sound, tuple(group))
