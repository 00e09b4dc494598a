"""A piece → segments with words: the rules around the network, the same for every engine.

openai-whisper's own: a window that came out too repetitive or too improbable is sampled again, hotter and
hotter; one without speech gives nothing; where the text stops early, the rest is heard again
(Radford et al. 2022, § 4.5; `whisper/transcribe.py`).
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.models import Word
from pipeline.speech.pieces import RATE, Piece, Window
from pipeline.speech.recognition import Segment

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Samples = npt.NDArray[np.int16]

TEMPERATURES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
COMPRESSION_RATIO, LOG_PROBABILITY, NO_SPEECH = 2.4, -1.0, 0.6
SECONDS_PER_TOKEN = 0.02
FRAMES_PER_SECOND = 100
SHORTEST_REST_S = 0.5  # what remains of a window is not heard again if it is shorter


@dataclass(frozen=True, slots=True)
class Decoded:
    """What came out for one window: tokens without prompt and end, and how sure the network was."""

    tokens: tuple[int, ...]
    log_probability: float
    no_speech: float


@dataclass(slots=True)
class Passage:
    """Tokens between two time marks of a window, in seconds from its start; words once they are timed."""

    start_s: float
    end_s: float
    tokens: tuple[int, ...]
    words: tuple[Word, ...] = ()


def untimed(passages: Sequence[Passage]) -> list[dict[str, Any]]:
    """Passages as both libraries' `add_word_timestamps` take them."""
    return [{"seek": 0, "start": p.start_s, "end": p.end_s, "tokens": list(p.tokens)} for p in passages]


def keep_times(passages: Sequence[Passage], timed: Sequence[dict[str, Any]]) -> None:
    """Put what `add_word_timestamps` found into the passages."""
    for passage, found in zip(passages, timed, strict=True):
        passage.start_s, passage.end_s = float(found["start"]), float(found["end"])
        passage.words = tuple(
            Word(one["word"].strip(), float(one["start"]), float(one["end"]), float(one["probability"]))
            for one in found.get("words", ())
            if one["word"].strip()
        )


class Network(Protocol):
    """An opened checkpoint: the one thing an engine brings."""

    timestamp_begin: int
    """The token of 0.00 s; those above are later."""

    end_of_text: int
    """Tokens below are words."""

    def encode(self, sounds: Sequence[Samples]) -> Any:
        """Windows → the encoder's features, one a window."""

    def choose(self, features: Any, positions: Sequence[int]) -> Any:
        """The features of some windows."""

    def decode(self, features: Any, prompt: str, temperature: float, seed: int) -> list[Decoded]:
        """One result a window."""

    def text(self, tokens: Sequence[int]) -> str:
        """The words of tokens."""

    def time(self, features: Any, passages: Sequence[Sequence[Passage]], lengths_s: Sequence[float]) -> None:
        """Put words with times (seconds from the window's start) into the passages of every window."""


