"""A server that speaks SFTP, as plain calls."""

from __future__ import annotations

import atexit
import hashlib
import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import asyncssh

from pipeline.deploy import failures
from pipeline.deploy.sftp_line import Act, Line

_PIECE = 4 << 20
"""Bytes that are read at once; AsyncSSH sends them as many requests without waiting for each."""
_Made = TypeVar("_Made")
_NO_LINK = (
    asyncssh.SFTPFailure,
    asyncssh.SFTPNoSuchFile,
    asyncssh.SFTPOpUnsupported,
    asyncssh.SFTPPermissionDenied,
)


class Session:
    """What can be asked of the server and done there; usable from any thread, as its line is."""

    def __init__(self, host: str, port: int | None, password: str | None) -> None:
        self.host, self._line = host, Line(host, port, password)
        self._folders: set[str] = set()

    def read(self, path: str) -> bytes | None:
        """A file's content; None if there is none."""

        async def act(client: asyncssh.SFTPClient) -> bytes:
            async with client.open(path, "rb") as file:
                return _bytes(await file.read())

        return self._found(act)

    def digest(self, path: str) -> str | None:
        """The SHA-256 of a file that is read for it; None if there is none."""

        async def act(client: asyncssh.SFTPClient) -> str:
            passed = hashlib.sha256()
            async with client.open(path, "rb") as file:
                while data := await file.read(_PIECE):
                    passed.update(_bytes(data))
            return passed.hexdigest()

        return self._found(act)

    def size(self, path: str) -> int | None:
        """A file's bytes; None if there is none."""

        async def act(client: asyncssh.SFTPClient) -> int:
            return (await client.stat(path)).size or 0

        return self._found(act)

    def changed_s(self, path: str) -> float | None:
        """When a file was written last, by the server's clock; None if there is none."""

        async def act(client: asyncssh.SFTPClient) -> float:
            return float((await client.stat(path)).mtime or 0)

        return self._found(act)

    def names(self, folder: str) -> tuple[str, ...]:
        """What lies in a folder."""

        async def act(client: asyncssh.SFTPClient) -> tuple[str, ...]:
            return tuple(str(one) for one in await client.listdir(folder) if one not in {".", ".."})

        return self._found(act) or ()

    def write(self, path: str, source: Path | bytes, *, new: bool = False) -> str | None:
        """Write a file; the SHA-256 of what was written. `new`: None where there is one already.

        Where the server refuses on the way, nothing half stays: as a note it would name nobody.
        """

        async def act(client: asyncssh.SFTPClient) -> str | None:
            passed = hashlib.sha256()
            attributes = asyncssh.SFTPAttrs(permissions=0o644)
            try:
                file = await client.open(path, "xb" if new else "wb", attributes)
            except asyncssh.SFTPError:
                if new and await client.exists(path):
                    return None
                raise
            try:
                async with file:
                    for data in _pieces(source):
                        passed.update(data)
                        await file.write(data)
            except asyncssh.SFTPError:
                await client.remove(path)
                raise
            return passed.hexdigest()

        return self._line.done(act, posixpath.dirname(path), _size(source))

    def link(self, path: str, name: str) -> bool:
        """Give a file a second name; False where the server cannot, or there is no such file."""

        async def act(client: asyncssh.SFTPClient) -> bool:
            try:
                await client.link(path, name)
            except _NO_LINK:
                return False
            return True

        return self._line.done(act)

    def rename(self, path: str, name: str) -> None:
        """Rename a file over another one, in one step."""

        async def act(client: asyncssh.SFTPClient) -> None:
            await client.posix_rename(path, name)

        self._line.done(act, posixpath.dirname(name))

    def move(self, path: str, name: str) -> bool:
        """Rename a file to a name that nobody has; False if it is not there, or the name is taken."""

        async def act(client: asyncssh.SFTPClient) -> bool:
            try:
                await client.rename(path, name)
            except (asyncssh.SFTPFailure, asyncssh.SFTPNoSuchFile, asyncssh.SFTPFileAlreadyExists):
                return False
            return True

        return self._line.done(act)

    def remove(self, path: str) -> None:
        """Remove a file; none is no failure."""

        async def act(client: asyncssh.SFTPClient) -> None:
            await client.remove(path)

        self._found(act)

    def make_folders(self, path: str) -> None:
        """Make a folder and those above it."""

        async def act(client: asyncssh.SFTPClient) -> None:
            await client.makedirs(path, exist_ok=True)

        if path not in self._folders:
            self._line.done(act, path)
            self._folders.add(path)

    def remove_empty(self, path: str) -> bool:
        """Remove a folder; False if something lies in it."""

        async def act(client: asyncssh.SFTPClient) -> bool:
            try:
                await client.rmdir(path)
            except (asyncssh.SFTPFailure, asyncssh.SFTPNoSuchFile, asyncssh.SFTPDirNotEmpty):
                return False
            return True

        self._folders.discard(path)
        return self._line.done(act)

    def close(self) -> None:
        """End the connection and its thread."""
        self._line.close()

    def _found(self, act: Act[_Made]) -> _Made | None:
        async def looked(client: asyncssh.SFTPClient) -> _Made | None:
            try:
                return await act(client)
            except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                return None

        return self._line.done(looked)


def _bytes(data: bytes | str) -> bytes:
    assert isinstance(data, bytes)  # noqa: S101 (the file was opened as one of bytes)
    return data


def _size(source: Path | bytes) -> int:
    return len(source) if isinstance(source, bytes) else source.stat().st_size if source.exists() else 0


def _pieces(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    try:
        with source.open("rb") as file:
            while data := file.read(_PIECE):
                yield data
    except FileNotFoundError as error:
        raise failures.changed(source) from error


_open: dict[tuple[str, int | None, str | None], Session] = {}
"""The session of each account: planning a publication and sending it need one handshake."""


def session(host: str, port: int | None, password: str | None) -> Session:
    """The session of an account."""
    key = (host, port, password)
    if key not in _open:
        _open[key] = Session(*key)
    return _open[key]


@atexit.register
def close_all() -> None:
    """End every connection."""
    while _open:
        _open.popitem()[1].close()
