"""Letters that come late, in the system's Chromium: nothing on a page moves when they are there."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from tests import parts

pytestmark = pytest.mark.chromium
ARIAL = Path("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf")
"""As wide as Arial, which Windows, macOS and iOS have."""
MOST_SHIFT = 0.01
SHIFTS = """
window.shifts = [];
const named = ({ node }) => (node?.nodeType === 1 ? node : node?.parentElement)?.outerHTML.slice(0, 80);
new PerformanceObserver((list) => list.getEntries().forEach(({ value, sources }) =>
  shifts.push([value, ...sources.map(named)]))).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("page", ["", "folgen/7000-schmetterlinge-fuer-die-dortmunder-nordstadt/", "suche/"])
def test_nothing_moves_when_the_fonts_come(browser: Browser, address: str, page: str, width: int) -> None:
    parts.at("Liberation Sans", ARIAL)
    held = list[Route]()
    with browser.new_context(viewport={"width": width, "height": 844}) as context:
        shown = context.new_page()
        shown.add_init_script(SHIFTS)
        shown.route("**/*.woff2", lambda route: held.append(route))  # noqa: PLW0108 (none that is built in)
        shown.goto(address + page, wait_until="domcontentloaded")
        for _ in range(200):
            if len(held) > 1:
                break
            shown.wait_for_timeout(50)
        shown.wait_for_timeout(500)  # the page stands there in other letters
        assert shown.evaluate("[...document.fonts].filter(one => one.status === 'loading').length") > 1
        for one in held:
            one.continue_()
        shown.evaluate("document.fonts.ready.then(() => 0)")
        shown.wait_for_timeout(300)
        shifts = shown.evaluate("shifts")
    assert sum(value for value, *_ in shifts) < MOST_SHIFT, shifts
