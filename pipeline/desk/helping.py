"""The editors' guides, as they stand in `docs/`, in the reader's language."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from pipeline import workflow
from pipeline.desk import pages


def picture(request: Request) -> Response:
    """A picture of a guide."""
    return FileResponse(workflow.guide_picture(request.path_params["name"]), media_type="image/webp")


def show(request: Request) -> Response:
    """The list of guides, or one of them."""
    desk = pages.desk_of(request)
    language = desk.translate.language
    name = request.path_params.get("guide", "")
    return pages.page(
        request,
        "help.html",
        guides=workflow.guides(language),
        guide=workflow.guide(language, name, f"{pages.home(desk)}/help/") if name else None,
    )
