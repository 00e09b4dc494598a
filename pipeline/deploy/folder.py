"""A folder on this machine, or on a drive that it reaches: filled with hard links, switched by one rename."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.deploy import failures, layout, local, releases
from pipeline.deploy.layout import RELEASES
from pipeline.deploy.releases import CURRENT, Release, Sent
from pipeline.files import PART, write_atomic
from pipeline.models import FolderTarget
from pipeline.project import digest


def place(target: FolderTarget, root: Path) -> Folder:
    """The folder of a table [publish.NAME]."""
    return Folder(local.path_of(root, target.path), target.keep)


@dataclass(frozen=True, slots=True)
class Folder:
    """A target on this machine, or on a drive that it reaches."""

    path: Path
    keep: int

    def held(self, holder: str) -> AbstractContextManager[None]:
        """The right to publish; it ends with the process, so a dead holder holds nothing."""
        return local.held(self.path, holder)

    def releases(self) -> tuple[Release, ...]:
        """Those that were shown, the newest first; a later one was not: somebody was killed on the way."""
        names = layout.noted(self._names(), self._shown())
        return tuple(local.noted(self._releases / f"{name}.json") for name in names)

    def current(self) -> Release | None:
        """The release that `current` leads to, without what is no longer there as it was noted."""
        shown = self._shown()
        note, folder = self._releases / f"{shown}.json", self._releases / shown
        if not note.is_file():
            return None
        noted = local.noted(note)
        lying = {path: file for path, file in noted.files.items() if _size(folder / path) == file.bytes}
        return noted if len(lying) == len(noted.files) else replace(noted, files=lying)

    def _shown(self) -> str:
        """The name of the release that `current` leads to, "" for none."""
        link = self.path / CURRENT
        if not link.is_symlink():
            if link.exists():
                raise layout.no_link(link)
            layout.refuse_lost(self._names(), link)
            return ""
        return link.readlink().name

    def read(self, path: str, release: str = "") -> bytes | None:
        """A file as readers see it, or saw it."""
        file = (self._releases / release if release else self.path / CURRENT) / path
        return file.read_bytes() if file.is_file() else None

    def send(self, release: Release, site: Path | None, told: Callable[[int], object]) -> None:
        """Fill a hidden folder with what is new and with links to what is there, name it, switch to it."""
        with local.writing(self.path):
            if self._shown() != release.id:
                self._fill(release, site, told)
                self._switch(release.id)
        self._forget(self.keep)

    def forget(self) -> None:
        """Remove every release but the one that is shown, and what killed calls left."""
        with local.writing(self.path):
            for name in layout.others(self._names(), self._shown()):
                _remove(self._releases / name)

    def _fill(self, release: Release, site: Path | None, told: Callable[[int], object]) -> None:
        filling, known = self._begun(release), self._known()
        for path, file in sorted(release.files.items()):
            self._bring(path, file, filling=filling, known=known, site=site)
            told(file.bytes)
        filling.replace(self._releases / release.id)
        write_atomic(self._releases / f"{release.id}.json", releases.to_json(release))

    @property
    def _releases(self) -> Path:
        return self.path / RELEASES

    def _begun(self, release: Release) -> Path:
        """The hidden folder to fill; what a killed call has filled goes on, its files are whole."""
        self._releases.mkdir(exist_ok=True)
        filling = self._releases / layout.filling(release.id)
        for name in layout.unfinished(self._names(), self._shown()):
            left = self._releases / name
            if left.is_dir() and not filling.exists():
                left.rename(filling)
            elif left != filling:
                _remove(left)
        filling.mkdir(exist_ok=True)
        for stray in [one for one in filling.rglob("*") if not one.is_dir()]:
            if stray.relative_to(filling).as_posix() not in release.files:
                stray.unlink()
        return filling

    def _known(self) -> dict[str, list[Path]]:
        """The files of every content that lie in releases, by SHA-256, those of the newest first."""
        found = defaultdict[str, list[Path]](list)
        for release in self.releases():
            folder = self._releases / release.id
            for path, file in release.files.items():
                found[file.sha256].append(folder / path)
        return found

    def _bring(
        self, path: str, file: Sent, *, filling: Path, known: dict[str, list[Path]], site: Path | None
    ) -> None:
        target = filling / path
        if target.is_file():  # from a call that was killed: is it still what is wanted?
            if target.stat().st_size == file.bytes and digest(target) == file.sha256:
                return
            target.unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        lying = (one for one in known.get(file.sha256, ()) if _size(one) == file.bytes)
        if (there := next(lying, None)) and _linked(there, target):
            return
        source = there or (site / path if site else None)
        if source is None:
            raise failures.missing(self.path / RELEASES / path)
        local.brought(source, target, file.sha256)

    def _switch(self, release: str) -> None:
        link = self.path / f"{CURRENT}{PART}"
        link.unlink(missing_ok=True)
        link.symlink_to(Path(RELEASES) / release, target_is_directory=True)
        link.replace(self.path / CURRENT)

    def _forget(self, keep: int) -> None:
        """Remove the releases beyond those that stay; a failure here harms nobody."""
        for old in self.releases()[keep:]:
            (self._releases / f"{old.id}.json").unlink(missing_ok=True)
            shutil.rmtree(self._releases / old.id, ignore_errors=True)

    def _names(self) -> list[str]:
        return [one.name for one in self._releases.iterdir()] if self._releases.is_dir() else []


def _size(path: Path) -> int | None:
    """A file's bytes; None if there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return None


def _remove(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def _linked(source: Path, target: Path) -> bool:
    """Whether the drive made a second name for the file; some know no hard links."""
    try:
        target.hardlink_to(source)
    except OSError as error:
        if error.errno in local.FULL:
            raise
        return False
    return True
