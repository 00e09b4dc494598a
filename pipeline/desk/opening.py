"""Starts the desk: sockets, secrets, the houses, the servers; ends them together."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import threading
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from pipeline import website, workflow
from pipeline.desk import app, guard
from pipeline.desk.state import RECENT, Desk, Desks
from pipeline.errors import HeldError
from pipeline.files import alone
from pipeline.messages import Translator, msg

DOOR = "door.json"
PATIENCE_S = 2.0
"""How long a desk that runs may take to answer, and the server of a preview to end."""


def open_desk(
    root: Path,
    *,
    port: int,
    language: str,
    notes: Path,
    now: Callable[[], datetime],
    ready: Callable[[str], object],
    page: str = "",
) -> None:
    """Serve the desk of a house until stopped; `ready` is told the address with its one-time token.

    `page` is what the address opens below the house (`/episodes/ID/transcript`); `notes` is the folder that
    remembers houses. Where a desk of this house runs already, `ready` is told a new address of it, and that
    is all. A taken port is a BusyError.
    """
    root = workflow.find(root)
    if _found(root, page, ready):
        return
    keys, translate = guard.Keys(), Translator(language)
    with closing(website.listen(port)) as door, ExitStack() as ends:
        at = door.getsockname()[1]

        def make(folder: Path, key: str, title: str) -> Desk:
            """The desk of a house that is opened, with its preview beside it."""
            side = ends.enter_context(closing(website.listen(0)))
            _take_door(folder, {"port": at, "session": keys.session, "house": key})
            ends.callback(_leave_door, folder, keys.session)
            desk = Desk(folder, key, title, translate, now, side.getsockname()[1])
            ends.callback(_beside(app.preview(desk, keys, at), side))
            ends.callback(desk.queue.close)
            return desk

        desks = Desks(notes / RECENT, translate, make)
        try:
            desk = desks.open(root)
        except HeldError:  # another call was quicker
            _found(root, page, ready)
            return
        threading.Thread(target=workflow.get_dictionary, daemon=True).start()  # the editor needs it, later
        ready(f"http://{website.HOST}:{at}/h/{desk.key}{page}#{keys.token()}")
        asyncio.run(_served(app.build(desks, keys, at), door))


def running(root: Path) -> str:
    """The address of a desk that runs for a house already, with a new token; "" if there is none."""
    import urllib3  # noqa: PLC0415

    try:
        door = _noted(root)
        origin = f"http://{website.HOST}:{int(door['port'])}"
        headers = {"origin": origin, "cookie": f"{guard.cookie_name(int(door['port']))}={door['session']}"}
        answer = urllib3.request(
            "POST", f"{origin}/token", headers=headers, retries=False, timeout=PATIENCE_S
        )
        return f"{origin}/h/{door['house']}#{answer.json()['token']}"
    except (OSError, ValueError, KeyError, TypeError, urllib3.exceptions.HTTPError):
        return ""


def _found(root: Path, page: str, ready: Callable[[str], object]) -> bool:
    """Whether a desk of the house runs already; `ready` is told its page then."""
    known = running(root)
    if known:
        ready(known.replace("#", f"{page}#"))
    return bool(known)


async def _served(site: ASGIApp, door: socket.socket) -> None:
    """The desk's own server, until it is stopped."""
    await asyncio.gather(_server(site).serve([door]), return_exceptions=True)


def _beside(site: ASGIApp, door: socket.socket) -> Callable[[], None]:
    """A server in a thread: houses are opened while the desk runs. What is returned ends it."""
    server = _server(site)
    thread = threading.Thread(target=server.run, args=([door],), daemon=True)
    thread.start()

    def end() -> None:
        server.should_exit = True
        thread.join(PATIENCE_S)

    return end


def _server(site: ASGIApp) -> uvicorn.Server:
    return uvicorn.Server(uvicorn.Config(site, log_level="warning", lifespan="off", server_header=False))


def _door(root: Path) -> Path:
    return workflow.desk_file(root, DOOR)


def _noted(root: Path) -> dict[str, Any]:
    """Where the desk of a house is, as it was noted; ValueError or OSError where nothing was."""
    noted: dict[str, Any] = json.loads(_door(root).read_text(encoding="utf-8"))
    return noted


def _take_door(root: Path, door: dict[str, object]) -> None:
    """Note where the desk of a house is, for a second call; readable for this user only.

    HeldError where one runs already: each would recognise what waits.
    """
    path = _door(root)
    with alone(path.with_suffix(".lock")):
        if running(root):
            raise HeldError(
                msg("This house is open in another desk."),
                where=root,
                hint=msg("Go on there, or close that one first."),
            )
        path.unlink(missing_ok=True)
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as file:
            json.dump(door, file)


def _leave_door(root: Path, session: str) -> None:
    """The note goes with the desk that made it."""
    try:
        if _noted(root).get("session") == session:
            _door(root).unlink(missing_ok=True)
    except (OSError, ValueError, AttributeError):
        return  # somebody has deleted it
