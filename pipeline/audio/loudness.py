"""How loud a recording is (EBU R128) and how high it peaks, measured by FFmpeg's ebur128 filter."""

from __future__ import annotations

import math
from typing import Any

from pipeline.audio.filters import Kind, chained, kind_of, out_of

SILENCE_LUFS = -69.0  # ebur128 reports -70 where nothing passed its gate


class Meter:
    """Takes decoded frames one by one; holds no sound, so an hour needs no more memory than a second.

    Where format, rate or channels change on the way (joined files), frames are brought to those of the first.
    Without `peaks` there is no true peak, in less than half the time.
    """

    def __init__(self, *, peaks: bool = True) -> None:
        self._filter = ("ebur128", "peak=true:metadata=1" if peaks else "metadata=1")
        self.duration_s = 0.0
        self._graph: Any = None
        self._first: Kind = ("", "", 0)
        self._last: Any = None

    def add(self, frame: Any) -> None:
        """One frame of sound."""
        kind = kind_of(frame)
        self.duration_s += frame.samples / frame.sample_rate
        if self._graph is None:
            self._first, self._graph = kind, chained(kind, self._filter)
        for part in [frame] if kind == self._first else self._alike(frame):
            self._graph.push(part)
            for out in out_of(self._graph):
                self._last = out

    def _alike(self, frame: Any) -> list[Any]:
        from av import AudioResampler  # noqa: PLC0415 (heavy)

        format_, layout, rate = self._first
        resampler = AudioResampler(format=format_, layout=layout, rate=rate)
        return [part for part in (*resampler.resample(frame), *resampler.resample(None)) if part.samples]

    def _metadata(self) -> dict[str, str]:
        return dict(self._last.metadata) if self._last else {}

    def loudness_lufs(self) -> float | None:
        """Integrated loudness; None for silence and for less than 0.4 seconds."""
        value = float(self._metadata().get("lavfi.r128.I", "nan"))
        return round(value, 1) if math.isfinite(value) and value > SILENCE_LUFS else None

    def true_peak_dbtp(self) -> float | None:
        """The highest true peak of all channels (the filter gives them linear); None for silence."""
        peaks = [v for k, v in self._metadata().items() if k.startswith("lavfi.r128.true_peaks_ch")]
        top = max(map(float, peaks), default=0.0)
        return round(20 * math.log10(top), 1) if top > 0 and self.loudness_lufs() is not None else None
