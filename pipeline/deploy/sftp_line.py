"""The connection to a server that speaks SFTP: AsyncSSH, whose loop runs in a thread, and what it raises."""

from __future__ import annotations

import asyncio
import contextlib
import posixpath
import socket
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any, TypeVar

import asyncssh

from pipeline.deploy import refusals
from pipeline.errors import DeployError

IDLE_S = 120
"""A connection that nobody uses for so long is closed."""
SCARCE = 1 << 16
"""Where fewer bytes would be left than that, a failure without a reason is for want of room."""
_Made = TypeVar("_Made")
Act = Callable[[asyncssh.SFTPClient], Coroutine[Any, Any, _Made]]
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


class Line:
    """A connection that is opened when it is needed, and again when it was closed; usable from any thread."""

    def __init__(self, host: str, port: int | None, password: str | None) -> None:
        self.host, self._port, self._password = host, port, password
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._turn = asyncio.Lock()
        self._connection: asyncssh.SSHClientConnection | None = None
        self._client: asyncssh.SFTPClient | None = None
        self._idle: asyncio.TimerHandle | None = None

    def done(self, act: Act[_Made], at: str = "", room: int = 0) -> _Made:
        """Do it over the connection; DeployError says why it cannot be done.

        `at` is the folder that is written to, `room` the bytes that it takes: the third version of the
        protocol has no word for a full drive, so where something fails there, that is asked.
        """

        async def run() -> _Made:
            async with self._connected() as client:
                try:
                    return await act(client)
                except asyncssh.SFTPFailure as error:
                    if at and await _is_full(client, at, room + SCARCE):
                        raise asyncssh.SFTPNoSpaceOnFilesystem(f"{error}") from error
                    raise

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result()

    def close(self) -> None:
        """End the connection and its thread."""
        if self._loop.is_running():
            asyncio.run_coroutine_threadsafe(self._disconnect(), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

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


async def _is_full(client: asyncssh.SFTPClient, folder: str, room: int) -> bool:
    """Whether the drive of a folder that may not be there yet lacks that room, as far as the server tells."""
    while True:
        try:
            drive = await client.statvfs(folder or ".")
        except asyncssh.SFTPNoSuchFile:
            folder = posixpath.dirname(folder)
        except asyncssh.SFTPError:
            return False
        else:
            return bool(drive.bavail * drive.frsize < room)


def _meant(error: Exception, host: str) -> DeployError:
    said = next((text for kind, text in _SAID.items() if isinstance(error, kind)), "")
    text = f"{error}" if not said else f"{said}: {error}"
    if isinstance(error, asyncssh.SFTPError) and not isinstance(error, asyncssh.SFTPConnectionLost):
        return refusals.failed(text, host)
    return refusals.lost(text, host)
