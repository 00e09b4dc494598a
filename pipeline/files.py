"""Files written whole or not at all: the only place that makes a temporary file beside its target."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

PART = ".part"


@contextlib.contextmanager
def whole(target: Path, *, durable: bool, new: bool = False) -> Iterator[Path]:
    """A path to fill; it takes the target's place when the block ends, and is gone if the block raises.

    `new` never takes an existing file's place: FileExistsError, also if somebody else was quicker.

    `durable` waits until the bytes are on the disk: for what cannot be made again. Readers see the old file
    or the new one, never a half. A kill leaves at most a hidden file that ends in `.part`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=PART, dir=target.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(0o644)
        if durable:
            _to_disk(part)
        _into_place(part, target, new)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    if durable:
        _name_to_disk(target.parent)


def write_atomic(path: Path, data: bytes, *, durable: bool = True) -> bool:
    """Write a file whole or not at all; False if it already held these bytes and was left alone."""
    if path.is_file() and path.read_bytes() == data:
        return False
    with whole(path, durable=durable) as part:
        part.write_bytes(data)
    return True


@contextlib.contextmanager
def alone(lock: Path) -> Iterator[None]:
    """One process at a time; a second one waits here. The system frees the lock when its holder dies."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("ab") as file:
        with contextlib.suppress(OSError):  # some network drives know no locks
            _lock(file.fileno())
        yield


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415

        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
    else:
        import fcntl  # noqa: PLC0415

        fcntl.flock(handle, fcntl.LOCK_EX)


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


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _name_to_disk(folder: Path) -> None:
    """The directory entry too; Windows and some network drives do not know how, and need not."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
