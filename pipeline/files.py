"""Files written whole or not at all: the only place that makes a temporary file beside its target."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

PART = ".part"
FULL = frozenset({errno.EDQUOT, errno.EFBIG, errno.ENOSPC})
"""What the system says where a drive has no room."""
_PIECE = 1 << 20


@contextlib.contextmanager
def whole(
    target: Path, *, durable: bool, new: bool = False, name: Callable[[Path], str] | None = None
) -> Iterator[Path]:
    """A path to fill; it takes the target's place when the block ends, and is gone if the block raises.

    `name` gives the target another name, made from what was filled in (a digest).

    `new` never takes an existing file's place: FileExistsError, also if somebody else was quicker.

    `durable` waits until the bytes are on the disk: for what cannot be made again. Readers see the old file
    or the new one, never a half. A kill leaves at most a hidden file that ends in `.part`; the next durable
    write of the same file clears it away.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{target.name[:40]}."
    if durable:
        _clear_left(target.parent, prefix)
    handle, part = _held_part(target.parent, prefix)
    try:
        try:
            yield part
            part.chmod(0o644)
            if durable:
                to_disk(part)
            place = target.with_name(name(part)) if name else target
        finally:
            if sys.platform == "win32":  # there no open file can be renamed or removed
                os.close(handle)
        _into_place(part, place, new)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    finally:
        if sys.platform != "win32":
            os.close(handle)
    if durable:
        to_disk_name(target.parent)


def write_atomic(path: Path, data: bytes, *, durable: bool = True) -> bool:
    """Write a file whole or not at all; False if it already held these bytes and was left alone."""
    if path.is_file() and path.read_bytes() == data:
        return False
    with whole(path, durable=durable) as part:
        part.write_bytes(data)
    return True


def copied(source: Path, target: Path) -> str:
    """Copy a file's content; its SHA-256, computed while it passes."""
    passed = hashlib.sha256()
    with source.open("rb") as read, target.open("wb") as written:
        while data := read.read(_PIECE):
            passed.update(data)
            written.write(data)
    return passed.hexdigest()


@contextlib.contextmanager
def alone(lock: Path) -> Iterator[None]:
    """One process at a time; a second one waits here. The system frees the lock when its holder dies."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("ab") as file:
        with contextlib.suppress(OSError):  # some network drives know no locks
            _lock(file.fileno())
        yield


@contextlib.contextmanager
def taken(lock: Path) -> Iterator[bool]:
    """The same without waiting: False where another process has it."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("ab") as file:
        try:
            _lock(file.fileno(), wait=False)
        except OSError as error:  # some network drives know no locks
            yield error.errno not in {errno.EACCES, errno.EAGAIN}
        else:
            yield True


def _lock(handle: int, *, wait: bool = True) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415

        msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415

        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def _held_part(folder: Path, prefix: str) -> tuple[int, Path]:
    """A new hidden file that shows that its writer lives: it is open, and locked where that can be."""
    while True:
        handle, hidden = tempfile.mkstemp(prefix=prefix, suffix=PART, dir=folder)
        if sys.platform != "win32":  # there a file that is open cannot be removed, and a lock bars writing
            with contextlib.suppress(OSError):  # some network drives know no locks
                _lock(handle)
        if Path(hidden).exists():
            return handle, Path(hidden)
        os.close(handle)  # somebody cleared it away before it was locked


def _clear_left(folder: Path, prefix: str) -> None:
    """Remove the hidden files whose writers were killed."""
    for left in list(folder.iterdir()):
        if left.name.startswith(prefix) and left.name.endswith(PART) and left.is_file():
            with contextlib.suppress(OSError):  # its writer is at work, or somebody else cleared it away
                _remove_unheld(left)


def _remove_unheld(left: Path) -> None:
    """OSError, and the file stays, while its writer lives."""
    with left.open("rb+") as file:
        if sys.platform != "win32":
            _lock(file.fileno(), wait=False)
            left.unlink()
    if sys.platform == "win32":  # an open file is not removed there, so a living writer's stays
        left.unlink()


def _into_place(part: Path, target: Path, new: bool) -> None:
    if not new:
        part.replace(target)
        return
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:  # drives without hard links
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        part.replace(target)
    else:
        part.unlink()


def to_disk(path: Path) -> None:
    """Wait until the bytes of a file are on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def to_disk_name(folder: Path) -> None:
    """The directory entry too; Windows and some network drives do not know how, and need not."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
