"""What every target on a drive of this machine needs: the right to publish, notes, what went wrong."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from pipeline import project
from pipeline.deploy import failures, layout
from pipeline.deploy.layout import LOCK
from pipeline.deploy.releases import Release
from pipeline.errors import DeployError, MisuseError
from pipeline.files import copied, taken, to_disk, whole
from pipeline.messages import msg

FULL = {errno.EDQUOT, errno.EFBIG, errno.ENOSPC}


def path_of(root: Path, path: str) -> Path:
    """The folder that a target names; MisuseError for one that the program reads, writes or clears itself."""
    folder = project.folder_named(root, path)
    if project.is_own(folder, root):
        raise MisuseError(
            msg("The target lies among the files of the house."),
            where=folder,
            hint=msg("Name a folder of its own in podcast.toml, for example: {example}", example="../srv"),
        )
    return folder


@contextlib.contextmanager
def held(folder: Path, holder: str) -> Iterator[None]:
    """The right to publish; it ends with the process, so a dead holder holds nothing."""
    lock = folder / LOCK
    with contextlib.ExitStack() as held:
        with writing(folder):
            ours = held.enter_context(taken(lock))
        if not ours:
            raise failures.busy(_said(lock), folder)
        with writing(folder):
            lock.write_text(holder, encoding="utf-8")
        yield


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """DeployError where the drive refuses."""
    try:
        yield
    except OSError as error:
        full = error.errno in FULL
        raise DeployError(
            msg("The target cannot be written: {reason}.", reason=error.strerror or str(error)),
            where=error.filename or folder,
            hint=msg("Make room there, and try once more: what is sent is not sent twice.")
            if full
            else msg("Is its drive connected, and may this account write there?"),
        ) from error


def noted(note: Path) -> Release:
    """The release of a note; DeployError for a damaged one."""
    try:
        data = note.read_bytes()
    except OSError as error:
        raise failures.damaged(note, error) from error
    return layout.read_note(data, note)


def brought(source: Path, target: Path, sha256: str) -> None:
    """Copy a file whole or not at all; DeployError where it is no longer the one that was planned."""
    with whole(target, durable=False) as part:
        if not source.is_file() or copied(source, part) != sha256:
            raise failures.changed(source)
        to_disk(part)


def _said(lock: Path) -> str:
    with contextlib.suppress(OSError, ValueError):
        return lock.read_text(encoding="utf-8")
    return ""
