"""Voices of a transcript: what one is called before it has a name, cues cut where it changes, renaming."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from pipeline.models import Cue, Word
from pipeline.transcripts import vtt
from pipeline.transcripts.cuetext import escape

CALLED = {"de": "Stimme", "en": "Voice"}
_OPEN = re.compile(rf"^(?:{'|'.join(CALLED.values())}) ([1-9][0-9]*)$")
_TAG = re.compile(r"<v(?:\.[^\s.<>]+)*\s+[^<>]*>")


def called(number: int, language: str) -> str:
    """What a voice is called until somebody names it: `Stimme 1`, in a language's words where known."""
    return f"{CALLED.get(language.partition('-')[0], CALLED['en'])} {number}"


def number(speaker: str) -> int:
    """The number of a voice that nobody named yet; 0 for a person, and for nobody."""
    found = _OPEN.match(speaker)
    return int(found[1]) if found else 0


def voiced(cues: Sequence[Cue], voices: Sequence[Sequence[int]], language: str) -> tuple[Cue, ...]:
    """Cues with their voices, cut where the voice changes; a voice's number for every word, 0: unknown.

    Ids count from "1" again: this is for new transcripts only.
    """
    parts = [part for cue, own in zip(cues, voices, strict=True) for part in _parts(cue, own, language)]
    return tuple(replace(cue, id=str(place)) for place, cue in enumerate(parts, 1))


def _parts(cue: Cue, voices: Sequence[int], language: str) -> Iterator[Cue]:
    if len(set(voices)) < 2:  # noqa: PLR2004 (nobody or one: whole)
        yield replace(cue, speaker=_speaker(voices[0], language)) if voices else cue
        return
    start_s = cue.start_s
    for voice, group in groupby(zip(voices, cue.words, strict=True), key=lambda pair: pair[0]):
        words = tuple(word for _, word in group)
        end_s = max(_end(words, cue), start_s + 0.001)
        text = " ".join(word.text for word in words)
        yield replace(
            cue, start_s=start_s, end_s=end_s, text=text, words=words, speaker=_speaker(voice, language)
        )
        start_s = end_s


def _end(words: tuple[Word, ...], cue: Cue) -> float:
    return cue.end_s if words[-1] is cue.words[-1] else words[-1].end_s


def _speaker(voice: int, language: str) -> str:
    return called(voice, language) if voice else ""


def renamed(cues: Iterable[Cue], people: Mapping[int, str]) -> dict[str, str]:
    """By cue id who speaks it, where that is a voice of this number."""
    return {cue.id: people[number(cue.speaker)] for cue in cues if number(cue.speaker) in people}


def respoken(text: str, speakers: Mapping[str, str]) -> str:
    """A WebVTT file in which other people speak some cues (by cue id); not a byte else of it changes."""
    return "".join(
        replace(block, words=spoken(block.words, speakers[block.id])).raw
        if block.id is not None and block.id in speakers
        else block.raw
        for block in vtt.placed(text)
    )


def spoken(raw: str, speaker: str) -> str:
    """The words of a cue as they stand in the file, said by somebody else; nobody: ""."""
    bare = _TAG.sub("", raw)
    return f"<v {escape(speaker)}>{bare}" if speaker else bare.replace("</v>", "")
