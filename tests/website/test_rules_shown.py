"""The rules of docs/website.md that only a browser can judge, in the system's Chromium."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route
from pypdf import PdfReader

from tests import axe

pytestmark = pytest.mark.chromium

EPISODE = "folgen/bochum-zukunftsfaehig-buergernah/"
LONG = "folgen/lang/"
RICH = "folgen/was-ist-eine-smarte-stadt/"
PAGES = {
    "start": "",
    "episode": EPISODE,
    "archive": "archiv/",
    "year": "archiv/2021/",
    "institution": "archiv/haus/vhs/",
    "topics": "themen/",
    "topic": "themen/smart-city/",
    "people": "personen/",
    "person": "personen/denes-kuecuek/",
    "series list": "reihen/",
    "series": "reihen/smart-and-the-city/",
    "subscribe": "abonnieren/",
    "subscribe to a series": "reihen/smart-and-the-city/abonnieren/",
    "search": "suche/",
    "search, hits": "suche/?q=Stadt",
    "search, none": "suche/?q=Hochschule",
    "content": "leichte-sprache/",
    "embed": EPISODE + "einbetten/",
    "missing": "nichts/",
}
RICH_PAGES = {
    "rich episode": RICH,
    "rich topic": "themen/smart-city/",
    "rich person": "personen/mira-beispiel/",
}
ALL_DRAWN = (
    "for (const one of document.querySelectorAll('.turn, .sec')) one.style.contentVisibility = 'visible'"
)
LEAST_RING_PX = 3
LEAST_TARGET_PX = 24
LEAST_DECK_PX = 200
LEAST_CONTROL_PX = 44
MOST_OFFSET_PX = 120
ANSWERED = ".res, #said p"
"""What the search page shows once it has answered."""

STORED = """async () => ({
    cookie: document.cookie, local: localStorage.length, session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
DRESSED = """async () => {
    const style = document.querySelector('link[rel=stylesheet]');
    if (!style.sheet) await new Promise(done => style.addEventListener('load', done));
    await document.fonts.ready;
    return Boolean(document.querySelector('.deck'));
}"""
TEXT_SPACING = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important; } p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""
OVERFLOW = """() => ({
    page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    clipped: [...document.querySelectorAll('body *')].filter(one => {
        const style = getComputedStyle(one);
        return style.overflow !== 'visible' && !one.classList.contains('vh') && style.display !== 'inline'
            && !(one instanceof SVGElement) && one.tagName !== 'AUDIO'
            && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
    }).map(one => one.outerHTML.slice(0, 80)),
})"""
SMALL_TARGETS = """least => {
    const shown = [...document.querySelectorAll('a, button, summary, select, input, audio')]
        .filter(one => !one.matches('.skip') && one.checkVisibility())
        .map(one => ({ one, box: one.getBoundingClientRect() }));
    const inSentence = one => getComputedStyle(one).display === 'inline' && [...one.parentElement.childNodes]
        .some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
    const small = target => target.box.width < least || target.box.height < least;
    const distance = (x, y, box) => Math.hypot(
        Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
    const crowded = ({ one, box }) => {
        const x = box.left + box.width / 2, y = box.top + box.height / 2;
        return shown.some(other => other.one !== one && distance(x, y, other.box) < least / 2);
    };
    return shown.filter(target => small(target) && !inSentence(target.one) && crowded(target))
        .map(target => `${target.one.outerHTML.slice(0, 90)} ${target.box.width} x ${target.box.height}`);
}"""
FOCUSED = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    return {
        name: one.outerHTML.slice(0, 90), tag: one.tagName, style: style.outlineStyle,
        width: parseFloat(style.outlineWidth), gap: parseFloat(style.outlineOffset),
        seen: box.bottom > 0 && box.top < innerHeight,
    };
}"""
MOVING = """() => [...document.querySelectorAll('*')].filter(one => {
    const style = getComputedStyle(one);
    return style.scrollBehavior === 'smooth' || style.animationName !== 'none'
        || style.transitionDuration.split(', ').some(time => parseFloat(time) > 0);
}).length + document.getAnimations().length"""


@contextmanager
def opened(browser: Browser, url: str, width: int = 1280, **options: Any) -> Iterator[Page]:
    """A page in a context of its own: nothing is left over from another test."""
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)
    page = context.new_page()
    page.goto(url)
    if "?q=" in url:
        page.wait_for_selector(ANSWERED)
    yield page
    context.close()


@pytest.mark.parametrize("kind", PAGES)
def test_rule_11_a_page_asks_nobody_else_loads_no_audio_and_stores_nothing(
    browser: Browser, address: str, kind: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: problems.append(message.text))
    page.goto(address + PAGES[kind], wait_until="networkidle")
    stored = page.evaluate(STORED)
    context.close()
    assert len(asked) > 2
    assert [url for url in asked if not url.startswith(address) or "/audio/" in url] == []
    assert stored == {"cookie": "", "local": 0, "session": 0, "databases": 0, "workers": 0}
    assert [text for text in problems if "404" not in text] == []


def test_rule_14_without_javascript_audio_and_download_are_there(browser: Browser, address: str) -> None:
    with opened(browser, address + EPISODE, java_script_enabled=False) as page:
        controls = page.locator("#player audio[controls]").bounding_box()
        assert controls
        assert controls["height"] >= LEAST_CONTROL_PX
        assert controls["width"] > 200
        with page.expect_download() as download:
            page.get_by_role("link", name="Audio herunterladen").click()
        assert download.value.suggested_filename.endswith(".mp3")


def test_rule_14_where_the_script_is_kept_out_the_browsers_player_comes_by_itself(
    browser: Browser, address: str
) -> None:
    with opened(browser, "about:blank") as page:
        page.route("**/player/*.js", lambda route: route.abort())
        page.goto(address + EPISODE)
        audio = page.locator("#player audio[controls]")
        assert audio.bounding_box() is None
        audio.wait_for(timeout=8000)
        assert page.get_by_text("Zum Springen im Ton").is_visible()
        assert page.locator("#player [data-act=play]").is_hidden()


def test_rule_14_the_deck_stands_in_its_place_before_its_script_is_there(
    browser: Browser, address: str
) -> None:
    """So nothing moves when it comes, and the browser's player need not be drawn only to go."""
    with opened(browser, "about:blank", 390) as page:
        held: list[Route] = []
        page.route("**/player/main*.js", lambda route: held.append(route))  # noqa: PLW0108 (Playwright writes into it)
        with page.expect_request("**/player/main*.js"):
            page.goto(address + EPISODE, wait_until="commit")
        assert page.evaluate(DRESSED)
        deck, title = page.locator(".deck").first, page.get_by_role("heading", name="Transkript", exact=True)
        before = deck.bounding_box(), title.bounding_box()
        assert before[0]
        assert before[0]["height"] > LEAST_DECK_PX
        assert page.locator("#player [data-act=play]").is_hidden()
        held[0].continue_()
        page.locator("#player [data-act=play]").wait_for()
        page.wait_for_selector("html.js")
        assert page.locator("#player audio").is_hidden()
        assert title.bounding_box() == before[1]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("java_script", [True, False])