def fitting(prompt: str, limit: int, encode: Callable[[str], Sequence[int]]) -> list[int]:
    """The tokens of the words to expect (`prompt`: most specific first, commas between), at most `limit`.

    What does not fit is left off at the end, word by word; [] where nothing is expected.
    """
    words = [word.strip() for word in prompt.split(",") if word.strip()]
    while words:
        tokens = list(encode(" " + ", ".join(words)))
        if len(tokens) <= limit:
            return tokens
        words = words[: min(len(words) - 1, len(words) * limit // len(tokens) + 1)]
    return []


@dataclass(frozen=True, slots=True)
class _Heard:
    window: Window
    decoded: Decoded
    temperature: float
    ratio: float


def decode(piece: Piece, network: Network, prompt: str = "") -> tuple[Segment, ...]:
    """Every segment of a piece, in the order of time; times are the recording's."""
    made: list[Segment] = []
    pending = list(zip(piece.windows, piece.sounds(), strict=True))
    seed = int(piece.digest[:12], 16)
    while pending:
        features = network.encode([sound for _, sound in pending])
        heard = _with_fallback(network, features, [window for window, _ in pending], prompt, seed)
        timed = [_passages(network, one) for one in heard]
        network.time(features, [passages for passages, _ in timed], [w.length / RATE for w, _ in pending])
        for one, (passages, _) in zip(heard, timed, strict=True):
            made += (_segment(network, one, passage) for passage in passages if passage.tokens)
        pending = list(_rests(pending, timed))
        seed += 1
    return tuple(sorted(made, key=lambda segment: (segment.start_s, segment.end_s)))


def _with_fallback(
    network: Network, features: Any, windows: list[Window], prompt: str, seed: int
) -> list[_Heard]:
    """Each window at the lowest temperature that gives a plausible text."""
    results: dict[int, _Heard] = {}
    open_ = list(range(len(windows)))
    for temperature in TEMPERATURES:
        chosen = features if len(open_) == len(windows) else network.choose(features, open_)
        for position, decoded in zip(open_, network.decode(chosen, prompt, temperature, seed), strict=True):
            ratio = _compression_ratio(network.text(decoded.tokens).strip())
            results[position] = _Heard(windows[position], decoded, temperature, ratio)
        open_ = [position for position in open_ if _implausible(results[position])]
        if not open_:
            break
    return [results[position] for position in range(len(windows))]


def _implausible(heard: _Heard) -> bool:
    improbable = heard.decoded.log_probability < LOG_PROBABILITY
    if improbable and heard.decoded.no_speech > NO_SPEECH:
        return False  # silence; it will be left out
    return improbable or heard.ratio > COMPRESSION_RATIO


def _compression_ratio(text: str) -> float:
    data = text.encode()
    return len(data) / len(zlib.compress(data))


def _passages(network: Network, heard: _Heard) -> tuple[list[Passage], float | None]:
    """The passages of a window, and the second from which on it has to be heard again (or None)."""
    decoded, length_s = heard.decoded, heard.window.length / RATE
    if decoded.no_speech > NO_SPEECH and decoded.log_probability <= LOG_PROBABILITY:
        return [], None
    tokens, begin = decoded.tokens, network.timestamp_begin
    marks = [token >= begin for token in tokens]
    cuts = [at + 1 for at, (one, two) in enumerate(itertools.pairwise(marks)) if one and two]
    closed = marks[-2:] == [False, True]
    if not cuts:
        last = max((tokens[at] - begin for at, mark in enumerate(marks) if mark), default=0)
        end = last * SECONDS_PER_TOKEN if last else length_s
        return [_passage(network, tokens, 0.0, end)], None
    ends = [*cuts, len(tokens)] if closed else cuts
    passages = [
        _passage(network, part, (part[0] - begin) * SECONDS_PER_TOKEN, (part[-1] - begin) * SECONDS_PER_TOKEN)
        for part in (tokens[start:end] for start, end in itertools.pairwise([0, *ends]))
    ]
    return passages, None if closed else passages[-1].end_s


def _passage(network: Network, tokens: Sequence[int], start_s: float, end_s: float) -> Passage:
    words = tuple(token for token in tokens if token < network.end_of_text)
    return Passage(start_s, end_s, words if network.text(words).strip() and end_s > start_s else ())


def _rests(pending: list[tuple[Window, Samples]], timed: list[tuple[list[Passage], float | None]]) -> Any:
    """Windows whose text stopped early, without what was heard; each round is shorter than the one before."""
    for (window, sound), (passages, resume_s) in zip(pending, timed, strict=True):
        if resume_s is None:
            continue
        words_end_s = max((word.end_s for passage in passages for word in passage.words), default=0.0)
        skipped = round((words_end_s or resume_s) * RATE)
        if 0 < skipped < window.length - SHORTEST_REST_S * RATE:
            yield window.after(skipped), sound[skipped:]


def _segment(network: Network, heard: _Heard, passage: Passage) -> Segment:
    start_s, end_s = heard.window.moments(passage.start_s, passage.end_s)
    return Segment(
        start_s=start_s,
        end_s=end_s,
        text=network.text(passage.tokens).strip(),
        words=tuple(
            Word(word.text, *heard.window.word(word.start_s, word.end_s), word.probability)
            for word in passage.words
        ),
        average_log_probability=heard.decoded.log_probability,
        no_speech_probability=heard.decoded.no_speech,
        compression_ratio=heard.ratio,
        temperature=heard.temperature,
    )
