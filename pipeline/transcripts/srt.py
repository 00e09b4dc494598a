"""SubRip: numbered, commas in times, lines of 32 characters at most (podcast-namespace, transcripts.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from pipeline.errors import TranscriptError, Where
from pipeline.messages import msg
from pipeline.models import Cue, Transcript
from pipeline.transcripts import captions, cuetext, vtt
from pipeline.transcripts.captions import Caption

LINE_CHARACTERS = 32
LINES = 2
FILE = "transcript.srt"
_COMMA = re.compile(r"([0-9]{2}),([0-9]{3})")
_STYLE = re.compile(r"</?(?:b|i|u|font)(?:\s[^<>]*)?>|\{\\an?[0-9]\}")


def read(text: str) -> Transcript:
    """The captions of an SRT file, numbered anew; TranscriptError names the line of the first mistake.

    Names stay where the file has them, in the text: whether `Adam: …` is a name only people know.
    """
    try:
        cues = [_cue(*block) for block in vtt.blocks(vtt.lines_of(text))]
    except TranscriptError as error:
        raise TranscriptError(error.message, where=replace(error.where, file=FILE)) from error
    return Transcript(tuple(replace(cue, id=str(n)) for n, cue in enumerate((c for c in cues if c.text), 1)))


def write(transcript: Transcript, names: Mapping[str, str]) -> str:
    """The captions with the speaker's name in front wherever the voice changes."""
    shown: list[Caption] = []
    last = ""
    for cue in transcript.cues:
        name = "" if cue.sound else " ".join(names.get(cue.speaker, cue.speaker).split())
        text = f"{name}: {cue.text}" if name and name != last else cue.text
        shown += captions.split(cue, LINE_CHARACTERS, LINES, instead=text.replace("-->", "→"))
        last = name or last
    return "\n".join(_block(number, one) for number, one in enumerate(shown, 1))


def _block(number: int, one: Caption) -> str:
    times = f"{vtt.time_text(one.start_s)} --> {vtt.time_text(one.end_s)}".replace(".", ",")
    return f"{number}\n{times}\n{one.text}\n"


def _cue(number: int, block: list[str]) -> Cue:
    at = 0 if "-->" in block[0] else 1
    if at >= len(block) or "-->" not in block[at]:
        raise TranscriptError(
            msg("times are written 00:00:01,000 --> 00:00:02,000"), where=Where(FILE, number)
        )
    start, end = vtt.times(_COMMA.sub(r"\1.\2", block[at]), number + at)
    return Cue(str(number), start, end, cuetext.spaced(_STYLE.sub("", "\n".join(block[at + 1 :]))))