def test_rule_14_a_chapter_leads_to_its_text(
    browser: Browser, address: str, width: int, java_script: bool
) -> None:
    with opened(browser, address + EPISODE, width, java_script_enabled=java_script) as page:
        page.get_by_role("navigation", name="Kapitel").get_by_role("link", name="Mitmachen").click()
        assert page.url.endswith("#t=26")
        assert -1 < _top(page, "t=26") <= MOST_OFFSET_PX


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("anchor", ["t=0", "t=12", "t=37"])
def test_rule_14_an_address_with_a_moment_shows_its_paragraph(
    browser: Browser, address: str, width: int, anchor: str
) -> None:
    with opened(browser, f"{address}{EPISODE}#{anchor}", width, java_script_enabled=False) as page:
        assert -1 < _top(page, anchor) <= MOST_OFFSET_PX


@pytest.mark.parametrize("width", [390, 1280])
def test_rule_16_the_last_paragraph_of_two_hours_is_where_its_address_leads(
    browser: Browser, long_site: Any, long_address: str, width: int
) -> None:
    turns = [
        one.get("id")
        for one in long_site.trees[LONG + "index.html"].iter("div")
        if "turn" in (one.get("class") or "").split()
    ]
    for anchor in (turns[len(turns) // 2], turns[-1]):
        with opened(browser, f"{long_address}{LONG}#{anchor}", width) as page:
            assert -1 < _top(page, anchor) <= MOST_OFFSET_PX


def _top(page: Page, id_: str) -> float:
    box = page.locator(f'[id="{id_}"]').bounding_box()
    assert box
    return box["y"]


def test_rule_23_on_paper_stands_the_whole_transcript_and_no_controls(
    browser: Browser, address: str, root_site: Any
) -> None:
    with opened(browser, address + EPISODE) as page:
        page.emulate_media(media="print")
        for selector in ("#player", ".nav", ".chapters", ".skip", ".foot"):
            assert not page.locator(selector).first.is_visible(), selector
        paper = PdfReader(io.BytesIO(page.pdf(format="A4")))
    printed = _letters(" ".join(sheet.extract_text() for sheet in paper.pages))
    turns = [one for one in root_site.episode.iter("p") if one.get("class") == "say"]
    assert len(turns) >= 4
    for turn in turns:
        assert _letters("".join(turn.itertext())) in printed
    assert _letters("Redaktionell geprüft") in printed
    assert _letters("https://podcast.example.org/" + EPISODE) in printed
    assert len(paper.pages) <= 4


def test_rule_23_two_hours_fit_on_fifty_pages(browser: Browser, long_address: str) -> None:
    with opened(browser, long_address + LONG) as page:
        paper = PdfReader(io.BytesIO(page.pdf(format="A4")))
    assert 10 < len(paper.pages) <= 50


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


@pytest.mark.parametrize("kind", [*PAGES, *RICH_PAGES])
def test_rule_25_axe_finds_no_violation(browser: Browser, address: str, rich_address: str, kind: str) -> None:
    url = address + PAGES[kind] if kind in PAGES else rich_address + RICH_PAGES[kind]
    with opened(browser, url) as page:
        page.evaluate(ALL_DRAWN)
        for scheme in ("light", "dark"):
            for width in (320, 1280):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                page.set_viewport_size({"width": width, "height": 800})
                assert axe.violations(page) == [], (scheme, width)


@pytest.mark.parametrize("kind", [*PAGES, *RICH_PAGES])
def test_rule_27_nothing_scrolls_sideways_or_is_cut_off(
    browser: Browser, address: str, rich_address: str, kind: str
) -> None:
    url = address + PAGES[kind] if kind in PAGES else rich_address + RICH_PAGES[kind]
    with opened(browser, url, 320) as page:
        page.evaluate(ALL_DRAWN)
        assert page.evaluate(OVERFLOW) == {"page": 0, "clipped": []}
        page.evaluate(TEXT_SPACING)
        assert page.evaluate(OVERFLOW) == {"page": 0, "clipped": []}
        page.evaluate("document.adoptedStyleSheets = []; document.documentElement.style.fontSize = '200%'")
        for width in (640, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(OVERFLOW) == {"page": 0, "clipped": []}, width


@pytest.mark.parametrize("kind", [*PAGES, *RICH_PAGES])
def test_rule_28_targets_are_large_enough_or_far_enough_apart(
    browser: Browser, address: str, rich_address: str, kind: str
) -> None:
    url = address + PAGES[kind] if kind in PAGES else rich_address + RICH_PAGES[kind]
    with opened(browser, url, 390) as page:
        page.evaluate(ALL_DRAWN)
        assert page.evaluate(SMALL_TARGETS, LEAST_TARGET_PX) == []


@pytest.mark.parametrize("kind", ["start", "episode", "archive", "search, hits"])
def test_rule_29_focus_has_a_ring_with_a_gap_and_is_never_out_of_sight(
    browser: Browser, address: str, kind: str
) -> None:
    with opened(browser, address + PAGES[kind]) as page:
        links = page.locator("a:visible").count()
        seen = 0
        for _ in range(links + 20):
            page.keyboard.press("Tab")
            focus = page.evaluate(FOCUSED)
            if focus["tag"] == "BODY":
                break
            seen += focus["tag"] == "A"
            assert focus["style"] == "solid", focus
            assert focus["width"] >= LEAST_RING_PX, focus
            assert focus["gap"] >= LEAST_RING_PX, focus
            assert focus["seen"], focus
        assert seen == links


def test_rule_29_the_first_key_reaches_the_skip_links(browser: Browser, address: str) -> None:
    with opened(browser, address + EPISODE) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Zum Inhalt springen"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.url.endswith("#transkript")


@pytest.mark.parametrize("kind", ["start", "episode", "archive"])
def test_rule_31_nothing_moves_when_motion_is_unwanted(browser: Browser, address: str, kind: str) -> None:
    with opened(browser, address + PAGES[kind], reduced_motion="reduce") as page:
        assert page.evaluate(MOVING) == 0


def test_rule_31_the_chosen_paragraph_is_marked_in_forced_colours(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}{EPISODE}#t=26", forced_colors="active") as page:
        colours = page.evaluate(
            "[...document.querySelectorAll('.turn')].map(one => getComputedStyle(one).borderLeftColor)"
        )
        chosen = page.evaluate("getComputedStyle(document.querySelector('.turn:target')).borderLeftColor")
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colours.count(chosen) == 1
    assert set(colours) == {chosen, ground}


@pytest.mark.parametrize(
    ("selector", "path"), [(".easy p", RICH), (".page-leichte-sprache p", "leichte-sprache/")]
)
def test_rule_33_easy_language_is_never_hyphenated(
    browser: Browser, address: str, rich_address: str, selector: str, path: str
) -> None:
    with opened(browser, (rich_address if path == RICH else address) + path) as page:
        style = "one => getComputedStyle(one).hyphens"
        assert page.locator(selector).first.evaluate(style) == "none"
        assert page.locator("h1").evaluate(style) == "auto"


def test_links_into_easy_and_sign_language_stand_in_the_first_screen(browser: Browser, address: str) -> None:
    with opened(browser, address, 390) as page:
        for name in ("Leichte Sprache", "Gebärdensprache (DGS)"):
            box = page.get_by_role("banner").get_by_role("link", name=name).bounding_box()
            assert box
            assert box["y"] + box["height"] < 800


def test_under_a_path_a_page_loads_its_style_and_fonts(browser: Browser, path_address: str) -> None:
    with opened(browser, path_address + EPISODE) as page:
        assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('18px Literata'))")
        assert page.evaluate("getComputedStyle(document.body).borderTopWidth") == "8px"
