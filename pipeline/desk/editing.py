"""Step 3: the transcript; hearing, mending, naming voices, finishing. What a person does comes as deeds."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from pipeline import workflow
from pipeline.desk import keys, pages, sheet
from pipeline.desk.state import Desk
from pipeline.errors import MisuseError
from pipeline.transcripts import document, wire
from pipeline.transcripts.document import Document
from pipeline.transcripts.learning import Proposal


def show(request: Request) -> Response:
    """The editor with the whole text in it; its script asks for the places to look at."""
    desk, row = pages.episode_of(request)
    if not row.spoken:
        return RedirectResponse(f"{pages.home(desk)}/episodes/{row.episode.id}/transcribe", 303)
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


@pages.with_body
def deeds(request: Request, body: pages.Body) -> Response:
    """Carry deeds out: 409 with both versions where a sentence was changed elsewhere meanwhile."""
    desk, episode_id = _asked(request)
    accepted = workflow.accept(
        desk.root,
        episode_id,
        wire.deeds(body.get("deeds")),
        session=_text(body, "session"),
        now=desk.now(),
        digest=request.headers.get("if-match", ""),
    )
    return JSONResponse(document.accepted_json(accepted), 409 if accepted.clashes else 200)


@pages.with_body
def hold(request: Request, body: pages.Body) -> Response:
    """This window writes; another one that did reads from now on, if `take` says so."""
    desk, episode_id = _asked(request)
    session, by = _text(body, "session"), str(body.get("by", ""))
    workflow.hold(desk.root, episode_id, session, by=by, now=desk.now(), take=bool(body.get("take", False)))
    return JSONResponse({})


@pages.with_body
def release(request: Request, body: pages.Body) -> Response:
    """This window is closed."""
    desk, episode_id = _asked(request)
    workflow.release(desk.root, episode_id, _text(body, "session"))
    return JSONResponse({})


@pages.with_body
def finish(request: Request, body: pages.Body) -> Response:
    """A person stands by every sentence."""
    desk, episode_id = _asked(request)
    session, by = _text(body, "session"), str(body.get("by", ""))
    workflow.finish(desk.root, episode_id, by=by, session=session, now=desk.now())
    return JSONResponse({"steps": pages.steps(desk, episode_id)})


@pages.with_body
def learn(request: Request, body: pages.Body) -> Response:
    """A spelling that is right, and those that were heard instead, go into the glossary."""
    desk, episode_id = _asked(request)
    heard = body.get("variants")
    if not isinstance(heard, list) or not all(isinstance(one, str) for one in heard):
        raise pages.malformed("variants")
    term = _text(body, "term")
    workflow.learn(desk.root, episode_id, [Proposal(term, one, 1) for one in heard])
    return JSONResponse({})


@pages.with_body
def new_person(request: Request, body: pages.Body) -> Response:
    """Somebody who has no file yet gets one, and may speak."""
    desk, _ = _asked(request)
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


def _text(body: pages.Body, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise pages.malformed(name)
    return value
