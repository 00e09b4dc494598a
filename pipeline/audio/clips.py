"""Short parts of a recording, to listen to: mono WAV files at 16 kHz."""

from __future__ import annotations

import wave
from collections.abc import Mapping
from pathlib import Path

from pipeline.audio.decode import RATE, stream


def cut_out(recording: Path, spans: Mapping[Path, tuple[float, float]]) -> None:
    """Write each file with its part of the recording (start and end in seconds); the rest is not read."""
    samples = {path: (round(start * RATE), round(end * RATE)) for path, (start, end) in spans.items()}
    for path, sound in _parts(recording, samples).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
            file.writeframes(sound)


def _parts(recording: Path, spans: Mapping[Path, tuple[int, int]]) -> dict[Path, bytes]:
    """The sound of each span of samples, as 16-bit numbers."""
    parts = dict.fromkeys(spans, b"")
    last = max((end for _, end in spans.values()), default=0)
    at = 0
    for block in stream(recording):
        for path, (start, end) in spans.items():
            if start < at + len(block) and end > at:
                parts[path] += block[max(0, start - at) : end - at].astype("<i2").tobytes()
        at += len(block)
        if at >= last:
            break
    return parts
