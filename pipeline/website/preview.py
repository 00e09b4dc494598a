"""The built site on this machine only: byte ranges, HEAD, and types as a real server gives them."""

from __future__ import annotations

import socket
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from pipeline.errors import BusyError
from pipeline.messages import msg

HOST = "127.0.0.1"
TYPES = {
    ".json": "application/json",
    ".srt": "application/x-subrip",
    ".vtt": "text/vtt",
    ".woff2": "font/woff2",
    "feed.xml": "application/rss+xml",
    "kapitel.json": "application/json+chapters",
}


class _Site(StaticFiles):
    """Static files with the types of the site; transcripts may be read from elsewhere."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        name = Path(path).name
        kind = TYPES.get(name) or TYPES.get(Path(name).suffix)
        if kind and response.status_code < 300:  # noqa: PLR2004 (success)
            response.headers["content-type"] = kind
            response.headers["access-control-allow-origin"] = "*"
        response.headers["cache-control"] = "no-store"
        return response


def app(folder: Path, path: str) -> Starlette:
    """The site in `folder` under `path` (`/` or `/podcast/`), with its own page for what is missing."""

    def missing(_: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        return FileResponse(folder / "404.html", status_code=status)

    site = Mount(path.rstrip("/") or "/", _Site(directory=folder, html=True))
    home = [] if path == "/" else [Route("/", lambda _: RedirectResponse(path))]
    return Starlette(routes=[*home, site], exception_handlers={404: missing})


def listen(port: int) -> socket.socket:
    """A port of the loopback address (0: a free one); BusyError if it is taken."""
    try:
        return socket.create_server((HOST, port))
    except (OSError, OverflowError) as error:
        raise BusyError(
            msg("Port {port} cannot be used; perhaps another program has it.", port=str(port)),
            hint=msg("Another port: hdw serve --port {port}", port=str(port + 1)),
        ) from error


def run(folder: Path, path: str, listening: socket.socket) -> None:
    """Serve on a port until stopped."""
    import uvicorn  # noqa: PLC0415 (only to serve)

    uvicorn.Server(uvicorn.Config(app(folder, path), log_level="warning")).run(sockets=[listening])
