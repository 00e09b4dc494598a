"""Fetching from the web (urllib3): a host is looked up once, and the connection goes to what was found."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from pipeline import __version__
from pipeline.errors import FetchError
from pipeline.messages import msg
from pipeline.moving.addresses import Target, is_public, joined, target

AGENT = f"HausDesWissens/{__version__} (podcast)"
MOST_REDIRECTS = 10
CONNECT_S, READ_S = 15.0, 30.0
WHOLE_S = 300.0
"""How long a text or a picture may take; sound may take as long as something arrives."""
PIECE = 1 << 16
TRIES = 3
PAUSE_S = 0.5
_MOVED = {301, 302, 303, 307, 308}
_LATER = {429, 500, 502, 503, 504}
_FOUND = {200, 206}
_TAKEN = {200, 201, 202, 204}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: the bytes, their MIME type, and the address that they came from after all redirects."""

    data: bytes
    type: str
    address: str


@dataclass(slots=True)
class Fetcher:
    """Fetches one thing after another, from a host over one connection.

    `private` allows hosts of the own network. Every redirect is looked at as the first address was. `sleep`
    waits before another try, `clock` counts the seconds of one, `resolve` looks a host up.
    """

    private: bool = False
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    resolve: Callable[..., list[Any]] = socket.getaddrinfo
    _pools: dict[tuple[str, str, int, str], Any] = field(default_factory=dict)

    def get(self, address: str, *, most: int) -> Fetched:
        """At most `most` bytes, unpacked; FetchError if there are more, or nothing can be had."""
        for _ in range(TRIES - 1):
            try:
                return self._get(address, most)
            except FetchError as error:
                if not error.passing:
                    raise
                self.sleep(PAUSE_S)
        return self._get(address, most)

    def _get(self, address: str, most: int) -> Fetched:
        ends = self.clock() + WHOLE_S
        with self.open(address, {"Accept-Encoding": "gzip, deflate"}) as (response, found):
            read = list[bytes]()
            size = 0
            for piece in pieces(response, found):
                read.append(piece)
                size += len(piece)
                if size > most:
                    raise FetchError(
                        msg("This is larger than {n} MB.", n=max(most // 1_000_000, 1)), where=found
                    )
                if self.clock() > ends:
                    raise FetchError(msg("This takes too long."), where=found)
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return Fetched(b"".join(read), kind, found)

    @contextmanager
    def open(
        self, address: str, headers: Mapping[str, str], method: str = "GET"
    ) -> Iterator[tuple[Any, str]]:
        """A response that says 200 or 206 with its address, redirects followed; FetchError otherwise."""
        response, found = self._followed(address, headers, method)
        try:
            if response.status not in _FOUND:
                raise _refused(found, response.status)
            yield response, found
        finally:
            response.close()
            response.release_conn()

    def size(self, address: str) -> int:
        """The bytes of a file, as its server says; 0 where it does not say. FetchError as for `open`."""
        with self.open(address, {"Accept-Encoding": "identity"}, "HEAD") as (response, _):
            said = response.headers.get("Content-Length", "")
            return int(said) if said.isdecimal() else 0

    def tell(self, address: str, fields: Mapping[str, str]) -> None:
        """Send a form to an address (POST); FetchError if it is not taken."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        response = self._asked(target(address), address, kind, "POST", urlencode(fields).encode())
        response.drain_conn()
        response.release_conn()
        if response.status not in _TAKEN:
            raise _refused(address, response.status)

    def _followed(self, address: str, headers: Mapping[str, str], method: str) -> tuple[Any, str]:
        seen = [address]
        while True:
            response = self._asked(target(seen[-1]), seen[-1], headers, method)
            leads = response.headers.get("Location")
            if response.status not in _MOVED or not leads:
                return response, seen[-1]
            response.drain_conn()
            response.release_conn()
            seen.append(joined(seen[-1], leads))
            if len(seen) > MOST_REDIRECTS or seen[-1] in seen[:-1]:
                raise FetchError(msg("The address leads from one to the next and to no end."), where=address)

    def _asked(
        self, one: Target, address: str, headers: Mapping[str, str], method: str, body: bytes | None = None
    ) -> Any:
        import urllib3  # noqa: PLC0415 (only where something is fetched)

        sent = {"Host": one.authority, "User-Agent": AGENT, "Accept": "*/*", **headers}
        failure: Exception | None = None
        for number in self._looked_up(one, address):
            try:
                return self._pool(one, number).request(
                    method,
                    one.path,
                    body=body,
                    headers=sent,
                    redirect=False,
                    retries=False,
                    preload_content=False,
                    decode_content=True,
                    timeout=urllib3.Timeout(connect=CONNECT_S, read=READ_S),
                )
            except (urllib3.exceptions.HTTPError, OSError) as error:
                failure = error
        raise _unreachable(address, failure) from failure

    def _looked_up(self, one: Target, address: str) -> list[str]:
        """The host's IP addresses, all of them public unless private ones are allowed."""
        try:
            found = self.resolve(one.host, one.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError(
                msg("There is no such host, or no connection: {host}.", host=one.host),
                where=address,
                passing=True,
            ) from error
        numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if not self.private and not all(is_public(number) for number in numbers):
            raise FetchError(
                msg("This address is of a private network and is not fetched."),
                where=address,
                hint=msg("If it is meant: --allow-private"),
            )
        return numbers

    def _pool(self, one: Target, number: str) -> Any:
        import urllib3  # noqa: PLC0415

        key = (one.scheme, one.host, one.port, number)
        if key not in self._pools:
            if one.scheme == "https":
                self._pools[key] = urllib3.HTTPSConnectionPool(
                    number, one.port, maxsize=1, server_hostname=one.host, assert_hostname=one.host
                )
            else:
                self._pools[key] = urllib3.HTTPConnectionPool(number, one.port, maxsize=1)
        return self._pools[key]

    def close(self) -> None:
        """Give up every connection."""
        for pool in self._pools.values():
            pool.close()
        self._pools.clear()


def pieces(response: Any, address: str) -> Iterator[bytes]:
    """The body as it arrives; FetchError if the connection breaks off."""
    import urllib3  # noqa: PLC0415

    try:
        while piece := response.read1(PIECE, decode_content=True):
            yield piece
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise _unreachable(address, error) from error


def _refused(address: str, status: int) -> FetchError:
    return FetchError(
        msg("The server answers {status}.", status=str(status)),
        where=address,
        passing=status in _LATER,
        status=status,
    )


def _unreachable(address: str, error: Exception | None) -> FetchError:
    return FetchError(
        msg("The connection failed: {reason}.", reason=_reason(error)), where=address, passing=True
    )


def _reason(error: Exception | None) -> str:
    """What went wrong, without urllib3's own objects in it."""
    text = str(error).rpartition(">: ")[2] or type(error).__name__
    return text.rstrip(". ")
