"""The four passes of the transcript editor, by keyboard alone, for everybody."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import axe, desks
from tests.desk import editor_house, editor_page
from tests.desk.editor_page import Editor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 800}}


pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def house(conversation: Path) -> Path:
    return conversation


def tab_to(editor: Editor, selector: str) -> None:
    """Press Tab until the keyboard is there, as somebody without a mouse has to."""
    for _ in range(80):
        if editor.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        editor.press("Tab")
    raise AssertionError(selector)


def test_the_whole_flow_by_keyboard_alone(editor: Editor) -> None:
    page = editor.page
    tab_to(editor, "#t2")
    editor.press("ArrowLeft")
    assert page.locator("#t1").get_attribute("aria-selected") == "true"
    tab_to(editor, ".voice[data-speaker='Stimme 2'] .clips button")
    editor.press("Enter")
    assert abs(editor.at - 12.082) < 0.5
    tab_to(editor, ".voice[data-speaker='Stimme 2'] input")
    editor.type("frank")
    editor.press("Enter")
    editor.says("5 Sätze: Frank Oberpichler")
    editor.until("document.activeElement.value === 'Frank Oberpichler'")  # the keyboard did not get lost
    tab_to(editor, ".grpn .btn")
    editor.press("Enter")
    assert page.locator("#hits li").count() == 2
    editor.press("Enter")
    editor.says("2 Stellen ersetzt; ins Glossar aufgenommen")
    tab_to(editor, "[data-stage=t2]")
    editor.press("Enter")
    editor.press("F8")
    editor.type("gefördert")
    editor.press("Enter")  # on to the invention
    editor.press("Tab", "Enter")  # delete the sentence
    editor.press("Tab", "Enter")  # write what is said in the gap
    editor.type("Der Mensch kommt vor der Technik.")
    editor.until("document.querySelector('#n2').textContent.startsWith('✓')")
    for id_ in editor.ids:
        editor.put(id_, 0)
        editor.press("Control+Enter", "Escape")
    tab_to(editor, "#t2")
    editor.press("End")
    editor.until("document.querySelectorAll('#todo li').length === 8")
    tab_to(editor, "#by")
    editor.type("Kim Probe")
    tab_to(editor, "#finish")
    editor.press("Enter")
    left = page.locator("#todo li:not(.ok) > span")
    assert left.all_inner_texts() == ["1 Kapitel beginnt mitten im Satz"]  # the one that was just written
    editor.press("Enter")  # the keyboard is at “Show” already
    assert editor.caret()[0] == "14"
    editor.press("Escape")
    tab_to(editor, "#finish")
    editor.press("Enter")
    editor.until("!document.querySelector('#finished').hidden")
    assert page.evaluate("document.activeElement.id") == "finished"
    assert page.locator(".steps [aria-current] .st").inner_text() in {"geprüft", ""}
    stands_in_the_files(editor.house, editor.stored)


def stands_in_the_files(house: Path, stored: list[str]) -> None:
    """What came of the flow: everything checked by name, mended, and learnt."""
    review = json.loads(editor_house.transcript(house).with_suffix(".json").read_text("utf-8"))
    assert {(one["state"], one["by"]) for one in review["cues"].values()} == {("checked", "Kim Probe")}
    assert "gefördert" in " ".join(stored)
    assert "Der Mensch kommt vor der Technik." in stored
    glossary = (house / "content/glossary.toml").read_text(encoding="utf-8")
    assert re.search(r'term = "Kücük"\nheard = \["Küchük"\]', glossary)


def test_a_person_who_has_no_file_yet_is_made_in_place(editor: Editor) -> None:
    editor.put("5", 0)
    editor.type("@Ada Übung")
    editor.press("Enter")
    editor.says("Satz 5: Ada Übung")
    editor.saved()
    assert (editor.house / "content/people/ada-uebung.md").is_file()
    assert "<v ada-uebung>Es zeigt" in editor_house.transcript(editor.house).read_text(encoding="utf-8")


def test_names_in_two_spellings_are_asked_for_together_and_may_be_two_peoples(editor: Editor) -> None:
    path = editor_house.transcript(editor.house)
    text = path.read_text(encoding="utf-8")
    text = text.replace("mit Daten und", "mit Kowalski und").replace("Eine App zeigt", "Kovalski zeigt")
    path.write_text(text, encoding="utf-8")
    groups = "[...document.querySelectorAll('#names .grpn')].filter(one => /Kowalski/.test(one.textContent))"
    editor.open().page.click("#t1")
    editor.until(f"{groups}.length === 1")
    group = editor.page.locator("#names .grpn", has_text="Kowalski")
    assert group.locator("input").evaluate_all("all => all.map(one => one.value)") == ["Kovalski", "Kowalski"]
    group.get_by_role("button", name="So lassen").press("Enter")
    editor.until(f"{groups}.length === 0 && document.activeElement.closest('#names')")
    editor.saved()
    review = json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert review["settled"] == ["names:Kovalski:Kowalski"]
    editor.open().page.click("#t1")
    editor.until(f"document.querySelector('#names .grpn') && {groups}.length === 0")
    editor.press("Control+z")
    editor.until(f"{groups}.length === 1")


def test_a_layer_that_is_closed_leaves_the_caret_where_it_was(editor: Editor) -> None:
    editor.put("7", 4)
    editor.page.evaluate("document.activeElement.blur()")
    editor.page.locator("[data-do=keys]").click()
    editor.press("Escape")
    editor.until("document.activeElement.id === 's7'")
    assert editor.caret()[:2] == ("7", 4)


def test_finish_says_what_is_open_and_leads_there(editor: Editor) -> None:
    editor.page.click("#t4")
    editor.until("document.querySelectorAll('#todo li').length === 8")
    assert editor.page.locator("#todo li:not(.ok) span").all_inner_texts()[:1] == ["1 Stimme ohne Namen"]
    editor.page.click("#finish")
    assert "Noch 3 Punkte offen" in editor.page.locator("#by-wrong").inner_text()
    assert editor.page.evaluate("document.activeElement.closest('#todo') !== null")
    editor.press("Enter")
    assert editor.page.locator("#t1").get_attribute("aria-selected") == "true"


def test_what_a_new_recognition_heard_is_decided_one_by_one(editor: Editor) -> None:
    assert not editor.page.locator("#t5").is_visible()
    desks.go(editor.page, "about:blank")
    editor_house.hear_again(editor.house, "Technik", "Technologie")
    editor.open()
    editor.page.click("#t5")
    assert editor.page.locator("#proposals-head").inner_text() == "2 Vorschläge aus der neuen Erkennung"
    editor.page.locator("#proposals button", has_text="Übernehmen").first.press("Enter")
    assert editor.text("5") == "Es zeigt, wie eine Stadt mit Daten und Technologie arbeiten kann."
    assert editor.page.locator("#proposals .prop").count() == 1
    editor.press("Control+z")
    assert editor.text("5") == editor_house.TALK[4][4]
    editor.open()
    editor.page.click("#t5")
    for _ in range(2):
        editor.page.locator("#proposals button", has_text="So lassen").first.press("Enter")
    assert editor.page.locator("#proposals-none").is_visible()
    editor.saved()
    editor.open()
    assert not editor.page.locator("#t5").is_visible()


def test_a_mac_has_keys_of_its_own(browser: Browser, desk: desks.Running, editor: Editor) -> None:
    desks.go(editor.page, "about:blank")
    with editor_page.opened(browser, desk, editor.house) as mac:
        mac.page.add_init_script(
            "Object.defineProperty(navigator, 'platform', { value: 'MacIntel' });"
            "Object.defineProperty(navigator, 'userAgentData', { value: undefined });"
        )
        mac.open()
        hint = mac.page.locator("#p2 [data-do=next] kbd")
        assert hint.inner_text() == "⌃ G"
        mac.put("1", 0)
        mac.press("Control+g")
        assert mac.caret()[::2] == ("4", "gefödert")
        mac.type("gefördert")
        mac.press("Meta+z")
        mac.says("Rückgängig")
        mac.press("Escape", "F8")  # with fn they work as well
        assert mac.page.locator("[data-key=replace]").all_inner_texts() == ["⌃ X"]


def test_without_its_recording_the_text_can_be_edited(browser: Browser, tmp_path: Path) -> None:
    house = editor_house.made(tmp_path)
    (house / "episodes" / editor_house.ID / "aufnahme.mp3").unlink()
    with desks.running(house) as desk, editor_page.opened(browser, desk, house) as editor:
        editor.open()
        assert editor.page.locator("#mute-band").is_visible()
        editor.put("2", 0)
        editor.press("Escape")
        editor.says("Die Aufnahme ist nicht auf diesem Rechner.")
        editor.press("F8")
        assert editor.caret()[::2] == ("4", "gefödert")
        editor.type("gefördert")
        editor.press("Control+Enter")
        editor.saved()
        assert "gefördert" in editor.stored[3]


def test_few_nodes_a_sentence_and_a_far_place_is_reached_in_one_jump(
    browser: Browser, tmp_path: Path
) -> None:
    house = editor_house.made(tmp_path)
    words = "Und so geht es mit vielen Wörtern weiter, bis der Satz sein Ende hat."
    talk = tuple((str(n), n * 5.0, n * 5 + 4.9, f"Stimme {n // 5 % 3 + 1}", words) for n in range(1, 601))
    editor_house.transcript(house).write_text(editor_house.vtt(talk), encoding="utf-8")
    with desks.running(house) as desk, editor_page.opened(browser, desk, house) as editor:
        editor.open("#s590")
        for hash_ in ("s590", "s2", "s300"):
            editor.page.evaluate("hash => { location.hash = hash; }", hash_)
            editor.until("performance.now() > 0")
            editor.page.wait_for_timeout(400)
            box = editor.page.locator(f"#{hash_}").bounding_box()
            assert box
            assert 90 < box["y"] < 640, hash_
        nodes = editor.page.evaluate(
            """() => {
                const walker = document.createTreeWalker(document.querySelector('#sheet'));
                let n = 0;
                while (walker.nextNode()) n++;
                return n;
            }"""
        )
        assert nodes / 600 < 4
        hidden = editor.page.evaluate(
            "!document.querySelector('#s590').checkVisibility({ contentVisibilityAuto: true })"
        )
        assert hidden


def states(editor: Editor) -> Iterator[str]:
    """Every pass and every layer, one after the other."""
    page = editor.page
    for tab in ("t1", "t2", "t3", "t4"):
        page.click(f"#{tab}")
        page.wait_for_timeout(80)
        yield tab
    editor.put("1", 0)
    editor.press("F8", "F8")
    yield "place"
    editor.press("Escape", "Escape")
    yield "playing"
    editor.press("Escape")
    for act in ("person", "language", "sound"):
        page.click(f"[data-do={act}]")
        yield act
        editor.press("Escape")
    page.click("[data-do=replace]")
    page.fill("#find", "Stadt")
    page.fill("#new", "Gemeinde")
    editor.until("document.querySelectorAll('#hits li').length === 3")
    yield "replace"
    editor.press("Escape")
    page.click("[data-do=keys]")
    yield "keys"
    editor.press("Escape")
    for band in ("held-band", "failed-band"):
        page.evaluate("id => { document.getElementById(id).hidden = false; }", band)
        yield band
        page.evaluate("id => { document.getElementById(id).hidden = true; }", band)
    editor.put("2", 0)
    editor.type("Meine ")
    path = editor_house.transcript(editor.house)
    path.write_text(path.read_text("utf-8").replace("In dieser Folge", "In jener Folge"), encoding="utf-8")
    page.locator(".conf").wait_for()
    yield "clash"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_in_any_state(editor: Editor, size: str, scheme: Any) -> None:
    editor.page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
    editor.page.emulate_media(color_scheme=scheme)
    editor.open()
    found: dict[str, Any] = {}
    for state in states(editor):
        result = axe.violations(editor.page)
        found |= {state: result} if result else {}
        sideways = editor.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found |= {f"{state} sideways": sideways} if sideways else {}
    editor.page.set_viewport_size(SIZES["desktop"])  # type: ignore[arg-type]
    editor.page.emulate_media(color_scheme="light")
    assert found == {}


def test_states_are_seen_with_forced_colours(editor: Editor) -> None:
    editor.page.emulate_media(forced_colors="active")
    editor.put("3", 0)
    ring = editor.page.evaluate("getComputedStyle(document.querySelector('#s3')).outlineStyle")
    editor.page.emulate_media(forced_colors="none")
    assert ring == "solid"


def test_only_the_sentence_in_hand_is_a_stop_of_the_tab_key(editor: Editor) -> None:
    stops = editor._each("one => one.tabIndex")
    assert sorted(stops) == [-1] * 11 + [0]
    editor.put("8", 0)
    editor.press("Tab")
    assert editor.page.evaluate("!document.activeElement.classList.contains('txt')")
    editor.press("Shift+Tab")
    assert editor.caret()[0] == "8"


def test_hdw_review_opens_the_editor_of_an_episode(editor: Editor) -> None:
    desks.go(editor.page, "about:blank")
    command = [sys.executable, "-m", "pipeline", "review", editor_house.ID, "--no-browser"]
    told = subprocess.run(command, cwd=editor.house, capture_output=True, text=True, check=True)
    address = re.search(r"http://\S+", told.stdout)
    assert address
    editor.page.goto(address[0])
    editor.ready()
    assert editor.ids[0] == "1"
