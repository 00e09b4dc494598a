"""One page of a built site as files that open from any folder, without a server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement

from pipeline.models import Show
from pipeline.website.planned import Page, Planned

TEMPLATE = "preview.html"
"""The episode's page without menu and script, marked as a draft."""
_LINKS = ("href", "poster", "src")
_CSS_URL = re.compile(r"url\(([^)]+)\)")


def drafts(planned: Iterable[Planned], page: str) -> tuple[Planned, ...]:
    """The plan with that page in the form of a draft; all other pages are left out."""
    return tuple(
        replace(one, template=TEMPLATE) if isinstance(one, Page) else one
        for one in planned
        if not isinstance(one, Page) or one.path == page
    )


def portable(site: Path, page: str, show: Show) -> dict[str, bytes | Path]:
    """Path in the new folder → content, or the file below `site` that it is.

    Links to what lies in the site lead to it there; those to other pages of it lose their address, as there
    is nothing at it.
    """
    document = html.fromstring((site / page).read_bytes())
    for element in list(document.iter("script", "link")):
        if isinstance(element, HtmlElement) and (element.tag == "script" or element.get("rel") == "preload"):
            element.drop_tree()
    files: dict[str, bytes | Path] = {}
    for element in document.iter("*"):
        for name in _LINKS:
            if name in element.attrib:
                files |= _moved(element, name, site, show)
        if "srcset" in element.attrib:
            files |= _sources(element, site, show)
    for path in [one for one in files if one.endswith(".css")]:
        files |= {found: Path(found) for found in _named_by(path, site)}
    return {"index.html": html.tostring(document, encoding="utf-8", doctype="<!DOCTYPE html>"), **files}


def _moved(element: HtmlElement, name: str, site: Path, show: Show) -> dict[str, bytes | Path]:
    """One link, made relative; what it leads to, if that comes along."""
    address, mark, place = element.get(name).partition("#")
    if not address or not address.startswith(show.path):
        return {}
    path = address.removeprefix(show.path)
    if (site / path).is_file() and not path.endswith(".html"):
        element.set(name, f"{path}{mark}{place}")
        return {path: Path(path)}
    del element.attrib[name]
    if element.tag == "a":
        element.tag = "span"
    return {}


def _sources(element: HtmlElement, site: Path, show: Show) -> dict[str, bytes | Path]:
    """The pictures of a `srcset`, each made relative."""
    files: dict[str, bytes | Path] = {}
    shown = []
    for one in element.get("srcset").split(","):
        address, _, width = one.strip().partition(" ")
        path = address.removeprefix(show.path)
        if (site / path).is_file():
            files[path] = Path(path)
            shown.append(f"{path} {width}".strip())
    element.set("srcset", ", ".join(shown))
    return files


def _named_by(css: str, site: Path) -> Iterator[str]:
    """The files that a style sheet names, below `site`."""
    for found in _CSS_URL.findall((site / css).read_text(encoding="utf-8")):
        path = (Path(css).parent / found.strip("\"'")).as_posix()
        if (site / path).is_file():
            yield path
