"""Long sentences → captions that fit a screen; the words stay, only the cuts are new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.models import Cue, Span, Transcript


def split(transcript: Transcript, characters: int, most_lines: int) -> Iterator[Cue]:
    """Cues of at most `most_lines` lines, parted by line breaks; the times of parts follow their characters.

    A line holds at most `characters`; a longer word stands alone, whole: a cut word is another word. A break
    takes the place of a space, so that passages in another language stay marked where they are, in every part
    that they reach into.
    """
    for cue in transcript.cues:
        cut = _lines(cue.text, characters) or [(0, len(cue.text))]
        groups = [cut[i : i + most_lines] for i in range(0, len(cut), most_lines)]
        if round((cue.end_s - cue.start_s) * 1000) < len(groups):  # no millisecond for each: stays whole
            groups = [cut]
        yield from _timed(cue, groups)


def _lines(text: str, characters: int) -> list[tuple[int, int]]:
    """Where each line starts and ends."""
    plain = text.replace("\n", " ")
    start, end = len(plain) - len(plain.lstrip(" ")), len(plain.rstrip(" "))
    made: list[tuple[int, int]] = []
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


def _timed(cue: Cue, groups: list[list[tuple[int, int]]]) -> Iterator[Cue]:
    whole = groups == [[(0, len(cue.text))]]
    if whole and not cue.words:
        yield cue
        return
    parts = [(lines[0][0], lines[-1][1]) for lines in groups]
    edges = _edges(cue, [end - start for start, end in parts])
    for number, (lines, (start, end)) in enumerate(zip(groups, parts, strict=True)):
        yield replace(
            cue,
            id=cue.id if len(parts) == 1 else f"{cue.id}.{number + 1}",
            start_s=edges[number],
            end_s=edges[number + 1],
            text=_broken(cue.text, lines),
            spans=tuple(_within(cue.spans, start, end)),
            words=(),
        )


def _broken(text: str, lines: list[tuple[int, int]]) -> str:
    """These lines of the text, a break in place of the space before each but the first."""
    starts = [start for start, _ in lines]
    ends = [*(start - 1 for start in starts[1:]), lines[-1][1]]
    return "\n".join(text[start:end] for start, end in zip(starts, ends, strict=True))


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
