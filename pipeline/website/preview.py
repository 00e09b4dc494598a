"""The built site on this machine only: byte ranges, HEAD, and types as a real server gives them."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from types import FrameType

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from pipeline.errors import BusyError, MisuseError
from pipeline.messages import msg
from pipeline.models import MIME_TYPES
from pipeline.website.reloading import News

HOST = "127.0.0.1"
TYPES = {
    **MIME_TYPES,
    ".avif": "image/avif",
    ".json": "application/json",
    ".srt": "application/x-subrip; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".epub": "application/epub+zip",
    ".vtt": "text/vtt; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",  # of application/rss+xml Chromium shows the source
    "kapitel.json": "application/json+chapters",
}


class _Site(StaticFiles):
    """Static files with the types of the site; browsers keep nothing and show what was built last."""

    def __init__(self, folder: Path, path: str, news: News | None) -> None:
        super().__init__(directory=folder, html=True)
        self._path, self._news = path, news

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if self._news and isinstance(response, FileResponse) and str(response.path).endswith(".html"):
            response = self._news.in_page(response, self._path)
        name, suffix = Path(path).name, Path(path).suffix
        if response.status_code == 200:  # noqa: PLR2004 (an error has a page of its own type)
            kind = TYPES.get(name) or TYPES.get(suffix)
            response.headers["content-type"] = kind or response.headers["content-type"]
        response.headers["cache-control"] = "no-store"
        return response


def app(folder: Path, path: str, news: News | None = None) -> Starlette:
    """The site in `folder` under `path` (`/` or `/podcast/`), with its own page for what is missing.

    With `news` every page hears when the site was built again.

    Only this machine's names are answered, and no other origin may read anything, not even what a public
    server opens to web players: a page elsewhere sees no draft, also if it lets its own name lead here.
    """

    def missing(_: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        page = FileResponse(folder / "404.html", status_code=status)
        return news.in_page(page, path) if news else page

    site = Mount(path.rstrip("/") or "/", _Site(folder, path, news))
    home = [] if path == "/" else [Route("/", lambda _: RedirectResponse(path))]
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
    told = news.routes(path) if news else []
    return Starlette(routes=[*told, *home, site], exception_handlers={404: missing}, middleware=[hosts])


def listen(port: int) -> socket.socket:
    """A socket on the loopback address (port 0: a free one); BusyError if another program has the port."""
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere the option would let two programs share a port
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((HOST, port))
        door.listen()
    except (OSError, OverflowError) as error:
        door.close()
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            raise BusyError(
                msg("Port {port} is taken.", port=str(port)),
                hint=msg("Another program listens there. Try: hdw serve --port {port}", port=str(port + 1)),
            ) from error
        raise MisuseError(
            msg("Port {port} cannot be opened: {reason}.", port=str(port), reason=str(error)),
            hint=msg("Ports from 1024 to 65535 are free to use."),
        ) from error
    return door


def run(folder: Path, path: str, door: socket.socket, news: News | None = None) -> None:
    """Serve until stopped, on a socket that listens already."""
    import uvicorn  # noqa: PLC0415 (only to serve)

    class Server(uvicorn.Server):
        """Lets go of the pages that listen, so that it need not wait for them."""

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            super().handle_exit(sig, frame)
            if news:
                news.end()

    Server(uvicorn.Config(app(folder, path, news), log_level="warning")).run(sockets=[door])
