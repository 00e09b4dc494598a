"""Sentences → paragraphs that people read and link to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.models import Chapter, Cue, Transcript

MOST_SECONDS = 60.0
MOST_CHARACTERS = 600


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences of one voice in a row; `anchor` is its id in the page (`t=754`), times in seconds.

    `inside` are addresses that paragraphs had before the text was corrected, by the position of the cue
    before which they stand now.
    """

    anchor: str
    start_s: float
    end_s: float
    speaker: str
    sound: bool
    cues: tuple[Cue, ...]
    inside: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def paragraphs(
    transcript: Transcript, chapters: Iterable[Chapter], frozen: Mapping[str, str] | None = None
) -> tuple[Paragraph, ...]:
    """Paragraphs in the order of time, each with an anchor of its own.

    A new one begins with another voice, a sound, a chapter, or when the one before is long enough. `frozen`
    are anchors that readers may have linked to, by cue: each of them is somewhere in the result, where its
    cue stands now, or, if that is gone, at the paragraph of its moment.
    """
    kept = frozen or {}
    groups = _groups(transcript, sorted(chapter.start for chapter in chapters))
    used = set(kept.values())
    anchors = [kept.get(group[0].id) or _anchor(group[0].start_s, used) for group in groups]
    inside = _inside(groups, anchors, kept)
    return tuple(
        Paragraph(
            anchor, group[0].start_s, group[-1].end_s, group[0].speaker, group[0].sound, tuple(group), own
        )
        for group, anchor, own in zip(groups, anchors, inside, strict=True)
    )


def freeze(transcript: Transcript, chapters: Iterable[Chapter], frozen: Mapping[str, str]) -> dict[str, str]:
    """The anchors to keep from now on: those kept already, and the one of every paragraph of today."""
    made = paragraphs(transcript, chapters, frozen)
    return dict(frozen) | {paragraph.cues[0].id: paragraph.anchor for paragraph in made}


def _groups(transcript: Transcript, chapter_starts: list[float]) -> list[list[Cue]]:
    groups: list[list[Cue]] = []
    characters = chapter = 0
    for cue in transcript.cues:
        before, chapter = chapter, bisect_right(chapter_starts, cue.start_s)
        same = bool(groups) and chapter <= before and _goes_on(groups[-1], characters, cue)
        if same:
            groups[-1].append(cue)
        else:
            groups.append([cue])
        characters = (characters if same else 0) + len(cue.text)
    return groups


def _goes_on(group: list[Cue], characters: int, cue: Cue) -> bool:
    """Whether a cue belongs to the paragraph before it, which has so many characters."""
    first, last = group[0], group[-1]
    if cue.speaker != last.speaker or cue.sound or last.sound:
        return False
    return cue.end_s - first.start_s <= MOST_SECONDS and characters + len(cue.text) <= MOST_CHARACTERS


def _anchor(start_s: float, used: set[str]) -> str:
    """The whole second; a second paragraph of the same second gets a tenth."""
    tenths = int(start_s * 10)
    anchor = f"t={tenths // 10}"
    while anchor in used:
        anchor = f"t={tenths // 10}.{tenths % 10}"
        tenths += 1
    used.add(anchor)
    return anchor


def _inside(
    groups: list[list[Cue]], anchors: list[str], kept: Mapping[str, str]
) -> list[Mapping[int, tuple[str, ...]]]:
    places = {cue.id: (row, at) for row, group in enumerate(groups) for at, cue in enumerate(group)}
    own: list[dict[int, tuple[str, ...]]] = [{} for _ in groups]
    for cue, anchor in kept.items():
        row, at = places.get(cue) or (_row(groups, anchor), 0)
        if own and anchor != anchors[row]:
            own[row][at] = (*own[row].get(at, ()), anchor)
    return list(own)


def _row(groups: list[list[Cue]], anchor: str) -> int:
    """The paragraph that is spoken at the moment an anchor is named after."""
    moment_s = float(anchor.removeprefix("t="))
    return max(sum(group[0].start_s <= moment_s for group in groups) - 1, 0)
