"""The recordings that are measured on, made of this project's own: the same bytes on every run."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np

from pipeline import audio

ROOT = Path(__file__).resolve().parent.parent
RATE = audio.RATE
SPOKEN_S, BREAK_S = 40.0, 20.0  # of a talk with breaks: a third of it is a pause or music
CHORDS = ((220.0, 277.2, 329.6), (196.0, 246.9, 293.7), (174.6, 220.0, 261.6), (196.0, 246.9, 329.6))
BIT_RATE = 48_000
PADDING_S = 0.2  # more than an MP3 encoder adds: 30 s are one window, not one and a bit

Samples = Any


def recordings() -> list[Path]:
    """All recordings whose words are known."""
    demonstration = ROOT / "tests" / "fixtures" / "demo-recording.mp3"
    return [*sorted((ROOT / "episodes").glob("*/aufnahme.mp3")), demonstration]


def speech(path: Path, length_s: float) -> Path:
    """Speech throughout."""
    return _write(path, _cut(_endless(), length_s - PADDING_S))


def talk(path: Path, length_s: float) -> Path:
    """Speech, and for a third of the time pauses and music in turn."""
    return _write(path, _cut(_with_breaks(), length_s - PADDING_S))


def repeated(path: Path, once: Path, times: int) -> Path:
    """An MP3 of ours several times over, without encoding it again."""
    with path.open("wb") as file:
        for _ in range(times):
            file.write(once.read_bytes())
    return path


def _endless() -> Iterator[Samples]:
    spoken = np.concatenate([block for one in recordings() for block in audio.stream(one)])
    while True:
        yield spoken


def _with_breaks() -> Iterator[Samples]:
    spoken = next(_endless())
    part = int(SPOKEN_S * RATE)
    for number in itertools.count():
        yield np.take(spoken, range(number * part, (number + 1) * part), mode="wrap")
        yield _music() if number % 2 else np.zeros(int(BREAK_S * RATE), np.int16)


def _music() -> Samples:
    """Chords that fade, two a second."""
    half = RATE // 2
    at = np.arange(half) / RATE
    parts = []
    for chord, _ in zip(itertools.cycle(CHORDS), range(int(BREAK_S * 2)), strict=False):
        tones = sum(np.sin(2 * np.pi * tone * step * at) / step for tone in chord for step in (1, 2, 3))
        parts.append(1500 * tones * np.exp(-3 * at))
    return np.concatenate(parts).astype(np.int16)


def _cut(blocks: Iterable[Samples], length_s: float) -> Iterator[Samples]:
    left = int(length_s * RATE)
    for block in blocks:
        yield block[:left]
        left -= len(block)
        if left <= 0:
            return


def _write(path: Path, blocks: Iterable[Samples]) -> Path:
    """A mono MP3 without a frame that says how long it is, so that it may be joined."""
    with av.open(
        str(path), "w", format="mp3", options={"write_xing": "0", "id3v2_version": "0"}
    ) as container:
        stream: Any = container.add_stream("libmp3lame", rate=RATE, layout="mono")
        stream.bit_rate = BIT_RATE
        fifo = av.AudioFifo()
        for block in blocks:
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(block)[None, :], format="s16p", layout="mono"
            )
            frame.rate = RATE
            fifo.write(frame)
        while (chunk := fifo.read(stream.codec_context.frame_size or 1152, partial=True)) is not None:
            container.mux(stream.encode(chunk))
        container.mux(stream.encode(None))
    return path
