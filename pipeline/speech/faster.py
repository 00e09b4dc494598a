"""faster-whisper behind the contract: CTranslate2's network, many windows at once, 8-bit weights."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import SpeechError
from pipeline.messages import msg
from pipeline.speech import conversion
from pipeline.speech.decoding import (
    FRAMES_PER_SECOND,
    SECONDS_PER_TOKEN,
    Decoded,
    Passage,
    fitting,
    keep_times,
    untimed,
)
from pipeline.speech.pieces import WINDOW
from pipeline.speech.recognition import Options, compute_type

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Samples = npt.NDArray[np.int16]

LATEST_START_S = 1.0
BEST_OF = 5
PREPENDED, APPENDED = "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、"
LIBRARIES = ("faster-whisper", "ctranslate2")


def device(options: Options) -> str:
    """`cpu` or `cuda`."""
    import ctranslate2  # noqa: PLC0415 (heavy)

    if options.device != "auto":
        return options.device
    return "cuda" if ctranslate2.get_cuda_device_count() else "cpu"


def load(options: Options) -> Faster:
    """The network of a checkpoint or converted folder; SpeechError in plain words if it cannot be had."""
    try:
        from faster_whisper import WhisperModel  # noqa: PLC0415 (heavy)
    except ModuleNotFoundError as error:
        if error.name != "faster_whisper":
            raise
        raise SpeechError(
            msg("The engine faster-whisper is not installed."),
            hint=msg("pip install 'haus-des-wissens[fast]'"),
        ) from error
    folder = conversion.converted(options.model)
    try:
        model = WhisperModel(
            str(folder),
            device=device(options),
            compute_type=compute_type(options, device(options)),
            cpu_threads=options.threads,
            local_files_only=True,
        )
    except (RuntimeError, ValueError) as error:
        raise SpeechError(
            msg("The converted model cannot be opened: {reason}.", reason=str(error)),
            where=folder,
            hint=msg("Delete the folder; it is made again."),
        ) from error
    return Faster(model, options, folder)


class Faster:
    """A `Network` over faster-whisper's model."""

    def __init__(self, model: Any, options: Options, folder: Path) -> None:
        from faster_whisper.tokenizer import Tokenizer  # noqa: PLC0415
        from faster_whisper.transcribe import get_suppressed_tokens  # noqa: PLC0415

        self.model, self.options, self.folder = model, options, folder
        self._sampling: tuple[Any, int, float] | None = None
        multilingual = model.model.is_multilingual
        self.tokenizer: Any = Tokenizer(
            model.hf_tokenizer, multilingual, task="transcribe", language=options.language
        )
        self.timestamp_begin: int = self.tokenizer.timestamp_begin
        self.end_of_text: int = self.tokenizer.eot
        self.suppressed = get_suppressed_tokens(self.tokenizer, [-1])

    def encode(self, sounds: Sequence[Samples]) -> Any:
        """Features (windows, 1500, state)."""
        import ctranslate2  # noqa: PLC0415
        import numpy as np  # noqa: PLC0415

        mels = np.stack([self._mel(sound) for sound in sounds])
        if self.model.model.device == "cuda":
            return self.model.encode(mels)
        # one after the other: a window's attention stays in the processor's cache, all of theirs does not
        features = [np.array(self.model.encode(mel)) for mel in mels]
        return ctranslate2.StorageView.from_array(np.concatenate(features))

    def _mel(self, sound: Samples) -> npt.NDArray[np.float32]:
        import numpy as np  # noqa: PLC0415

        padded = np.pad(sound.astype(np.float32) / 32768.0, (0, WINDOW - len(sound)))
        mel: npt.NDArray[np.float32] = self.model.feature_extractor(padded)[..., :-1]
        return mel

    def choose(self, features: Any, positions: Sequence[int]) -> Any:
        """The features of some windows."""
        import ctranslate2  # noqa: PLC0415
        import numpy as np  # noqa: PLC0415

        here = np.array(features.to_device(ctranslate2.Device.cpu))
        return ctranslate2.StorageView.from_array(here[list(positions)])

    def decode(self, features: Any, prompt: str, temperature: float, seed: int) -> list[Decoded]:
        """Beam search at temperature 0, else the best of five samples."""
        start = self._start(prompt)
        if temperature == 0:
            self._sampling, network = None, self.model.model
            how = {"beam_size": self.options.beam_size, "patience": 1.0}
        else:
            network = self._seeded(seed, temperature)
            how = {"beam_size": 1, "num_hypotheses": BEST_OF, "sampling_topk": 0,
                   "sampling_temperature": temperature}  # fmt: skip
        results = network.generate(
            features,
            [start] * features.shape[0],
            max_length=self.model.max_length,  # CTranslate2 takes half of it for the text, as whisper does
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=self.suppressed,
            max_initial_timestamp_index=round(LATEST_START_S / SECONDS_PER_TOKEN),
            **how,
        )
        return [_decoded(result) for result in results]

    def _seeded(self, seed: int, temperature: float) -> Any:
        """The network with random numbers that depend on the seed alone, for a row of rising temperatures.

        CTranslate2 seeds a thread's numbers once, when it first draws one; only a new instance has a new
        thread. Without it a piece would depend on what its process had decoded before.
        """
        import ctranslate2  # noqa: PLC0415

        if self._sampling is None or self._sampling[1] != seed or temperature <= self._sampling[2]:
            ctranslate2.set_random_seed(seed % 2**31)
            chosen = device(self.options)
            network = ctranslate2.models.Whisper(
                str(self.folder),
                device=chosen,
                compute_type=compute_type(self.options, chosen),
                intra_threads=self.options.threads,
            )
        else:
            network = self._sampling[0]
        self._sampling = (network, seed, temperature)
        return network

    def _start(self, prompt: str) -> list[int]:
        sequence = self.tokenizer.sot_sequence
        limit = self.model.max_length - self.model.max_length // 2 - len(sequence) - 1
        before = fitting(prompt, limit, self.tokenizer.encode)
        return [*([self.tokenizer.sot_prev, *before] if before else []), *sequence]

    def text(self, tokens: Sequence[int]) -> str:
        """The words of tokens."""
        return str(self.tokenizer.decode(list(tokens)))

    def time(self, features: Any, passages: Sequence[Sequence[Passage]], lengths_s: Sequence[float]) -> None:
        """Word times by the library's own alignment."""
        spoken = [position for position, own in enumerate(passages) if own]
        if not spoken:
            return
        chosen = features if len(spoken) == len(passages) else self.choose(features, spoken)
        segments = [untimed(passages[at]) for at in spoken]
        frames = [round(lengths_s[at] * FRAMES_PER_SECOND) for at in spoken]
        self.model.add_word_timestamps(segments, self.tokenizer, chosen, frames, PREPENDED, APPENDED, 0.0)
        for at, timed in zip(spoken, segments, strict=True):
            keep_times(passages[at], timed)


def _decoded(result: Any) -> Decoded:
    tokens = result.sequences_ids[0]
    total = result.scores[0] * len(tokens)  # scores are divided by the length
    return Decoded(tuple(tokens), total / (len(tokens) + 1), result.no_speech_prob)
