"""How loud a recording is made: a gain, and a true-peak limiter where the gain would lift peaks too high.

Two passes at most where the gain alone does it (the recording was measured when it was added); where the
limiter takes loudness away, the gain that makes up for it is found by listening again without encoding.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.audio import probe
from pipeline.audio.editions.formats import CEILING_DBTP, PEAK_DBTP, target_lufs
from pipeline.audio.filters import Filter, filtered
from pipeline.audio.loudness import Meter
from pipeline.models import Recording

TOLERANCE_LU = 0.5
_NEAR_LU = 0.2  # a limiter's gain is right when the result is as near as this
_SLIGHT_DB = 4.0  # peaks of speech cut by so little take a quarter of a LU away, within the tolerance
_TRIES = 6
_FIRST_SLOPE, _LEAST_SLOPE = 0.7, 0.2  # LU gained by each dB into the limiter
_OVERSAMPLING = 2  # with the result measured and made again if need be, four times brings nothing more
_WAIT_S = 1.0

Heard = Callable[[float], object]
"""Told now and then how many seconds are done; what it raises stops the work."""


@dataclass(frozen=True, slots=True)
class Level:
    """A gain in dB, and the true peak that a limiter holds; None: no limiter."""

    gain_db: float = 0.0
    ceiling_dbtp: float | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """What is published: one channel or two, samples per second."""

    channels: int
    rate: int

    @property
    def layout(self) -> str:
        """The layout as FFmpeg names it."""
        return "mono" if self.channels == 1 else "stereo"


def chain(shape: Shape, level: Level, *, oversampled: bool = True) -> tuple[Filter, ...]:
    """The filters that bring frames of any kind to the shape and the level."""
    kind = f"sample_fmts=fltp:sample_rates={shape.rate}:channel_layouts={shape.layout}"
    return (
        ("aformat", kind),
        ("volume", f"volume={level.gain_db:.2f}dB:precision=float"),
        *_limiter(shape.rate, level.ceiling_dbtp, _OVERSAMPLING if oversampled else 1),
    )


def _limiter(rate: int, ceiling_dbtp: float | None, times: int) -> tuple[Filter, ...]:
    """FFmpeg's look-ahead limiter on the oversampled signal, so that peaks between samples count."""
    if ceiling_dbtp is None:
        return ()
    limit = 10 ** (ceiling_dbtp / 20)
    limiter = ("alimiter", f"limit={limit:.5f}:attack=5:release=50:level=disabled:latency=1")
    if times == 1:
        return (limiter,)
    return ("aresample", str(rate * times)), limiter, ("aresample", str(rate))


def levelled(recording: Path, facts: Recording, shape: Shape, heard: Heard) -> Level:
    """The level at which a recording is encoded; none for silence, which stays as it is."""
    sound = facts if facts.channels <= 2 else _mixed(recording, facts, shape, heard)  # noqa: PLR2004 (stereo)
    if sound.loudness_lufs is None:
        return Level()
    gain = target_lufs(shape.channels) - sound.loudness_lufs
    over = (sound.true_peak_dbtp or 0.0) + gain - CEILING_DBTP
    if over <= 0:
        return Level(gain)
    first = Level(gain, CEILING_DBTP)
    return first if over <= _SLIGHT_DB else _made_up(recording, shape, first, heard)


def _mixed(recording: Path, facts: Recording, shape: Shape, heard: Heard) -> Recording:
    """The facts of many channels mixed down to two: neither loudness nor peak follow from the single ones."""
    meter = _listened(recording, chain(shape, Level()), heard, peaks=True)
    values = {"loudness_lufs": meter.loudness_lufs(), "true_peak_dbtp": meter.true_peak_dbtp()}
    return facts.model_copy(update=values)


def _made_up(recording: Path, shape: Shape, level: Level, heard: Heard) -> Level:
    """The gain with which the limited sound is as loud as wanted, by the secant method."""
    target, slope, before = target_lufs(shape.channels), _FIRST_SLOPE, (level.gain_db, 0.0)
    for number in range(_TRIES):
        filters = chain(shape, level, oversampled=False)
        reached = _listened(recording, filters, heard, peaks=False).loudness_lufs()
        if reached is None or abs(target - reached) <= _NEAR_LU:
            break
        step = level.gain_db - before[0]
        if number and step:
            slope = max(_LEAST_SLOPE, (reached - before[1]) / step)
        before = (level.gain_db, reached)
        level = replace(level, gain_db=level.gain_db + (target - reached) / slope)
    return level


def _listened(recording: Path, filters: tuple[Filter, ...], heard: Heard, *, peaks: bool) -> Meter:
    meter, next_s = Meter(peaks=peaks), 0.0
    with probe.opened(recording) as source:
        for frame in filtered(probe.frames(source, probe.sound_of(source, recording)), *filters):
            meter.add(frame)
            if meter.duration_s >= next_s:
                heard(0.0)
                next_s = meter.duration_s + _WAIT_S
    return meter


def corrected(level: Level, made: Recording) -> Level | None:
    """The level for another try with what an encoded file turned out to be; None where it is right."""
    if made.loudness_lufs is None:
        return None
    missing = target_lufs(made.channels) - made.loudness_lufs
    excess = (made.true_peak_dbtp or PEAK_DBTP) - PEAK_DBTP
    if abs(missing) <= TOLERANCE_LU and excess <= 0:
        return None
    ceiling = level.ceiling_dbtp
    if excess > 0:
        ceiling = (CEILING_DBTP if ceiling is None else ceiling) - excess - 0.1
    return Level(level.gain_db + missing, ceiling)
