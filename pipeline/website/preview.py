"""The built site on this machine only: byte ranges, HEAD, and types as a real server gives them."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

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


def run(folder: Path, path: str, port: int) -> None:
    """Serve until stopped, on the loopback address."""
    import uvicorn  # noqa: PLC0415 (only to serve)

    uvicorn.run(app(folder, path), host=HOST, port=port, log_level="warning")
