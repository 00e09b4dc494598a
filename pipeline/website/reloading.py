"""How pages of the preview hear that the site was built again: server-sent events, a script in each."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from asyncio import AbstractEventLoop
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

FOLDER = ".hdw"
"""Where script and news lie below the site's path; no page can lie there."""
LOADING_S = 1.0
"""So long pages have for loading anew before the processor is needed for something else."""
_SCRIPT = Path(__file__).with_name("reload.js")


class _Ear(NamedTuple):
    """A page that listens, and how to wake it from any thread."""

    loop: AbstractEventLoop
    heard: asyncio.Event


class State(NamedTuple):
    """How often the site was built, and what went wrong the last time, "" if nothing did."""

    number: int = 0
    trouble: str = ""


class News:
    """What pages hear of the builds; told from any thread."""

    def __init__(self) -> None:
        self._start, self.state = time.time_ns(), State()
        self._ears: set[_Ear] = set()
        self._came, self._back = threading.Condition(), 0
        self._over = False

    def tell(self, trouble: str = "") -> None:
        """It was built again, or that went wrong."""
        self.state = State(self.state.number + 1, trouble)
        self._wake()

    def show(self) -> None:
        """It was built again; come back when the pages that were open have it, or after a while."""
        with self._came:
            self._back, waiting = 0, len(self._ears)
        self.tell()
        with self._came:
            self._came.wait_for(lambda: self._over or self._back >= waiting, LOADING_S)

    def end(self) -> None:
        """Nothing more will be told: whoever listens is let go."""
        self._over = True
        self._wake()
        with self._came:
            self._came.notify_all()

    def routes(self, path: str) -> list[Route]:
        """The script, and the news, of a site at a path."""
        folder = f"{path}{FOLDER}"
        return [
            Route(f"{folder}/reload.js", lambda _: FileResponse(_SCRIPT, media_type="text/javascript")),
            Route(f"{folder}/changes", self._told),
        ]

    def in_page(self, response: FileResponse, path: str) -> Response:
        """The page with the script in it, which knows of which build it is; the file stays as it is."""
        script = f'<script type="module" src="{path}{FOLDER}/reload.js?{self._mark}"></script>'
        page = Path(response.path).read_text(encoding="utf-8", errors="replace")
        before, end, after = page.rpartition("</body>")
        return Response(f"{before}{script}{end}{after}", response.status_code, media_type="text/html")

    @property
    def _mark(self) -> str:
        return f"{self._start}-{self.state.number}"

    def _wake(self) -> None:
        for ear in tuple(self._ears):
            ear.loop.call_soon_threadsafe(ear.heard.set)

    async def _told(self, _: Request) -> Response:
        return StreamingResponse(self._events(), media_type="text/event-stream")

    async def _events(self) -> AsyncIterator[str]:
        ear = _Ear(asyncio.get_running_loop(), asyncio.Event())
        self._ears.add(ear)
        with self._came:
            self._back += 1
            self._came.notify_all()
        try:
            while not self._over:
                ear.heard.clear()
                told = {"mark": self._mark, "trouble": self.state.trouble}
                yield f"data: {json.dumps(told)}\n\n"
                await ear.heard.wait()
        finally:
            self._ears.discard(ear)
