"""What a network would have said, at no cost: 120 tokens a window, evenly spread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.models import Word
from pipeline.speech.decoding import Decoded, Passage

TOKENS = 120


def silence(network: Any) -> None:
    """Put answers of no cost in the place of search and alignment."""
    begin = network.timestamp_begin
    said = Decoded((begin, *range(3000, 3000 + TOKENS), begin + 1500), -0.1, 0.0)
    network.decode = lambda features, *_: [said] * _windows(features)
    network.time = spread


def spread(_features: Any, passages: Sequence[Sequence[Passage]], lengths_s: Sequence[float]) -> None:
    for own, length_s in zip(passages, lengths_s, strict=True):
        for passage in own:
            step = length_s / TOKENS
            passage.words = tuple(Word("Wort", at * step, (at + 1) * step, 0.9) for at in range(TOKENS))


def _windows(features: Any) -> int:
    """How many there are in what an engine hands its decoder: a list, or one array."""
    shape = getattr(features, "shape", None)
    return len(features) if shape is None else int(shape[0])
