"""What a guest gets to see before publication: one file to send, and the answer that comes back."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from pipeline import workflow
from pipeline.desk import pages
from pipeline.desk.running import RUNNING, Task
from pipeline.errors import HdwError, MisuseError, Where
from pipeline.messages import msg


def show(request: Request) -> Response:
    """The file, the form for the answer, and what was answered."""
    desk, row = pages.episode_of(request)
    task = desk.tasks.of(_name(row.episode.id))
    kept = workflow.kept_preview(desk.root, row.episode.id)
    zone = row.date.tzinfo
    return pages.page(
        request,
        "guest.html",
        row=row,
        step="",
        busy=bool(task and task.state == RUNNING),
        failed=pages.told(desk.translate, task.error) if task and task.error else None,
        kept=kept,
        made=kept.made.astimezone(zone) if kept else None,
        today=desk.now().astimezone(zone).date(),
        answers=workflow.answers(desk.root, row.episode.id),
    )


def state(request: Request) -> Response:
    """Whether the file is being made, and how much of the sound is ready."""
    desk, row = pages.episode_of(request)
    task = desk.tasks.of(_name(row.episode.id))
    percent = round(100 * task.done / task.of) if task and task.of else None
    return JSONResponse({"busy": bool(task and task.state == RUNNING), "percent": percent})


def make(request: Request) -> Response:
    """Make the file, as `hdw preview` does."""
    desk, row = pages.episode_of(request)

    def work(task: Task) -> workflow.Preview:
        def heard(event: workflow.Event) -> None:
            task.done, task.of = event.done_s, event.of_s

        with desk.building:
            return workflow.keep_preview(desk.root, row.episode.id, now=desk.now(), progress=heard)

    desk.tasks.start(_name(row.episode.id), work)
    return JSONResponse({})


def file(request: Request) -> Response:
    """The file, to keep and to send."""
    desk, row = pages.episode_of(request)
    kept = workflow.kept_preview(desk.root, row.episode.id)
    if kept is None:
        raise HdwError(msg("Nothing was made yet."))
    return FileResponse(kept.file, filename=kept.file.name)


@pages.with_body
def answer(request: Request, asked: pages.Body) -> Response:
    """Note an answer, as `hdw approve` does."""
    desk, row = pages.episode_of(request)
    by, note = (" ".join(str(asked.get(name, "")).split()) for name in ("by", "note"))
    if not by:
        raise MisuseError(msg("Who has agreed? A name is needed."), where=Where(field="by"))
    day = pages.typed_day(desk, asked.get("day", ""), "day")
    workflow.approve_episode(desk.root, row.episode.id, by=by, now=desk.now(), day=day, note=note)
    return JSONResponse({})


def _name(episode_id: str) -> str:
    return f"guest {episode_id}"
