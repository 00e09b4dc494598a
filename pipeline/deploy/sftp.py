"""Web space that is reached by SFTP alone: no shell and no switch, so files are replaced one by one.

Each file comes under a name of its own and is renamed over the old one, so readers find one of the two whole.
AsyncSSH speaks to the server; it takes known hosts, keys, the agent and jump hosts from where ssh keeps them,
and a password from the variable HDW_SFTP_PASSWORD.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import posixpath
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from pipeline.deploy import failures, layout
from pipeline.deploy.in_place import Found, InPlace
from pipeline.deploy.lease import Claim, leased
from pipeline.deploy.releases import Sent
from pipeline.deploy.state import LOCK, OURS, Spot
from pipeline.errors import MisuseError
from pipeline.messages import msg
from pipeline.models import SftpTarget

if TYPE_CHECKING:
    from pipeline.deploy.sftp_session import Session

PASSWORD = "HDW_SFTP_PASSWORD"  # noqa: S105 (its name)
INCOMING = f"{OURS}incoming"
HIDDEN = b"Require all denied\n"
"""For Apache, which most web space runs: what is kept aside is not for readers."""


def place(target: SftpTarget, root: Path) -> InPlace:
    """The folder that a table [publish.NAME] names; a relative one starts where the account does."""
    try:
        from pipeline.deploy import sftp_session  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name != "asyncssh":
            raise
        raise MisuseError(
            msg("Targets by SFTP need an extra part."), hint=msg("pip install 'haus-des-wissens[sftp]'")
        ) from error
    session = sftp_session.session(target.host, target.port, os.environ.get(PASSWORD))
    return InPlace(WebSpace(session, layout.from_home(target.path)), target.keep)


@dataclass(frozen=True, slots=True)
class WebSpace:
    """A store (in_place.Store) on a server that speaks SFTP."""

    session: Session
    path: str
    at_once: int = 8

    @property
    def where(self) -> str:
        """What the messages call it."""
        return f"{self.session.host}:{self.path}/"

    @contextlib.contextmanager
    def held(self, holder: str) -> Iterator[Callable[[], None]]:
        """The right to publish, by a note that its holder renews."""
        self.session.make_folders(self.at(INCOMING))
        self.session.write(self.at(f"{OURS}.htaccess"), HIDDEN)
        with leased(_Door(self, self.where), holder) as sure:
            for left in self.session.names(self.at(INCOMING)):
                self.session.remove(self.at(f"{INCOMING}/{left}"))
            yield sure

    def prepare(self) -> None:
        """The folders are made by whoever holds it."""

    def read(self, spot: Spot) -> Found | None:
        """A file's content."""
        data = self.session.read(self.at(spot.path))
        return None if data is None else Found(data, "")

    def put(self, path: str, source: Path | bytes, sha256: str) -> str:
        """Bring a file beside, and rename it over the old one if its digest is that."""
        part = self.part()
        if self.session.write(part, source) != sha256:
            self.session.remove(part)
            raise failures.changed(source if isinstance(source, Path) else self.where + path)
        self._into_place(part, path)
        return ""

    def copy(self, spot: Spot, path: str, file: Sent) -> str | None:
        """A second name for what lies there; where the server knows no hard links, its content once more."""
        part = self.part()
        if not self.session.link(self.at(spot.path), part):
            found = self.session.read(self.at(spot.path))
            if found is None or hashlib.sha256(found).hexdigest() != file.sha256:
                return None
            self.session.write(part, found)
        self._into_place(part, path)
        return ""

    def tidy(self, ours: Callable[[str], bool]) -> None:
        """Whoever holds it has removed what was on its way."""

    def has(self, path: str, file: Sent) -> str | None:
        """ "" if the file has this content: it is read, unless its size tells."""
        if self.session.size(self.at(path)) != file.bytes:
            return None
        return "" if self.session.digest(self.at(path)) == file.sha256 else None

    def remove(self, spots: Sequence[Spot]) -> None:
        """Remove files, and folders that are empty then: a server shows those in ways of its own."""
        for spot in spots:
            self.session.remove(self.at(spot.path))
        for folder in sorted({posixpath.dirname(spot.path) for spot in spots}, reverse=True):
            self._remove_empty(folder)

    def part(self) -> str:
        """A path for a file on its way."""
        return self.at(f"{INCOMING}/{uuid4().hex}")

    def at(self, path: str) -> str:
        """A path as the server knows it."""
        return posixpath.join(self.path, path)

    def _into_place(self, part: str, path: str) -> None:
        target = self.at(path)
        self.session.make_folders(posixpath.dirname(target))
        self.session.rename(part, target)
        self.session.remove(part)  # where both names were the same file, renaming does nothing (POSIX)

    def _remove_empty(self, folder: str) -> None:
        while folder and self.session.remove_empty(self.at(folder)):
            folder = posixpath.dirname(folder)


@dataclass(slots=True)
class _Door:
    """The note of who publishes (lease.Door): made by a server that refuses to make it twice.

    To replace its own note a holder renames a new one over it. A dead holder's is first moved to a name that
    only one can give it, so that of two who come only one goes on.
    """

    space: WebSpace
    where: str
    mine: set[str] = field(default_factory=set)
    moved: list[str] = field(default_factory=list)

    def look(self) -> Claim | None:
        """The note and its digest; its age is that against a file written now, by the server's clock."""
        session, part = self.space.session, self.space.part()
        data, written = session.read(self._lock), session.changed_s(self._lock)
        if data is None or written is None:
            return None
        session.write(part, b"")
        now = session.changed_s(part) or written
        session.remove(part)
        return Claim(data, _tag(data), now - written)

    def claim(self, note: bytes, tag: str) -> str | None:
        """Write the note if that of `tag` lies there ("": none)."""
        session = self.space.session
        if tag in self.mine:
            if self._there() != tag:
                return None
            part = self.space.part()
            session.write(part, note)
            session.rename(part, self._lock)
        elif (tag and not self._moved(tag)) or session.write(self._lock, note, new=True) is None:
            return None
        self.mine.add(_tag(note))
        return _tag(note)

    def free(self, tag: str) -> None:
        """Remove the note, and those of dead holders."""
        if self._there() == tag:
            self.space.session.remove(self._lock)
        for left in self.moved:
            self.space.session.remove(left)

    def _moved(self, tag: str) -> bool:
        aside = f"{self._lock}.{tag[:16]}"
        if not self.space.session.move(self._lock, aside):
            return False
        self.moved.append(aside)
        if _tag(self.space.session.read(aside) or b"") == tag:
            return True
        self.space.session.move(aside, self._lock)  # somebody was quicker: theirs goes back
        return False

    def _there(self) -> str:
        return _tag(self.space.session.read(self._lock) or b"")

    @property
    def _lock(self) -> str:
        return self.space.at(LOCK)


def _tag(note: bytes) -> str:
    return hashlib.sha256(note).hexdigest()
