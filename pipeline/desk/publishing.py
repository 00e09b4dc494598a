"""Step 5: what listeners will see change, one button, progress, and what the public addresses answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pipeline import workflow
from pipeline.desk import pages
from pipeline.desk.running import RUNNING, Task
from pipeline.desk.state import Desk
from pipeline.errors import MisuseError
from pipeline.feed import telling
from pipeline.messages import Message, msg

LOOK, SEND = "look", "send"
SOUND, PAGES, NOTES, ASKING = STAGES = ("build", "sending", "noting", "asking")
"""What is done one after the other once the button was pressed."""
WORDS: dict[str, Message] = {
    SOUND: msg("Prepare audio and pages"),
    PAGES: msg("Send: first the audio, then the pages, the feed last"),
    NOTES: msg("Note what listeners were given"),
    ASKING: msg("Ask the public addresses"),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What was published from which episode's page, when, and what the public addresses answered.

    `verified` is None where they are not asked.
    """

    episode: str
    made: workflow.Publication
    verified: workflow.Verified | None
    moment: datetime


def show(request: Request) -> Response:
    """The page in the state that the work is in."""
    desk, row = pages.episode_of(request)
    target = _target(desk, request)
    looked, sent = desk.tasks.of(_name(LOOK, target)), desk.tasks.of(_name(SEND, target))
    made = looked.result if looked and isinstance(looked.result, workflow.Publication) else None
    failed = next((task for task in (sent, looked) if task and task.error), None)
    phase = _phase(desk, target, row.episode.id)
    if phase == "failed":  # seen now; whoever opens the page again goes on
        for kind, task in ((SEND, sent), (LOOK, looked)):
            if task and task.error:
                desk.tasks.forget(_name(kind, target))
    return pages.page(
        request,
        "publish.html",
        row=row,
        step="publish",
        phase=phase,
        target=target,
        targets=workflow.targets(desk.root),
        made=made,
        lines=tuple(telling.show_lines(made.changes)) if made else (),
        items=tuple(telling.items(made.changes)) if made else (),
        stages=[(name, WORDS[name]) for name in STAGES],
        sent=sent.result if sent else None,
        failed=pages.told(desk.translate, failed.error) if failed and failed.error else None,
        stopped=bool(sent and sent.state == "stopped"),
    )


def state(request: Request) -> Response:
    """Which page is due, and how far the work is."""
    desk, row = pages.episode_of(request)
    target = _target(desk, request)
    phase = _phase(desk, target, row.episode.id)
    task = desk.tasks.of(_name(SEND if phase == "sending" else LOOK, target))
    known = {"phase": phase, "step": task.step if task else ""}
    return JSONResponse(known | {"percent": round(100 * task.done / task.of) if task and task.of else None})


def release(request: Request) -> Response:
    """The episode is no draft any more: it may be published."""
    desk, row = pages.episode_of(request)
    workflow.make_ready(desk.root, row.episode.id)
    return JSONResponse({})


def look(request: Request) -> Response:
    """Build the site for the public and see what would change; nothing is sent."""
    desk, _ = pages.episode_of(request)
    target = _target(desk, request)
    desk.tasks.forget(_name(SEND, target))

    def work(task: Task) -> workflow.Publication:
        try:
            with desk.building:
                return workflow.publication(desk.root, target, now=desk.now(), progress=_listening(task))
        finally:
            desk.looked_at[target] = workflow.signature(desk.root)

    desk.tasks.start(_name(LOOK, target), work)
    return JSONResponse({})


def redirect(request: Request) -> Response:
    """Write the lines that lead from pages which would lead nowhere to those that are meant."""
    desk, _ = pages.episode_of(request)
    looked = desk.tasks.of(_name(LOOK, _target(desk, request)))
    if looked and isinstance(looked.result, workflow.Publication):
        workflow.add_redirects(desk.root, looked.result)
    return JSONResponse({})


@pages.with_body
def send(request: Request, asked: pages.Body) -> Response:
    """Publish what was looked at; refused where something has changed since, or would be lost unnamed."""
    desk, row = pages.episode_of(request)
    target, episode_id = _target(desk, request), row.episode.id
    looked = desk.tasks.of(_name(LOOK, target))
    made = looked.result if looked and isinstance(looked.result, workflow.Publication) else None
    if made is None or made.site.release.id != asked.get("release"):
        raise MisuseError(msg("This is not what was looked at."), hint=msg("Look at what changes once more."))
    really = asked.get("really", [])
    if not isinstance(really, list) or {one.name for one in made.objections}.difference(map(str, really)):
        raise MisuseError(
            msg("Listeners would lose something."), hint=msg("Tick what is meant, or mend it before.")
        )
    desk.tasks.start(_name(SEND, target), lambda task: _sent(desk, episode_id, made, task))
    return JSONResponse({})


def stop(request: Request) -> Response:
    """Stop sending: readers see what they saw before; what was sent already need not be sent again."""
    desk, _ = pages.episode_of(request)
    task = desk.tasks.of(_name(SEND, _target(desk, request)))
    if task:
        task.stop()
    return JSONResponse({})


def _sent(desk: Desk, episode_id: str, made: workflow.Publication, task: Task) -> Sent:
    """Send it and ask the public addresses."""
    now = desk.now()
    total = sum(file.bytes for part in made.parts for file in part.release.files.values())
    task.at(PAGES, total)
    workflow.send(desk.root, made, holder=workflow.me(now), told=task.advance, now=now)
    desk.tasks.forget(_name(LOOK, made.name))
    desk.looked_at[made.name] = workflow.signature(desk.root)
    if made.carried or not made.due:
        return Sent(episode_id, made, None, now)
    task.at(ASKING)

    def told(done: int, of: int) -> None:
        task.done, task.of = done, of

    found = workflow.verify(desk.root, now=now, fresh=made.fresh, sha256=made.feed, told=told)
    heard = workflow.announce(desk.root)
    return Sent(episode_id, made, replace(found, failures=(*found.failures, *heard)), now)


def _listening(task: Task) -> workflow.Report:
    def heard(event: workflow.Event) -> None:
        task.step, task.done, task.of = SOUND, event.done_s, event.of_s

    return heard


def _phase(desk: Desk, target: str, episode_id: str) -> str:
    """What the page shows: `sending`, `result`, `looking`, `changes`, `failed`, or `start`.

    A result belongs to the episode that it was published from; once files have changed since, what changes is
    looked at anew.
    """
    if not target:
        return "nowhere"
    sent, looked = (desk.tasks.of(_name(kind, target)) for kind in (SEND, LOOK))
    for phase, task in (("sending", sent), ("looking", looked)):
        if task and task.state == RUNNING:
            return phase
    if sent and sent.error:
        return "failed"
    fresh = desk.looked_at.get(target) == workflow.signature(desk.root)
    return _outcome(sent, looked, episode_id) if fresh else "start"


def _outcome(sent: Task | None, looked: Task | None, episode_id: str) -> str:
    """What came of it, where no file has changed since."""
    if sent and isinstance(sent.result, Sent) and sent.result.episode == episode_id:
        return "result"
    if looked is None:
        return "start"
    return "failed" if looked.error else "changes"


def _name(kind: str, target: str) -> str:
    return f"{kind} {target}"


def _target(desk: Desk, request: Request) -> str:
    """Where to: as the address says, else the first that podcast.toml names; "" where it names none."""
    names = workflow.targets(desk.root)
    asked = request.query_params.get("target", "")
    return asked if asked in names else next(iter(names), "")
