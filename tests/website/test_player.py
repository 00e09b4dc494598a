"""The rules of docs/website.md for player and text, in the system's Chromium: real audio is played."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.chromium

EPISODE = "folgen/bochum-zukunftsfaehig-buergernah/"
OTHER = "folgen/was-ist-das-haus/"
LONG = "folgen/lang/"
NEAR_S = 0.5
MOST_OFFSET_PX = 120
LEAST_CONTROL_PX = 44
RESTING = """() => new Promise(done => {
  let last = scrollY, still = 0;
  const look = () => {
    still = scrollY === last ? still + 1 : 0;
    last = scrollY;
    still > 20 ? done(last) : requestAnimationFrame(look);
  };
  look();
})"""
"""Where the page is scrolled to, once it has not moved for twenty frames."""
PLAYS = "() => document.querySelector('audio').currentTime > 0.4"
STORED = "() => [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The sample episode's page, in a context of its own that may read the clipboard."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda message: problems.append(message.text))
    opened.goto(address + EPISODE)
    yield opened
    context.close()
    assert problems == []


def _at(page: Page) -> float:
    return float(page.evaluate("document.querySelector('audio').currentTime"))


def _paused(page: Page) -> bool:
    return bool(page.evaluate("document.querySelector('audio').paused"))


def _play(page: Page) -> None:
    page.locator("#player [data-act=play]").click()
    page.wait_for_function(PLAYS)


def _top(page: Page, id_: str) -> float:
    box = page.locator(f'[id="{id_}"]').bounding_box()
    assert box
    return box["y"]


def _choose(page: Page, id_: str) -> None:
    """Click a paragraph's time; in its middle, as the driver would aim at the hidden word before it."""
    page.locator(f'[id="{id_}"] .t').click(position={"x": 20, "y": 12})


def _says(page: Page, text: str) -> None:
    page.wait_for_function(
        "text => document.querySelector('#player [data-act=play]').innerText === text", arg=text
    )


def _slider(page: Page) -> Any:
    return page.get_by_role("slider", name="Abspielposition")


def test_rule_12_playing_seeking_and_searching_store_nothing(page: Page) -> None:
    _play(page)
    page.get_by_role("button", name="30 s vor").first.click()
    page.get_by_label("Tempo").select_option("1.5")
    page.get_by_label("Im Transkript suchen").fill("Bochum")
    page.get_by_role("button", name="Suchen").click()
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert page.evaluate(STORED) == [""]


def test_rule_12_only_the_switch_stores_and_switching_off_leaves_nothing(page: Page) -> None:
    switch = page.get_by_label("Hörposition auf diesem Gerät merken")
    switch.check()
    page.evaluate("localStorage.setItem('fremd', 'bleibt')")
    _play(page)
    page.get_by_role("button", name="30 s vor").first.click()
    page.locator("#player [data-act=play]").click()
    keys = page.evaluate("Object.keys(localStorage)")
    assert len([key for key in keys if key.startswith("hdw:")]) == 2
    page.reload()
    assert switch.is_checked()
    assert page.locator("#player [data-act=play]").inner_text() == "Weiterhören ab 0:30"
    assert _at(page) == pytest.approx(30, abs=1.5)
    assert _paused(page)
    switch.uncheck()
    assert page.evaluate("Object.keys(localStorage)") == ["fremd"]


def test_rule_12_going_back_does_not_switch_on_what_was_switched_off(page: Page, address: str) -> None:
    switch = page.get_by_label("Hörposition auf diesem Gerät merken")
    switch.check()
    page.goto(address + OTHER)
    assert switch.is_checked()
    switch.uncheck()
    page.go_back()
    page.wait_for_url(address + EPISODE)
    expect(switch).not_to_be_checked()
    page.goto(address)
    assert page.evaluate(STORED) == [""]


@pytest.mark.parametrize(
    ("asked", "start_s", "anchor"),
    [
        ("#t=26", 26, "t=26"),
        ("#t=30", 30, "t=26"),
        ("#t=0:30", 30, "t=26"),
        ("#t=0:00:38", 38, "t=37"),
        ("?t=13", 13, "t=12"),
        ("#t=12.5,14", 12.5, "t=12"),
        ("#t=9:00", 51.37, "t=37"),
    ],
)
def test_rule_15_an_address_sets_position_and_shows_its_paragraph(
    browser: Browser, address: str, asked: str, start_s: float, anchor: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address + EPISODE + asked)
    assert _at(page) == pytest.approx(start_s, abs=NEAR_S)
    assert _paused(page)
    assert page.evaluate("document.activeElement.id") == anchor
    assert -1 < _top(page, anchor) < 800
    assert page.locator("#player [data-act=play]").inner_text().startswith("Ab 0:")
    context.close()


