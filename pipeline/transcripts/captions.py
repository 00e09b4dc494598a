"""Long sentences → captions that fit a screen; the words stay, only the cuts are new."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.models import Cue, Span

Line = tuple[int, int]
"""Where a line of a text starts and ends."""


class Caption(NamedTuple):
    """What is on a screen for some time, in seconds; of a sentence in parts each has the id with a number."""

    id: str
    start_s: float
    end_s: float
    text: str
    spans: tuple[Span, ...]


def split(cue: Cue, characters: int, most_lines: int, *, instead: str = "") -> Iterator[Caption]:
    """A sentence, or plain text `instead`, in captions of so many lines at most, parted by line breaks.

    The times of parts follow their characters. A line holds at most `characters`; a longer word stands alone,
    whole: a cut word is another word. A break takes the place of a space: passages in another language stay
    marked where they are, in every part that they reach into.
    """
    text, spans = (instead, ()) if instead else (cue.text, cue.spans)
    cut = _lines(text, characters) or [(0, len(text))]
    groups = [cut[i : i + most_lines] for i in range(0, len(cut), most_lines)]
    if round((cue.end_s - cue.start_s) * 1000) < len(groups):  # no millisecond for each: stays whole
        groups = [cut]
    if len(groups) == 1:
        yield _caption(cue.id, (cue.start_s, cue.end_s), text, cut, spans)
        return
    edges = _edges(cue, [lines[-1][1] - lines[0][0] for lines in groups])
    for number, lines in enumerate(groups):
        yield _caption(f"{cue.id}.{number + 1}", (edges[number], edges[number + 1]), text, lines, spans)


def _caption(
    id_: str, times: tuple[float, float], text: str, lines: list[Line], spans: tuple[Span, ...]
) -> Caption:
    start, end = lines[0][0], lines[-1][1]
    own = tuple(_within(spans, start, end)) if spans else ()
    return Caption(id_, *times, _broken(text, lines) if len(lines) > 1 else text[start:end], own)


def _lines(text: str, characters: int) -> list[Line]:
    """Where each line starts and ends."""
    plain = text.replace("\n", " ")
    start, end = len(plain) - len(plain.lstrip(" ")), len(plain.rstrip(" "))
    made: list[Line] = []
    while end - start > characters:
        cut = plain.rfind(" ", start, start + characters + 1)
        if cut < 0:
            cut = plain.find(" ", start, end)
        if cut < 0:
            break
        line, rest = plain[start:cut].rstrip(" "), plain[cut:]
        made.append((start, start + len(line)))
        start = len(plain) - len(rest.lstrip(" "))
    return [*made, (start, end)] if start < end else made


def _broken(text: str, lines: list[Line]) -> str:
    """These lines of the text, a break in place of the space before each but the first."""
    starts = [start for start, _ in lines]
    ends = [*(start - 1 for start in starts[1:]), lines[-1][1]]
    return "\n".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def _edges(cue: Cue, sizes: list[int]) -> list[float]:
    """Where parts of these sizes begin, and the end; each part lasts a millisecond at least."""
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
