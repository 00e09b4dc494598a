"""Work shared by several processes: forked, so that each has at hand what was read and planned until then.

Only on Linux. Elsewhere a fork may break what the system's own libraries hold (multiprocessing, "Contexts and
start methods"), and a process that begins anew would first have to read and plan everything once more.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple, TypeVar, cast

from pipeline.errors import HdwError
from pipeline.messages import msg

T = TypeVar("T")
AT_ONCE = 25
"""So many names are handed back together: a kill costs no more of them, in each process."""
LEAST = 2 * AT_ONCE
"""Of fewer names for each process one alone is about as quick."""
MOST = 8
"""More processes than this wait for the drive and for each other."""


class _Failed(NamedTuple):
    """What kept a process from its work, and where that arose."""

    error: Exception
    trace: str


def each(
    names: Sequence[str], make: Callable[[str], T], begin: Callable[[], object]
) -> Generator[dict[str, T]]:
    """What `make` makes of every name, some at a time, in whatever order they are done.

    Other processes call `begin` first: it opens anew what no two may hold. An error of `make` comes out here.
    When this process is killed, the others end with what they have in hand; locks are held until then.
    """
    some = [names[start : start + AT_ONCE] for start in range(0, len(names), AT_ONCE)]
    count = hands(len(names))
    if count > 1:
        yield from _forked([some[n::count] for n in range(count)], make, begin)
    else:
        yield from ({name: make(name) for name in part} for part in some)


def hands(names: int) -> int:
    """How many processes pay for so many names; with 1 this one works alone.

    They are as many as the processors that this one may use (`taskset`). Beside threads there are none: what
    a thread holds when a process is forked is held in there for ever.
    """
    if sys.platform != "linux" or _threads() > 1:
        return 1
    return max(1, min(len(os.sched_getaffinity(0)), names // LEAST, MOST))


def _threads() -> int:
    """How many this process has, those of libraries too; two where the system does not tell."""
    try:
        return len(list(Path("/proc/self/task").iterdir()))
    except OSError:
        return 2


def _forked(
    shares: Sequence[Sequence[Sequence[str]]], make: Callable[[str], T], begin: Callable[[], object]
) -> Iterator[dict[str, T]]:
    context, parent = multiprocessing.get_context("fork"), os.getpid()
    working: dict[Connection, BaseProcess] = {}
    try:
        for share in shares:
            here, there = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(share, make, begin, there, parent), daemon=True)
            process.start()
            there.close()
            working[here] = process
        while working:
            for door in cast("list[Connection]", wait(working)):
                told: dict[str, T] | _Failed | None = _told(door)
                if told is None:
                    _ended(working.pop(door))
                    door.close()
                elif isinstance(told, _Failed):
                    told.error.add_note(told.trace)
                    raise told.error
                else:
                    yield told
    finally:
        for door, left in working.items():
            left.terminate()
            left.join()
            door.close()


def _told(door: Connection) -> Any:
    """What another process has made, or why it could not; None if it has come to its end."""
    try:
        return door.recv()
    except EOFError:
        return None


def _ended(process: BaseProcess) -> None:
    process.join()
    if process.exitcode:
        raise HdwError(
            msg("A process that worked on this was ended by the system ({code}).", code=process.exitcode),
            hint=msg("It may have run out of memory. Start the command again: it goes on where it was."),
        )


def _work(
    share: Sequence[Sequence[str]],
    make: Callable[[str], object],
    begin: Callable[[], object],
    there: Connection,
    parent: int,
) -> None:
    """Another process's part: it says what it made, or what kept it from that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the first one ends the others
    signal.signal(signal.SIGTERM, _leave)
    with suppress(BrokenPipeError):
        try:
            begin()
            for names in share:
                made = {}
                for name in names:
                    if os.getppid() != parent:
                        return
                    made[name] = make(name)
                there.send(made)
        except Exception as error:  # whatever it is belongs to the one who asked for it
            there.send(_Failed(error, traceback.format_exc()))


def _leave(_number: int, _frame: FrameType | None) -> None:
    """End as after an error: what is half written is taken away."""
    sys.exit(1)
