"""From a recording to a recognition: cuts, hands pieces out, keeps what is done, goes on after a kill."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from itertools import chain, islice
from pathlib import Path

from pipeline import audio
from pipeline.errors import SpeechError
from pipeline.messages import msg
from pipeline.speech import checkpoints, executors, worker
from pipeline.speech.activity import Activity
from pipeline.speech.journal import Journal
from pipeline.speech.levels import Levels
from pipeline.speech.pieces import Clip, Piece, cut, stretches_of
from pipeline.speech.recognition import Options, Recognition, Segment

ATTEMPTS = 2  # in a row without a single piece more: then it is no accident


@dataclass(frozen=True, slots=True)
class Progress:
    """Seconds of the recording that are done, of how many; `kept_s` of them were done by an earlier run."""

    done_s: float
    of_s: float
    kept_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where pieces run: child processes here, or a cluster's scheduler."""

    workers: int = 1
    cluster: str = ""

    def open(self) -> AbstractContextManager[Executor]:
        """The executor, for a `with` block."""
        return executors.cluster(self.cluster) if self.cluster else executors.local(self.workers)

    @property
    def ahead(self) -> int:
        """How many pieces are handed out at once; each waits in memory."""
        return 16 if self.cluster else self.workers + 1


def recognise(
    recording: Path, options: Options, place: Place, *, length_s: float, journals: Path,
    report: Callable[[Progress], None],
) -> Recognition:  # fmt: skip
    """What is heard in a recording; SpeechError in plain words if it cannot be, or not to the end.

    `journals` is the folder where finished pieces are kept until the job is done.
    """
    job = _Job(recording, options, place, length_s, journals, report)
    failed, known = 0, -1
    while True:
        try:
            with place.open() as executor:
                return job.run(executor)
        except BrokenExecutor as error:
            failed = 1 if job.finished > known else failed + 1
            known = job.finished
            if failed > ATTEMPTS:
                raise _broken_off(recording) from error


class _Job:
    """One recording with everything that belongs to its recognition."""

    def __init__(  # noqa: PLR0917
        self, recording: Path, options: Options, place: Place, length_s: float, journals: Path,
        report: Callable[[Progress], None],
    ) -> None:  # fmt: skip
        self.recording, self.options, self.place = recording, options, place
        self.length_s, self.journals, self.report = length_s, journals, report
        self.finished = 0
        self.levels = Levels()
        self.clips: list[Clip] = []

    def run(self, executor: Executor) -> Recognition:
        """All pieces, those of an earlier run from its journal.

        Every process opens the checkpoint at once, while the first pieces are cut.
        """
        opening = [executor.submit(worker.open_, self.options) for _ in range(self.place.workers)]
        pieces = self._cut()
        first = list(islice(pieces, self.place.ahead))
        opened: worker.Opened = opening[0].result()
        provenance = self._provenance(opened)
        key = hashlib.sha256(json.dumps(provenance, sort_keys=True).encode()).hexdigest()
        with Journal(self.journals / f"{key[:24]}.jsonl") as journal:
            found = dict(self._pieces(executor, chain(first, pieces), opened, journal))
        self.report(Progress(self.length_s, self.length_s))
        segments = tuple(segment for number in sorted(found) for segment in found[number])
        speech = stretches_of(self.clips)
        return Recognition(
            segments, self.options.language, provenance, journal.path, speech, levels=self.levels.values
        )

    def _cut(self) -> Iterator[Piece]:
        """The recording's pieces; what is in them is noted."""
        self.levels, self.clips = Levels(), []
        sound = self.levels.listening(audio.stream(self.recording))
        for piece in cut(Activity().probabilities(sound)):
            self.clips += (clip for window in piece.windows for clip in window.clips)
            yield piece

    def _pieces(
        self, executor: Executor, pieces: Iterable[Piece], opened: worker.Opened, journal: Journal
    ) -> Iterator[tuple[int, tuple[Segment, ...]]]:
        """The segments of every piece by its number, as they come."""
        open_: dict[Future[tuple[Segment, ...]], Piece] = {}
        progress = _Tally(self.length_s, self.report)
        for piece in pieces:
            if piece.digest in journal.done:
                progress.done(piece, kept=True)
                yield piece.number, journal.done[piece.digest]
                continue
            task = piece.packed() if self.place.cluster else piece
            open_[executor.submit(worker.recognise, task, self.options, opened)] = piece
            while len(open_) >= self.place.ahead:
                yield from self._finished(open_, journal, progress)
        while open_:
            yield from self._finished(open_, journal, progress)

    def _finished(
        self, open_: dict[Future[tuple[Segment, ...]], Piece], journal: Journal, progress: _Tally
    ) -> Iterator[tuple[int, tuple[Segment, ...]]]:
        for future in wait(open_, return_when=FIRST_COMPLETED).done:
            piece, segments = open_.pop(future), future.result()
            journal.add(piece.digest, segments)
            self.finished = len(journal.done)
            progress.done(piece, kept=False)
            yield piece.number, segments

    def _provenance(self, opened: worker.Opened) -> dict[str, object]:
        options = asdict(self.options)
        del options["model"]
        return {
            **options,
            "audio_sha256": _digest(self.recording),
            "checkpoint_sha256": opened.checkpoint_sha256,
            "compute": opened.compute,
            "demonstration": opened.checkpoint_sha256 == checkpoints.DEMONSTRATION,
            "device": opened.device,
            "model": Path(self.options.model).name,
            "versions": dict(opened.versions),
        }


class _Tally:
    """Pieces end in any order: what counts as done is the share of all that are."""

    def __init__(self, length_s: float, report: Callable[[Progress], None]) -> None:
        self.length_s, self.report = length_s, report
        self.done_s = self.kept_s = 0.0

    def done(self, piece: Piece, *, kept: bool) -> None:
        """A piece more: its share is the recording from where its first window starts to its end."""
        share = piece.end_s - piece.windows[0].clips[0].start / audio.RATE
        self.done_s += share
        self.kept_s += share if kept else 0.0
        self.report(Progress(min(self.done_s, self.length_s), self.length_s, self.kept_s))


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _broken_off(recording: Path) -> SpeechError:
    return SpeechError(
        msg("Recognition broke off: its process was ended from outside."),
        where=recording,
        hint=msg("Perhaps memory ran out; a smaller model needs less: --model small"),
    )
