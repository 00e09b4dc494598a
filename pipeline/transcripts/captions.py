"""Long sentences → captions that fit a screen; the words stay, only the cuts are new."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.models import Cue, Span, Transcript

_WORD = re.compile(r"[^ \n]+")


def lines(text: str, characters: int) -> str:
    """The text with line breaks in place of spaces, so that spans keep their places.

    A line holds at most `characters`; a longer word stands alone, whole: a cut word is another word.
    """
    starts = [start for start, _ in _lines(text, characters)][1:]
    broken = list(text)
    for start in starts:
        broken[start - 1] = "\n"
    return "".join(broken)


def split(transcript: Transcript, characters: int, most_lines: int) -> Iterator[Cue]:
    """Cues of at most `most_lines` lines; a part's share of the time is its share of the characters.

    Passages in another language stay marked in every part that they reach into.
    """
    for cue in transcript.cues:
        cut = _lines(cue.text, characters) or [(0, len(cue.text))]
        groups = [cut[i : i + most_lines] for i in range(0, len(cut), most_lines)]
        if round((cue.end_s - cue.start_s) * 1000) < len(groups):  # no millisecond for each: stays whole
            groups = [cut]
        yield from _timed(cue, [(group[0][0], group[-1][1]) for group in groups])


def _lines(text: str, characters: int) -> list[tuple[int, int]]:
    """Where each line starts and ends."""
    made: list[tuple[int, int]] = []
    for word in _WORD.finditer(text):
        if made and word.end() - made[-1][0] <= characters:
            made[-1] = (made[-1][0], word.end())
        else:
            made.append(word.span())
    return made


def _timed(cue: Cue, parts: list[tuple[int, int]]) -> Iterator[Cue]:
    edges = _edges(cue, [end - start for start, end in parts])
    for number, (start, end) in enumerate(parts):
        yield replace(
            cue,
            id=cue.id if len(parts) == 1 else f"{cue.id}.{number + 1}",
            start_s=edges[number],
            end_s=edges[number + 1],
            text=cue.text[start:end],
            spans=tuple(_within(cue.spans, start, end)),
            words=(),
        )


def _edges(cue: Cue, sizes: list[int]) -> list[float]:
    """Where parts of these sizes begin, and the end; each part lasts a millisecond at least."""
    if len(sizes) == 1:
        return [cue.start_s, cue.end_s]
    first, last, total = round(cue.start_s * 1000), round(cue.end_s * 1000), sum(sizes)
    edges, done = [first], 0
    for number, size in enumerate(sizes[:-1], 1):
        done += size
        share = first + round((last - first) * done / total)
        edges.append(min(max(share, edges[-1] + 1), last - len(sizes) + number))
    return [edge / 1000 for edge in (*edges, last)]


def _within(spans: tuple[Span, ...], start: int, end: int) -> Iterator[Span]:
    """The spans of a part of the text, counted from its start."""
    for span in spans:
        first, last = max(span.start, start), min(span.end, end)
        if first < last:
            yield Span(first - start, last - start, span.language)
