"""Another recording for an episode: it is handed over, heard, held against the old one, and taken over."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pipeline import workflow
from pipeline.desk import pages, transcribing, uploads
from pipeline.desk.running import DONE, RUNNING, Hearing, Task
from pipeline.desk.state import Desk
from pipeline.errors import BusyError, HdwError, MisuseError, ShortRecordingError, Where
from pipeline.messages import msg
from pipeline.transcripts import marking

HEAR, TAKE = "hear", "take"
SHOWN = 8
"""How many sentences that are gone, or places to look at, are shown at once."""


def show(request: Request) -> Response:
    """The page in the state that the work is in."""
    desk, episode_id = pages.desk_of(request), request.path_params["episode"]
    if episode_id in workflow.unfinished_replacements(desk.root):
        return pages.page(request, "replace.html", phase="unfinished", title=episode_id)
    _, row = pages.episode_of(request)
    phase = _phase(desk, episode_id)
    kept = workflow.handed_over(desk.root, episode_id)
    return pages.page(
        request,
        "replace.html",
        row=row,
        step="",
        title=row.episode.title,
        phase=phase,
        kept=kept.name if kept else "",
        limit=workflow.upload_limit(desk.root),
        now=_said(desk, episode_id),
        **_result(desk, episode_id),
    )


def state(request: Request) -> Response:
    """How far it is, for the script."""
    desk, row = pages.episode_of(request)
    return JSONResponse(_said(desk, row.episode.id))


async def upload(request: Request) -> Response:
    """Keep the body as the episode's next recording, and begin to hear it."""
    desk, row = await run_in_threadpool(pages.episode_of, request)
    id_, limit = row.episode.id, await run_in_threadpool(workflow.upload_limit, desk.root)
    _refuse_running(desk, id_)
    async with uploads.received(request, desk.root, limit, uploads.RAISE) as path:
        _refuse_running(desk, id_)
        name = request.query_params.get("name", "")
        await run_in_threadpool(workflow.hand_over, desk.root, id_, path, name)
    desk.tasks.forget(_name(TAKE, id_))
    _hear(desk, id_)
    return JSONResponse({"address": request.url.path.removesuffix("/upload")})


def go(request: Request) -> Response:
    """Hear it, from where it was stopped; `short` takes a recording that breaks off."""
    desk, row = pages.episode_of(request)
    _hear(desk, row.episode.id, accept_short="short" in request.query_params)
    return JSONResponse({})


def stop(request: Request) -> Response:
    """Stop after the piece that is being heard; everything heard is kept."""
    desk, row = pages.episode_of(request)
    if task := desk.tasks.of(_name(HEAR, row.episode.id)):
        task.stop()
    return JSONResponse({})


@pages.with_body
def take(request: Request, asked: pages.Body) -> Response:
    """Take over what was shown."""
    desk, row = pages.episode_of(request)
    made = _made(desk, row.episode.id)
    if made is None or made.new.sha256 != asked.get("recording"):
        raise MisuseError(msg("This is not what was shown."), hint=msg("Open the page once more."))

    def work(_: Task) -> workflow.Replacement:
        with desk.building:
            workflow.carry_out(desk.root, made)
        workflow.give_up(desk.root, made.episode_id)
        desk.tasks.forget(_name(HEAR, made.episode_id))
        return made

    desk.tasks.start(_name(TAKE, made.episode_id), work)
    return JSONResponse({})


def drop(request: Request) -> Response:
    """The recording that was handed over is not meant; the page asks for one again."""
    desk, row = pages.episode_of(request)
    _refuse_running(desk, row.episode.id)
    for kind in (HEAR, TAKE):
        desk.tasks.forget(_name(kind, row.episode.id))
    workflow.give_up(desk.root, row.episode.id)
    return JSONResponse({})


def finish(request: Request) -> Response:
    """Do the rest of a replacement that was killed while it was written."""
    desk, episode_id = pages.desk_of(request), request.path_params["episode"]
    if episode_id in workflow.unfinished_replacements(desk.root):
        workflow.finish_replacement(desk.root, episode_id)
    return JSONResponse({})


def _hear(desk: Desk, episode_id: str, *, accept_short: bool = False) -> None:
    desk.tasks.forget(_name(TAKE, episode_id))
    desk.tasks.start(
        _name(HEAR, episode_id), lambda task: _heard(desk, episode_id, task, accept_short=accept_short)
    )


