"""Step 2: recognition, from the first second to the last; the page may be closed meanwhile."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pipeline import workflow
from pipeline.desk import pages
from pipeline.desk.running import Hearing
from pipeline.desk.state import Desk
from pipeline.messages import Message, clock_text, msg, msg_n

BRICKS = 12
NEARLY_S = 90.0
STATES: dict[str, Message] = {
    "done": msg("Done"),
    "failed": msg("Broken off"),
    "none": msg("Not started yet"),
    "stopped": msg("Stopped"),
    "waiting": msg("Waits for its turn"),
}


def show(request: Request) -> Response:
    """Progress of an episode, and what waits behind it."""
    desk, row = pages.episode_of(request)
    return pages.page(
        request,
        "transcribe.html",
        row=row,
        step="transcribe",
        job=_said(desk, row),
        waiting=_waiting(desk, row.episode.id),
        bricks=range(BRICKS),
    )


def state(request: Request) -> Response:
    """The same for the script, as JSON."""
    desk, row = pages.episode_of(request)
    return JSONResponse(_said(desk, row))


def start(request: Request) -> Response:
    """Begin, or go on where it was stopped."""
    desk, row = pages.episode_of(request)
    desk.queue.start(row.episode.id)
    return JSONResponse(_said(desk, row))


def stop(request: Request) -> Response:
    """Stop; every finished piece is kept."""
    desk, row = pages.episode_of(request)
    desk.queue.stop(row.episode.id)
    return JSONResponse(_said(desk, row))


def _said(desk: Desk, row: workflow.Row) -> dict[str, Any]:
    """What the page shows: how it stands, in numbers and in sentences."""
    t, id_ = desk.translate, row.episode.id
    written = row.named("transcript").standing is not workflow.Standing.AHEAD
    one = desk.queue.of(id_) or Hearing(id_, "done" if written else "none")
    share = one.done_s / one.of_s if one.of_s else 0.0
    result = one.result
    counts = (
        msg_n("{n} sentence", "{n} sentences", int(result.get("sentences", 0))),
        msg_n("{n} voice", "{n} voices", int(result.get("voices", 0))),
        msg_n("{n} suspicious place", "{n} suspicious places", len(result.get("marks", ()))),
    )
    return {
        **asdict(one),
        "share": 1.0 if one.state == "done" else share,
        "percent": round(100 * (1.0 if one.state == "done" else share)),
        "left": t(left(one)),
        "heard": t(msg("{at} of {end}", at=clock_text(one.done_s), end=clock_text(one.of_s)))
        if one.of_s and one.state != "done"
        else "",
        "pace": t(msg("{rate} times as fast as the recording", rate=one.speed)) if one.speed else "",
        "steps": pages.steps(desk, id_),
        "written": written,
        "counts": ", ".join(t(count) for count in counts) if result else "",
    }


def left(one: Hearing) -> Message:
    """How long it still takes, as a person would say it."""
    if one.state in STATES:
        return STATES[one.state]
    if one.telling == "voices":
        return msg("The voices are being told apart")
    if one.rest_s is None:
        return msg("The model is being loaded")
    if one.rest_s < NEARLY_S:
        return msg("About a minute left")
    return msg_n("About {n} minute left", "About {n} minutes left", round(one.rest_s / 60))


def _waiting(desk: Desk, but: str) -> list[tuple[str, str, str]]:
    """Other episodes that are asked for: id, title, how they stand."""
    found, known = [], desk.overview()
    for one in desk.queue.all():
        row = known.row(one.episode)
        if row and one.episode != but and one.state in {"waiting", "running", "stopped"}:
            share = round(100 * one.done_s / one.of_s) if one.of_s else 0
            said = msg("goes on at {n} %", n=share) if share else left(one)
            found.append((one.episode, row.episode.title, desk.translate(said)))
    return found
