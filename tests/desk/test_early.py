"""Whatever is pressed or typed before the scripts of a page are there is done as soon as they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from pipeline.desk import app
from tests import desks
from tests.published import LATER

EPISODE = f"/episodes/{LATER}"


@pytest.fixture(scope="module")
def page(desk: desks.Running, browser: Browser) -> Iterator[Page]:
    made = desk.page(browser)
    made.set_default_timeout(desks.PATIENCE_S * 1000)
    expect.set_options(timeout=desks.PATIENCE_S * 1000)
    yield made
    made.context.close()


@contextmanager
def early(page: Page, address: str) -> Iterator[None]:
    """Open a page whose scripts come only after the block."""
    waiting: list[Route] = []

    def come(route: Route) -> None:
        if scripts_come or route.request.url.endswith("/early.js"):
            route.continue_()
        else:
            waiting.append(route)

    scripts_come = False
    page.route("**/static/**/*.js", come)
    page.goto(address, wait_until="commit")
    page.locator("main").wait_for()
    yield
    scripts_come = True
    assert waiting
    for route in waiting:
        route.continue_()
    page.wait_for_load_state()
    page.unroute_all()


@pytest.mark.chromium
def test_a_button_does_what_it_says(desk: desks.Running, page: Page) -> None:
    with early(page, f"{desk.home}{EPISODE}/guest"):
        page.get_by_role("button", name="Datei zusammenstellen").click()
        expect(page.get_by_role("button", name="Datei zusammenstellen")).to_have_attribute(
            "aria-busy", "true"
        )
    expect(page.get_by_role("link", name="speichern")).to_be_visible()


@pytest.mark.chromium
def test_a_field_of_the_form_is_saved(desk: desks.Running, page: Page, house: Path) -> None:
    file = house / EPISODE[1:] / "episode.md"
    before = file.read_text(encoding="utf-8")
    with early(page, f"{desk.home}{EPISODE}/details"):
        page.locator("[id=subtitle]").fill("Früh getippt")  # saved while typing
        page.locator("[id=number]").fill("77")  # saved when the field is left
        page.locator("[id=title]").focus()
    expect(page.locator("#saved")).to_contain_text("Gespeichert")
    text = file.read_text(encoding="utf-8")
    file.write_text(before, encoding="utf-8")
    assert "subtitle: Früh getippt\n" in text
    assert "number: 77\n" in text


@pytest.mark.chromium
def test_a_form_is_sent_and_its_page_stays(desk: desks.Running, page: Page) -> None:
    with early(page, f"{desk.home}/episodes/2026-10-02-haus-des-wissens/withdraw"):
        page.get_by_label("Zum Bestätigen").fill("Was ist ein Haus?")
        page.keyboard.press("Enter")
    expect(page.locator("#title-err")).to_contain_text("Das ist nicht der Titel.")
    assert page.url.endswith("/withdraw")


@pytest.mark.chromium
def test_a_sentence_of_the_transcript_is_saved(desk: desks.Running, page: Page, house: Path) -> None:
    file = house / EPISODE[1:] / "transcript.vtt"
    before = file.read_text(encoding="utf-8")
    with early(page, f"{desk.home}{EPISODE}/transcript"):
        page.locator(".txt").first.focus()
        page.keyboard.insert_text("Ja. ")
    expect(page.locator("#saved")).to_contain_text("Gespeichert")
    text = file.read_text(encoding="utf-8")
    file.write_text(before, encoding="utf-8")
    assert "Ja. " in text


def test_every_page_of_a_house_begins_with_the_script_for_that(desk: desks.Running) -> None:
    places = {"house": desk.path.split("/")[-1], "episode": LATER, "guide": "erste-folge"}
    pages = [
        path.format(**places)
        for method, path, _ in app.ROUTES
        if method == "GET" and not {"{key}", "{file}", "{name}"} & set(path.split("/"))
    ]
    found = {path: desk.client.get(path, headers={"accept": "text/html"}) for path in pages}
    html = {path: answer.text for path, answer in found.items() if "<button" in answer.text}
    assert len(html) > 10
    assert all('<script src="/static/early.js"></script>' in text for text in html.values())
