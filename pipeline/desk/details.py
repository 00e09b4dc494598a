"""Step 1: the details of an episode as a form that saves itself, field by field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response

from pipeline import workflow
from pipeline.desk import adding, pages, uploads
from pipeline.desk.state import Desk
from pipeline.errors import Level, MisuseError, Problem, ProblemsError
from pipeline.messages import Message, msg, msg_n

PICTURES = frozenset({"chapters.picture", "cover", "pictures.file"})
"""Fields that a picture can be brought to."""
CHANGED = msg("This field was also changed elsewhere. Which version holds?")
Deed = Callable[[Desk, str, pages.Body], "workflow.Filled | workflow.Conflict"]


def show(request: Request) -> Response:
    """The form; from “Check” it opens at the field that was asked for."""
    desk, episode_id = _asked(request)
    form = _form(desk, episode_id)
    row = desk.overview().row(episode_id)
    values: dict[str, Any] = {**_words(desk, form), **({"row": row, "step": "details"} if row else {})}
    return pages.page(
        request,
        "details.html",
        title=str(_value(form, "title") or episode_id),
        toc={section.id: _standing(section) for section in form.sections},
        found=adding.read_from_file(desk, episode_id),
        from_check="from" in request.query_params,
        picture_limit=workflow.PICTURE_BYTES,
        **values,
    )


def state(request: Request) -> Response:
    """What is in the file now, where it is not what the page knows; what is wrong, at each field."""
    desk, episode_id = _asked(request)
    known = workflow.details_digest(desk.root, episode_id)
    if request.query_params.get("was") == known:
        return JSONResponse({"digest": known})
    form = _form(desk, episode_id)
    say = desk.translate
    problems = {
        one.path: [_said(desk, p) for p in one.problems]
        for top in form.fields
        for one in top.walk()
        if one.problems
    }
    return JSONResponse(
        {
            "digest": form.digest,
            "keys": {one.path: one.digest for one in form.fields},
            "problems": problems,
            "steps": pages.steps(desk, episode_id),
            "toc": {s.id: [state, say(word)] for s in form.sections for state, word in [_standing(s)]},
            "title": str(_value(form, "title")),
        }
    )


def part(request: Request) -> Response:
    """One field at the top of the form, with everything in it, as HTML."""
    desk, episode_id = _asked(request)
    form = _form(desk, episode_id)
    field = next((one for one in form.fields if one.path == request.path_params["key"]), None)
    if field is None:
        raise MisuseError(msg("There is no such field."))
    return HTMLResponse(pages.render("part.html", desk.translate, field=field, **_words(desk, form)))


@pages.with_body
def do(request: Request, body: pages.Body) -> Response:
    """Fill a field, add, move or remove an entry: `{"deed", "path", "was", …}`."""
    desk, episode_id = _asked(request)
    deed, path = DEEDS.get(str(body.get("deed"))), body.get("path")
    if deed is None or not isinstance(path, str):
        raise pages.malformed("path" if deed else "deed")
    try:
        return _answer(desk, deed(desk, episode_id, body))
    except ProblemsError as error:
        told = pages.told(desk.translate, error)
        return JSONResponse({**told, "field": workflow.field_path(error.problems[0].where.field)}, 422)


@pages.with_body
def new_person(request: Request, body: pages.Body) -> Response:
    """A file for somebody new; the answer is the choice for it."""
    desk, _ = _asked(request)
    made = workflow.new_person(desk.root, str(body.get("name", "")))
    return JSONResponse({"value": made.value, "label": str(made.label)})


async def picture(request: Request) -> Response:
    """Put a picture into the episode's folder and enter it at `path`."""
    desk, episode_id = _asked(request)
    asked = request.query_params
    async with uploads.received(request, desk.root, workflow.PICTURE_BYTES) as upload:
        done = await run_in_threadpool(
            workflow.bring_picture,
            desk.root,
            episode_id,
            asked.get("path", ""),
            upload,
            asked.get("name", ""),
            language=desk.translate.language,
            was=asked.get("was"),
        )
    return _answer(desk, done)


