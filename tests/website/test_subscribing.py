"""The pages that say how to subscribe, the links that lead there, and feeds as a browser shows them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from xml.etree.ElementTree import Element

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page, expect

from pipeline.feed.rows import NAMESPACES
from pipeline.models import FEED_STYLE, Addresses, Owner, Show
from pipeline.website.views import qr

SERIES = "reihen/smart-and-the-city/"
HOST = "https://podcast.example.org"
VISIBLE = """[...document.querySelectorAll('*')]
    .filter(one => !one.children.length && one.checkVisibility()).map(one => one.localName)"""


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _found(page: Element) -> dict[str, str]:
    """The feeds that a browser or an app finds on a page."""
    links = page.iterfind("head/link[@rel='alternate'][@type='application/rss+xml']")
    return {str(link.get("href")): str(link.get("title")) for link in links}


def _feeds(site: Any) -> Iterator[Path]:
    yield from (path for path in sorted(site.output.rglob("*.xml")) if path.name != "sitemap.xml")


def test_every_feed_has_a_page_that_says_its_address(site: Any) -> None:
    addresses = Addresses(
        Show(
            title="x", description="x", address=f"{HOST}{site.path}", author="x", categories=("Education",),
            owner=Owner(name="x", email="x@example.org"), cover="x.jpg",
        )
    )  # fmt: skip
    for path in _feeds(site):
        name = path.relative_to(site.output).as_posix()
        page = site.trees[addresses.subscribe(name) + "index.html"]
        (shown,) = (one for one in page.iter("a") if one.get("href") == addresses.absolute(name))
        assert _text(shown) == addresses.absolute(name)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("feed.xml", "abonnieren/"),
        ("feed/opus.xml", "abonnieren/opus/"),
        ("reihen/stadt/feed.xml", "reihen/stadt/abonnieren/"),
        ("themen/daten/feed.xml", "themen/daten/abonnieren/"),
    ],
)
def test_each_feed_has_its_own_subscribe_page(path: str, expected: str) -> None:
    assert Addresses.subscribe(path) == expected


def test_every_page_leads_to_the_main_feed_and_to_how_to_subscribe(site: Any) -> None:
    for name, page in site.trees.items():
        assert f"{site.path}feed.xml" in _found(page), name
        assert f"{site.path}abonnieren/" in {one.get("href") for one in page.iter("a")}, name


def test_a_series_leads_to_its_own_feed(site: Any) -> None:
    for name in (f"{SERIES}index.html", f"{SERIES}abonnieren/index.html"):
        assert (
            _found(site.trees[name])[f"{site.path}{SERIES}feed.xml"] == "Haus des Wissens: Smart and the City"
        )
    links = {one.get("href"): _text(one) for one in site.trees[f"{SERIES}index.html"].iter("a")}
    assert links[f"{site.path}{SERIES}abonnieren/"] == "Nur diese Folgen abonnieren"
    assert f"{site.path}{SERIES}feed.xml" not in _found(site.trees["archiv/index.html"])


def test_apps_are_given_the_address_in_their_own_way(root_site: Any) -> None:
    page = root_site.trees["abonnieren/index.html"]
    links = {_text(one): one.get("href") for one in page.iter("a")}
    assert links["AntennaPod"] == (
        "https://antennapod.org/deeplink/subscribe?url=https%3A%2F%2Fpodcast.example.org%2Ffeed.xml"
    )
    assert links["Apple Podcasts"] == "podcast://podcast.example.org/feed.xml"
    assert links["Overcast"].endswith("add?url=https%3A%2F%2Fpodcast.example.org%2Ffeed.xml")
    assert links["Pocket Casts"] == "pktc://subscribe/podcast.example.org/feed.xml"


def test_the_code_has_a_text_alternative_and_a_quiet_zone(root_site: Any) -> None:
    page = root_site.trees["abonnieren/index.html"]
    (code,) = (one for one in page.iter("{http://www.w3.org/2000/svg}svg") if one.get("class") == "qr")
    assert code.get("role") == "img"
    assert code.get("aria-label") == "QR-Code mit der RSS-Adresse"
    made = qr("https://podcast.example.org/feed.xml")
    assert made.path.startswith("M4 4.5h7")  # four modules of quiet, then a finder's edge
    assert code.get("viewBox") == f"0 0 {made.size} {made.size}"


def test_every_feed_names_a_style_sheet_that_is_there(site: Any) -> None:
    for path in _feeds(site):
        style = etree.parse(path).xpath("/processing-instruction('xml-stylesheet')")[0]
        assert (style.get("type"), style.get("href")) == ("text/css", site.path + FEED_STYLE)
    assert (site.output / FEED_STYLE).is_file()


def test_every_feed_leads_readers_to_its_subscribe_page(site: Any) -> None:
    for path in _feeds(site):
        link = etree.parse(path).find("channel/xhtml:p/xhtml:a", NAMESPACES)
        assert link is not None
        target = link.get("href", "").removeprefix(f"{HOST}{site.path}")
        assert f"{target}index.html" in site.trees


def test_only_pages_that_say_how_to_subscribe_load_their_script(root_site: Any) -> None:
    loading = {page for page, text in root_site.texts.items() if "/assets/subscribe/" in text}
    assert loading == {page for page in root_site.texts if "abonnieren/" in page}


@pytest.fixture
def subscribe(browser: Browser, address: str) -> Iterator[Page]:
    """The subscribe page of the whole podcast, in a context of its own."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}abonnieren/")
    yield page
    context.close()


