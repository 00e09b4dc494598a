"""Step 4: what `hdw check` finds in an episode, each finding leading to its field; the site beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pipeline import workflow
from pipeline.desk import pages
from pipeline.desk.state import Desk
from pipeline.errors import Level, Problem
from pipeline.messages import Message


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem as the page shows it: sentence, remedy, place in words, and the address of the field."""

    message: Message
    hint: Message | None
    where: str
    href: str


def show(request: Request) -> Response:
    """The findings of an episode, those of the house below them, and the preview."""
    desk, row = pages.episode_of(request)
    found = desk.overview()
    at = f"{pages.home(desk)}/episodes/{row.episode.id}"
    required = [one for one in row.problems if one.level is Level.REQUIRED]
    advised = [one for one in row.problems if one.level is not Level.REQUIRED]
    others = [one for one in found.problems if one.level is Level.REQUIRED]
    desk.preview.freshen()
    return pages.page(
        request,
        "check.html",
        row=row,
        step="check",
        required=list(_shown(required, at)),
        advised=list(_shown(advised, at)),
        others=list(_shown(others, at)),
        frame=_frame(request, desk, row),
        folder=desk.root,
    )


def state(request: Request) -> Response:
    """How the preview stands; asked again and again, it is built whenever files have changed."""
    desk, row = pages.episode_of(request)
    preview = desk.preview
    preview.freshen()
    told: dict[str, str] = pages.told(desk.translate, preview.error) if preview.error else {}
    address = _frame(request, desk, row)
    return JSONResponse({"number": preview.number, "busy": preview.busy, "address": address, **told})


def _frame(request: Request, desk: Desk, row: workflow.Row) -> str:
    """The episode's page in the preview; "" before there is one."""
    if desk.preview.site is None:
        return ""
    host = (request.url.hostname or "127.0.0.1").replace("localhost", "127.0.0.1")
    return f"http://{host}:{desk.preview_port}{desk.preview.path.rstrip('/')}/{row.path}"


def _shown(problems: list[Problem], at: str) -> Iterator[Finding]:
    for one in problems:
        file = PurePosixPath(one.where.file)
        if file.name in {"transcript.vtt", "transcript.json"}:
            href = f"{at}/transcript#line-{one.where.line}"
        elif file.name == "episode.md" and file.parent.parent.name == "episodes":
            href = f"{at}/details?from=check#{one.where.field or 'title'}"
        else:
            href = ""
        hint = None if one.hint and one.hint.text.startswith("hdw ") else one.hint  # the link leads there
        yield Finding(one.message, hint, str(one.where), href)