def test_rule_15_an_address_with_an_end_stops_there(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + EPISODE + "#t=12,13")
    page.locator("#player [data-act=play]").click()
    page.wait_for_function("() => document.querySelector('audio').currentTime >= 13")
    page.wait_for_function("() => document.querySelector('audio').paused")
    assert _at(page) == pytest.approx(13, abs=NEAR_S)
    page.locator("#player [data-act=play]").click()
    page.wait_for_function("() => document.querySelector('audio').currentTime > 13.6")
    context.close()


@pytest.mark.parametrize("asked", ["#t=quatsch", "#nirgends", "?t=", "#t=-5", "#%"])
def test_an_address_that_names_no_moment_does_no_harm(browser: Browser, address: str, asked: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(address + EPISODE + asked)
    assert page.evaluate("document.documentElement.className") == "js"
    assert _at(page) == 0
    assert problems == []
    context.close()


def test_rule_17_controls_follow_in_visual_order_and_work_by_keys(page: Page) -> None:
    page.locator("#player [data-act=play]").focus()
    seen = []
    for _ in range(11):
        seen.append(
            page.evaluate("[document.activeElement.getBoundingClientRect()].map(b => [b.top, b.left])[0]")
        )
        page.keyboard.press("Tab")
    rows = [round(top / 60) for top, _ in seen]
    assert rows == sorted(rows)
    assert not page.evaluate("document.querySelector('#player').contains(document.activeElement)")
    page.locator("#player [data-act=play]").focus()
    page.keyboard.press("Space")
    page.wait_for_function(PLAYS)
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('audio').paused")


def test_rule_17_letters_act_inside_the_player_only_and_can_be_turned_off(page: Page) -> None:
    page.locator("#player [data-act=play]").focus()
    page.keyboard.press("l")
    assert _at(page) == pytest.approx(30, abs=NEAR_S)
    page.keyboard.press("j")
    assert _at(page) == pytest.approx(15, abs=NEAR_S)
    page.keyboard.press("ArrowRight")
    assert _at(page) == pytest.approx(20, abs=NEAR_S)
    page.keyboard.press("n")
    assert _at(page) == pytest.approx(26, abs=NEAR_S)
    page.keyboard.press("p")
    assert _at(page) == pytest.approx(12, abs=NEAR_S)
    page.keyboard.press(">")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.25
    page.get_by_label("Im Transkript suchen").focus()
    page.keyboard.type("jlk")
    assert page.get_by_label("Im Transkript suchen").input_value() == "jlk"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("l")
    assert _at(page) == pytest.approx(12, abs=NEAR_S)
    page.get_by_text("Tastenkürzel", exact=True).click()
    page.get_by_label("Tastenkürzel ausschalten").check()
    page.locator("#player [data-act=play]").focus()
    page.keyboard.press("l")
    assert _at(page) == pytest.approx(12, abs=NEAR_S)


def test_rule_18_the_slider_speaks_german_words(page: Page) -> None:
    slider = _slider(page)
    assert slider.get_attribute("aria-valuetext") == "0 Sekunden von 51 Sekunden"
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert _at(page) == pytest.approx(15, abs=NEAR_S)


def test_rule_18_playback_changes_nothing_that_is_read_out_while_the_slider_has_the_focus(page: Page) -> None:
    _play(page)
    slider = _slider(page)
    slider.focus()
    before = slider.get_attribute("aria-valuetext")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 2.5")
    assert slider.get_attribute("aria-valuetext") == before
    page.keyboard.press("Tab")
    assert slider.get_attribute("aria-valuetext") != before


def test_rule_18_the_button_says_what_it_will_do(page: Page) -> None:
    button = page.locator("#player [data-act=play]")
    assert button.inner_text() == "Abspielen"
    _play(page)
    _says(page, "Pause")
    button.click()
    _says(page, "Abspielen")


def test_rule_19_scrolling_by_hand_stops_the_text_from_following(page: Page) -> None:
    follow = page.get_by_role("button", name="Text folgt dem Ton")
    assert follow.get_attribute("aria-pressed") == "true"
    _play(page)
    page.mouse.wheel(0, 1200)
    page.wait_for_function("() => document.querySelector('[data-act=follow]').ariaPressed === 'false'")
    before = page.evaluate(RESTING)  # the wheel's own way takes some frames
    page.evaluate("document.querySelector('audio').currentTime = 40")
    page.wait_for_function("() => document.querySelector('.turn[aria-current]').id === 't=37'")
    assert page.evaluate(RESTING) == before
    page.get_by_role("link", name="Zur aktuellen Stelle").click()
    assert follow.get_attribute("aria-pressed") == "true"
    assert 0 < _top(page, "t=37") < 800


def test_rule_19_searching_stops_it_too(page: Page) -> None:
    page.get_by_label("Im Transkript suchen").fill("Stadt")
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="Text folgt dem Ton").get_attribute("aria-pressed") == "false"


