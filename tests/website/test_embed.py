"""The player on other sites, as files and in the system's Chromium, framed by a page of another origin."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import html5lib
import pytest
from playwright.sync_api import Browser, Frame, Page

EPISODE = "folgen/bochum-zukunftsfaehig-buergernah/"
EMBED = EPISODE + "einbetten/"
STORED = "() => [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
PLAYS = "() => document.querySelector('audio').currentTime > 0.2"


def _head(tree: Any, xpath: str, name: str) -> str:
    return str(tree.find(xpath).get(name))


def test_every_episode_that_can_be_heard_has_a_player_of_its_own(site: Any) -> None:
    pages = [page for page in site.trees if page.endswith("einbetten/index.html")]
    assert len(pages) == 8
    titles = {site.trees[page].find("head/title").text for page in pages}
    assert len(titles) == 8
    assert all("Player" in title for title in titles)


def test_where_nothing_can_be_heard_nothing_is_offered(rich_site: Any) -> None:
    assert not any("einbetten" in page for page in rich_site.trees)
    assert rich_site.trees["folgen/was-ist-eine-smarte-stadt/index.html"].find(".//pre") is None


def test_search_engines_are_led_to_the_episode(site: Any) -> None:
    page, embed = site.episode, site.trees[EMBED + "index.html"]
    canonical = "head/link[@rel='canonical']"
    assert _head(embed, canonical, "href") == _head(page, canonical, "href")
    assert _head(embed, "head/meta[@name='robots']", "content") == "noindex"
    assert "einbetten" not in (site.output / "sitemap.xml").read_text(encoding="utf-8")


def test_the_imprint_is_reached_from_the_player(site: Any) -> None:
    links = {one.get("href"): one for one in site.trees[EMBED + "index.html"].iterfind(".//footer//a")}
    assert f"{site.path}impressum/" in links


def test_the_player_has_no_switch_that_would_store_anything(site: Any) -> None:
    classes = {
        name for one in site.trees[EMBED + "index.html"].iter() for name in one.get("class", "").split()
    }
    assert "player" in classes
    assert "memory" not in classes


def test_the_code_is_a_frame_that_names_what_it_holds_and_waits_until_it_is_seen(site: Any) -> None:
    code = site.episode.find(".//pre[@id='code']").text
    (frame,) = html5lib.parseFragment(code, namespaceHTMLElements=False)
    assert frame.get("src") == f"https://podcast.example.org{site.path}{EMBED}"
    assert site.episode.find(".//h1").text in frame.get("title")
    assert frame.get("loading") == "lazy"
    assert int(frame.get("width")) > int(frame.get("height")) > 0


@pytest.fixture(scope="session")
def other_site(tmp_path_factory: pytest.TempPathFactory, address: str) -> Iterator[str]:
    """A page of another origin that holds the player."""
    folder = tmp_path_factory.mktemp("fremd")
    frame = f'<iframe src="{address}{EMBED}" title="Folge" width="640" height="480"></iframe>'
    (folder / "index.html").write_text(f"<!doctype html><title>Fremd</title>{frame}", encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def framed(browser: Browser, other_site: str) -> Iterator[tuple[Page, Frame]]:
    context = browser.new_context(viewport={"width": 800, "height": 700})
    page = context.new_page()
    page.goto(other_site)
    frame = page.frames[1]
    frame.wait_for_load_state()
    yield page, frame
    context.close()


@pytest.mark.chromium
def test_in_a_frame_it_plays(framed: tuple[Page, Frame]) -> None:
    _, frame = framed
    frame.locator("[data-act=play]").click()
    frame.wait_for_function(PLAYS)
    frame.get_by_label("Tempo").select_option("1.5")
    assert frame.evaluate("document.querySelector('audio').playbackRate") == 1.5


@pytest.mark.chromium
def test_rule_24_playing_and_seeking_store_nothing(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + EMBED)
    page.locator("[data-act=play]").click()
    page.wait_for_function(PLAYS)
    page.locator("[data-act=forward]").click()
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    stored = page.evaluate(STORED)
    context.close()
    assert stored == [""]


@pytest.mark.chromium
def test_a_chapter_plays_in_the_frame(framed: tuple[Page, Frame]) -> None:
    page, frame = framed
    before = page.url
    frame.get_by_role("navigation", name="Kapitel").get_by_role("link", name="Mitmachen").click()
    frame.wait_for_function("() => document.querySelector('audio').currentTime > 26")
    assert "Mitmachen" in frame.locator(".now").inner_text()
    assert page.url == before


@pytest.mark.chromium
def test_the_full_page_takes_the_place_of_the_other_site(framed: tuple[Page, Frame], address: str) -> None:
    page, frame = framed
    frame.get_by_role("link", name="Zur Seite der Folge").click()
    page.wait_for_url(address + EPISODE)


@pytest.mark.chromium
def test_rule_17_every_control_is_reached_by_tab_in_visual_order(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 640, "height": 480})
    page = context.new_page()
    page.goto(address + EMBED)
    places = []
    for _ in range(40):
        page.keyboard.press("Tab")
        box = page.evaluate(
            "() => { const one = document.activeElement; if (one === document.body) return null;"
            " const box = one.getBoundingClientRect();"
            " return [one.dataset.act ?? one.tagName, box.top + scrollY, box.left]; }"
        )
        if box is None:
            break
        places.append(box)
    context.close()
    names = [name for name, _, _ in places]
    assert {"play", "back", "forward", "previous", "next", "SELECT", "INPUT", "A"} <= set(names)
    tops = [top for name, top, _ in places if name == "A"][1:]
    assert tops == sorted(tops)


@pytest.mark.chromium
def test_a_button_copies_the_code(browser: Browser, address: str) -> None:
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + EPISODE)
    page.get_by_role("button", name="Code kopieren").click()
    page.get_by_text("Code kopiert").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    context.close()
    assert copied.startswith("<iframe src=")


@pytest.mark.chromium
def test_without_javascript_the_code_can_be_chosen_and_the_chapters_lead_to_the_text(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + EPISODE)
    assert page.locator("#code").is_visible()
    assert not page.get_by_role("button", name="Code kopieren").is_visible()
    page.goto(address + EMBED)
    page.get_by_role("navigation", name="Kapitel").get_by_role("link", name="Mitmachen").click()
    page.wait_for_url(f"{address}{EPISODE}#t=26")
    context.close()
