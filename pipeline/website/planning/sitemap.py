"""sitemap.xml: the addresses of all pages, when each changed last, and in which languages it exists.

sitemaps.org, protocol 0.9; the links between languages are an extension by Google.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from pipeline.website.index import digest
from pipeline.website.planned import Listed, Page, Unit
from pipeline.website.planning.plan import Plan

PATH = TEMPLATE = "sitemap.xml"


def unit(plan: Plan, pages: Iterable[Listed]) -> Unit:
    """`/sitemap.xml`."""
    entries = tuple(
        (
            plan.context.addresses.absolute(one.path.removesuffix("index.html")),
            one.changed.isoformat() if one.changed else "",
            one.translations,
        )
        for one in pages
        if one.mapped
    )
    return Unit(PATH, {"pages": digest(entries)}, partial(_page, entries), (TEMPLATE,))


def _page(entries: tuple[object, ...]) -> tuple[Page]:
    return (Page(PATH, TEMPLATE, {"entries": entries}),)
