"""Starts the desk: sockets, secrets, the houses, the servers; ends them together."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from pipeline import website, workflow
from pipeline.desk import app, guard
from pipeline.desk.state import RECENT, Desk, Desks
from pipeline.messages import Translator

DOOR = "door.json"


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
    known = running(root)
    if known:
        ready(known.replace("#", f"{page}#"))
        return
    keys = guard.Keys()
    with closing(website.listen(port)) as door, closing(website.listen(0)) as side:
        at, beside = (one.getsockname()[1] for one in (door, side))

        def make(folder: Path, key: str, title: str) -> Desk:
            return Desk(folder, key, title, Translator(language), now, beside)

        desks = Desks(notes / RECENT, Translator(language), make)
        desk = desks.open(root)
        sites = app.build(desks, keys, at, beside)
        threading.Thread(target=workflow.get_dictionary, daemon=True).start()  # the editor needs it, later
        try:
            _tell_door(root, {"port": at, "session": keys.session, "house": desk.key})
            ready(f"http://{website.HOST}:{at}/h/{desk.key}{page}#{keys.token()}")
            asyncio.run(_serve(sites, (door, side)))
        finally:
            for one in desks.opened():
                one.queue.close()
            workflow.desk_file(root, DOOR).unlink(missing_ok=True)


def running(root: Path) -> str:
    """The address of a desk that runs for a house already, with a new token; "" if there is none."""
    import urllib3  # noqa: PLC0415

    try:
        door = json.loads(workflow.desk_file(root, DOOR).read_text(encoding="utf-8"))
        origin = f"http://{website.HOST}:{int(door['port'])}"
        headers = {"origin": origin, "cookie": f"{guard.cookie_name(int(door['port']))}={door['session']}"}
        answer = urllib3.request("POST", f"{origin}/token", headers=headers, retries=False, timeout=2.0)
        return f"{origin}/h/{door['house']}#{answer.json()['token']}"
    except (OSError, ValueError, KeyError, TypeError, urllib3.exceptions.HTTPError):
        return ""


async def _serve(sites: tuple[ASGIApp, ...], doors: tuple[socket.socket, ...]) -> None:
    """Both servers, until one of them is stopped."""
    servers = [
        uvicorn.Server(uvicorn.Config(site, log_level="warning", lifespan="off", server_header=False))
        for site in sites
    ]
    work = [asyncio.create_task(one.serve([door])) for one, door in zip(servers, doors, strict=True)]
    await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
    for one in servers:
        one.should_exit = True
    await asyncio.gather(*work, return_exceptions=True)


def _tell_door(root: Path, door: dict[str, object]) -> None:
    """Note where the desk is, for a second call; readable for this user only."""
    path = workflow.desk_file(root, DOOR)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(door, file)
