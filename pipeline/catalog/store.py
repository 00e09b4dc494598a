"""`.hdw/catalog.sqlite`: what is known of files that did not change. Damaged or old, it is thrown away.

Nothing in it is anybody's work: it may be deleted at any time, and nobody waits for it for long.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from pipeline import project
from pipeline.catalog.packing import DamagedError, packed, unpacked

PATIENCE_S = 2.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS made_by (program TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (
  name TEXT PRIMARY KEY, signature BLOB NOT NULL, young INTEGER NOT NULL, value BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS heavy (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS memos (
  kind TEXT, name TEXT, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (kind, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pages (
  site TEXT, name TEXT, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (site, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS folders (site TEXT, path TEXT, stamp INTEGER NOT NULL, PRIMARY KEY (site, path))
  WITHOUT ROWID;
"""
_PASSING = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_READONLY_DIRECTORY),
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR),
}


class Row(NamedTuple):
    """A file, or a folder as a whole: its signature, whether it was young then, and what was read from it."""

    signature: bytes
    young: bool
    value: bytes


class Memo(NamedTuple):
    """A result that holds as long as its key is the same."""

    key: str
    value: Any


@dataclass(slots=True)
class Change:
    """Runs statements, each over many rows; `kept` says afterwards whether they count."""

    _connection: sqlite3.Connection | None
    kept: bool = False

    def __call__(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        """One of them."""
        if self._connection is not None and rows:
            self._connection.executemany(statement, rows)


class Store:
    """The catalogue's file, open; without one (a house that is only read) nothing is known or kept."""

    @classmethod
    def of(cls, root: Path) -> Store:
        """The catalogue of a house."""
        return cls(root / project.CATALOG, project.program_mark())

    def __init__(self, path: Path | None, program: str) -> None:
        self._path, self._program, self._lock = path, program, Lock()
        self._connection = _opened(path, program) if path else None
        self._theirs: sqlite3.Connection | None = None

    @property
    def open(self) -> bool:
        """Whether there is a file."""
        return self._connection is not None

    def again(self) -> None:
        """Open the file anew in a forked process: the one that it was given is another's (SQLite, "How to
        corrupt", 2.6), who closes it as well.
        """
        self._lock, self._theirs = Lock(), self._connection
        self._connection = _opened(self._path, self._program) if self._path and self._theirs else None

    def close(self) -> None:
        """Let go of the file; nothing is known any more."""
        with self._lock:
            if self._connection:
                self._connection.close()
            self._connection = None

    def rows(self, kind: str) -> dict[str, Row]:
        """All files of a kind, by name."""
        found = self.asked(
            "SELECT name, signature, young, value FROM files WHERE name >= ? AND name < ?",
            (f"{kind}/", f"{kind}0"),  # 0 follows / in ASCII
        )
        start = len(kind) + 1
        return {name[start:]: Row(signature, bool(young), value) for name, signature, young, value in found}

    def heavy(self, name: str) -> Any:
        """What was kept apart because hardly anybody asks for it; DamagedError if it is not there."""
        found = self.asked("SELECT value FROM heavy WHERE name = ?", (name,))
        if not found:
            raise DamagedError
        return unpacked(found[0][0])

    def keep(
        self, kind: str, rows: Mapping[str, Row], heavy: Mapping[str, bytes], gone: Iterable[str]
    ) -> bool:
        """Note what was read anew, what is heavy packed; forget the files that are gone.

        False if it could not be noted.
        """
        with self.changing() as run:
            run(
                "REPLACE INTO files VALUES (?, ?, ?, ?)",
                [(f"{kind}/{name}", *row) for name, row in rows.items()],
            )
            run("REPLACE INTO heavy VALUES (?, ?)", [(f"{kind}/{n}", value) for n, value in heavy.items()])
            names = [(f"{kind}/{name}",) for name in gone]
            run("DELETE FROM files WHERE name = ?", names)
            run("DELETE FROM heavy WHERE name = ?", names)
        return run.kept

    def memos(self, kind: str) -> dict[str, Memo]:
        """Every result of a kind, by name."""
        found = self.asked("SELECT name, key, value FROM memos WHERE kind = ?", (kind,))
        try:
            return {name: Memo(key, unpacked(value)) for name, key, value in found}
        except DamagedError:
            return {}

    def names(self, kind: str) -> set[str]:
        """What there are results of a kind for."""
        return {name for (name,) in self.asked("SELECT name FROM memos WHERE kind = ?", (kind,))}

    def memo(self, kind: str, name: str) -> Memo | None:
        """One of them."""
        found = self.asked("SELECT key, value FROM memos WHERE kind = ? AND name = ?", (kind, name))
        try:
            return Memo(found[0][0], unpacked(found[0][1])) if found else None
        except DamagedError:
            return None

    def note(self, kind: str, memos: Mapping[str, Memo], gone: Iterable[str] = ()) -> None:
        """Keep results; forget those of what is gone."""
        with self.changing() as run:
            run(
                "REPLACE INTO memos VALUES (?, ?, ?, ?)",
                [(kind, name, key, packed(value)) for name, (key, value) in memos.items()],
            )
            run("DELETE FROM memos WHERE kind = ? AND name = ?", [(kind, name) for name in gone])

    def asked(self, question: str, values: tuple[str, ...]) -> list[Any]:
        """The rows that answer; none where the file cannot be read."""
        with self._lock:
            if self._connection is None:
                return []
            try:
                return self._connection.execute(question, values).fetchall()
            except sqlite3.Error as error:
                if not _passes(error):
                    self._throw_away()
                return []

    @contextlib.contextmanager
    def changing(self) -> Iterator[Change]:
        """Statements that count together or not at all; what cannot be kept is found out again next time."""
        with self._lock:
            connection = self._begun()
            run = Change(connection)
            try:
                yield run
                if connection is not None:
                    connection.execute("COMMIT")
                    run.kept = True
            except sqlite3.Error as error:
                if not _passes(error):
                    self._throw_away()
            finally:
                if self._connection is not None and self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def _begun(self) -> sqlite3.Connection | None:
        """The file with a change begun; None where another command has it for too long, or there is none."""
        try:
            if self._connection is not None:
                self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            if not _passes(error):
                self._throw_away()
            return None
        return self._connection

    def _throw_away(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None
        if self._path:
            _remove(self._path)


def _opened(path: Path, program: str) -> sqlite3.Connection | None:
    """The file of this program's version, made anew where there is none or one that cannot be read."""
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                path, timeout=PATIENCE_S, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.Error):
            return None
        try:
            _prepare(connection, program)
        except sqlite3.Error as error:
            connection.close()
            if _passes(error):
                return None
            _remove(path)
        else:
            return connection
    return None


def _prepare(connection: sqlite3.Connection, program: str) -> None:
    connection.execute("PRAGMA synchronous = OFF")  # after a power cut it may be damaged, and is thrown away
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and connection.execute("SELECT program FROM made_by").fetchone() == (program,):
        return
    if tables:
        raise sqlite3.DatabaseError
    connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} COMMIT;")
    connection.execute("INSERT INTO made_by SELECT ? WHERE NOT EXISTS (SELECT * FROM made_by)", (program,))


def _passes(error: sqlite3.Error) -> bool:
    """Whether nothing is wrong with the file itself: another command has it, or the drive is full."""
    return getattr(error, "sqlite_errorcode", None) in _PASSING


def _remove(path: Path) -> None:
    for suffix in ("", "-journal"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
