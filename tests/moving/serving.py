"""A real server on this machine that plays the hosts of podcasts: redirects, ranges, broken connections."""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FEEDS = Path(__file__).parent / "feeds"
TYPES = {
    ".json": "application/json",
    ".mp3": "audio/mpeg",
    ".png": "image/png",
    ".xml": "application/rss+xml",
}


@dataclass
class Host:
    """What is served, by path; `moved` leads elsewhere, `cut` breaks off after so many bytes, once each.

    `held`: every recording stops half-way until the event is set.
    """

    address: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    cut: dict[str, list[int]] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    ranges: bool = True
    held: threading.Event | None = None
    sound: bytes = b""

    def feed(self, name: str) -> str:
        """Serve a feed of tests/moving/feeds and its further page, their addresses leading here."""
        for file in (name, name.replace(".xml", "-2.xml")):
            if (FEEDS / file).is_file():
                self.serve(f"/{file}", (FEEDS / file).read_bytes())
        return f"{self.address}/{name}"

    def serve(self, path: str, feed: bytes) -> str:
        """Serve a feed with our address and the recording's size in it; its address."""
        here = feed.replace(b"{host}", self.address.encode())
        self.files[path] = here.replace(b"{bytes}", str(len(self.sound)).encode())
        return self.address + path

    def found(self, path: str) -> bytes | None:
        """What lies at a path; every address that ends as a recording is the recording."""
        return self.files.get(path, self.sound if path.endswith((".mp3", ".m4a")) else None)


class Server(ThreadingHTTPServer):
    """The server of one host."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.host = Host(f"http://127.0.0.1:{self.server_port}")


class Handler(BaseHTTPRequestHandler):
    """Answers what the host says."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, *, body: bool) -> None:
        host = self.server.host
        host.asked.append((self.command, self.path, self.headers.get("Range", "")))
        path = self.path.partition("?")[0]
        data = host.found(path)
        if self.path in host.moved:
            self._head(302, {"Location": host.moved[self.path], "Content-Length": "0"})
        elif path in host.refused or data is None:
            self._head(host.refused.get(path, 404), {"Content-Length": "0"})
        else:
            self._file(path, data, body)

    def _file(self, path: str, data: bytes, body: bool) -> None:
        host = self.server.host
        start = self._start(host)
        sent = data[start or 0 :]
        headers = {"Content-Length": str(len(sent)), "ETag": '"1"'}
        headers["Content-Type"] = TYPES.get(Path(path).suffix, "application/octet-stream")
        if start is not None:
            headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        self._head(200 if start is None else 206, headers | host.headers.get(path, {}))
        cuts = host.cut.get(path)
        if body and cuts:
            sent = sent[: cuts.pop(0)]
            self.close_connection = True
        if body and host.held and path.endswith(".mp3"):
            self.wfile.write(sent[: len(sent) // 2])
            host.held.wait(30)
            sent = sent[len(sent) // 2 :]
        if body:
            with contextlib.suppress(OSError):  # whoever asked may be gone
                self.wfile.write(sent)

    def _start(self, host: Host) -> int | None:
        """Where the answer begins; None for the whole, also where what is asked for is no longer the same."""
        wanted = self.headers.get("Range", "")
        if not wanted or not host.ranges or self.headers.get("If-Range", '"1"') != '"1"':
            return None
        return int(wanted.removeprefix("bytes=").rstrip("-"))

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()


@contextmanager
def serving(*, certificate: Path | None = None) -> Iterator[Host]:
    """A host for as long as the block lasts; with a certificate, by https."""
    server = Server()
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
