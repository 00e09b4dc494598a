"""openai-whisper behind the contract: its checkpoint, mel, tokenizer and word times; many windows at once."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.speech import alignment, checkpoints, search
from pipeline.speech.decoding import Decoded, Passage, fitting
from pipeline.speech.recognition import Options, compute_type

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from torch import Tensor

    Samples = npt.NDArray[np.int16]

LATEST_START_S = 1.0
LIBRARIES = ("openai-whisper", "torch")


def device(options: Options) -> str:
    """`cpu` or `cuda`."""
    import torch  # noqa: PLC0415 (heavy)

    if options.device != "auto":
        return options.device
    return "cuda" if torch.cuda.is_available() else "cpu"


def load(options: Options) -> Whisper:
    """The network of a checkpoint; SpeechError in plain words if it cannot be had."""
    import torch  # noqa: PLC0415

    torch.set_num_threads(options.threads)
    model = checkpoints.load(options.model, device(options))
    vocabulary = None
    if compute_type(options, device(options)) == "int8":
        vocabulary = quantised(model.decoder.token_embedding.weight)
        quantise(model)
    if compute_type(options, device(options)) == "float16":
        model.half()
    return Whisper(model, options, vocabulary)


def quantise(model: Any) -> int:
    """Put 8-bit weights into every linear layer; returns how many were swapped.

    whisper's own `Linear` is none that torch knows to quantise, so each is taken for the plain one it is.
    """
    import torch  # noqa: PLC0415

    swapped = 0
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, torch.nn.Linear):
                setattr(parent, name, quantised(child.weight, child.bias))
                swapped += 1
    return swapped


def quantised(weight: Any, bias: Any = None) -> Any:
    """A linear layer with 8-bit weights, a scale a row; what it is given is quantised as it comes."""
    import torch  # noqa: PLC0415
    from torch.ao.nn.quantized.dynamic import Linear  # noqa: PLC0415
    from torch.ao.quantization import per_channel_dynamic_qconfig  # noqa: PLC0415

    plain: Any = torch.nn.Linear(weight.shape[1], weight.shape[0], bias is not None, device="meta")
    plain.weight, plain.bias, plain.qconfig = weight, bias, per_channel_dynamic_qconfig
    swap: Any = Linear.from_float
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch.ao moves to a package of its own some day
        return swap(plain)


class Whisper:
    """A `Network` over openai-whisper's model."""

    def __init__(self, model: Any, options: Options, vocabulary: Any = None) -> None:
        from whisper.decoding import DecodingOptions, DecodingTask  # noqa: PLC0415
        from whisper.tokenizer import get_tokenizer  # noqa: PLC0415

        self.model, self.options, self.vocabulary = model, options, vocabulary
        self.dtype = next(model.encoder.conv1.parameters()).dtype
        self.tokenizer: Any = get_tokenizer(
            model.is_multilingual,
            num_languages=model.num_languages,
            language=options.language,
            task="transcribe",
        )
        self.timestamp_begin: int = self.tokenizer.timestamp_begin
        self.end_of_text: int = self.tokenizer.eot
        task = DecodingTask(model, DecodingOptions(language=options.language, fp16=False))
        self.rules = self._rules(task)

    def _rules(self, task: Any) -> search.Rules:
        import torch  # noqa: PLC0415

        def mask(tokens: Sequence[int]) -> Tensor:
            made = torch.zeros(self.model.dims.n_vocab)
            made[list(tokens)] = -float("inf")
            return made

        seconds_per_mark = 30 / self.model.dims.n_audio_ctx
        return search.Rules(
            suppressed=mask([*task._get_suppress_tokens(), self.tokenizer.no_timestamps]),
            blank=mask([*self.tokenizer.encode(" "), self.tokenizer.eot]),
            end_of_text=self.tokenizer.eot,
            timestamp_begin=self.tokenizer.timestamp_begin,
            latest_start=round(LATEST_START_S / seconds_per_mark),
            most=self.model.dims.n_text_ctx // 2,
        )

    def encode(self, sounds: Sequence[Samples]) -> Tensor:
        """Features (windows, 1500, state)."""
        import torch  # noqa: PLC0415
        import whisper  # noqa: PLC0415

        mels = []
        for sound in sounds:
            samples = torch.from_numpy(sound).float() / 32768.0
            samples = whisper.pad_or_trim(samples, whisper.audio.N_SAMPLES)
            mels.append(whisper.log_mel_spectrogram(samples, self.model.dims.n_mels))
        mel = torch.stack(mels).to(self.model.device, self.dtype)
        at_once = len(mel) if self.model.device.type == "cuda" else 1  # less memory, and no slower
        with torch.inference_mode():
            return torch.cat(
                [self.model.encoder(mel[at : at + at_once]) for at in range(0, len(mel), at_once)]
            )

    def choose(self, features: Tensor, positions: Sequence[int]) -> Tensor:
        """The features of some windows."""
        return features[list(positions)]

    def decode(self, features: Tensor, prompt: str, temperature: float, seed: int) -> list[Decoded]:
        """Beam search at temperature 0, else the best of five samples."""
        import torch  # noqa: PLC0415

        start = self._start(prompt)
        with torch.inference_mode():
            steps = Steps(self.model, features, len(start) + self.rules.most, self.vocabulary)
            asked = start.index(self.tokenizer.sot), len(start) - 1
            first, logits = steps.prompt(torch.tensor([start]).repeat(features.shape[0], 1), asked).unbind(1)
            silent = first.softmax(-1)[:, self.tokenizer.no_speech]
            if temperature == 0:
                found = search.beam(logits, steps, self.rules, self.options.beam_size)
            else:
                random = torch.Generator().manual_seed(seed)
                found = search.sample(logits, steps, self.rules, temperature, random)
        return [
            Decoded(tokens, total / (len(tokens) + 1), no_speech)
            for (tokens, total), no_speech in zip(found, silent.tolist(), strict=True)
        ]

    def _start(self, prompt: str) -> list[int]:
        sequence = self.tokenizer.sot_sequence
        limit = self.model.dims.n_text_ctx - self.rules.most - len(sequence) - 1
        before = fitting(prompt, limit, self.tokenizer.encode)
        return [*([self.tokenizer.sot_prev, *before] if before else []), *sequence]

    def text(self, tokens: Sequence[int]) -> str:
        """The words of tokens."""
        return str(self.tokenizer.decode([token for token in tokens if token < self.end_of_text]))

    def time(
        self, features: Tensor, passages: Sequence[Sequence[Passage]], lengths_s: Sequence[float]
    ) -> None:
        """Word times by the library's own alignment, without encoding the sound once more."""
        import torch  # noqa: PLC0415

        for position, (own, length_s) in enumerate(zip(passages, lengths_s, strict=True)):
            heard = features[position : position + 1]
            alignment.word_times(self.model, self.tokenizer, heard, own, length_s)
            torch.set_num_threads(self.options.threads)  # numba, which the library uses there, changes it


