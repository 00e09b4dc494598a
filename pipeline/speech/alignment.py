"""openai-whisper's own word times for sound that is encoded already, with a median that does not sort."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pipeline.speech.decoding import FRAMES_PER_SECOND, Passage, keep_times, untimed

if TYPE_CHECKING:
    from torch import Tensor


def word_times(
    model: Any, tokenizer: Any, features: Tensor, passages: Sequence[Passage], length_s: float
) -> None:
    """Put words with times (seconds from the window's start) into the passages of one window.

    `features` (1, 1500, state) are the encoder's.
    """
    from whisper.timing import add_word_timestamps  # noqa: PLC0415 (heavy)

    segments = untimed(passages)
    with _quick_median():
        add_word_timestamps(
            segments=segments,
            model=_Encoded(model, features),
            tokenizer=tokenizer,
            mel=features,  # stands for what is encoded already
            num_frames=round(length_s * FRAMES_PER_SECOND),
            last_speech_timestamp=0.0,
        )
    keep_times(passages, segments)


class _Encoded:
    """The model as `whisper.timing` sees it, with the features of one window at hand."""

    def __init__(self, model: Any, features: Tensor) -> None:
        self.dims, self.device = model.dims, model.device
        self.decoder, self.alignment_heads = model.decoder, model.alignment_heads
        self._features = features

    def __call__(self, _mel: Tensor, tokens: Tensor) -> Tensor:
        return self.decoder(tokens, self._features)  # type: ignore[no-any-return]


@contextmanager
def _quick_median() -> Iterator[None]:
    """The library sorts seven copies of every weight: most of the time that word times take, and 0.3 GB."""
    from whisper import timing  # noqa: PLC0415

    theirs = timing.median_filter
    timing.median_filter = median
    try:
        yield
    finally:
        timing.median_filter = theirs


def median(weights: Tensor, width: int) -> Tensor:
    """Weights (heads, tokens, frames) → the median of `width` (odd) neighbours along the frames.

    The same numbers as `whisper.timing.median_filter`: edges are mirrored, NaN counts as the greatest.
    """
    import torch  # noqa: PLC0415
    from torch.nn.functional import pad  # noqa: PLC0415

    beside = width // 2
    if weights.shape[-1] <= beside:
        return weights
    padded = pad(weights, (beside, beside, 0, 0), mode="reflect").nan_to_num(nan=torch.inf)
    found = torch.stack([_middle([*head.unfold(-1, width, 1).unbind(-1)]) for head in padded])
    return found.masked_fill_(found == torch.inf, torch.nan)


def _middle(values: list[Tensor]) -> Tensor:
    """The median of tensors (an odd number), place by place.

    Of two more than half of them neither the least nor the greatest can be it: both go, the next one comes.
    """
    kept, waiting = values[: len(values) // 2 + 2], values[len(values) // 2 + 2 :]
    while len(kept) > 1:
        kept = _but_greatest(_but_least(kept))
        if waiting:
            kept.append(waiting.pop())
    return kept[0]


def _but_least(values: list[Tensor]) -> list[Tensor]:
    least, *others = values
    rest = []
    for other in others:
        rest.append(least.maximum(other))
        least = least.minimum(other)
    return rest


def _but_greatest(values: list[Tensor]) -> list[Tensor]:
    greatest, *others = values
    rest = []
    for other in others:
        rest.append(greatest.minimum(other))
        greatest = greatest.maximum(other)
    return rest