@pytest.mark.chromium
def test_a_button_copies_the_address_and_says_so_each_time(subscribe: Page) -> None:
    subscribe.context.grant_permissions(["clipboard-read", "clipboard-write"])
    said = subscribe.locator("[role=status]")
    assert said.inner_text() == ""
    said.evaluate("one => { one.heard = []; new MutationObserver(() => one.heard.push(one.textContent))"
                  ".observe(one, { childList: true }) }")  # fmt: skip
    for _ in range(2):
        subscribe.get_by_role("button", name="Adresse kopieren").press("Enter")
        expect(said).to_have_text("Adresse kopiert")
    assert subscribe.evaluate("navigator.clipboard.readText()") == f"{HOST}/feed.xml"
    assert said.evaluate("one => one.heard") == ["Adresse kopiert", "", "Adresse kopiert"]


@pytest.mark.chromium
def test_where_a_browser_forbids_copying_the_address_is_selected(subscribe: Page) -> None:
    subscribe.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    subscribe.get_by_role("button", name="Adresse kopieren").click()
    expect(subscribe.locator("[role=status]")).to_contain_text("Die Adresse ist markiert")
    assert subscribe.evaluate("getSelection().toString()") == f"{HOST}/feed.xml"


@pytest.mark.chromium
def test_without_javascript_there_is_the_address_and_no_button(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}abonnieren/")
    assert page.get_by_role("button").count() == 0
    page.get_by_text(f"{HOST}/feed.xml", exact=True).select_text()
    context.close()


@pytest.mark.chromium
def test_where_there_is_no_clipboard_there_is_no_button(browser: Browser, address: str) -> None:
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined })"
    )
    page = context.new_page()
    page.goto(f"{address}abonnieren/", wait_until="networkidle")
    assert page.get_by_role("button").count() == 0
    context.close()


@pytest.mark.chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_browser_shows_title_episodes_and_a_link_to_subscribe(
    browser: Browser, address: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(f"{address}feed.xml")
    visible = page.evaluate(VISIBLE)
    assert set(visible) == {"a", "description", "pubDate", "title"}
    assert visible.count("title") == visible.count("pubDate") + 1
    assert page.evaluate("document.querySelector('a').href") == f"{HOST}/abonnieren/"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    colours = {"light": "rgb(251, 248, 243)", "dark": "rgb(19, 23, 30)"}
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == colours[scheme]
    assert "Literata" in page.evaluate("getComputedStyle(document.querySelector('title')).fontFamily")
    page.close()
