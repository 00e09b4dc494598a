"""A recording → the samples that recognition hears."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.audio import probe

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

RATE = 16_000


def decode(path: Path) -> npt.NDArray[np.float32]:
    """Mono samples at 16 kHz, float32 in −1…1, shape (samples,)."""
    import numpy as np  # noqa: PLC0415 (heavy)
    from av import AudioResampler  # noqa: PLC0415

    parts = []
    resampler = AudioResampler(format="fltp", rate=RATE)
    with probe.opened(path) as container:
        stream = probe.sound_of(container, path)
        for frame in probe.frames(container, stream):
            parts += [out.to_ndarray().mean(axis=0) for out in resampler.resample(frame)]
        parts += [out.to_ndarray().mean(axis=0) for out in resampler.resample(None)]
    return np.concatenate(parts).astype(np.float32) if parts else np.zeros(0, np.float32)
