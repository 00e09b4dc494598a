"""Other houses on this computer: those that were open before, and one by its folder."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.desk import pages
from pipeline.errors import HdwError


def show(request: Request) -> Response:
    """The houses that were open before, and a field for another one's folder."""
    return pages.page(request, "houses.html", folder="", error="", hint="")


async def open_house(request: Request) -> Response:
    """Open the house in a folder that a person typed, or say what is wrong with it."""
    sent = parse_qs((await request.body()).decode(errors="replace"))
    folder = sent.get("folder", [""])[0].strip().strip("\"'")
    try:
        desk = request.app.state.desks.open(Path(folder).expanduser())
    except HdwError as error:
        wrong = pages.told(pages.desk_of(request).translate, error)
        return pages.page(request, "houses.html", status=422, folder=folder, **wrong)
    return RedirectResponse(pages.home(desk), 303)