def _heard(desk: Desk, episode_id: str, task: Task, *, accept_short: bool) -> workflow.Replacement:
    """As `hdw replace` does it, up to the question."""
    path = workflow.handed_over(desk.root, episode_id)
    if path is None:
        raise MisuseError(msg("The recording is not there any more."), hint=msg("Bring it once more."))
    try:
        return workflow.replacement(
            desk.root,
            episode_id,
            path,
            choices=workflow.Choices(),
            accept_short=accept_short,
            report=_listening(task),
            now=desk.now(),
        )
    except HdwError as error:
        if error.where.file == path.as_posix():
            error.where = Where(path.name)
        raise


def _listening(task: Task) -> Callable[[workflow.Event], None]:
    """How far it is, and how long it still takes; stops where a person wanted it."""
    pace = workflow.Pace(time.monotonic, time.monotonic())

    def listen(event: workflow.Event) -> None:
        if event.kind == "warning":
            task.told = event.message
        if event.kind == "piece":
            rate = pace.rate(event.done_s, event.kept_s)
            task.rest_s = (event.of_s - event.done_s) / rate if rate else None
            task.of = event.of_s
            task.advance(event.done_s - task.done)

    return listen


def _result(desk: Desk, episode_id: str) -> dict[str, Any]:
    """What the page shows of what came out, or went wrong."""
    took, heard = (desk.tasks.of(_name(kind, episode_id)) for kind in (TAKE, HEAR))
    made = _made(desk, episode_id)
    if took and took.state == DONE and isinstance(took.result, workflow.Replacement):
        made = took.result
    failed = next((task.error for task in (took, heard) if task and task.error), None)
    marks = made.sentences.marks if made else ()
    return {
        "made": made,
        "rows": tuple(workflow.replacement_rows(made)) if made else (),
        "remarks": tuple(workflow.replacement_remarks(made)) if made else (),
        "gone": made.sentences.gone if made else (),
        "marks": [(marking.place(one), marking.sentence(one)) for one in marks],
        "most": SHOWN,
        "told": heard.told if heard else None,
        "failed": pages.told(desk.translate, failed) if failed else None,
        "short": isinstance(failed, ShortRecordingError),
    }


def _said(desk: Desk, episode_id: str) -> dict[str, Any]:
    """Where it stands, in a number and a sentence."""
    phase, task = _phase(desk, episode_id), desk.tasks.of(_name(HEAR, episode_id))
    if task is None or phase != "hearing":
        return {"phase": phase, "percent": 0, "left": "", "stopping": False}
    one = Hearing(episode_id, RUNNING, task.done, task.of, rest_s=task.rest_s)
    left = msg("Stops after the piece that is being heard") if task.stopping else transcribing.left(one)
    percent = round(100 * task.done / task.of) if task.of else 0
    return {"phase": phase, "percent": percent, "left": desk.translate(left), "stopping": task.stopping}


def _phase(desk: Desk, episode_id: str) -> str:
    """`hearing`, `shown`, `failed`, `taking`, `done`; `kept` where a file waits; else `choose`."""
    took, heard = (desk.tasks.of(_name(kind, episode_id)) for kind in (TAKE, HEAR))
    if took and took.state in {RUNNING, DONE}:
        return "taking" if took.state == RUNNING else "done"
    if heard and heard.state == RUNNING:
        return "hearing"
    if (took and took.error) or (heard and heard.error):
        return "failed"
    if heard and heard.state == DONE:
        return "shown"
    return "kept" if workflow.handed_over(desk.root, episode_id) else "choose"


def _made(desk: Desk, episode_id: str) -> workflow.Replacement | None:
    """What was found out, and nobody has decided yet."""
    heard = desk.tasks.of(_name(HEAR, episode_id))
    return heard.result if heard and isinstance(heard.result, workflow.Replacement) else None


def _refuse_running(desk: Desk, episode_id: str) -> None:
    tasks = (desk.tasks.of(_name(kind, episode_id)) for kind in (HEAR, TAKE))
    if any(task and task.state == RUNNING for task in tasks):
        raise BusyError(msg("Another recording is just being heard."), hint=msg("Stop it first."))


def _name(kind: str, episode_id: str) -> str:
    return f"{kind} {episode_id}"
