"""words.json: when each word of a page's transcript is spoken, for the player that follows the sound.

    {"version": 1, "unit": "cs", "paragraphs": {"t=0": [12, 31, 40], "t=17.3": [1730, 25]}}

A list a paragraph, by its anchor in the page; an entry a word (what stands between spaces) in the order of
the text. The first entry is the word's start in hundredths of a second, every other one how much later the
word begins than the one before. Written without spaces: about 61 KB for 20,000 words, 17 KB compressed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from pipeline.models import Chapter, Transcript, Word
from pipeline.transcripts import aligning
from pipeline.transcripts.paragraphs import paragraphs

VERSION = 1
PER_S = 100


def write(
    transcript: Transcript,
    chapters: Iterable[Chapter],
    heard: Sequence[Word],
    frozen: Mapping[str, str] | None = None,
) -> str:
    """The file of an episode's page: chapters and frozen anchors count there, so they do here too."""
    made = paragraphs(transcript, chapters, frozen)
    cues = [cue for paragraph in made for cue in paragraph.cues]
    timed = iter(aligning.timed(cues, heard))
    starts = {p.anchor: [round(word.start_s * PER_S) for _ in p.cues for word in next(timed)] for p in made}
    document = {"version": VERSION, "unit": "cs", "paragraphs": {a: _coded(s) for a, s in starts.items()}}
    return json.dumps(document, separators=(",", ":")) + "\n"


def read(text: str) -> dict[str, tuple[float, ...]]:
    """The starts in seconds, by anchor: what the player computes."""
    made = {}
    for anchor, deltas in json.loads(text)["paragraphs"].items():
        total, starts = 0, []
        for delta in deltas:
            total += delta
            starts.append(total / PER_S)
        made[anchor] = tuple(starts)
    return made


def _coded(starts: list[int]) -> list[int]:
    return [*starts[:1], *(after - before for before, after in pairwise(starts))]
