"""A place without a switch: public files are overwritten one by one, in an order that readers do not notice.

feed.xml, folgen/…                  what readers see
.publishing/current.json.gz         which release that is, and what else lies here (state.py)
.publishing/releases/ID.json.gz     what a release consists of
.publishing/kept/SHA256             contents of earlier releases that were overwritten or removed
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from pipeline.deploy import failures, state
from pipeline.deploy.releases import Release, Sent
from pipeline.deploy.state import CURRENT, Shown, Spot, State, note
from pipeline.deploy.steps import Steps, steps
from pipeline.messages import msg

_One = TypeVar("_One")
_Made = TypeVar("_Made")


class Found(NamedTuple):
    """The content of a file, and its mark."""

    data: bytes
    mark: str


class Store(Protocol):
    """Files by path, each written whole: readers find what was there before or what is there now.

    A store that keeps what is overwritten gives a mark for each version of a file, under which its content is
    found as long as that is not removed; others give "". Methods are called from several threads. Whatever
    goes wrong is a DeployError that says what to do; methods try again by themselves where that may help.
    """

    @property
    def where(self) -> str:
        """What the messages call it, before a path."""

    @property
    def at_once(self) -> int:
        """How many methods may be called at the same time."""

    def held(self, holder: str) -> AbstractContextManager[Callable[[], None]]:
        """The right to publish (BusyError: who has it), and what raises if it was lost (lease.leased)."""

    def prepare(self) -> None:
        """What has to be done once, before the first publication."""

    def read(self, spot: Spot) -> Found | None:
        """A content; None if there is none."""

    def put(self, path: str, source: Path | bytes, sha256: str) -> str:
        """Write a file and give its mark; DeployError (failures.changed), and nothing is shown, if it has
        another digest than that."""

    def copy(self, spot: Spot, path: str, file: Sent) -> str | None:
        """Write a file from what lies there already and give its mark; None if nothing lies there."""

    def tidy(self, ours: Callable[[str], bool]) -> None:
        """Remove what killed calls have left half written at paths that are `ours`."""

    def has(self, path: str, file: Sent) -> str | None:
        """The mark of the file at this path if it surely has this content, else None."""

    def remove(self, spots: Sequence[Spot]) -> None:
        """Remove files, or single versions of them; one that is not there is no failure."""


@dataclass(slots=True)
class InPlace:
    """The contract of a target (deploy.Place) over a store."""

    store: Store
    keep: int
    _sure: Callable[[], None] = field(default=lambda: None, repr=False)
    _notes: dict[str, Shown] = field(default_factory=dict, repr=False)
    _holding: bool = False
    _known: tuple[State, str] | None = field(default=None, repr=False)

    @contextmanager
    def held(self, holder: str) -> Iterator[None]:
        """The right to publish, for one at a time."""
        with self.store.held(holder) as sure:
            self._sure, self._holding, self._known = sure, True, None
            try:
                yield
            finally:
                self._holding, self._known = False, None

    def releases(self) -> tuple[Release, ...]:
        """Those that were shown, the newest first."""
        return tuple(self._noted(name).release for name in self._state()[0].releases)

    def current(self) -> Release | None:
        """The one that was finished last."""
        name = self._state()[0].shown
        return self._noted(name).release if name else None

    def read(self, path: str, release: str = "") -> bytes | None:
        """A file as readers see it, or saw it."""
        for spot in self._spots(path, release) if release else (Spot(path),):
            if found := self.store.read(spot):
                return found.data
        return None

    def send(self, release: Release, site: Path | None, told: Callable[[int], object]) -> None:
        """Note what begins, copy away what will be overwritten, write wave by wave, remove, note the end."""
        known, mark = self._state()
        if known.shown == release.id:
            return
        if not known.shown:
            self.store.prepare()
        self._tidy(known)
        made = steps(known, self._noted(known.shown) if known.shown else None, release)
        begun = self._note_state(made.begun)
        self._keep_aside(made)
        marks = self._bring(made, site, told)
        shown = Shown(release, {path: mark for path, mark in marks.items() if mark})
        noted = self._note(note(release.id), state.to_release_note(shown))
        self._sure()
        self.store.remove([*made.removed, *([Spot(CURRENT, mark)] if mark else [])])
        done = made.done(shown.marks, keep=self.keep, note_mark=noted, begun_mark=begun)
        self._note_state(done)
        self._notes[release.id] = shown

    def forget(self) -> None:
        """Remove every release but the one that is shown, and what killed calls left."""
        known, mark = self._state()
        self._tidy(known)
        if known == State():
            return
        files = self._noted(known.shown).release.files if known.shown else {}
        strays = (known.touched | known.left.keys()) - files.keys()
        doomed = [
            *known.doomed,
            *(one.spot for one in known.kept.values()),
            *(state.aside(files[path].sha256) for path in sorted(known.touched & files.keys())),
            *map(Spot, sorted(strays)),
            *(Spot(note(name), noted) for name, noted in known.releases.items() if name != known.shown),
            *([Spot(note(known.begun))] if known.begun else []),
        ]
        shown = {name: noted for name, noted in known.releases.items() if name == known.shown}
        only = State(shown, touched=known.touched & files.keys())
        between = self._note_state(_with(only, doomed))
        self.store.remove([*doomed, *([Spot(CURRENT, mark)] if mark else [])])
        self._note_state(_with(only, [Spot(CURRENT, between)] if between else []))

    def _tidy(self, known: State) -> None:
        if known.begun:
            self.store.tidy(lambda path: path in known.touched or path.startswith(state.OURS))

    def _keep_aside(self, made: Steps) -> None:
        def kept(sha256: str) -> None:
            target, (path, file) = state.aside(sha256).path, made.aside[sha256]
            if path in made.unsure and self.store.has(target, file) is not None:
                return
            if self.store.copy(Spot(path), target, file) is None:
                raise failures.missing(f"{self.store.where}{path}")

        for _ in self._at_once(kept, sorted(made.aside)):
            pass

    def _bring(self, made: Steps, site: Path | None, told: Callable[[int], object]) -> dict[str, str]:
        """Write every wave; the marks of all files of the release."""
        files, before = made.release.files, made.marks
        new = frozenset[str]().union(*made.waves)
        marks = {path: before.get(path, "") for path in files if path not in new}
        told(sum(files[path].bytes for path in marks))
        for wave in made.waves:
            self._sure()
            for path, mark in self._at_once(lambda path: (path, self._brought(path, made, site)), wave):
                marks[path] = mark
                told(files[path].bytes)
        return marks

    def _brought(self, path: str, made: Steps, site: Path | None) -> str:
        file = made.release.files[path]
        if path in made.unsure and (mark := self.store.has(path, file)) is not None:
            return mark
        spot = made.lying.get(file.sha256)
        if spot and (mark := self.store.copy(spot, path, file)) is not None:
            return mark
        if site is None:
            raise failures.missing(f"{self.store.where}{path}")
        return self.store.put(path, site / path, file.sha256)

    def _at_once(self, act: Callable[[_One], _Made], ones: Iterable[_One]) -> Iterator[_Made]:
        """Do it for each, several at the same time; after a failure nothing new is begun."""
        failed = threading.Event()

        def guarded(one: _One) -> _Made | None:
            if failed.is_set():
                return None
            try:
                return act(one)
            except BaseException:
                failed.set()
                raise

        with ThreadPoolExecutor(self.store.at_once) as pool:
            for future in [pool.submit(guarded, one) for one in ones]:
                made = future.result()
                if made is not None:
                    yield made

    def _state(self) -> tuple[State, str]:
        """The note `current`, and its mark; nobody else changes it while this place is held."""
        if self._known:
            return self._known
        found = self.store.read(Spot(CURRENT))
        if found is None:
            return State(), ""
        with self._readable(CURRENT):
            read = state.from_note(found.data), found.mark
        self._known = read if self._holding else None
        return read

    def _note_state(self, known: State) -> str:
        self._known = None
        return self._note(CURRENT, state.to_note(known))

    def _noted(self, release: str) -> Shown:
        """A release as it is noted; a note never changes once its release is shown, so it is read once."""
        if release not in self._notes:
            found = self.store.read(Spot(note(release)))
            if found is None:
                raise failures.missing(f"{self.store.where}{note(release)}")
            with self._readable(note(release)):
                self._notes[release] = state.from_release_note(found.data)
        return self._notes[release]

    @contextmanager
    def _readable(self, path: str) -> Iterator[None]:
        try:
            yield
        except ValueError as error:
            hint = msg("Bring it back from a backup, or empty the target and publish anew.")
            raise failures.damaged(f"{self.store.where}{path}", error, hint) from error

    def _spots(self, path: str, release: str) -> Iterator[Spot]:
        """Where the content that a release has at a path may lie, the surest first."""
        known, _ = self._state()
        file = self._noted(release).release.files.get(path) if release in known.releases else None
        if file is None:
            return
        if file.sha256 in known.kept:
            yield known.kept[file.sha256].spot
        shown = self._noted(known.shown)
        paths = [one for one, other in shown.release.files.items() if other.sha256 == file.sha256]
        if known.touched.intersection(paths):  # a killed call may have written there, but not before this
            yield state.aside(file.sha256)
        for one in paths:
            yield Spot(one, shown.marks.get(one, ""))

    def _note(self, path: str, data: bytes) -> str:
        return self.store.put(path, data, hashlib.sha256(data).hexdigest())


def _with(only: State, doomed: Sequence[Spot]) -> State:
    return State(only.releases, touched=only.touched, doomed=tuple(doomed))
