"""What was written into a folder: which files from which inputs, and how its folders looked after it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.catalog.packing import DamagedError, packed, unpacked
from pipeline.catalog.store import Memo, Store

_UNFINISHED = "?"
"""No folder's path: a build began and did not come to its end."""
_STRANGERS = "strangers"


class Record(NamedTuple):
    """Files that were made together: the key of their inputs, these, and the files' paths."""

    key: str
    inputs: dict[str, str]
    paths: tuple[str, ...]


class Site:
    """The records of one output folder, by the names of what was made."""

    def __init__(self, store: Store, name: str) -> None:
        self._store, self._name = store, name

    @property
    def kept(self) -> bool:
        """Whether what is noted will be there again."""
        return self._store.open

    def again(self) -> None:
        """Use the catalogue in a forked process."""
        self._store.again()

    def keys(self) -> dict[str, str]:
        """The key of everything that was made."""
        return dict(self._ask("SELECT name, key FROM pages WHERE site = ?"))

    def records(self, names: Iterable[str] | None = None) -> dict[str, Record]:
        """What is recorded of these names, or of all; without what is damaged."""
        if names is None:
            rows = self._ask("SELECT name, key, value FROM pages WHERE site = ?")
        else:
            one = "SELECT name, key, value FROM pages WHERE site = ? AND name = ?"
            rows = [row for name in names for row in self._ask(one, name)]
        return {name: record for name, key, value in rows if (record := _record(key, value))}

    def folders(self) -> dict[str, int]:
        """The folders that hold what was made, and when each was changed last (ns since 1970).

        Nothing where a build did not come to its end.
        """
        found = dict(self._ask("SELECT path, stamp FROM folders WHERE site = ?"))
        return {} if _UNFINISHED in found else found

    def intact(self, output: Path) -> bool:
        """Whether the folder is as the last build left it."""
        folders = self.folders()
        return bool(folders) and as_left(output, folders)

    def paths(self) -> tuple[str, ...]:
        """All files that were made, as far as they are noted."""
        return tuple(sorted({path for one in self.records().values() for path in one.paths}))

    def strangers(self) -> tuple[str, ...]:
        """What lay there and was somebody else's, when that was looked at last."""
        memo = self._store.memo(_STRANGERS, self._name)
        return memo.value if memo else ()

    def begin(self, names: Iterable[str]) -> None:
        """These are about to be made: until they are noted nothing is known of them."""
        with self._store.changing() as run:
            run("REPLACE INTO folders VALUES (?, ?, 0)", [(self._name, _UNFINISHED)])
            run("UPDATE pages SET key = '' WHERE site = ? AND name = ?", [(self._name, one) for one in names])

    def note(self, records: Mapping[str, Record]) -> None:
        """These were made."""
        rows = [
            (self._name, name, key, packed((inputs, paths))) for name, (key, inputs, paths) in records.items()
        ]
        with self._store.changing() as run:
            run("REPLACE INTO pages VALUES (?, ?, ?, ?)", rows)

    def end(
        self,
        gone: Iterable[str],
        changed: Mapping[str, int],
        removed: Iterable[str],
        strangers: tuple[str, ...],
    ) -> None:
        """All is made, and nothing is left of what is `gone`; folders were `changed` or `removed`."""
        with self._store.changing() as run:
            run("DELETE FROM pages WHERE site = ? AND name = ?", [(self._name, one) for one in gone])
            folders = [(self._name, one) for one in (_UNFINISHED, *removed)]
            run("DELETE FROM folders WHERE site = ? AND path = ?", folders)
            run("REPLACE INTO folders VALUES (?, ?, ?)", [(self._name, *one) for one in changed.items()])
        self._store.note(_STRANGERS, {self._name: Memo("", strangers)})

    def _ask(self, question: str, *values: str) -> list[Any]:
        return self._store.asked(question, (self._name, *values))


def _record(key: str, value: bytes) -> Record | None:
    try:
        return Record(key, *unpacked(value))
    except (DamagedError, TypeError):
        return None


def as_left(output: Path, folders: Mapping[str, int]) -> bool:
    """Whether nothing came into any of these folders, or left it, since these moments."""
    return all(stamp(output / path) == at for path, at in folders.items())


def stamp(folder: Path) -> int:
    """When a folder was changed last (files made or removed in it), in ns since 1970; 0 if it is gone."""
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116 (tens of thousands of them)
    except OSError:
        return 0
