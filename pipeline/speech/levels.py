"""How loud a recording is over time, measured while it streams by."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Samples = npt.NDArray[np.int16]

STEP = 1600  # samples at 16 kHz a level stands for: 0.1 s
_QUIETEST = 1.6e-5  # of full scale: −96 dB, below what 16 bits hold


class Levels:
    """Takes the samples on their way, and keeps a number for every 0.1 s."""

    def __init__(self) -> None:
        self.decibels = array("f")

    def listening(self, blocks: Iterable[Samples]) -> Iterator[Samples]:
        """The blocks, unchanged."""
        import numpy as np  # noqa: PLC0415 (heavy)

        rest = np.zeros(0, np.int16)
        for block in blocks:
            rest = np.concatenate([rest, block])
            cut = len(rest) // STEP * STEP
            self._measure(rest[:cut])
            rest = rest[cut:]
            yield block
        if len(rest):
            self._measure(np.pad(rest, (0, STEP - len(rest))))

    def _measure(self, samples: Samples) -> None:
        import numpy as np  # noqa: PLC0415

        powers = np.square(samples.astype(np.float32).reshape(-1, STEP) / 32768.0).mean(axis=1)
        self.decibels.extend((10 * np.log10(np.maximum(powers, _QUIETEST**2))).tolist())

    @property
    def values(self) -> tuple[float, ...]:
        """dBFS (mean of squares) for every 0.1 s from the recording's start, in tenths."""
        return tuple(round(value, 1) for value in self.decibels)
