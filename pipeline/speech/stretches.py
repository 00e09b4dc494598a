"""Speech probabilities → stretches with speech, split at every pause, while the samples come in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.speech.activity import FRAME

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Samples = npt.NDArray[np.int16]
    Probabilities = npt.NDArray[np.float32]

ON, OFF = 0.4, 0.2  # speech begins at the one, and is over below the other
PAD = 12  # frames of 32 ms that are kept before and after speech
PAUSE = 3  # frames: from here on a pause splits
SHORTEST = 4  # frames with speech; less is a click
LONGEST = 750  # frames: 24 s


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Sound with speech: the sample it starts at, and how many frames of pause are known to follow."""

    start: int
    samples: Samples
    pause: int


def stretches(stream: Iterable[tuple[Samples, Probabilities]]) -> Iterator[Stretch]:
    """Stretches in the order of time, none longer than 24 s; what nobody speaks in is left out."""
    import numpy as np  # noqa: PLC0415 (heavy)

    state = _State()
    for samples, probabilities in stream:
        state.sound = np.concatenate([state.sound, samples]) if state.sound is not None else samples
        for probability in probabilities.tolist():
            yield from state.step(probability)
        state.forget()
    yield from state.close(state.frame)


class _State:
    """Where in the recording we are (all in frames), and whether somebody speaks."""

    def __init__(self) -> None:
        self.sound: Samples | None = None
        self.origin = 0  # the frame that `sound` starts at
        self.frame = 0
        self.start = -1  # of the open stretch; −1: nobody speaks
        self.free = 0  # where the last stretch ended
        self.quiet = 0
        self.voiced = 0
        self.weakest = (2.0, 0)  # probability and frame: where a stretch without a pause is cut

    def step(self, probability: float) -> Iterator[Stretch]:
        """One frame on."""
        at = self.frame
        self.frame += 1
        if self.start < 0:
            if probability >= ON:
                self.start, self.quiet, self.voiced = max(at - PAD, self.free), 0, 1
                self.weakest = (2.0, 0)
            return
        if probability < OFF:
            self.quiet += 1
            if self.quiet == 2 * PAD:
                yield from self.close(at + 1 - PAD)
            return
        self.voiced += probability >= ON
        if self.quiet >= PAUSE:
            yield self._split(at - self.quiet // 2, self.quiet)
        self.quiet = 0
        if at - self.start > LONGEST // 2:
            self.weakest = min(self.weakest, (probability, at))
        if at - self.start >= LONGEST:
            yield self._split(self.weakest[1], 0)

    def close(self, end: int) -> Iterator[Stretch]:
        """The speech is over at a frame (exclusive)."""
        if self.start >= 0 and self.voiced >= SHORTEST:
            yield self._split(end, 2 * PAD)
        self.free, self.start = end, -1

    def forget(self) -> None:
        """Drop sound that no stretch can need any more."""
        needed = self.start if self.start >= 0 else max(self.frame - PAD, self.free)
        if self.sound is not None and needed > self.origin:
            self.sound = self.sound[(needed - self.origin) * FRAME :]
            self.origin = needed

    def _split(self, end: int, pause: int) -> Stretch:
        assert self.sound is not None  # noqa: S101 (a frame was heard, so there is sound)
        samples = self.sound[(self.start - self.origin) * FRAME : (end - self.origin) * FRAME].copy()
        made = Stretch(self.start * FRAME, samples, pause)
        self.start, self.weakest = end, (2.0, 0)
        return made
