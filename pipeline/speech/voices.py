"""Who speaks when: the words of a recording → the number of the voice that says each.

A child process listens, and numbers of voices are all that leaves it: embeddings are voice prints, never
written down, never compared across recordings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import audio
from pipeline.speech import executors, grouping, prints

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Samples = npt.NDArray[np.int16]
    Numbers = npt.NDArray[np.float32]

UNIT_S = 1.5  # seconds of words that are heard as one: enough to know a voice by
SURE_S = 1.5  # shorter sentences do not say which voices there are, but are given to one
PAUSE_S = 0.2  # between words; where voices change there is mostly one
MARGIN_S = 0.05  # of sound beside a word that still belongs to it
SWITCH_S = 0.7  # so many seconds of another voice outweigh that voices seldom change within a sentence
BATCH = 8  # units heard between two reports of progress

Span = tuple[float, float]
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """Words of one sentence (from `first` to `last`, exclusive) that are heard as one."""

    sentence: int
    first: int
    last: int
    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        """Seconds from the first word's start to the last one's end."""
        return self.end_s - self.start_s


def can_tell_apart() -> bool:
    """Whether the extra part `voices` is installed."""
    return prints.installed()


def tell_apart(
    recording: Path,
    sentences: tuple[Spans, ...],
    most: int = 0,
    report: Callable[[float], None] = lambda _: None,
) -> tuple[tuple[int, ...], ...]:
    """For every word of every sentence (given by its start and end in seconds) the number of its voice.

    Voices count from 1 in the order in which they are first heard; 0 where nothing can be said. `most` is how
    many people take part, 0 if nobody knows. `report` is told up to which second of the recording all is
    heard. SpeechError if the extra part `voices` is missing.
    """
    with executors.local(1) as executor:
        for sounds in _batches(_sounds(audio.stream(recording), units(sentences))):
            executor.submit(_listen, sounds).result()
            report(sounds[-1][0].end_s)
        return executor.submit(_answer, sentences, most).result()


def _batches(sounds: Iterator[tuple[Unit, Samples]]) -> Iterator[list[tuple[Unit, Samples]]]:
    while batch := list(islice(sounds, BATCH)):
        yield batch


def _listen(sounds: Sequence[tuple[Unit, Samples]]) -> None:
    """Hear units; what they sound like stays in this process."""
    embedder, heard = _ear()
    for unit, sound in sounds:
        if len(sound) >= prints.SHORTEST:
            heard[unit] = embedder.embed(sound)


@lru_cache(maxsize=1)
def _ear() -> tuple[prints.Embedder, dict[Unit, Numbers]]:
    """What listens in this process, and what it has heard: a process serves one recording."""
    return prints.Embedder(), {}


def _answer(sentences: tuple[Spans, ...], most: int) -> tuple[tuple[int, ...], ...]:
    import numpy as np  # noqa: PLC0415 (heavy)

    _, heard = _ear()
    known = [unit for unit in units(sentences) if unit in heard]
    if not known:
        return tuple((0,) * len(words) for words in sentences)
    return assigned(sentences, known, np.stack([heard[unit] for unit in known]), most)


def units(sentences: Sequence[Spans]) -> tuple[Unit, ...]:
    """The sentences' words in groups of about 1.5 s that end at pauses where there are some."""
    return tuple(unit for number, words in enumerate(sentences) for unit in _units(number, words))


def _units(number: int, words: Spans) -> Iterator[Unit]:
    cuts = [0]
    for at in range(1, len(words)):
        length_s = words[at - 1][1] - words[cuts[-1]][0]
        rest_s = words[-1][1] - words[at][0]
        pause = words[at][0] - words[at - 1][1] >= PAUSE_S
        if rest_s < UNIT_S / 2:
            break
        if length_s >= UNIT_S or (pause and length_s >= UNIT_S / 2):
            cuts.append(at)
        elif pause and len(cuts) > 1:  # what stands between the last cut and here is too short for itself
            cuts[-1] = at
    for first, last in zip(cuts, [*cuts[1:], len(words)], strict=True):
        if last > first:
            yield Unit(number, first, last, words[first][0], words[last - 1][1])


