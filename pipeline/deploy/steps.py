"""The order in which a place without a switch goes from one release to the next: values in, values out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.deploy.releases import KEPT, Release, Sent, waves
from pipeline.deploy.state import CURRENT, Kept, Shown, Spot, State, aside, note

_UNSURE = Sent("", -1)
"""A file of which nobody knows what it holds."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What has to be done, one after the other.

    `aside`: contents that are copied away first, by SHA-256: the path and the file there. `waves`: the paths
    whose content is new; each wave is there whole before the next one begins. `vanishing`: the paths that are
    removed at last. `unsure`: paths that have to be asked what they hold. `lying`: where contents lie
    that need not be sent, by SHA-256. `marks`: those of the files that are shown now.
    """

    state: State
    release: Release
    aside: Mapping[str, tuple[str, Sent]]
    waves: tuple[tuple[str, ...], ...]
    vanishing: tuple[str, ...]
    unsure: frozenset[str]
    lying: Mapping[str, Spot]
    marks: Mapping[str, str]
    _left: Mapping[str, datetime]
    _kept: Mapping[str, Kept]
    _superseded: tuple[Spot, ...]

    @property
    def begun(self) -> State:
        """What is noted before anything is touched, so that whoever comes after a kill knows."""
        touched = self.unsure.union(self.vanishing, *self.waves) - self.state.left.keys()
        return replace(self.state, begun=self.release.id, touched=touched, doomed=self._doomed)

    @property
    def removed(self) -> tuple[Spot, ...]:
        """What is removed once everything new is there."""
        staying = {
            note(self.release.id),
            *(one.spot.path for one in self._kept.values() if not one.spot.mark),
        }
        return (*map(Spot, self.vanishing), *(one for one in self._doomed if one.path not in staying))

    @property
    def _doomed(self) -> tuple[Spot, ...]:
        """With the note of a release that was not finished, and is not this one."""
        other = self.state.begun not in {"", self.release.id}
        return (*self.state.doomed, *([Spot(note(self.state.begun))] if other else []))

    def done(self, marks: Mapping[str, str], *, keep: int, note_mark: str, begun_mark: str) -> State:
        """What is noted at the end; `marks` are those of the release's files, two more those of the notes."""
        current = {Spot(path, mark) for path, mark in marks.items() if mark}
        known = {self.release.id: note_mark, **self.state.releases}
        names = list(known)[:keep]
        kept = {sha256: one for sha256, one in self._kept.items() if one.spot not in current}
        staying = {sha256: one for sha256, one in kept.items() if one.until >= names[-1]}
        unwanted = [
            *(kept[sha256].spot for sha256 in kept.keys() - staying.keys()),
            *(one for one in self._superseded if one not in current),
            *(Spot(note(name), mark) for name, mark in known.items() if name not in names),
            *([Spot(CURRENT, begun_mark)] if begun_mark else []),
        ]
        left = {path: since for path, since in self._left.items() if path not in self.vanishing}
        return State(
            {name: known[name] for name in names}, staying, left=left, doomed=tuple(sorted(unwanted))
        )


def steps(state: State, shown: Shown | None, release: Release) -> Steps:
    """From the release that is shown to another one.

    After a kill, `state` names the paths that the killed call may have written. What the shown release had at
    any path that is written or removed is kept: by its mark where it has one, else by a copy.
    """
    before = shown.release.files if shown else {}
    marks = shown.marks if shown else {}
    unsure = state.touched | state.left.keys()
    there = {path: _UNSURE if path in unsure else file for path, file in before.items()}
    restored = tuple(
        path for path, file in sorted(release.files.items()) if file.gone and there.get(path) == _UNSURE
    )
    new = waves(release, Release(release.id, there))
    changed = {path for wave in (restored, *new) for path in wave}
    kept, superseded = dict(state.kept), []
    copied: dict[str, tuple[str, Sent]] = {}
    for path in sorted(before.keys() & changed | before.keys() - release.files.keys()):
        sha256, mark = before[path].sha256, marks.get(path, "")
        if mark and sha256 in kept and kept[sha256].spot != (path, mark):
            superseded.append(Spot(path, mark))
        elif not mark and sha256 not in kept:
            copied[sha256] = path, before[path]
        spot = kept[sha256].spot if sha256 in kept else Spot(path, mark) if mark else aside(sha256)
        kept[sha256] = Kept(spot, state.shown)
    staying = {
        file.sha256: Spot(path)
        for path, file in there.items()
        if path in release.files and path not in changed
    }
    left = {
        path: state.left.get(path, release.moment) for path in unsure - before.keys() - release.files.keys()
    }
    expired = {path for path, since in left.items() if release.moment - since >= KEPT}
    return Steps(
        state=state,
        release=release,
        aside=copied,
        waves=tuple(wave for wave in (restored, *new) if wave),
        vanishing=tuple(sorted(before.keys() - release.files.keys() | expired)),
        unsure=frozenset(unsure),
        lying=staying | {sha256: one.spot for sha256, one in kept.items()},
        marks=marks,
        _left=left,
        _kept=kept,
        _superseded=tuple(superseded),
    )
