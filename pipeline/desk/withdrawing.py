"""Two ways back: show the release before, or take an episode back for good."""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pipeline import workflow
from pipeline.deploy import Release
from pipeline.desk import pages
from pipeline.desk.running import RUNNING, Task
from pipeline.desk.state import Desk
from pipeline.errors import HdwError, MisuseError, Where
from pipeline.messages import msg

BACK, FOR_GOOD = "back", "for-good"
QUOTES = str.maketrans("", "", "„“”»«\"'")


def show(request: Request) -> Response:
    """Both ways, with what each of them means; and what became of the one that was taken."""
    desk, row = pages.episode_of(request)
    target = next(iter(workflow.targets(desk.root)), "")
    tasks = {kind: desk.tasks.of(_name(kind, row.episode.id)) for kind in (BACK, FOR_GOOD)}
    # Of one that ends while this page is made the next page tells: no result is told twice, or not at all.
    ended = {kind: task for kind, task in tasks.items() if task and task.state != RUNNING}
    failed = {kind: task.error for kind, task in ended.items() if task.error}
    earlier, why_not = _earlier(desk, target)
    if BACK in ended:
        desk.tasks.forget(_name(BACK, row.episode.id))  # seen now; then there may be another way back
    return pages.page(
        request,
        "withdraw.html",
        row=row,
        step="publish",
        target=target,
        targets=workflow.targets(desk.root),
        earlier=earlier,
        why_not=why_not,
        released=partial(_released, zone=row.date.tzinfo),
        remaining=_remaining(desk, row.episode.id),
        ended=ended,
        failed={kind: pages.told(desk.translate, error) for kind, error in failed.items()},
        busy=any(task and kind not in ended for kind, task in tasks.items()),
    )


def state(request: Request) -> Response:
    """Whether something is being done."""
    desk, row = pages.episode_of(request)
    tasks = (desk.tasks.of(_name(kind, row.episode.id)) for kind in (BACK, FOR_GOOD))
    return JSONResponse({"busy": any(task and task.state == RUNNING for task in tasks)})


def back(request: Request) -> Response:
    """Show the release before the present one again."""
    desk, row = pages.episode_of(request)
    target = next(iter(workflow.targets(desk.root)), "")

    def work(_: Task) -> str:
        now = desk.now()
        made = workflow.take_back(desk.root, target, now=now)
        workflow.send(desk.root, made, holder=workflow.me(now), told=lambda _: None, now=now)
        desk.looked_at.pop(target, None)  # what was published from here is not what is outside now
        return made.site.release.back

    desk.tasks.start(_name(BACK, row.episode.id), work)
    return JSONResponse({})


@pages.with_body
def for_good(request: Request, asked: pages.Body) -> Response:
    """Take the episode back from every target, once its title was typed."""
    desk, row = pages.episode_of(request)
    typed = str(asked.get("title", ""))
    if _plain(typed) != _plain(row.episode.title):
        raise MisuseError(
            msg("This is not the title. It is: {title}", title=row.episode.title)
            if typed.strip()
            else msg("Type the title to confirm."),
            where=Where(field="title"),
        )
    desk.tasks.start(_name(FOR_GOOD, row.episode.id), lambda _: _withdrawn(desk, row.episode.id))
    return JSONResponse({})


def _withdrawn(desk: Desk, episode_id: str) -> tuple[str, ...]:
    """As `hdw withdraw` does it; the targets it was taken from."""
    made, now = workflow.withdrawal(desk.root, episode_id, erase=False), desk.now()
    workflow.note_withdrawal(desk.root, made)
    with desk.building:
        return workflow.take_away(desk.root, now=now, holder=workflow.me(now))


def _earlier(desk: Desk, target: str) -> tuple[workflow.Publication | None, dict[str, str]]:
    """What showing the release before would mean; where it cannot be, why."""
    if not target:
        return None, {}
    try:
        return workflow.take_back(desk.root, target, now=desk.now()), {}
    except HdwError as error:
        return None, pages.told(desk.translate, error)


def _released(release: str, zone: tzinfo | None) -> datetime:
    """When a release was made, in a time zone."""
    return Release(release, {}).moment.astimezone(zone)


def _remaining(desk: Desk, episode_id: str) -> tuple[str, ...] | None:
    """What no command reaches; None for an episode that was never published."""
    try:
        made = workflow.withdrawal(desk.root, episode_id, erase=False)
    except MisuseError:
        return None
    return tuple(desk.translate(one) for one in made.remaining)


def _name(kind: str, episode_id: str) -> str:
    return f"{kind} {episode_id}"


def _plain(title: str) -> str:
    return " ".join(title.translate(QUOTES).split()).casefold()
