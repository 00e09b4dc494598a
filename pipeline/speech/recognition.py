"""What was heard, as values, and as the lines of a file under asr/."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import TranscriptError, Where
from pipeline.messages import msg
from pipeline.models import Replacement, Word

ENGINES: dict[str, str] = {
    # name: module with load(options), device(options) and LIBRARIES
    "faster-whisper": "pipeline.speech.faster",
    "whisper": "pipeline.speech.whisper",
}


@dataclass(frozen=True, slots=True)
class Options:
    """How to recognise: model name or checkpoint file, language (`de`), device, words to expect (`prompt`).

    `compute` is the type of the network's weights (`float32`, `int8`, `float16`; `auto`: the fastest that
    keeps the text), `threads` how many a process computes with.
    """

    model: str
    language: str
    engine: str = "whisper"
    device: str = "auto"
    prompt: str = ""
    beam_size: int = 5
    compute: str = "auto"
    threads: int = 1


def compute_type(options: Options, device: str) -> str:
    """`int8` on a processor, `float16` on a graphics card, unless the options say otherwise."""
    if options.compute != "auto":
        return options.compute
    return "int8" if device == "cpu" else "float16"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch as Whisper cuts it: times in seconds, its words, and the figures that tell how sure it is."""

    start_s: float
    end_s: float
    text: str
    words: tuple[Word, ...]
    average_log_probability: float
    no_speech_probability: float
    compression_ratio: float
    temperature: float


@dataclass(frozen=True, slots=True)
class Recognition:
    """All segments, the language, and where they come from (engine, model, digest, versions, options).

    `speech` are the stretches (start and end in seconds) where voice activity detection hears somebody;
    `replacements` what the glossary put right in the transcript made from this. `journal` still holds the
    pieces until the result is kept elsewhere. `levels` are dBFS for every 0.1 s of the recording, where it
    was just heard.
    """

    segments: tuple[Segment, ...]
    language: str
    provenance: Mapping[str, object]
    journal: Path | None = None
    speech: tuple[tuple[float, float], ...] = ()
    replacements: tuple[Replacement, ...] = ()
    levels: tuple[float, ...] = ()


def to_jsonl(recognition: Recognition) -> str:
    """A line of provenance, a line a segment, a line a replacement; keys sorted, times in milliseconds."""
    speech = [[round(start_s, 3), round(end_s, 3)] for start_s, end_s in recognition.speech]
    head = {"language": recognition.language, "speech": speech, **recognition.provenance}
    segments = (segment_to(segment) for segment in recognition.segments)
    lines = [head, *segments, *map(_replacement_to, recognition.replacements)]
    return "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in lines)


def from_jsonl(text: str) -> Recognition:
    """What `to_jsonl` wrote; TranscriptError names the line that is damaged."""
    if not text.strip():
        raise _damaged(1)
    (number, first), *rest = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    head = _parsed(number, first)
    language, speech = head.pop("language", None), head.pop("speech", [])
    if not isinstance(language, str):
        raise _damaged(number)
    lines = [(n, _parsed(n, line)) for n, line in rest]
    return Recognition(
        segments=tuple(_read(n, line) for n, line in lines if "replaced" not in line),
        language=language,
        provenance=head,
        speech=_stretches(number, speech),
        replacements=tuple(_replaced(n, line["replaced"]) for n, line in lines if "replaced" in line),
    )


def segment_from(line: dict[str, Any]) -> Segment:
    """What `segment_to` made."""
    return _read(1, line)


def _parsed(number: int, line: str) -> dict[str, Any]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _damaged(number) from error
    if not isinstance(values, dict):
        raise _damaged(number)
    return values


def _damaged(line: int) -> TranscriptError:
    return TranscriptError(
        msg("what the machine heard is damaged here"),
        where=Where("asr", line),
        hint=msg("The program writes this file itself: take the last good version from git, or delete it."),
    )


def segment_to(segment: Segment) -> dict[str, object]:
    """A segment as JSON holds it: rounded, so that writing and reading change nothing any more."""
    return {
        "average_log_probability": round(segment.average_log_probability, 4),
        "compression_ratio": round(segment.compression_ratio, 4),
        "end": round(segment.end_s, 3),
        "no_speech_probability": round(segment.no_speech_probability, 6),
        "start": round(segment.start_s, 3),
        "temperature": segment.temperature,
        "text": segment.text,
        "words": [
            [w.text, round(w.start_s, 3), round(w.end_s, 3), round(w.probability, 4)] for w in segment.words
        ],
    }


def _read(number: int, line: dict[str, Any]) -> Segment:
    try:
        return Segment(
            start_s=float(line["start"]),
            end_s=float(line["end"]),
            text=str(line["text"]),
            words=tuple(_word(*word) for word in line["words"]),
            average_log_probability=float(line["average_log_probability"]),
            no_speech_probability=float(line["no_speech_probability"]),
            compression_ratio=float(line["compression_ratio"]),
            temperature=float(line["temperature"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise _damaged(number) from error


def _stretches(number: int, speech: Any) -> tuple[tuple[float, float], ...]:
    try:
        return tuple((float(start_s), float(end_s)) for start_s, end_s in speech)
    except (TypeError, ValueError, OverflowError) as error:
        raise _damaged(number) from error


def _replacement_to(one: Replacement) -> dict[str, object]:
    entry = {"cue": one.cue, "heard": one.heard, "start": round(one.start_s, 3), "term": one.term}
    return {"replaced": {**entry, "written": one.written}}


def _replaced(number: int, entry: Any) -> Replacement:
    try:
        words = (str(entry[key]) for key in ("heard", "written", "term"))
        return Replacement(str(entry["cue"]), float(entry["start"]), *words)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise _damaged(number) from error


def _word(text: str, start_s: float, end_s: float, probability: float) -> Word:
    return Word(str(text), float(start_s), float(end_s), float(probability))
