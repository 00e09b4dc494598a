"""A walk by keyboard alone: from the start page to a moment of an episode, its quotation, and back again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.chromium

TITLE = "Bochum. Zukunftsfähig. Bürgernah."
ADDRESS = "https://podcast.example.org/"
PASSAGE, PASSAGE_S, NEXT_S = "t=26", 26, 37
MOST_TABS = 80
SEEN = """() => {
    const { bottom, top, width } = document.activeElement.getBoundingClientRect();
    return width > 0 && bottom > 0 && top < innerHeight;
}"""
FOCUSED = "() => document.activeElement.innerText?.trim() || document.activeElement.ariaLabel"
AT = "document.querySelector('audio').currentTime"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 800})
    opened.grant_permissions(["clipboard-read", "clipboard-write"])
    yield opened
    opened.close()


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until something of this name has the focus; everything on the way there is in view."""
    passed = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(FOCUSED))
        assert page.evaluate(SEEN), passed
        if passed[-1] == name:
            return
    pytest.fail(f"Tab does not come to {name}: {passed}")


def test_by_keyboard_alone_to_a_moment_its_quotation_and_back_by_the_link(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("load")
    _tab_to(page, TITLE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/folgen/**")

    _tab_to(page, "Abspielen")
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => {AT} > 0.2")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    asked_s = page.evaluate(AT)
    assert PASSAGE_S - 1 < asked_s < NEXT_S  # by keys: playing there would take longer
    page.wait_for_function(f"() => {AT} > {PASSAGE_S} && {AT} > {asked_s}")
    expect(page.locator(f'[id="{PASSAGE}"]')).to_have_attribute("aria-current", "true")
    page.keyboard.press("k")
    page.wait_for_function("() => document.querySelector('audio').paused")
    assert PASSAGE_S < page.evaluate(AT) < NEXT_S

    _tab_to(page, "Zitat kopieren")
    page.keyboard.press("Enter")
    for said in ("#said", ".tools .done"):  # heard, and seen
        expect(page.locator(said)).to_have_text("Zitat mit Link kopiert")
    quote, origin, link = page.evaluate("navigator.clipboard.readText()").split("\n")
    said = page.locator(f'[id="{PASSAGE}"] .say').inner_text()
    assert quote == f"„{said}“"
    assert origin == f"Ansage, {TITLE}, 0:26"
    assert link.startswith(ADDRESS)

    other = context.new_page()
    other.goto(address + link.removeprefix(ADDRESS))
    expect(other.locator(f'[id="{PASSAGE}"]')).to_be_focused()
    expect(other.locator(f'[id="{PASSAGE}"]')).to_be_in_viewport(ratio=1)
    assert other.evaluate(AT) == pytest.approx(PASSAGE_S, abs=0.5)
    assert other.evaluate("document.querySelector('audio').paused")
    _tab_to(other, "Zitat kopieren")
