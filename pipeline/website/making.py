"""Units → files: makes what is due, leaves alone what is as it was, clears away what is planned no more."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from pipeline.catalog import Record, Site, as_left, each, stamp
from pipeline.models import ASSETS
from pipeline.website import keeping
from pipeline.website.planned import Document, Unit
from pipeline.website.templates import Templates
from pipeline.website.writing import Writer

THEME_FILES = f"{ASSETS}/*"
"""What the theme's own files are called among all that is made."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why something was made: the inputs that changed, by what they are; or it is `new`, or a file is `lost`.

    `page` says whether it is one; else it is what lies beside pages.
    """

    name: str
    page: bool
    changed: tuple[str, ...] = ()
    new: bool = False
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did to a folder: how many pages were planned, what was made and why, what was written.

    `written` are the paths of files whose bytes are new, `removed` those of files that nobody plans any more;
    `strangers` lie there and are somebody else's. `paths` tells all files of the site.
    """

    pages: int
    made: tuple[Why, ...]
    written: tuple[str, ...]
    removed: tuple[str, ...]
    strangers: tuple[str, ...]
    paths: Callable[[], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Due:
    """What a build has to do: everything planned by name, with its inputs and their key; the `names` to make.

    `gone` was made before and is planned no more, of `lost` a file is missing; `before` are records of all of
    these. `folders` are as they were left, by path; none where somebody changed something in them.
    """

    planned: Mapping[str, Unit]
    inputs: Mapping[str, dict[str, str]]
    keys: Mapping[str, str]
    names: tuple[str, ...]
    gone: frozenset[str]
    lost: frozenset[str]
    before: Mapping[str, Record]
    folders: Mapping[str, int]

    @property
    def nothing(self) -> bool:
        """Whether everything is as it should be."""
        return not self.names and not self.gone and bool(self.folders)

    @property
    def pages(self) -> int:
        """How many pages there are to be."""
        return sum(1 for one in self.planned.values() if one.page)

    @property
    def why(self) -> tuple[Why, ...]:
        """Why each is made."""
        return tuple(
            _why(self.planned[name], self.before.get(name), self.inputs[name], name in self.lost)
            for name in self.names
        )


class Maker:
    """Makes units below an output folder; `site` knows what lies there. Where nothing is kept of it, as of a
    folder that is not the house's own, all is made and nothing removed.

    `program` tells one version of what makes them from another.
    """

    def __init__(self, writer: Writer, templates: Templates, site: Site, program: str) -> None:
        self._writer, self._templates, self._site, self._program = writer, templates, site, program
        self._output = writer.output

    def due(self, units: Iterable[Unit]) -> Due:
        """What is to be made and cleared away; nothing is written yet."""
        planned = {one.name: one for one in (*units, _assets(self._templates))}
        inputs = {name: self._inputs(one) for name, one in planned.items()}
        keys, folders = self._site.keys(), self._site.folders()
        intact = bool(folders) and as_left(self._output, folders)
        lost = frozenset() if intact else frozenset(self._lost(keys))
        keyed = {name: _key(one) for name, one in inputs.items()}
        names = tuple(name for name, key in keyed.items() if keys.get(name) != key or name in lost)
        gone = frozenset(keys.keys() - planned.keys())
        before = self._site.records({*names, *gone} & keys.keys())
        return Due(planned, inputs, keyed, names, gone, lost, before, folders if intact else {})

    def forget(self) -> None:
        """Somebody else will write here: nothing is known any more of what lies there."""
        self._site.begin(self._site.keys())

    def make(self, due: Due, shown: Callable[[], object] = lambda: None) -> Report:
        """Everything that is due; BuildError names what went wrong. `shown` is told before what is late."""
        if due.nothing:
            return Report(due.pages, (), (), (), self._site.strangers(), self._site.paths)
        self._site.begin(due.names)
        written: list[str] = []
        made = dict(self._records(due, written, shown))
        paths = {path for one in made.values() for path in one.paths}
        if not self._site.kept:
            return Report(
                due.pages, due.why, tuple(sorted(set(written))), (), (), lambda: tuple(sorted(paths))
            )
        dropped = {path for one in due.before.values() for path in one.paths} - paths
        removed, strangers = self._cleared(dropped, due.gone, thorough=not due.folders)
        self._site.end(due.gone, *self._stamps(paths | dropped, due.folders), strangers)
        return Report(due.pages, due.why, tuple(sorted(set(written))), removed, strangers, self._site.paths)

    def _records(
        self, due: Due, written: list[str], shown: Callable[[], object]
    ) -> Iterator[tuple[str, Record]]:
        """Make what is due; it is noted as it goes on."""
        late = tuple(name for name in due.names if due.planned[name].late)
        soon = tuple(name for name in due.names if not due.planned[name].late)

        def make(name: str) -> tuple[tuple[str, bool], ...]:
            return tuple(self._made(due.planned[name]))

        with contextlib.closing(each(soon, make, self._site.again)) as parts:
            for made in parts:
                yield from self._noted(due, made, written)
        if late:
            shown()
            yield from self._noted(due, {name: make(name) for name in late}, written)

    def _noted(
        self, due: Due, made: Mapping[str, tuple[tuple[str, bool], ...]], written: list[str]
    ) -> Iterator[tuple[str, Record]]:
        records = {
            name: Record(due.keys[name], due.inputs[name], tuple(path for path, _ in files))
            for name, files in made.items()
        }
        written += [path for files in made.values() for path, new in files if new]
        self._site.note(records)
        yield from records.items()

    def _inputs(self, unit: Unit) -> dict[str, str]:
        templates = {f"template {name}": self._templates.mark(name) for name in unit.templates}
        assets = {"assets": self._templates.assets} if unit.templates else {}
        return {"program": self._program, **templates, **assets, **unit.inputs}

    def _made(self, unit: Unit) -> Iterator[tuple[str, bool]]:
        """The path of every file of a unit, and whether its bytes are new."""
        for one in unit.make():
            yield from self._writer.write(one)

    def _lost(self, names: Iterable[str]) -> set[str]:
        """What was made before, and is no longer there whole, or nobody knows of what files."""
        records, there = self._site.records(), set(_below(self._output))
        return {one for one in names if one not in records or not there.issuperset(records[one].paths)}

    def _cleared(
        self, dropped: Collection[str], gone: Collection[str], *, thorough: bool
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Remove what nobody plans any more: the paths of that, and of what is somebody else's.

        The site's own folders hold nothing else than what was planned; what lies elsewhere (`CNAME`,
        `.htaccess`) and was not written by this program stays.
        """
        if not dropped and not thorough:
            return (), self._site.strangers()
        records = self._site.records()
        claimed = {path for name, one in records.items() if name not in gone for path in one.paths}
        unplanned, strangers = set(dropped) - claimed, self._site.strangers()
        if thorough:
            others = set(_below(self._output)) - claimed - unplanned
            ours = {one for one in others if keeping.is_ours(self._output, one)}
            unplanned |= ours
            strangers = tuple(sorted(others - ours))
        for path in unplanned:
            _remove(self._output, path)
        return tuple(sorted(unplanned)), strangers

    def _stamps(
        self, touched: Iterable[str], known: Mapping[str, int]
    ) -> tuple[dict[str, int], tuple[str, ...]]:
        """The folders that changed with when, and those that are gone; all where none is `known`."""
        paths = touched if known else self._site.paths()
        folders = {parent.as_posix() for path in paths for parent in PurePosixPath(path).parents}
        stamps = {one: stamp(self._output / one) for one in sorted(folders)}
        return {one: at for one, at in stamps.items() if at}, tuple(
            one for one, at in stamps.items() if not at
        )


def _assets(templates: Templates) -> Unit:
    """The theme's own files."""
    files = tuple(Document(path, data) for path, data in templates.files.values())
    digest = hashlib.sha256(b"\0".join(one.path.encode() + b"\0" + one.data for one in files)).hexdigest()
    return Unit(THEME_FILES, {"assets": digest}, partial(tuple, files))


def _key(inputs: Mapping[str, str]) -> str:
    told = "\0".join(f"{name}={value}" for name, value in sorted(inputs.items()))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _why(unit: Unit, before: Record | None, inputs: Mapping[str, str], lost: bool) -> Why:
    if before is None:
        return Why(unit.name, unit.page is not None, new=True)
    names = {*before.inputs, *inputs}
    changed = sorted(name for name in names if before.inputs.get(name) != inputs.get(name))
    return Why(unit.name, unit.page is not None, tuple(changed), lost=lost)


def _below(folder: Path, inside: str = "") -> Iterator[str]:
    """The paths of all files below a folder."""
    try:
        entries = os.scandir(folder)
    except OSError:
        return
    with entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _below(Path(entry.path), f"{inside}{entry.name}/")
            else:
                yield inside + entry.name


def _remove(output: Path, path: str) -> None:
    """A file, and the folders that are empty without it."""
    (output / path).unlink(missing_ok=True)
    for parent in PurePosixPath(path).parents:
        with contextlib.suppress(OSError):
            if parent.as_posix() != ".":
                (output / parent).rmdir()