def shown_picture(request: Request) -> Response:
    """A picture of the episode's folder, small."""
    desk, episode_id = _asked(request)
    data = workflow.shown_picture(desk.root, episode_id, request.path_params["file"])
    return Response(data, media_type="image/jpeg") if data else Response(status_code=404)


def recording(request: Request) -> Response:
    """The recording to listen to, by byte ranges."""
    desk, episode_id = _asked(request)
    path, kind = workflow.listening(desk.root, episode_id)
    return FileResponse(path, media_type=kind)


def _answer(desk: Desk, done: workflow.Filled | workflow.Conflict) -> Response:
    told = {"value": done.value, "digest": done.digest, "file": done.file}
    if isinstance(done, workflow.Conflict):
        return JSONResponse({"error": desk.translate(CHANGED), **told}, 409)
    return JSONResponse({**told, "at": done.at, "before": done.before, "written": done.written})


def _fill(desk: Desk, episode_id: str, body: pages.Body) -> workflow.Filled | workflow.Conflict:
    return workflow.fill(desk.root, episode_id, body["path"], body.get("value"), **_how(desk, body))


def _add(desk: Desk, episode_id: str, body: pages.Body) -> workflow.Filled | workflow.Conflict:
    value = body.get("value")
    if body["path"] == "topics":
        value = workflow.topic_named(desk.root, str(value))
    return workflow.add_entry(desk.root, episode_id, body["path"], value, **_how(desk, body))


def _move(desk: Desk, episode_id: str, body: pages.Body) -> workflow.Filled | workflow.Conflict:
    at, to = _number(body.get("at")), _number(body.get("to"))
    return workflow.move_entry(desk.root, episode_id, body["path"], at, to, **_how(desk, body))


def _remove(desk: Desk, episode_id: str, body: pages.Body) -> workflow.Filled | workflow.Conflict:
    at = _number(body.get("at"))
    return workflow.remove_entry(desk.root, episode_id, body["path"], at, **_how(desk, body))


DEEDS: dict[str, Deed] = {"add": _add, "fill": _fill, "move": _move, "remove": _remove}


def _how(desk: Desk, body: pages.Body) -> dict[str, Any]:
    was = body.get("was")
    return {"language": desk.translate.language, "was": str(was) if was is not None else None}


def _number(value: object) -> int:
    return value if isinstance(value, int) else -1


def _asked(request: Request) -> tuple[Desk, str]:
    return pages.desk_of(request), request.path_params["episode"]


def _form(desk: Desk, episode_id: str) -> workflow.Form:
    return workflow.form(desk.root, episode_id, desk.translate.language, now=desk.now())


def _value(form: workflow.Form, path: str) -> object:
    field = form.field(path)
    return field.value if field else ""


def _words(desk: Desk, form: workflow.Form) -> dict[str, Any]:
    """What the templates of fields ask."""
    alone = {section.fields[0].path for section in form.sections if len(section.fields) == 1}
    say = desk.translate

    def options(field: workflow.Field) -> list[dict[str, str]]:
        return [{"value": c.value, "label": say(c.label), "hint": say(c.hint)} for c in field.choices]

    def named(field: workflow.Field, value: str) -> str:
        return next((say(c.label) for c in field.choices if c.value == value), value)

    return {
        "form": form,
        "place": f"{pages.home(desk)}/episodes/{form.episode_id}",
        "alone": lambda field: field.path in alone,
        "named": named,
        "options_of": options,
        "pictured": lambda field: field.spec.path in PICTURES,
    }


def _said(desk: Desk, problem: Problem) -> dict[str, Any]:
    say = desk.translate
    hint = say(problem.hint) if problem.hint else ""
    return {"text": pages.plain(say, problem.message), "hint": hint, "must": problem.level is Level.REQUIRED}


def _standing(section: workflow.Section) -> tuple[str, Message]:
    """How a section stands, in a word: what is wrong, what is missing, what is there."""
    wrong = sum(not one.rule for one in section.problems)
    due = sum(one.level is Level.REQUIRED for one in section.problems)
    if wrong:
        return "bad", msg_n("{n} mistake", "{n} mistakes", wrong)
    if due:
        return "due", msg("{n} open", n=due)
    if section.empty:
        return "wait", msg("empty")
    return "ok", msg("{n} entered", n=section.count) if section.count else msg("done")
