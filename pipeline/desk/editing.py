"""Step 3: the transcript; hearing, mending, naming voices, finishing. What a person does comes as deeds."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pipeline import workflow
from pipeline.desk import keys, pages, sheet
from pipeline.desk.state import Desk
from pipeline.errors import FullError, HdwError, HeldError, MalformedError, MisuseError
from pipeline.messages import msg
from pipeline.transcripts import document, wire
from pipeline.transcripts.document import Document
from pipeline.transcripts.learning import Proposal

Body = Mapping[str, Any]
Answer = Callable[[Request], Awaitable[Response]]


def show(request: Request) -> Response:
    """The editor with the whole text in it; its script asks for the places to look at."""
    desk, row = pages.episode_of(request)
    made = workflow.open_document(desk.root, row.episode.id, now=desk.now(), looking=False)
    say = desk.translate
    return pages.page(
        request,
        "transcript.html",
        row=row,
        step="transcript",
        chapters=sheet.chapters(made, say),
        document=document.to_json(made, say) | {"lines": workflow.sentence_lines(desk.root, row.episode.id)},
        length_s=made.length_s,
        clock_short=sheet.clock_short,
        keys=keys.table(say),
        languages=sheet.languages(say.language),
        recording=_can_be_heard(desk, row.episode.id),
        spoken=row.episode.language or "",
        unclear=workflow.UNCLEAR,
    )


def opened(request: Request) -> Response:
    """The transcript as it stands, as JSON."""
    desk, episode_id = _asked(request)
    session = request.query_params.get("session", "")
    made: Document = workflow.open_document(desk.root, episode_id, session=session, now=desk.now())
    return JSONResponse(document.to_json(made, desk.translate))


def words(request: Request) -> Response:
    """When each word is said: `{"12": [[offset, length, start, end], …]}`, in seconds."""
    desk, episode_id = _asked(request)
    return JSONResponse(workflow.words(desk.root, episode_id))


def checklist(request: Request) -> Response:
    """What is still open before the end."""
    desk, episode_id = _asked(request)
    return JSONResponse(
        [
            {
                "subject": one.subject,
                "done": one.done,
                "message": desk.translate(one.message),
                "first": one.first,
            }
            for one in workflow.checklist(desk.root, episode_id)
        ]
    )


def _answers(work: Callable[[Desk, str, Body, Request], Response]) -> Answer:
    """What takes JSON, and reads and writes files: in a thread; the classes of errors have their numbers."""

    async def answer(request: Request) -> Response:
        desk, episode_id = _asked(request)
        try:
            body = json.loads(await request.body())
            if not isinstance(body, dict):
                raise MalformedError(msg("The page sent something that cannot be understood."))
            return await run_in_threadpool(work, desk, episode_id, body, request)
        except HeldError as error:
            told = pages.told(desk.translate, error) | {"holder": error.holder}
            return JSONResponse(told, 423)
        except FullError as error:
            return pages.refused(desk, error, 507)
        except (MalformedError, ValueError) as error:
            return pages.refused(desk, error, 400) if isinstance(error, HdwError) else JSONResponse({}, 400)

    return answer


@_answers
def deeds(desk: Desk, episode_id: str, body: Body, request: Request) -> Response:
    """Carry deeds out: 409 with both versions where a sentence was changed elsewhere meanwhile."""
    accepted = workflow.accept(
        desk.root,
        episode_id,
        wire.deeds(body.get("deeds")),
        session=_text(body, "session"),
        now=desk.now(),
        digest=request.headers.get("if-match", ""),
    )
    return JSONResponse(document.accepted_json(accepted), 409 if accepted.clashes else 200)


@_answers
def hold(desk: Desk, episode_id: str, body: Body, _: Request) -> Response:
    """This window writes; another one that did reads from now on, if `take` says so."""
    session, by = _text(body, "session"), str(body.get("by", ""))
    workflow.hold(desk.root, episode_id, session, by=by, now=desk.now(), take=bool(body.get("take", False)))
    return JSONResponse({})


@_answers
def release(desk: Desk, episode_id: str, body: Body, _: Request) -> Response:
    """This window is closed."""
    workflow.release(desk.root, episode_id, _text(body, "session"))
    return JSONResponse({})


@_answers
def finish(desk: Desk, episode_id: str, body: Body, _: Request) -> Response:
    """A person stands by every sentence."""
    session, by = _text(body, "session"), str(body.get("by", ""))
    workflow.finish(desk.root, episode_id, by=by, session=session, now=desk.now())
    return JSONResponse({"steps": pages.steps(desk, episode_id)})


@_answers
def learn(desk: Desk, episode_id: str, body: Body, _: Request) -> Response:
    """A spelling that is right, and those that were heard instead, go into the glossary."""
    heard = body.get("variants")
    if not isinstance(heard, list) or not all(isinstance(one, str) for one in heard):
        raise MalformedError(msg("The page sent something that cannot be understood."), where="variants")
    term = _text(body, "term")
    workflow.learn(desk.root, episode_id, [Proposal(term, one, 1) for one in heard])
    return JSONResponse({})


@_answers
def new_person(desk: Desk, _episode_id: str, body: Body, _: Request) -> Response:
    """Somebody who has no file yet gets one, and may speak."""
    made = workflow.new_person(desk.root, _text(body, "name"))
    hint = desk.translate(made.hint)
    return JSONResponse({"id": made.value, "name": desk.translate(made.label), "hint": hint})


def _can_be_heard(desk: Desk, episode_id: str) -> bool:
    try:
        workflow.listening(desk.root, episode_id)
    except MisuseError:
        return False
    return True


def _asked(request: Request) -> tuple[Desk, str]:
    """The house and the episode that the address names: without looking at every episode again, as each
    deed would make that necessary."""
    desk = pages.desk_of(request)
    return desk, workflow.episode_there(desk.root, request.path_params["episode"])


def _text(body: Body, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise MalformedError(msg("The page sent something that cannot be understood."), where=name)
    return value
