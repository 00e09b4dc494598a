"""A new episode: a recording is handed over, and what was read from it is remembered for its details."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pipeline import workflow
from pipeline.desk import pages, uploads
from pipeline.desk.state import Desk
from pipeline.files import write_atomic


def show(request: Request) -> Response:
    """The page that asks for a recording."""
    desk = pages.desk_of(request)
    return pages.page(request, "new.html", limit=workflow.upload_limit(desk.root))


async def upload(request: Request) -> Response:
    """Make an episode of the body; the answer is the address of its details."""
    desk = await run_in_threadpool(pages.desk_of, request)
    limit = await run_in_threadpool(workflow.upload_limit, desk.root)
    async with uploads.received(request, desk.root, limit, uploads.RAISE) as path:
        episode = await run_in_threadpool(_made, desk, path, request.query_params.get("name", ""))
    return JSONResponse({"address": f"{pages.home(desk)}/episodes/{episode}/details"})


def read_from_file(desk: Desk, episode_id: str) -> list[dict[str, Any]]:
    """What was read and guessed when the episode was made here; nothing for another."""
    try:
        told: list[dict[str, Any]] = json.loads(_notes(desk, episode_id).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return told


def _made(desk: Desk, path: Path, name: str) -> str:
    added = workflow.receive(desk.root, path, name, now=desk.now())
    say = desk.translate
    told = [
        {"label": say(f.label), "value": say(f.value), "source": say(f.source), "guessed": f.guessed}
        for f in added.found
    ]
    write_atomic(_notes(desk, added.episode_id), json.dumps(told, ensure_ascii=False).encode())
    return added.episode_id


def _notes(desk: Desk, episode_id: str) -> Path:
    return workflow.desk_file(desk.root, f"found/{episode_id}.json")
