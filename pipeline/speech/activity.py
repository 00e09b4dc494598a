"""Where somebody speaks: silero's voice activity model under onnxruntime, streamed, without torch.

The sequence model lies in the package silero-vad and answers for many frames in one call; its state is
handed on, so that memory does not grow with the recording (https://github.com/snakers4/silero-vad/pull/784).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Samples = npt.NDArray[np.int16]
    Probabilities = npt.NDArray[np.float32]

MODEL = "silero_vad/data/silero_vad_16k_sequence.onnx"
FRAME = 512  # samples at 16 kHz a probability stands for: 32 ms
_CONTEXT = 64  # samples of the frame before that the model sees too
_BLOCK = 512  # frames a call


class Activity:
    """Speech probabilities of a recording that comes in blocks: one for every 512 samples."""

    def __init__(self) -> None:
        import numpy as np  # noqa: PLC0415 (heavy)
        import onnxruntime  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        model = str(distribution("silero-vad").locate_file(MODEL))
        self._session: Any = onnxruntime.InferenceSession(model, options, ["CPUExecutionProvider"])
        self._hidden = self._cell = np.zeros((1, 1, 128), np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)
        self._rest = np.zeros(0, np.int16)

    def probabilities(self, blocks: Iterable[Samples]) -> Iterator[tuple[Samples, Probabilities]]:
        """Samples as they came, cut to whole frames, with the probability of each frame.

        The last frame is filled up with silence.
        """
        import numpy as np  # noqa: PLC0415

        waiting: list[Samples] = []
        for block in blocks:
            waiting.append(block)
            if sum(map(len, waiting)) >= _BLOCK * FRAME:
                whole = np.concatenate(waiting)
                cut = len(whole) // FRAME * FRAME
                yield from self._calls(whole[:cut])
                waiting = [whole[cut:]]
        whole = np.concatenate([*waiting, np.zeros(0, np.int16)])
        if len(whole):
            yield from self._calls(np.pad(whole, (0, -len(whole) % FRAME)))

    def _calls(self, samples: Samples) -> Iterator[tuple[Samples, Probabilities]]:
        for start in range(0, len(samples), _BLOCK * FRAME):
            part = samples[start : start + _BLOCK * FRAME]
            yield part, self._call(part)

    def _call(self, samples: Samples) -> Probabilities:
        import numpy as np  # noqa: PLC0415

        frames = (samples.astype(np.float32) / 32768.0).reshape(-1, FRAME)
        contexts = np.concatenate([self._context[None], frames[:-1, -_CONTEXT:]])
        self._context = frames[-1, -_CONTEXT:]
        values, self._hidden, self._cell = self._session.run(
            ["speech_probs", "hn", "cn"],
            {"input": np.concatenate([contexts, frames], axis=1), "h": self._hidden, "c": self._cell},
        )
        result: Probabilities = values.reshape(-1)
        return result
