"""The house's own pages (imprint, privacy, …) and the page for what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.messages import msg
from pipeline.website.context import Context
from pipeline.website.planned import Page
from pipeline.website.planning.frame import framed, html

MISSING = "404.html"


def pages(context: Context) -> Iterator[Page]:
    """`/impressum/` …: a page for every file in content/pages."""
    for id_, page in sorted(context.house.pages.items()):
        path = context.addresses.page(id_) + "index.html"
        yield framed(
            context,
            path,
            "page.html",
            page.title,
            description=page.description,
            id=id_,
            body=html(page.about),
        )


def missing(context: Context) -> Page:
    """What a server shows with status 404; its links hold from every address."""
    return framed(context, MISSING, MISSING, msg("Page not found"))