def test_the_text_in_view_follows_the_sound(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 420})
    _choose(page, "t=0")
    page.wait_for_function(PLAYS)
    page.evaluate("document.querySelector('audio').currentTime = 12.5")
    page.wait_for_function("() => document.querySelector('.turn[aria-current]').id === 't=12'")
    assert 0 <= _top(page, "t=12") < 300


def test_rule_20_the_spoken_word_is_marked_in_the_one_current_paragraph(page: Page) -> None:
    _play(page)
    page.wait_for_function("() => CSS.highlights.get('word')?.size === 1")
    assert page.locator(".turn[aria-current=true]").count() == 1
    words = page.evaluate(
        """() => [...CSS.highlights.get('word')].map(range => [
            range.toString(), !!range.startContainer.parentElement.closest('.turn[aria-current]')])"""
    )
    assert len(words) == 1
    assert words[0][1]
    assert words[0][0] in {"Herzlich", "willkommen", "im", "Haus", "des", "Wissens."}


def test_rule_20_the_mark_is_ground_and_underline(root_site: Any) -> None:
    css = next(root_site.output.glob("assets/site.*.css")).read_text(encoding="utf-8")
    rule = css.split("::highlight(word)", 1)[1].split("}", 1)[0]
    assert "background-color" in rule
    assert "underline" in rule


