"""The JSON transcript of the Podcast Index (podcast-namespace, transcripts.md, "JSON")."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from pipeline.errors import TranscriptError, Where
from pipeline.messages import Message, msg
from pipeline.models import Cue, Transcript
from pipeline.transcripts import cuetext

VERSION = "1.0.0"
FILE = "transcript.json"
SHORTEST_S = 0.001
LONGEST_S = 9999 * 3600.0
"""What WebVTT's times can say here (`time_text`)."""


def read(text: str) -> Transcript:
    """The segments of a JSON transcript as cues, empty ones left out; TranscriptError names the line."""
    try:
        document = json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise _mistake(error.lineno, msg("this is no JSON: {reason}", reason=error.msg)) from error
    except (ValueError, RecursionError) as error:
        raise _mistake(1, msg("this is no JSON transcript of the Podcast Index")) from error
    segments = document.get("segments") if isinstance(document, dict) else None
    if not isinstance(segments, list):
        raise _mistake(1, msg("this is no JSON transcript of the Podcast Index"))
    cues = [_cue(text, number, segment) for number, segment in enumerate(segments)]
    return Transcript(tuple(cue for cue in cues if cue.text))


def write(transcript: Transcript, names: Mapping[str, str]) -> str:
    """A segment a sentence."""
    segments = [
        {
            **({"speaker": names.get(cue.speaker, cue.speaker)} if cue.speaker and not cue.sound else {}),
            "startTime": round(cue.start_s, 3),
            "endTime": round(cue.end_s, 3),
            "body": cue.text,
        }
        for cue in transcript.cues
    ]
    return json.dumps({"version": VERSION, "segments": segments}, ensure_ascii=False) + "\n"


def _cue(text: str, number: int, segment: Any) -> Cue:
    values = segment if isinstance(segment, dict) else {}
    start, end = _seconds(values.get("startTime")), _seconds(values.get("endTime"))
    body = values.get("body")
    if start is None or end is None or not isinstance(body, str):
        message = msg("segment {n} needs startTime, endTime (seconds) and body", n=number + 1)
        raise _mistake(_line(text, number), message)
    if end < start:
        raise _mistake(_line(text, number), msg("segment {n} ends before it starts", n=number + 1))
    speaker = values.get("speaker")
    words = cuetext.spaced(body)
    name = speaker.strip() if isinstance(speaker, str) else ""
    return Cue(str(number + 1), start, max(end, round(start + SHORTEST_S, 3)), words, name)


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return round(float(value), 3) if 0 <= value <= LONGEST_S and not math.isnan(value) else None


def _line(text: str, number: int) -> int:
    """The line in which a segment begins (the document is known to be JSON)."""
    decoder, opened = json.JSONDecoder(), re.search(r'"segments"\s*:\s*\[', text)
    if opened is None:
        return 1
    position = _next(text, opened.end())
    for _ in range(number):
        position = _next(text, decoder.raw_decode(text, position)[1])
    return text.count("\n", 0, position) + 1


def _next(text: str, position: int) -> int:
    """The place of the next value behind spaces and a comma."""
    found = re.compile(r"[\s,]*").match(text, position)
    return found.end() if found else position


def _mistake(line: int, message: Message) -> TranscriptError:
    return TranscriptError(message, where=Where(FILE, line))