class Steps:
    """whisper's text decoder with its caches in one place each; rows of a window share the sound's keys.

    `vocabulary` makes logits of states; without it the token embedding does, as in the library.
    """

    def __init__(self, model: Any, features: Tensor, length: int, vocabulary: Any = None) -> None:
        import torch  # noqa: PLC0415

        self.decoder, self.vocabulary = model.decoder, vocabulary
        self.heads = model.dims.n_text_head
        self.windows = features.shape[0]
        self.at = 0
        self.cross = [
            (self._split(block.cross_attn.key(features)), self._split(block.cross_attn.value(features)))
            for block in self.decoder.blocks
        ]
        self.keys: list[tuple[Tensor, Tensor]] = [self._empty(features, length) for _ in self.decoder.blocks]
        self.tokens = features.new_zeros((self.windows, 0), dtype=torch.long)
        self.group = 1

    def _empty(self, features: Tensor, length: int) -> tuple[Tensor, Tensor]:
        shape = (features.shape[0], self.heads, length, features.shape[2] // self.heads)
        return features.new_empty(shape), features.new_empty(shape)

    def _split(self, x: Tensor) -> Tensor:
        """(rows, length, state) → (rows, heads, length, state of a head)."""
        return x.view(*x.shape[:2], self.heads, -1).transpose(1, 2)

    def prompt(self, tokens: Tensor, at: Sequence[int]) -> Tensor:
        """The prompt (windows, length) → logits at some of its positions (windows, positions, vocabulary)."""
        return self._logits(self._forward(tokens)[:, list(at)])

    def next(self, tokens: Tensor) -> Tensor:
        """Tokens (rows, 1) → logits (rows, vocabulary)."""
        return self._logits(self._forward(tokens))[:, -1]

    def keep(self, rows: Tensor) -> None:
        """Go on with these rows, in this order: those of a window stand together, the same number each."""
        windows = [row // self.group for row in rows.tolist()]
        kept = list(dict.fromkeys(windows))
        if len(kept) != self.windows:
            self.cross = [(key[kept], value[kept]) for key, value in self.cross]
        tokens = self.tokens[rows]
        if tokens.shape == self.tokens.shape:
            self._replace(rows, tokens != self.tokens)
        else:
            self.keys = [(self._rows(key, rows), self._rows(value, rows)) for key, value in self.keys]
        self.tokens = tokens
        self.windows, self.group = len(kept), len(windows) // len(kept)

    def _replace(self, rows: Tensor, differing: Tensor) -> None:
        """Copy what differs: hypotheses of a window have most of their beginning in common."""
        into = differing.any(1).nonzero()[:, 0]
        if len(into):
            new = slice(int(differing.any(0).int().argmax()), self.at)
            for cache in itertools.chain.from_iterable(self.keys):
                cache[into, :, new] = cache[rows[into], :, new]

    def _rows(self, cache: Tensor, rows: Tensor) -> Tensor:
        made = cache.new_empty((len(rows), *cache.shape[1:]))
        made[:, :, : self.at] = cache[rows, :, : self.at]
        return made

    def _forward(self, tokens: Tensor) -> Tensor:
        import torch  # noqa: PLC0415

        decoder, end = self.decoder, self.at + tokens.shape[1]
        self.tokens = torch.cat([self.tokens, tokens], 1)
        x = decoder.token_embedding(tokens) + decoder.positional_embedding[self.at : end]
        x = x.to(self.cross[0][0].dtype)
        for block, (keys, values), cross in zip(decoder.blocks, self.keys, self.cross, strict=True):
            x = x + self._own(block.attn, block.attn_ln(x), keys, values, end)
            x = x + self._sound(block.cross_attn, block.cross_attn_ln(x), cross)
            x = x + block.mlp(block.mlp_ln(x))
        self.at = end
        return decoder.ln(x)  # type: ignore[no-any-return]

    def _own(self, attention: Any, x: Tensor, keys: Tensor, values: Tensor, end: int) -> Tensor:
        from torch.nn.functional import scaled_dot_product_attention  # noqa: PLC0415

        keys[:, :, self.at : end] = self._split(attention.key(x))
        values[:, :, self.at : end] = self._split(attention.value(x))
        out = scaled_dot_product_attention(
            self._split(attention.query(x)), keys[:, :, :end], values[:, :, :end], is_causal=x.shape[1] > 1
        )
        return attention.out(out.transpose(1, 2).flatten(2))  # type: ignore[no-any-return]

    def _sound(self, attention: Any, x: Tensor, cross: tuple[Tensor, Tensor]) -> Tensor:
        """All rows of a window ask in one go: keys and values are never copied for each."""
        from torch.nn.functional import scaled_dot_product_attention  # noqa: PLC0415

        asked = attention.query(x).view(self.windows, -1, x.shape[2])
        out = scaled_dot_product_attention(self._split(asked), *cross)
        return attention.out(out.transpose(1, 2).reshape(x.shape))  # type: ignore[no-any-return]

    def _logits(self, x: Tensor) -> Tensor:
        if self.vocabulary is not None:
            return self.vocabulary(x)  # type: ignore[no-any-return]
        return (x @ self.decoder.token_embedding.weight.to(x.dtype).T).float()  # type: ignore[no-any-return]
