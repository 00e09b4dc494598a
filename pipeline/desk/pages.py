"""Pages of the desk: templates → HTML, with what every page shows; answers for scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from functools import cache, wraps
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_time
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from pipeline import workflow
from pipeline.desk.state import Desk
from pipeline.desk.uploads import TooLongError
from pipeline.errors import (
    BusyError,
    FullError,
    HdwError,
    HeldError,
    MalformedError,
    MisuseError,
    ProblemsError,
    Where,
)
from pipeline.messages import Message, Translator, clock_text, msg, size_text
from pipeline.workflow.filling.labels import LABELS

HERE = Path(__file__).parent
TEMPLATES, STATIC = HERE / "templates", HERE / "static"
STATUS: tuple[tuple[type[HdwError], int], ...] = (
    # class of the error tree, the narrowest first: what HTTP calls it
    (HeldError, 423),
    (BusyError, 409),
    (FullError, 507),
    (MalformedError, 400),
    (TooLongError, 413),
    (HdwError, 422),
)
Body = Mapping[str, Any]
KEY = re.compile(r"(?:[a-z_]+\.(?:\d+\.)?)*([a-z_]+)\b")
FIELDS = {
    # key of episode.md, without what it stands in → what the form calls it
    path.rpartition(".")[2]: LABELS[path]
    for path in sorted(LABELS, key=lambda one: one.count("."), reverse=True)
}


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page of the house that the request names."""
    desk = desk_of(request)
    told = {
        "desk": desk,
        "home": home(desk),
        "here": request.url.path,
        "houses": request.app.state.desks.recent(),
        **values,
    }
    return HTMLResponse(render(template, desk.translate, **told), status)


def render(template: str, translate: Translator, **values: Any) -> str:
    """A template as HTML in a language."""
    return _environment().get_template(template).render(**speech(translate), **values)


def desk_of(request: Request) -> Desk:
    """The house's desk that the address names."""
    found: Desk = request.app.state.desks.desk(request.path_params["house"])
    return found


def episode_of(request: Request) -> tuple[Desk, workflow.Row]:
    """The house's desk and the episode that the address names; HdwError where there is none."""
    desk = desk_of(request)
    found = desk.overview()
    row = found.row(request.path_params["episode"])
    if row is None:
        problem = next(iter(found.problems), None)
        if found.unread and problem:
            raise HdwError(problem.message, where=problem.where, hint=problem.hint)
        raise HdwError(msg("There is no such episode."), hint=msg("The list shows those that are there."))
    return desk, row


def steps(desk: Desk, episode_id: str) -> list[dict[str, str]]:
    """How far an episode is, step by step, as its pages show it; empty where nothing can be read."""
    row = desk.overview().row(episode_id)
    found = row.steps if row else ()
    return [{"standing": one.standing.value, "word": desk.translate(one.word)} for one in found]


def home(desk: Desk) -> str:
    """What the addresses of a house's pages begin with."""
    return f"/h/{desk.key}"


def with_body(work: Callable[[Request, Body], Response]) -> Callable[[Request], Awaitable[Response]]:
    """What answers to a JSON object: that is read first, and the work is done in a thread.

    MalformedError for anything else.
    """

    @wraps(work)
    async def answer(request: Request) -> Response:
        try:
            body = json.loads(await request.body())
        except (ValueError, RecursionError) as error:
            raise malformed() from error
        if not isinstance(body, dict):
            raise malformed()
        return await run_in_threadpool(work, request, body)

    return answer


def malformed(where: str = "") -> MalformedError:
    """What a script sent is not what was agreed; `where` is the place in it."""
    return MalformedError(msg("The page sent something that cannot be understood."), where=where)


def refused(desk: Desk, error: HdwError) -> Response:
    """What went wrong, for a script: the sentence, where, and what to do."""
    status = next(status for kind, status in STATUS if isinstance(error, kind))
    return JSONResponse(told(desk.translate, error), status)


def told(translate: Translator, error: HdwError) -> dict[str, str]:
    """An error as scripts and templates get it; of several problems the first."""
    one = next(iter(error.problems), error) if isinstance(error, ProblemsError) else error
    hint = translate(one.hint) if one.hint else ""
    where = {"where": str(one.where), "field": one.where.field}
    holder = {"holder": error.holder} if isinstance(error, HeldError) else {}
    return {"error": plain(translate, one.message), **where, **holder, "hint": hint}


def plain(translate: Translator, message: Message) -> str:
    """A sentence about an episode; one that begins with a key of episode.md calls it as the form does."""
    text = translate(message)
    key = KEY.match(text)
    label = FIELDS.get(key[1]) if key else None
    return f"{translate(label)}{text[key.end() :]}" if key and label else text


def typed_day(desk: Desk, typed: object, field: str) -> date:
    """A day as a person typed it; MisuseError names the field of the form."""
    try:
        return workflow.read_day(str(typed), desk.translate.language)
    except MisuseError as error:
        error.where = Where(field=field)
        raise


def speech(translate: Translator) -> Mapping[str, Any]:
    """What templates say things with: sentences, moments, lengths, sizes."""

    def t(text: str | Message, **values: object) -> str:
        return translate(Message(text, tuple(values.items())) if isinstance(text, str) else text)

    def say(value: Message | object) -> str:
        return translate.value(value)

    def forms(one: str, many: str) -> list[str]:
        return [translate.sentence(Message(one, (), many, n)) for n in (1, 2)]

    locale = translate.language
    dates: Mapping[str, Callable[..., str]] = {
        "day": lambda value: format_date(value, "d. MMMM y" if locale == "de" else "d MMMM y", locale=locale),
        "clock": lambda value: format_time(value, "H:mm", locale=locale),
    }
    return {
        "t": t,
        "plain": lambda message: plain(translate, message),
        "forms": forms,
        "say": say,
        "language": locale,
        "length": clock_text,
        "size": lambda value: translate(size_text(value)),
        **dates,
    }


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
