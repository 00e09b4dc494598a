"""sitemap.xml: the addresses of all pages, when each changed last, and in which languages it exists.

sitemaps.org, protocol 0.9; the links between languages are an extension by Google.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.website.context import Context
from pipeline.website.planned import Page
from pipeline.website.planning.content import MISSING


def page(context: Context, pages: Iterable[Page]) -> Page:
    """`/sitemap.xml`; the page for what is missing is not in it."""
    entries = tuple(
        (
            context.addresses.absolute(one.path.removesuffix("index.html")),
            one.changed.isoformat() if one.changed else "",
            one.values["translations"],
        )
        for one in pages
        if one.path != MISSING
    )
    return Page("sitemap.xml", "sitemap.xml", {"entries": entries})
