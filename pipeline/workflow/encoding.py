"""Published files are made: several at once, with progress, and what is encoded is kept for another label."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline import audio, project
from pipeline.files import PART, alone
from pipeline.models import Edition, Label, Recording
from pipeline.workflow.events import Event

Report = Callable[[Event], object]
Results = Iterator[tuple[str, dict[tuple[str, str], Edition]]]


@dataclass(frozen=True, slots=True)
class Due:
    """A file that is to be made: of which recording, in which format, under which label.

    `kept`: the recording's own sound is published. `known` is an edition with the same sound, if any.
    """

    episode: str
    format: str
    recording: Recording
    path: Path
    kept: bool
    sound: str
    known: Edition | None
    target: Path
    label: Label
    tags: Callable[[], audio.Tags]
    inputs: str

    @property
    def key(self) -> tuple[str, str]:
        """Episode and format."""
        return self.episode, self.format


class _StoppedError(Exception):
    """Another file failed, or somebody pressed Ctrl-C."""


@contextmanager
def made(root: Path, due: tuple[Due, ...], report: Report) -> Iterator[Results]:
    """Make everything, on all cores; gives the editions of each episode as soon as it is whole.

    One process at a time works in a house. FFmpeg and LAME compute outside Python's lock, so threads are
    enough; a failure or Ctrl-C stops all of them within a second.
    """
    if not due:
        yield iter(())
        return
    with alone(root / project.SOUNDS / "lock"):
        _sweep(root, due)
        stop, told = threading.Event(), _Telling(report)
        with ThreadPoolExecutor(min(len(due), os.cpu_count() or 1)) as pool:
            running = {pool.submit(_make, root, one, stop, told): one for one in due}
            try:
                yield _as_ready(running)
            finally:
                stop.set()
                pool.shutdown(cancel_futures=True)


def _as_ready(running: dict[Future[Edition], Due]) -> Results:
    """Episode by episode; the first failure is raised at once."""
    ready: dict[str, dict[tuple[str, str], Edition]] = {}
    wanted = {one.episode: 0 for one in running.values()}
    for one in running.values():
        wanted[one.episode] += 1
    left = set(running)
    while left:
        done, left = wait(left, return_when=FIRST_COMPLETED)
        for future in sorted(done, key=lambda future: running[future].key):
            due = running[future]
            own = ready.setdefault(due.episode, {})
            own[due.key] = future.result()
            if len(own) == wanted[due.episode]:
                yield due.episode, own


@dataclass(slots=True)
class _Telling:
    """Reports from several threads, one at a time."""

    report: Report
    lock: threading.Lock = threading.Lock()

    def __call__(self, event: Event) -> None:
        with self.lock:
            self.report(event)


def _make(root: Path, due: Due, stop: threading.Event, told: _Telling) -> Edition:
    sound, facts = (due.path, due.recording) if due.kept else _encoded(root, due, stop, told)
    edition = audio.publish(sound, facts, due.target, due.tags(), due.format)
    return edition.model_copy(
        update={
            "file": f"{due.target.parent.name}/{edition.file}",
            "inputs": due.inputs,
            "label": due.label,
            "sound": due.sound,
        }
    )


def _encoded(root: Path, due: Due, stop: threading.Event, told: _Telling) -> tuple[Path, Recording]:
    """The sound, encoded and without a label, and what was measured of it; encoded once for all labels."""
    path = _sound(root, due.sound, due.format)
    if path.is_file():
        return path, _facts(due.known) if due.known else audio.measure(path)
    name, of_s = f"{due.episode} {due.format}", due.recording.duration_s

    def heard(done_s: float) -> None:
        if stop.is_set():
            raise _StoppedError
        told(Event("piece", name, min(done_s, of_s), of_s))

    told(Event("start", name))
    heard(0.0)
    facts = audio.encode(due.path, due.recording, due.format, path, heard)
    heard(of_s)
    told(Event("done", name))
    return path, facts


def _facts(known: Edition) -> Recording:
    """What an edition's sound was measured as, when it had another label."""
    shared = known.model_dump(include=set(Recording.model_fields), exclude_none=True)
    return Recording.model_validate(shared)


def _sound(root: Path, digest: str, format_: str) -> Path:
    return root / project.SOUNDS / (digest + audio.FORMATS[format_].suffix)


def _sweep(root: Path, due: tuple[Due, ...]) -> None:
    """What a kill left half made; nobody else is at work while the lock is held."""
    for folder in {root / project.SOUNDS, *(one.target.parent for one in due)}:
        for left in folder.glob(f".*{PART}"):
            left.unlink(missing_ok=True)


def forget(root: Path, *, keep: set[str]) -> None:
    """Remove encoded sounds that no label can need any more; while `made` holds the house."""
    suffixes = {one.suffix for one in audio.FORMATS.values()}
    for path in (root / project.SOUNDS).glob("*"):
        if path.suffix in suffixes and path.stem not in keep:
            path.unlink(missing_ok=True)
