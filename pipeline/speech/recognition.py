"""What was heard, as values, and as the lines of a file under asr/."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.models import Word

ENGINES: dict[str, str] = {
    # name: module with load(options), device(options), compute_type(options) and LIBRARIES
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

    `journal` still holds the pieces until the result is kept elsewhere.
    """

    segments: tuple[Segment, ...]
    language: str
    provenance: Mapping[str, object]
    journal: Path | None = None


def to_jsonl(recognition: Recognition) -> str:
    """A line of provenance, then a line a segment; keys sorted, times in milliseconds' precision."""
    head = {"language": recognition.language, **recognition.provenance}
    lines = [head, *(segment_to(segment) for segment in recognition.segments)]
    return "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in lines)


def from_jsonl(text: str) -> Recognition:
    """What `to_jsonl` wrote."""
    head, *lines = [json.loads(line) for line in text.splitlines()]
    language = str(head.pop("language"))
    return Recognition(tuple(segment_from(line) for line in lines), language, head)


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


def segment_from(line: dict[str, object]) -> Segment:
    """What `segment_to` made."""
    words = line["words"]
    return Segment(
        start_s=_number(line["start"]),
        end_s=_number(line["end"]),
        text=str(line["text"]),
        words=tuple(Word(*word) for word in words) if isinstance(words, list) else (),
        average_log_probability=_number(line["average_log_probability"]),
        no_speech_probability=_number(line["no_speech_probability"]),
        compression_ratio=_number(line["compression_ratio"]),
        temperature=_number(line["temperature"]),
    )


def _number(value: object) -> float:
    return float(str(value))
