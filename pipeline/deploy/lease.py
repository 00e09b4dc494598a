"""The right to publish where no system frees a lock when its holder dies: it runs out unless renewed."""

from __future__ import annotations

import contextlib
import json
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from pipeline.deploy import failures
from pipeline.errors import BusyError, DeployError
from pipeline.files import taken
from pipeline.messages import msg

LASTS_S = 120.0
"""A holder who was not heard of for so long counts as dead."""
_RENEWED_S = 30.0


class Claim(NamedTuple):
    """What lies at the door: the note of its holder, the tag that names this state of it, and its age."""

    note: bytes
    tag: str
    age_s: float


class Door(Protocol):
    """A note that only one can write at a time."""

    where: str

    def look(self) -> Claim | None:
        """The note that lies there; its age by the clock of the server."""

    def claim(self, note: bytes, tag: str) -> str | None:
        """Write the note over that of `tag` ("": none) and give its tag; None if another one lies there."""

    def free(self, tag: str) -> None:
        """Remove the note, if it is still that of `tag`."""


@contextlib.contextmanager
def leased(door: Door, holder: str) -> Iterator[Callable[[], None]]:
    """Hold the right to publish, and renew it; gives a function that raises BusyError if it was lost.

    BusyError says who holds it now. A holder who died on this computer is recognised at once, by a lock in
    the folder for temporary files that ended with it; one elsewhere by the age of its note.
    """
    lease, freed = _Lease(door, holder, uuid.uuid4().hex), False
    lock = _lock(lease.token)
    try:
        with taken(lock):
            try:
                with _kept(lease):
                    yield lease.sure
            finally:
                freed = lease.free()
    finally:
        if freed:  # else it says to whoever comes next that its holder is gone
            lock.unlink(missing_ok=True)


@dataclass(slots=True)
class _Lease:
    door: Door
    holder: str
    token: str
    tag: str = ""
    turn: int = 0
    heard: float = 0.0
    lost: bool = False

    def take(self) -> None:
        self._write("")
        if self.tag:
            return
        there = self.door.look()
        if there and _token(there.note) != self.token:  # else: ours, and only the answer was lost
            if there.age_s < LASTS_S and not _died_here(_token(there.note)):
                raise failures.busy(_holder(there.note), self.door.where)
            self._write(there.tag)
        elif there:
            self.tag, self.heard = there.tag, time.monotonic()
        if not self.tag:
            there = self.door.look()
            raise failures.busy(_holder(there.note) if there else "", self.door.where)

    def keep(self, stop: threading.Event) -> None:
        """Renew it until `stop`; a failure to do so is no loss before the time has run out."""
        while not self.lost and not stop.wait(_RENEWED_S):
            with contextlib.suppress(DeployError):
                self._renew()

    def _renew(self) -> None:
        if self._write(self.tag):
            return
        there = self.door.look()
        if there and _token(there.note) == self.token:
            self.tag, self.heard = there.tag, time.monotonic()
        else:
            self.lost = True

    def _write(self, over: str) -> bool:
        self.turn += 1
        note = json.dumps({"holder": self.holder, "token": self.token, "turn": self.turn}).encode()
        began = time.monotonic()
        tag = self.door.claim(note, over)
        if tag:
            self.tag, self.heard = tag, began
        return bool(tag)

    def sure(self) -> None:
        if self.lost or time.monotonic() - self.heard > LASTS_S:
            raise BusyError(
                msg("The right to publish there was lost: the connection was gone for too long."),
                where=self.door.where,
                hint=msg("Try once more: what is sent is not sent twice."),
            )

    def free(self) -> bool:
        """Whether nothing of it is left; what cannot be removed now runs out by itself."""
        try:
            if self.tag and not self.lost:
                self.door.free(self.tag)
        except DeployError:
            return False
        return True


@contextlib.contextmanager
def _kept(lease: _Lease) -> Iterator[None]:
    """Take it and renew it until the block ends."""
    lease.take()
    stop = threading.Event()
    renewing = threading.Thread(target=lease.keep, args=(stop,), daemon=True)
    renewing.start()
    try:
        yield
    finally:
        stop.set()
        renewing.join()


def _died_here(token: str) -> bool:
    lock = _lock(token)
    if not token.isalnum() or not lock.exists():
        return False
    with taken(lock) as ours:
        return ours


def _lock(token: str) -> Path:
    return Path(tempfile.gettempdir()) / f"hdw-{token}.lock"


def _token(note: bytes) -> str:
    return _said(note, "token")


def _holder(note: bytes) -> str:
    return _said(note, "holder")


def _said(note: bytes, name: str) -> str:
    try:
        return str(json.loads(note)[name])
    except (ValueError, KeyError, TypeError):
        return ""