def test_rule_21_media_keys_act(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(
        """window.handlers = {};
        navigator.mediaSession.setActionHandler = (name, act) => { handlers[name] = act; };"""
    )
    page.goto(address + EPISODE)
    names = {"play", "pause", "seekbackward", "seekforward", "seekto", "previoustrack", "nexttrack"}
    assert set(page.evaluate("Object.keys(handlers)")) == names
    page.evaluate("handlers.seekto({seekTime: 20})")
    page.evaluate("handlers.nexttrack({})")
    assert _at(page) == pytest.approx(26, abs=NEAR_S)
    page.evaluate("handlers.play({})")
    page.wait_for_function("() => navigator.mediaSession.metadata")
    told = page.evaluate(
        "({t: navigator.mediaSession.metadata.title, a: navigator.mediaSession.metadata.album})"
    )
    assert told == {"t": "Bochum. Zukunftsfähig. Bürgernah.", "a": "Mitmachen und mitreden"}
    context.close()


def test_rule_22_a_quote_has_its_words_speaker_title_and_link(page: Page) -> None:
    _choose(page, "t=26")
    page.get_by_role("button", name="Zitat kopieren").click()
    page.wait_for_function("() => document.querySelector('#said').textContent")
    copied = page.evaluate("navigator.clipboard.readText()")
    text = page.locator('[id="t=26"] .say').inner_text()
    assert copied.splitlines() == [
        f"„{text}“",
        "Ansage, Bochum. Zukunftsfähig. Bürgernah., 0:26",
        f"https://podcast.example.org/{EPISODE}#t=26",
    ]
    page.wait_for_function("() => document.querySelector('#said').textContent === 'Zitat mit Link kopiert'")
    page.get_by_role("button", name="Link zu dieser Stelle").click()
    page.wait_for_function("() => document.querySelector('#said').textContent === 'Link kopiert'")
    assert page.evaluate("navigator.clipboard.readText()") == f"https://podcast.example.org/{EPISODE}#t=26"


def test_rule_22_selected_words_alone_are_quoted(page: Page) -> None:
    page.evaluate("location.hash = 't=26'")
    page.wait_for_selector('[id="t=26"] [data-tool=quote]')
    page.evaluate(
        "getSelection().setBaseAndExtent(document.getElementById('t=26').querySelector('.say').firstChild, 4,"
        "document.getElementById('t=26').querySelector('.say').firstChild, 16)"
    )
    page.locator("[data-tool=quote]").evaluate("one => one.click()")
    page.wait_for_function("() => document.querySelector('#said').textContent")
    assert page.evaluate("navigator.clipboard.readText()").startswith("„Bürgerinnen")


def test_a_browser_that_forbids_copying_is_told_of(page: Page) -> None:
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    _choose(page, "t=26")
    page.get_by_role("button", name="Link zu dieser Stelle").click()
    for said in ("#said", ".tools .done"):
        page.wait_for_function(
            f"() => document.querySelector('{said}').textContent.startsWith('Dieser Browser')"
        )


def test_a_search_counts_visits_and_clears_its_hits(page: Page) -> None:
    field = page.get_by_label("Im Transkript suchen")
    status = page.locator(".trsearch [role=status]")
    field.fill("konzept")
    page.keyboard.press("Enter")
    found = page.evaluate("CSS.highlights.get('hit').size")
    assert found >= 2
    assert status.inner_text() == f"Treffer 1 von {found}"
    page.get_by_role("button", name="Voriger Treffer").click()
    assert status.inner_text() == f"Treffer {found} von {found}"
    page.get_by_role("button", name="Suche leeren").click()
    assert page.evaluate("CSS.highlights.has('hit')") is False
    field.fill("Quastenflosser")
    page.keyboard.press("Enter")
    assert status.inner_text() == "Keine Treffer"


@pytest.mark.parametrize("query", ["Bürger", "burger", "BUERGER", "Buerger"])
def test_a_search_finds_umlauts_however_they_are_written(page: Page, query: str) -> None:
    page.get_by_label("Im Transkript suchen").fill(query)
    page.keyboard.press("Enter")
    hits = page.evaluate("[...CSS.highlights.get('hit')].map(range => range.toString())")
    assert "Bürger" in hits


def test_audio_that_fails_is_said_and_reading_goes_on(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/audio/*", lambda route: route.abort())
    page.goto(address + EPISODE)
    page.locator("#player [data-act=play]").click()
    page.get_by_role("alert").wait_for()
    assert "lässt sich gerade nicht laden" in page.get_by_role("alert").inner_text()
    assert page.locator("#player [data-act=play]").is_enabled()
    assert _slider(page).is_disabled()
    page.get_by_label("Im Transkript suchen").fill("Stadt")
    page.keyboard.press("Enter")
    assert page.evaluate("CSS.highlights.get('hit').size") > 0
    page.unroute("**/audio/*")
    page.locator("#player [data-act=play]").click()
    page.wait_for_function(PLAYS)
    assert page.get_by_role("alert").is_hidden()
    context.close()


def test_rule_28_the_players_controls_are_large(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address + EPISODE)
    for one in page.locator("#player .deck-keys button, #player select, #player input[type=range]").all():
        box = one.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= LEAST_CONTROL_PX
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_rule_29_the_small_bar_hides_no_focus(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 700})
    page = context.new_page()
    page.goto(address + EPISODE)
    _play(page)
    page.locator('[id="t=12"] .t').focus()
    page.locator(".mini").wait_for()
    for _ in range(12):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """async () => {
            for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
            const one = document.activeElement, bar = document.querySelector('.mini');
            return !bar.hidden && !bar.contains(one)
                && one.getBoundingClientRect().bottom > bar.getBoundingClientRect().top + 1; }"""
        )
        assert not hidden, page.evaluate("document.activeElement.outerHTML")
    context.close()


def test_the_small_bar_is_there_only_while_the_player_is_out_of_view(page: Page) -> None:
    mini = page.locator(".mini")
    page.evaluate("scrollTo(0, 2000)")
    assert mini.is_hidden()
    page.evaluate("scrollTo(0, 0)")
    _play(page)
    assert mini.is_hidden()
    page.evaluate("document.querySelector('#transkript').scrollIntoView()")
    mini.wait_for()
    box = mini.bounding_box()
    assert box
    assert box["height"] <= 68
    page.evaluate("scrollTo(0, 0)")
    mini.wait_for(state="hidden")


def test_every_paragraph_has_the_start_that_the_script_counts_with(root_site: Any) -> None:
    (facts,) = (one for one in root_site.episode.iter("script") if one.get("id") == "page")
    turns = [
        one.get("id") for one in root_site.episode.iter("div") if "turn" in (one.get("class") or "").split()
    ]
    starts = json.loads(facts.text)["starts"]
    assert [f"t={int(start)}" for start in starts] == turns
