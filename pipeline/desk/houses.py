"""Other houses on this computer: those that were open before, and one by its folder."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.desk import pages
from pipeline.errors import HdwError, MisuseError
from pipeline.messages import msg


def show(request: Request) -> Response:
    """The houses that were open before, and a field for another one's folder."""
    return pages.page(request, "houses.html", folder="", error="", hint="")


async def open_house(request: Request) -> Response:
    """Open the house in a folder that a person typed, or say what is wrong with it."""
    sent = parse_qs((await request.body()).decode(errors="replace"))
    return await run_in_threadpool(_opened, request, sent.get("folder", [""])[0].strip().strip("\"'"))


def _opened(request: Request, folder: str) -> Response:
    try:
        desk = request.app.state.desks.open(_there(folder))
    except HdwError as error:
        wrong = pages.told(pages.desk_of(request).translate, error)
        return pages.page(request, "houses.html", status=422, folder=folder, **wrong)
    return RedirectResponse(pages.home(desk), 303)


def _there(folder: str) -> Path:
    """What was typed as a folder that is there; MisuseError for anything else, and for nothing."""
    try:
        if folder:
            return Path(folder).expanduser().resolve(strict=True)
    except (OSError, RuntimeError, ValueError) as error:  # no such user, signs that no path has
        raise MisuseError(msg("There is no such folder.")) from error
    raise MisuseError(msg("There is no such folder."))
