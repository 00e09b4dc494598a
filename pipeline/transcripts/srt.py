"""SubRip: numbered, commas in times, lines of 32 characters at most (podcast-namespace, transcripts.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.models import Transcript
from pipeline.transcripts import captions, vtt

LINE_CHARACTERS = 32
LINES = 2


def read(text: str) -> Transcript:
    """The cues of an SRT file; TranscriptError names the line of the first mistake."""
    body = re.sub(r"(\d\d:\d\d:\d\d),(\d{3})", r"\1.\2", text.lstrip("\ufeff"))
    return vtt.read_vtt("WEBVTT\n\n" + body)


def write(transcript: Transcript, names: Mapping[str, str]) -> str:
    """The captions with the speaker's name in front wherever the voice changes."""
    blocks, last = [], ""
    for number, cue in enumerate(captions.split(transcript, LINE_CHARACTERS, LINES), 1):
        name = "" if cue.sound else names.get(cue.speaker, cue.speaker)
        times = f"{vtt.time_text(cue.start_s)} --> {vtt.time_text(cue.end_s)}".replace(".", ",")
        text = captions.lines(cue.text, LINE_CHARACTERS)
        speaker = f"{name}:\n" if name and name != last else ""
        blocks.append(f"{number}\n{times}\n{speaker}{text}\n")
        last = name or last
    return "\n".join(blocks)