def _sounds(blocks: Iterable[Samples], wanted: Sequence[Unit]) -> Iterator[tuple[Unit, Samples]]:
    """The sound of every unit while the recording streams by."""
    import numpy as np  # noqa: PLC0415

    kept, origin = np.zeros(0, np.int16), 0
    left = sorted(wanted, key=lambda unit: unit.end_s, reverse=True)
    starts = _earliest(left)
    for block in blocks:
        kept = np.concatenate([kept, block])
        while left and round((left[-1].end_s + MARGIN_S) * audio.RATE) <= origin + len(kept):
            yield left[-1], _part(kept, origin, left.pop())
        needed = max(origin, min(starts[len(left)], origin + len(kept)))
        kept, origin = kept[needed - origin :], needed
    while left:
        yield left[-1], _part(kept, origin, left.pop())


def _earliest(left: Sequence[Unit]) -> list[int]:
    """By how many units are left: the first sample that one of them needs."""
    earliest = [2**62]
    for unit in left:
        earliest.append(min(earliest[-1], max(0, round((unit.start_s - MARGIN_S) * audio.RATE))))
    return earliest


def _part(kept: Samples, origin: int, unit: Unit) -> Samples:
    start = max(0, round((unit.start_s - MARGIN_S) * audio.RATE) - origin)
    return kept[start : max(start, round((unit.end_s + MARGIN_S) * audio.RATE) - origin)]


def assigned(
    sentences: Sequence[Spans], known: Sequence[Unit], embeddings: Numbers, most: int
) -> tuple[tuple[int, ...], ...]:
    """Give every word its voice's number, in the order of appearance.

    Whole sentences say which voices there are; then each unit goes to the voice it is most like.
    """
    import numpy as np  # noqa: PLC0415

    seconds = np.array([unit.length_s for unit in known], np.float32)
    centres = _centres(known, embeddings, seconds, most)
    likeness = embeddings @ centres.T
    switch = SWITCH_S * float(1.0 - (centres @ centres.T).mean())
    voices = [[-1] * len(words) for words in sentences]
    for number in range(len(sentences)):
        own = [at for at, unit in enumerate(known) if unit.sentence == number]
        for at, voice in zip(own, _path(likeness[own] * seconds[own, None], switch), strict=True):
            unit = known[at]
            voices[number][unit.first : unit.last] = [voice] * (unit.last - unit.first)
    return _numbered(_filled(voices))


def _centres(known: Sequence[Unit], embeddings: Numbers, seconds: Numbers, most: int) -> Numbers:
    """The middle of every voice, from what whole sentences sound like."""
    import numpy as np  # noqa: PLC0415

    _, sentence = np.unique([unit.sentence for unit in known], return_inverse=True)
    sums = np.zeros((int(sentence.max()) + 1, embeddings.shape[1]), np.float32)
    np.add.at(sums, sentence, embeddings * seconds[:, None])
    lengths: Numbers = np.bincount(sentence, seconds).astype(np.float32)
    whole = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    sure = lengths >= min(SURE_S, float(lengths.max()))
    return grouping.centres(whole[sure], lengths[sure], grouping.group(whole[sure], lengths[sure], most))


def _path(scores: Numbers, switch: float) -> list[int]:
    """The most likely voice of each unit of a sentence, where changing costs `switch` (Viterbi)."""
    import numpy as np  # noqa: PLC0415

    if not len(scores):
        return []
    total, back = scores[0], []
    for row in scores[1:]:
        change = total.max() - switch > total
        back.append(np.where(change, int(total.argmax()), np.arange(len(total))))
        total = np.where(change, total.max() - switch, total) + row
    path = [int(total.argmax())]
    for choices in reversed(back):
        path.append(int(choices[path[-1]]))
    return path[::-1]


def _filled(voices: list[list[int]]) -> list[list[int]]:
    """Words too short to tell have the voice of those before them, at the very start of those after."""
    last = next((voice for words in voices for voice in words if voice >= 0), -1)
    for words in voices:
        following = next((voice for voice in words if voice >= 0), last)
        if words and words[0] < 0:
            last = following
        for at, voice in enumerate(words):
            words[at] = last = voice if voice >= 0 else last
    return voices


def _numbered(voices: list[list[int]]) -> tuple[tuple[int, ...], ...]:
    numbers: dict[int, int] = {-1: 0}
    for words in voices:
        for voice in words:
            numbers.setdefault(voice, len(numbers))
    return tuple(tuple(numbers[voice] for voice in words) for words in voices)
