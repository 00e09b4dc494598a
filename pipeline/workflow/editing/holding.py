"""Who has a transcript open: one window writes, others read, until the holder leaves, dies or is relieved.

The note lies beside the journal, so a second process, and a colleague on a shared drive, see it too.
"""

from __future__ import annotations

import atexit
import json
import socket
import tempfile
import uuid
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from pipeline import project
from pipeline.errors import HeldError
from pipeline.files import alone, taken, write_atomic
from pipeline.messages import msg

QUIET_S = 120.0
"""A window that was not heard of for so long is closed, or its machine sleeps."""
RENEWED_S = 15.0


@dataclass(frozen=True, slots=True)
class Holder:
    """A window that has a transcript open: its session, whose it is, on which machine, since when."""

    session: str
    by: str
    machine: str
    process: str
    since: datetime
    seen: datetime

    def __str__(self) -> str:
        return ", ".join(part for part in (self.by, self.machine) if part)


def hold(
    root: Path, episode_id: str, session: str, *, by: str = "", now: datetime, take: bool = False
) -> Holder:
    """Open a transcript for writing, or say again that it is open; `take` relieves whoever has it.

    HeldError if another window has it.
    """
    path = _path(root, episode_id)
    with project.writable(root, path), alone(path.with_suffix(".holding")):
        found = _living(path, now)
        if found and found.session != session and not take:
            raise _held(root, episode_id, found)
        if found and found.session == session:
            made = replace(found, by=by or found.by, process=_process(), seen=now)
        else:
            made = Holder(session, by, socket.gethostname(), _process(), now, now)
        write_atomic(path, _written(made), durable=False)
        return made


def release(root: Path, episode_id: str, session: str) -> bool:
    """Close a transcript; False if this window did not have it."""
    path = _path(root, episode_id)
    with project.writable(root, path), alone(path.with_suffix(".holding")):
        found = _read(path)
        if found is None or found.session != session:
            return False
        path.unlink(missing_ok=True)
        return True


def holder(root: Path, episode_id: str, now: datetime) -> Holder | None:
    """Who has a transcript open; None if nobody has, or whoever had is gone."""
    return _living(_path(root, episode_id), now)


def refuse_held(root: Path, episode_id: str, session: str, now: datetime) -> None:
    """HeldError if another window has the transcript; else this one has it from now on."""
    found = holder(root, episode_id, now)
    if found is None or found.session != session or now - found.seen > timedelta(seconds=RENEWED_S):
        hold(root, episode_id, session, now=now)


def _held(root: Path, episode_id: str, found: Holder) -> HeldError:
    return HeldError(
        msg("This transcript is open elsewhere: {holder}.", holder=str(found)),
        where=project.shown(project.transcript_path(root, episode_id), root),
        hint=msg("Go on here, and it can only be read there."),
        holder=str(found),
    )


def _path(root: Path, episode_id: str) -> Path:
    return project.journal_path(root, episode_id).with_suffix(".hold")


def _living(path: Path, now: datetime) -> Holder | None:
    found = _read(path)
    if found is None or now - found.seen > timedelta(seconds=QUIET_S):
        return None
    return None if found.machine == socket.gethostname() and _dead(found.process) else found


def _read(path: Path) -> Holder | None:
    """None also for a note that cannot be read: it holds nobody up."""
    try:
        values = json.loads(path.read_bytes())
        session, by, machine, process = (str(values[n]) for n in ("session", "by", "machine", "process"))
        since, seen = (datetime.fromisoformat(values[n]) for n in ("since", "seen"))
        return Holder(session, by, machine, process, since, seen)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _written(made: Holder) -> bytes:
    values = asdict(made) | {"since": made.since.isoformat(), "seen": made.seen.isoformat()}
    return json.dumps(values, ensure_ascii=False).encode()


@cache
def _process() -> str:
    """A name for this process; the system frees the lock of that name when it dies."""
    name = uuid.uuid4().hex
    lock = _lock(name)
    stack = ExitStack()
    stack.enter_context(taken(lock))
    atexit.register(lock.unlink, missing_ok=True)
    atexit.register(stack.close)
    return name


def _dead(process: str) -> bool:
    lock = _lock(process)
    if not lock.is_file():
        return True
    with taken(lock) as free:
        if free:
            lock.unlink(missing_ok=True)
        return free


def _lock(process: str) -> Path:
    return Path(tempfile.gettempdir()) / f"hdw-{process}.lock"
