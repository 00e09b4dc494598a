"""Chapters as WebVTT: a cue a chapter, its text the title (https://www.w3.org/TR/webvtt1/, section 1.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.chapters.values import Entry, plain
from pipeline.transcripts.cuetext import escape
from pipeline.transcripts.vtt import line_of, read_vtt, time_text

LAST_S = 1.0
"""How long the last chapter lasts where the length of the recording is not known: a cue needs an end."""


def looks(text: str) -> bool:
    """Whether it is WebVTT."""
    return text.startswith("WEBVTT")


def read(text: str) -> Iterator[Entry]:
    """A chapter a cue."""
    for cue in read_vtt(text).cues:
        yield Entry(cue.start_s, plain(cue.text), line=line_of(text, cue.id))


def write(entries: Iterable[Entry], title: str, end_s: float | None) -> str:
    """Each chapter ends where the next one starts, the last one with the recording."""
    made = tuple(entries)
    starts = [one.start_s for one in made]
    ends = [*starts[1:], max(end_s or 0.0, starts[-1] + LAST_S)] if made else []
    blocks = (
        f"{n}\n{time_text(one.start_s)} --> {time_text(end)}\n{escape(one.title)}\n"
        for n, (one, end) in enumerate(zip(made, ends, strict=True), 1)
    )
    return "WEBVTT\n\n" + "\n".join(blocks)
