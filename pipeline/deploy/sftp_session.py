"""A server that speaks SFTP, as plain calls: the only user of AsyncSSH, whose loop runs in a thread."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import hashlib
import socket
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import asyncssh

from pipeline.deploy import failures, refusals
from pipeline.errors import DeployError

IDLE_S = 120
"""A connection that nobody uses for so long is closed."""
_PIECE = 4 << 20
"""Bytes that are read at once; AsyncSSH sends them as many requests without waiting for each."""
_Made = TypeVar("_Made")
_NO_LINK = (
    asyncssh.SFTPFailure,
    asyncssh.SFTPNoSuchFile,
    asyncssh.SFTPOpUnsupported,
    asyncssh.SFTPPermissionDenied,
)
_SAID: dict[type[Exception], str] = {
    # what AsyncSSH raises: how OpenSSH says it, for which refusals.py knows what to do
    asyncssh.HostKeyNotVerifiable: "Host key verification failed",
    asyncssh.PermissionDenied: refusals.NO_ENTRY,
    asyncssh.SFTPNoSpaceOnFilesystem: "No space left on device",
    asyncssh.SFTPQuotaExceeded: "Quota exceeded",
    asyncssh.SFTPPermissionDenied: "Permission denied",
    asyncssh.SFTPWriteProtect: "Read-only file system",
    asyncssh.SFTPOpUnsupported: refusals.NO_RENAME,
    socket.gaierror: "Could not resolve hostname",
    TimeoutError: "timed out",
}


class Session:
    """A connection that is opened when it is needed, and again when it was closed; usable from any thread."""

    def __init__(self, host: str, port: int | None, password: str | None) -> None:
        self.host, self._port, self._password = host, port, password
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._turn = asyncio.Lock()
        self._connection: asyncssh.SSHClientConnection | None = None
        self._client: asyncssh.SFTPClient | None = None
        self._folders: set[str] = set()
        self._idle: asyncio.TimerHandle | None = None

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
        """Write a file; the SHA-256 of what was written. `new`: None where there is one already."""

        async def act(client: asyncssh.SFTPClient) -> str | None:
            passed = hashlib.sha256()
            attributes = asyncssh.SFTPAttrs(permissions=0o644)
            try:
                file = await client.open(path, "xb" if new else "wb", attributes)
            except asyncssh.SFTPError:
                if new and await client.exists(path):
                    return None
                raise
            async with file:
                for data in _pieces(source):
                    passed.update(data)
                    await file.write(data)
            return passed.hexdigest()

        return self._done(act)

    def link(self, path: str, name: str) -> bool:
        """Give a file a second name; False where the server cannot, or there is no such file."""

        async def act(client: asyncssh.SFTPClient) -> bool:
            try:
                await client.link(path, name)
            except _NO_LINK:
                return False
            return True

        return self._done(act)

    def rename(self, path: str, name: str) -> None:
        """Rename a file over another one, in one step."""

        async def act(client: asyncssh.SFTPClient) -> None:
            await client.posix_rename(path, name)

        self._done(act)

    def move(self, path: str, name: str) -> bool:
        """Rename a file to a name that nobody has; False if it is not there, or the name is taken."""

        async def act(client: asyncssh.SFTPClient) -> bool:
            try:
                await client.rename(path, name)
            except (asyncssh.SFTPFailure, asyncssh.SFTPNoSuchFile, asyncssh.SFTPFileAlreadyExists):
                return False
            return True

        return self._done(act)

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
            self._done(act)
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
        return self._done(act)

    def close(self) -> None:
        """End the connection and its thread."""
        if self._loop.is_running():
            asyncio.run_coroutine_threadsafe(self._disconnect(), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    def _found(self, act: Callable[[asyncssh.SFTPClient], Coroutine[Any, Any, _Made]]) -> _Made | None:
        async def looked(client: asyncssh.SFTPClient) -> _Made | None:
            try:
                return await act(client)
            except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                return None

        return self._done(looked)

    def _done(self, act: Callable[[asyncssh.SFTPClient], Coroutine[Any, Any, _Made]]) -> _Made:
        """Do it over the connection; DeployError says why it cannot be done."""

        async def run() -> _Made:
            async with self._connected() as client:
                return await act(client)

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result()

    @contextlib.asynccontextmanager
    async def _connected(self) -> AsyncIterator[asyncssh.SFTPClient]:
        try:
            async with self._turn:
                if self._client is None or self._connection is None or self._connection.is_closed():
                    self._client = await self._connect()
                client = self._client
            yield client
            self._wait_again()
        except (asyncssh.Error, OSError) as error:
            if isinstance(error, (asyncssh.DisconnectError, asyncssh.SFTPConnectionLost, OSError)):
                await self._disconnect()
            raise _meant(error, self.host) from error

    async def _connect(self) -> asyncssh.SFTPClient:
        user, _, name = self.host.rpartition("@")
        options: dict[str, Any] = {"username": user} if user else {}
        if self._port:
            options["port"] = self._port
        if self._password:
            options["password"] = self._password
        self._connection = await asyncssh.connect(
            name, connect_timeout=30, keepalive_interval=15, keepalive_count_max=4, **options
        )
        return await self._connection.start_sftp_client()

    def _wait_again(self) -> None:
        if self._idle:
            self._idle.cancel()
        self._idle = self._loop.call_later(IDLE_S, lambda: self._loop.create_task(self._disconnect()))

    async def _disconnect(self) -> None:
        if self._idle:
            self._idle.cancel()
        connection, self._connection, self._client = self._connection, None, None
        if connection:
            connection.abort()
            with contextlib.suppress(OSError):
                await connection.wait_closed()


def _bytes(data: bytes | str) -> bytes:
    assert isinstance(data, bytes)  # noqa: S101 (the file was opened as one of bytes)
    return data


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


def _meant(error: Exception, host: str) -> DeployError:
    said = next((text for kind, text in _SAID.items() if isinstance(error, kind)), "")
    text = f"{error}" if not said else f"{said}: {error}"
    if isinstance(error, asyncssh.SFTPError) and not isinstance(error, asyncssh.SFTPConnectionLost):
        return refusals.failed(text, host)
    return refusals.lost(text, host)


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
