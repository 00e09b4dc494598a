"""A stream of samples → pieces: batches of windows cut at pauses, each independent of all others.

A window is at most 30 s of sound, put together from stretches with speech; long pauses are shortened, and
what lies between is never decoded. Which pieces come out depends on the samples alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.speech.stretches import Stretch, stretches

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Samples = npt.NDArray[np.int16]
    Probabilities = npt.NDArray[np.float32]

RATE = 16_000
WINDOW = 30 * RATE  # what Whisper's encoder takes
EARLIEST = 26 * RATE  # from here on a window may end, at its longest pause
WINDOWS = 8  # of a piece: one batch


@dataclass(frozen=True, slots=True)
class Clip:
    """A part of the recording, in samples at 16 kHz from its start."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Window:
    """The clips that are heard in one go, in the order of time, together at most 30 s."""

    clips: tuple[Clip, ...]

    @property
    def length(self) -> int:
        """Samples of all clips together."""
        return sum(clip.end - clip.start for clip in self.clips)

    def moments(self, start_s: float, end_s: float) -> tuple[float, float]:
        """A stretch in seconds from the window's start → the same from the recording's start."""
        return self._moment(start_s), self._moment(end_s)

    def word(self, start_s: float, end_s: float) -> tuple[float, float]:
        """The same for a word: it lies within one clip, so that none lasts over a pause that was left out."""
        clip, before = self._clip((start_s + end_s) / 2 * RATE)
        low, high = clip.start / RATE, clip.end / RATE
        shift = (clip.start - before) / RATE
        return min(max(start_s + shift, low), high), min(max(end_s + shift, low), high)

    def _moment(self, at_s: float) -> float:
        clip, before = self._clip(at_s * RATE)
        return min(max(clip.start, clip.start + at_s * RATE - before), clip.end) / RATE

    def _clip(self, at: float) -> tuple[Clip, int]:
        """The clip that a sample of the window lies in, and how many samples of the window come before it."""
        before = 0
        for clip in self.clips[:-1]:
            if at <= before + clip.end - clip.start:
                return clip, before
            before += clip.end - clip.start
        return self.clips[-1], before

    def after(self, samples: int) -> Window:
        """The window without its first samples."""
        kept: list[Clip] = []
        for clip in self.clips:
            gone = min(samples, clip.end - clip.start)
            samples -= gone
            if gone < clip.end - clip.start:
                kept.append(Clip(clip.start + gone, clip.end))
        return Window(tuple(kept))


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Windows that form one batch: `samples` holds their sound one after the other, as 16-bit numbers."""

    number: int
    windows: tuple[Window, ...]
    samples: Samples

    @property
    def end_s(self) -> float:
        """Up to which second of the recording everything is done once this piece and those before are."""
        return self.windows[-1].clips[-1].end / RATE

    @property
    def digest(self) -> str:
        """SHA-256 over cuts and sound: the same piece has the same digest on every machine."""
        cuts = [[(clip.start, clip.end) for clip in window.clips] for window in self.windows]
        return hashlib.sha256(str(cuts).encode() + self.samples.astype("<i2").tobytes()).hexdigest()

    def packed(self) -> Packed:
        """The piece as it travels to another machine."""
        from pipeline import audio  # noqa: PLC0415 (heavy)

        return Packed(self.number, self.windows, audio.pack(self.samples))

    def unpacked(self) -> Piece:
        """Itself."""
        return self

    def sounds(self) -> Iterator[Samples]:
        """The sound of each window."""
        start = 0
        for window in self.windows:
            yield self.samples[start : start + window.length]
            start += window.length


@dataclass(frozen=True, slots=True)
class Packed:
    """A piece whose sound is FLAC: nothing is lost."""

    number: int
    windows: tuple[Window, ...]
    flac: bytes

    def unpacked(self) -> Piece:
        """The piece with its samples."""
        from pipeline import audio  # noqa: PLC0415 (heavy)

        return Piece(self.number, self.windows, audio.unpack(self.flac))


def stretches_of(clips: Iterable[Clip]) -> tuple[tuple[float, float], ...]:
    """Stretches with speech from clips in the order of time: in seconds; neighbours are joined."""
    found: list[tuple[int, int]] = []
    for clip in clips:
        start = found.pop()[0] if found and found[-1][1] == clip.start else clip.start
        found.append((start, clip.end))
    return tuple((start / RATE, end / RATE) for start, end in found)


def cut(stream: Iterable[tuple[Samples, Probabilities]]) -> Iterator[Piece]:
    """Pieces while the samples come in; no more than a piece waits in memory.

    A recording in which nobody speaks gives none.
    """
    waiting: list[list[Stretch]] = []
    number = 0
    for window in _windows(stretches(stream)):
        waiting.append(window)
        if len(waiting) == WINDOWS:
            yield _piece(number, waiting)
            waiting, number = [], number + 1
    if waiting:
        yield _piece(number, waiting)


def _windows(found: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    """Stretches in groups of at most 30 s; a group ends at its longest pause after 26 s."""
    group: list[Stretch] = []
    for stretch in found:
        while group and _length(group) + len(stretch.samples) > WINDOW:
            last = _cut_after(group)
            yield group[:last]
            group = group[last:]
        group.append(stretch)
    if group:
        yield group


def _cut_after(group: list[Stretch]) -> int:
    best, longest, length = len(group), -1, 0
    for position, stretch in enumerate(group, 1):
        length += len(stretch.samples)
        if length >= EARLIEST and stretch.pause >= longest:
            best, longest = position, stretch.pause
    return best


def _length(group: list[Stretch]) -> int:
    return sum(len(stretch.samples) for stretch in group)


def _piece(number: int, groups: list[list[Stretch]]) -> Piece:
    import numpy as np  # noqa: PLC0415 (heavy)

    samples = np.concatenate([stretch.samples for group in groups for stretch in group])
    return Piece(number, tuple(_joined(group) for group in groups), samples)


def _joined(group: list[Stretch]) -> Window:
    clips: list[Clip] = []
    for stretch in group:
        end = stretch.start + len(stretch.samples)
        if clips and clips[-1].end == stretch.start:
            clips[-1] = Clip(clips[-1].start, end)
        else:
            clips.append(Clip(stretch.start, end))
    return Window(tuple(clips))
