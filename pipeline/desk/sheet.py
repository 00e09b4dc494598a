"""A transcript as its page shows it at first: sentences in lines, lines in blocks, blocks below chapters.

Places to look at come later, with the page's script.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from babel import Locale

from pipeline.messages import Translator, clock_text, msg
from pipeline.transcripts.deeds import Sentence
from pipeline.transcripts.document import Document
from pipeline.transcripts.reviewing import Standing

BLOCK = 25
"""Sentences that the browser lays out together: as many as a large screen shows."""
OFFERED = "ar bg bs cs da de el en es fa fi fr he hr hu it ja ku la lt lv nds nl no pl ps pt ro ru"
OFFERED += " sk sl sq sr sv tr uk ur vi zh"
"""Languages of passages that are offered by name; a file may name any other."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: what stands in it, beside it (`who` where a turn begins), and what it is called."""

    id: str
    text: str
    label: str
    who: str
    open: bool
    clock: str
    turn: bool
    sound: bool
    state: str
    foreign: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter with its lines in blocks; sentences before the first chapter have no title."""

    start_s: float
    title: str
    blocks: tuple[tuple[Line, ...], ...]


def chapters(document: Document, translate: Translator) -> tuple[Chapter, ...]:
    """All of a transcript; a chapter without a sentence is there as well, so that one may come."""
    starts = sorted(document.chapters)
    first = () if starts and starts[0][0] <= 0 else ((0.0, ""),)
    parts = [*first, *starts]
    lines: dict[int, list[Line]] = {at: [] for at in range(len(parts))}
    for at, line in _lines(document, [start for start, _ in parts], translate):
        lines[at].append(line)
    return tuple(
        Chapter(start, title, tuple(_blocks(lines[at])))
        for at, (start, title) in enumerate(parts)
        if title or lines[at]
    )


def languages(language: str) -> dict[str, str]:
    """Languages by their tags, as a language calls them, in the order of its alphabet."""
    names = Locale.parse(language).languages
    return dict(sorted(((one, names.get(one, one)) for one in OFFERED.split()), key=lambda pair: pair[1]))


def _blocks(lines: list[Line]) -> Iterator[tuple[Line, ...]]:
    for at in range(0, len(lines) or 1, BLOCK):
        yield tuple(lines[at : at + BLOCK])


def _lines(document: Document, starts: list[float], translate: Translator) -> Iterator[tuple[int, Line]]:
    """Every sentence with the number of its chapter."""
    names = {one.id: one.name for one in document.people}
    before: tuple[int, Sentence] | None = None
    for one in document.sentences:
        at = max((n for n, start in enumerate(starts) if start <= one.cue.start_s), default=0)
        turn = before is None or before[0] != at or _parted(before[1], one)
        yield at, _line(one, turn, names, translate)
        before = at, one


def _parted(above: Sentence, below: Sentence) -> bool:
    return above.cue.sound or below.cue.sound or above.cue.speaker != below.cue.speaker


def _line(one: Sentence, turn: bool, names: dict[str, str], translate: Translator) -> Line:
    cue, clock = one.cue, clock_short(one.cue.start_s)
    who = names.get(cue.speaker, cue.speaker)
    called = (
        msg("Sound, {time}", time=clock)
        if cue.sound
        else msg("Sentence {id}, {who}, {time}", id=cue.id, who=who or msg("nobody named"), time=clock)
    )
    label = [translate(called)]
    label += [translate(msg("checked"))] if one.state is Standing.CHECKED else []
    spoken = Locale.parse(translate.language).languages
    foreign = (
        f"{spoken.get(span.language, span.language)}: „{cue.text[span.start : span.end]}“"
        for span in cue.spans
    )
    return Line(
        cue.id,
        cue.text,
        ", ".join(label),
        "" if cue.sound else who,
        cue.speaker not in names,
        clock,
        turn,
        cue.sound,
        one.state.value,
        " · ".join(foreign),
    )


def clock_short(seconds: float) -> str:
    """`0:44`, `1:02:03`: without the hours where there are none."""
    whole = clock_text(seconds)
    return whole.removeprefix("0:").removeprefix("0") if whole.startswith("0:") else whole
