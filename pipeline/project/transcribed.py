"""transcript.vtt and transcript.json together, as editors have them: read as they stand, written durably."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import BusyError, FullError, HdwError, MisuseError
from pipeline.files import FULL, to_disk, whole, write_atomic
from pipeline.messages import msg
from pipeline.models import Review
from pipeline.project import facts, layout


@dataclass(frozen=True, slots=True)
class Stored:
    """The bytes of both files; those of a transcript.json that is not there are b""."""

    text: bytes
    review: bytes

    @property
    def digest(self) -> str:
        """What both hold, 16 hexadecimal digits."""
        parts = (hashlib.sha256(part).digest() for part in (self.text, self.review))
        return hashlib.sha256(b"".join(parts)).hexdigest()[:16]


def stored(root: Path, episode_id: str) -> Stored:
    """Both files as they stand; MisuseError if there is no transcript yet."""
    path, review = layout.transcript_path(root, episode_id), layout.review_path(root, episode_id)
    if not path.is_file():
        raise MisuseError(
            msg("The episode has no transcript yet."),
            where=layout.shown(path.parent, root),
            hint=msg("hdw transcribe {episode}", episode=episode_id),
        )
    return Stored(layout.read_bytes(path), layout.read_bytes(review) if review.is_file() else b"")


def changed_at(root: Path, episode_id: str) -> datetime:
    """When transcript.vtt was last written."""
    return datetime.fromtimestamp(layout.transcript_path(root, episode_id).stat().st_mtime, UTC)


def stored_text(root: Path, episode_id: str, found: Stored) -> str:
    """The text of transcript.vtt with its own ends of lines; HdwError if it is not UTF-8."""
    try:
        return found.text.decode()
    except UnicodeDecodeError as error:
        path = layout.transcript_path(root, episode_id)
        raise layout.not_text(path, error) from error


def store(root: Path, episode_id: str, was: Stored, text: str, review: Review) -> Stored:
    """Write both in place of what was read; BusyError if somebody else wrote meanwhile: their text stays.

    A kill between the two, and a text that came in between, leave entries that say less of the old text than
    they could, never more.
    """
    made = Stored(text.encode(), facts.review_bytes(review))
    _refuse_other(root, episode_id, stored(root, episode_id) == was)
    path = layout.transcript_path(root, episode_id)
    with writable(root, path):
        if made.review != was.review:
            write_atomic(layout.review_path(root, episode_id), made.review)
        if made.text != was.text:
            with whole(path, durable=True) as part:
                part.write_bytes(made.text)
                to_disk(part)  # this takes long, and another editor knows no lock of ours
                _refuse_other(root, episode_id, layout.read_bytes(path) == was.text)
    return made


def _refuse_other(root: Path, episode_id: str, same: bool) -> None:
    if not same:
        raise BusyError(
            msg("The transcript was changed by somebody else in the meantime."),
            where=layout.shown(layout.transcript_path(root, episode_id), root),
        )


@contextmanager
def writable(root: Path, path: Path) -> Iterator[None]:
    """HdwError in plain words if the drive is full, or the file cannot be written."""
    try:
        yield
    except OSError as error:
        where, reason = layout.shown(path, root), error.strerror or str(error)
        if error.errno in FULL:
            raise FullError(
                msg("There is no more room on the drive."),
                where=where,
                hint=msg("Make room; nothing that was saved before is lost."),
            ) from error
        raise HdwError(msg("The file cannot be written: {reason}.", reason=reason), where=where) from error
