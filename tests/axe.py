"""axe-core on a page of a test: the rules of WCAG 2.0 to 2.2, A and AA, and best practice."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
_RUN = (
    "tags => axe.run({runOnly: tags, resultTypes: ['violations']})"
    ".then(r => [r.passes.length, r.violations.map(v => [v.id, v.nodes.map(n => n.html)])])"
)


@cache
def program() -> str:
    """axe-core itself, as the package axe-playwright-python brings it."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[Any]:
    """What is wrong with a page as it is shown now: rule, and the elements; it has to have passed some."""
    page.evaluate(program())
    passes, found = page.evaluate(_RUN, TAGS)
    assert passes > 15
    return list(found)


def everywhere(page: Page) -> dict[tuple[str, int], list[Any]]:
    """The same on a phone and a desktop, light and dark; only those with violations are named."""
    wrong = {}
    for scheme in ("light", "dark"):
        for width in (390, 1280):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.set_viewport_size({"width": width, "height": 800})
            if found := violations(page):
                wrong[scheme, width] = found
    return wrong
