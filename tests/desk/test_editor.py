"""The transcript editor: nothing is lost, whatever happens, and everything can be taken back."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import desks
from tests.desk import editor_house, editor_page
from tests.desk.editor_page import Editor
from tests.servers import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route


pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def house(conversation: Path) -> Path:
    return conversation


def change_everything(editor: Editor) -> list[str]:
    """Every kind of deed once; their names as they are to be taken back, the last first."""
    editor.put("2", 0)
    editor.type("Guten Tag! ")
    editor.saved()
    editor.put("3", len("Hier spricht"))
    editor.press("Enter")
    editor.put("9", 0)
    editor.press("Backspace")
    editor.put("5", 0)
    editor.type("@frank")
    editor.press("Enter")
    editor.put("1", 0)
    editor.press("F8", "Enter")  # left as it is; on to the next
    editor.press("Tab", "Enter")  # the proposal is taken
    editor.press("Escape")
    editor.put("12", 0)
    for act, words in (("language", "Englisch"), ("sound", "Beifall")):
        editor.page.click(f"[data-do={act}]")
        editor.type(words)
        editor.press("Enter")
    editor.put("13", 999)
    editor.page.click("[data-do=unclear]")
    editor.put("1", 0)
    editor.press("Control+Enter", "Escape")
    editor.put("7", 0)
    editor.page.click("[data-do=remove]")
    editor.press("Control+h")
    editor.type("Stadt")
    editor.press("Tab")
    editor.type("Gemeinde")
    editor.until("document.querySelectorAll('#hits li').length === 3")
    editor.press("Enter")
    editor.saved()
    return [
        "3 Stellen ersetzt", "Satz 7 gelöscht", "Satz 1 geprüft", "[unverständlich] in Satz 13",
        "Geräusch: [Beifall]", "Englisch in Satz 12", "Ersetzt: „Kücük“", "So gelassen: „gefödert“",
        "Satz 5: Frank Oberpichler", "Satz 8 und 9 verbunden", "Satz 3 geteilt", "Text in Satz 2",
    ]  # fmt: skip


def look(editor: Editor) -> list[list[str]]:
    """Everything that can be seen of the text: words, who, state, language, reasons."""
    found: list[list[str]] = editor.page.evaluate(
        """() => [...document.querySelectorAll('#sheet :is(.txt, .head.turn, .lang)')].map(one => [
            one.className.replace(/ ?(cur|spoken)/g, ''), one.textContent, one.ariaLabel ?? '',
        ])"""
    )
    return found


def looks(editor: Editor, wanted: list[list[str]]) -> None:
    """Everything is as it was, now or soon: what is suspicious again is asked for once it is saved."""
    for _ in range(100):
        if look(editor) == wanted:
            break
        editor.page.wait_for_timeout(100)
    assert look(editor) == wanted


def test_every_kind_of_deed_is_taken_back_and_done_again_also_after_a_restart(
    browser: Browser, tmp_path: Path
) -> None:
    house = editor_house.made(tmp_path)
    with desks.running(house) as desk, editor_page.opened(browser, desk, house) as editor:
        editor.open()
        before, file = look(editor), editor_house.transcript(house).read_bytes()
        names = change_everything(editor)
        after, changed = look(editor), editor_house.transcript(house).read_bytes()
        for name in names[:6]:
            editor.press("Control+z")
            editor.says(f"Rückgängig: {name}")
        editor.saved()
    with desks.running(house) as desk, editor_page.opened(browser, desk, house) as editor:
        editor.open()
        for name in names[6:]:
            editor.press("Control+z")
            editor.says(f"Rückgängig: {name}")
        editor.saved()
        looks(editor, before)
        assert editor_house.transcript(house).read_bytes() == file
        for name in reversed(names):
            editor.press("Control+y")
            editor.says(f"Wiederholt: {name}")
        editor.saved()
        looks(editor, after)
        assert editor_house.transcript(house).read_bytes() == changed
        assert [one[:2] for one in look(editor.open())] == [one[:2] for one in after]


def test_what_is_suspicious_again_is_marked_again_also_when_it_was_joined_in_an_earlier_window(
    editor: Editor,
) -> None:
    """The joined sentence is no known invention any more, so the new window knows nothing of the place."""
    before = look(editor)
    editor.put("9", 0)
    editor.press("Backspace")
    editor.saved()
    editor.open()
    editor.press("Control+z")
    editor.says("Rückgängig: Satz 8 und 9 verbunden")
    looks(editor, before)


def test_what_is_typed_without_a_pause_is_one_deed_and_never_two(editor: Editor) -> None:
    first = editor.text("2")
    editor.put("2", 0)
    editor.type("So ")
    editor.press("ArrowRight")
    editor.type("x")
    editor.put("3", 0)
    editor.type("Ja: ")
    editor.press("Control+z")
    assert (editor.text("2")[:4], editor.text("3")[:4]) == ("So I", "Hier")
    editor.press("Control+z")
    assert editor.text("2") == first
    editor.type("Eins ")
    editor.saved()
    editor.type("zwei ")
    editor.press("Control+z")
    assert editor.text("2").startswith("Eins In")


def test_saved_a_second_after_the_last_key_and_said_where_it_stays(editor: Editor) -> None:
    box = editor.page.locator("#saved").bounding_box()
    editor.put("2", 0)
    editor.type("Nun: ")
    assert editor.page.locator("#saved").text_content() == "Wird gespeichert"
    editor.saved()
    assert re.fullmatch(r"Gespeichert \d?\d:\d\d", str(editor.page.locator("#saved").text_content()))
    assert editor.page.locator("#saved").bounding_box() == box
    assert editor.stored[1].startswith("Nun: In dieser")


def test_leaving_the_page_saves_what_was_typed_last(editor: Editor) -> None:
    editor.put("2", 0)
    editor.type("Zum Schluss: ")
    desks.go(editor.page, "about:blank")
    editor.page.wait_for_timeout(500)
    assert editor.stored[1].startswith("Zum Schluss: ")


def test_without_an_answer_nothing_is_lost_and_it_is_sent_again(editor: Editor) -> None:
    def full(route: Route) -> None:
        route.fulfill(status=507, json={"error": "Auf dem Laufwerk ist kein Platz mehr."})

    editor.page.route("**/deeds", full)
    editor.put("2", 0)
    editor.type("Bleibt da: ")
    band = editor.page.locator("#failed-band")
    band.wait_for()
    assert "Nicht gespeichert: Auf dem Laufwerk ist kein Platz mehr." in band.inner_text()
    editor.page.unroute("**/deeds")
    editor.page.route("**/deeds", lambda route: route.abort())
    editor.type("und das auch: ")
    editor.page.click("#once-more")
    editor.page.locator("#failed-why", has_text="Die Redaktion antwortet nicht").wait_for()
    editor.page.unroute("**/deeds")
    editor.saved()
    assert not band.is_visible()
    assert editor.stored[1].startswith("Bleibt da: und das auch: In dieser")


def test_an_answer_that_is_lost_does_nothing_twice(editor: Editor) -> None:
    lost = list[bool]()

    def lose(route: Route) -> None:
        route.fetch()  # the desk does it
        if lost:
            route.continue_()
        else:
            lost.append(True)
            route.abort()

    editor.page.route("**/deeds", lose)
    editor.put("3", len("Hier spricht"))
    editor.press("Enter")
    editor.saved()
    editor.page.unroute("**/deeds")
    assert lost
    assert len(editor.stored) == 13
    assert editor.stored == editor.texts


@pytest.mark.parametrize("mine", [True, False])
def test_two_versions_of_a_sentence_are_both_shown_and_a_person_chooses(editor: Editor, mine: bool) -> None:
    path = editor_house.transcript(editor.house)
    editor.put("2", 0)
    editor.type("Meine: ")
    text = path.read_text(encoding="utf-8")
    text = text.replace("In dieser Folge", "Anders: In dieser Folge").replace("gefödert", "gefördert")
    path.write_text(text, encoding="utf-8")
    box = editor.page.locator(".conf")
    box.wait_for()
    assert "Dieser Satz wurde auch anderswo geändert." in box.inner_text()
    assert editor.page.locator("#clash-band").is_visible()
    assert "gefördert" in editor.text("4")  # what others did elsewhere is there at once
    editor.put("2", 0)
    editor.type("nein")
    assert editor.text("2").startswith("Meine: In")  # only read until it is decided
    assert box.locator("ins").inner_text() == "Anders:"
    box.get_by_role("button", name="Meine Fassung" if mine else "Andere Fassung").press("Enter")
    assert not editor.page.locator("#clash-band").is_visible()
    editor.saved()
    assert editor.text("2").startswith("Meine: In" if mine else "Anders: In")
    assert editor.stored == editor.texts
    if mine:
        editor.press("Control+z")
        editor.saved()
        assert editor.stored[1].startswith("Anders: In")


def test_a_split_of_a_sentence_that_changed_elsewhere_is_chosen_whole(editor: Editor) -> None:
    path = editor_house.transcript(editor.house)
    path.write_text(editor_house.vtt().replace("Hier spricht", "Da spricht"), encoding="utf-8")
    editor.put("3", len("Hier spricht"))
    editor.press("Enter")
    editor.page.locator(".conf").wait_for()
    editor.page.get_by_role("button", name="Meine Fassung").press("Enter")
    editor.saved()
    assert editor.stored[2:4] == ["Hier spricht", "eine Stimme aus dem Computer, kein Mensch."]
    assert editor.stored == editor.texts


def test_two_browsers_one_writes_the_other_reads_and_may_take_over(
    browser: Browser, desk: desks.Running, editor: Editor
) -> None:
    editor.put("2", 0)
    editor.type("Erst hier. ")
    with editor_page.opened(browser, desk, editor.house) as other:
        other.open()
        band = other.page.locator("#held-band")
        band.wait_for()
        other.put("3", 0)
        other.type("nein")
        other.press("Control+z")
        assert other.text("3").startswith("Hier spricht")
        editor.saved()
        other.page.evaluate("window.before = true")
        other.page.click("#take")
        other.until("!window.before")  # what was done elsewhere comes with the page
        other.ready()
        band.wait_for(state="hidden")
        assert other.text("2").startswith("Erst hier. ")
        other.put("3", 0)
        other.type("Dann hier. ")
        other.saved()
        editor.put("4", 0)
        editor.type("Zu spät. ")
        editor.page.locator("#held-band").wait_for()
        assert "Hier weiterarbeiten" in editor.page.locator("#held-band").inner_text()
        editor.page.click("#take")
        editor.saved()
        editor.until("document.querySelector('#held-band')?.hidden")
        stored = editor.stored
        assert [one.split(". ")[0] for one in stored[1:4]] == ["Erst hier", "Dann hier", "Zu spät"]
        editor.ready()
        editor.until("document.querySelector('#s3').textContent.startsWith('Dann')")


def test_a_second_tab_of_one_browser_is_warned_by_the_browser_itself(editor: Editor) -> None:
    second = editor.page.context.new_page()
    try:
        Editor(second, editor.desk, editor.house).open()
        assert second.locator("#held-band").is_visible()
        second.click("#take")
        editor.page.locator("#held-band").wait_for()
        desks.go(second, "about:blank")
    finally:
        second.close()  # in front of the one that others go on with, it would hold that back
    editor.fresh()
    assert not editor.page.locator("#held-band").is_visible()


def test_heard_is_only_what_was_played_through_with_nothing_open(editor: Editor) -> None:
    def states() -> list[str]:
        return editor._each("one => one.dataset.state ?? ''")

    editor.page.select_option("#speed", "2.0")
    editor.put("1", 0)
    editor.press("Escape")
    editor.until("document.querySelector('#audio').currentTime > 3.5")
    editor.press("Escape")
    assert states()[:3] == ["heard", "", ""]
    editor.page.locator("#position").fill("5.5")  # a jump into the second sentence
    editor.page.focus("#position")
    editor.press("Escape")
    editor.until("document.querySelector('#audio').currentTime > 19")
    editor.press("Escape")
    assert states()[:5] == ["heard", "", "heard", "", ""]  # the fourth has an open place
    editor.saved()
    review = json.loads(editor_house.transcript(editor.house).with_suffix(".json").read_text("utf-8"))
    assert review["cues"]["3"]["state"] == "heard"
    editor.press("Control+z")
    editor.says("Nichts mehr rückgängig zu machen")
    assert "2 von 12 Sätzen gehört" in str(editor.page.locator("#heard-text").text_content())


def test_typing_stops_the_audio_and_goes_to_the_spoken_word(editor: Editor) -> None:
    editor.put("1", 3)
    editor.press("Escape")
    editor.until("document.querySelector('#audio').currentTime > 3.5")
    editor.type("#")
    assert not editor.playing
    assert "#" in editor.text("2")
    editor.press("Escape")
    editor.put("11", 0)  # the person puts the caret while it plays
    editor.page.dispatch_event("#s11", "pointerdown")
    editor.type("+")
    assert editor.text("11").startswith("+In")


def test_pages_are_turned_until_the_person_scrolls(editor: Editor) -> None:
    editor.page.set_viewport_size({"width": 1280, "height": 700})
    editor.put("1", 0)
    editor.press("Escape")
    editor.page.evaluate("document.querySelector('#audio').currentTime = 43")
    editor.until("scrollY > 0")
    top = "document.querySelector('.spoken').getBoundingClientRect().top"
    editor.until(f"90 < {top} && {top} < 400")
    editor.page.mouse.move(400, 400)
    editor.page.mouse.wheel(0, -2000)
    editor.page.locator("#to-current").wait_for()
    editor.until("scrollY === 0")
    editor.page.click("#to-current")
    editor.until("scrollY > 0")
    editor.press("Escape")
    editor.page.set_viewport_size({"width": 1280, "height": 800})


@pytest.mark.parametrize(
    ("hash_", "id_", "at"),
    [("#s9", "9", 33.465), ("#line-20", "5", 18.399), ("#t=45", "12", 45), ("#t=0:30,40", "8", 30)],
)
def test_an_address_opens_at_its_place(editor: Editor, hash_: str, id_: str, at: float) -> None:
    editor.open(hash_)
    assert editor.caret()[0] == id_
    assert abs(editor.at - at) < 0.1
    assert not editor.playing
    top = editor.page.locator(f"#s{id_}").bounding_box()
    assert top
    assert 90 < top["y"] < 700


def test_killed_at_any_moment_the_desk_has_everything_that_it_accepted(
    browser: Browser, tmp_path: Path
) -> None:
    house, chance, port = editor_house.made(tmp_path), random.Random(8), str(free_port())
    context = browser.new_context()
    editor = None
    for round_ in range(12):
        with desks.running(house, "--port", port) as desk:
            context.add_cookies(desk.context(browser).cookies())  # type: ignore[arg-type]
            editor = editor or Editor(context.new_page(), desk, house).open()
            if not round_:
                editor.put("2", 0)
            for letter in f"Wort{round_} ":
                editor.type(letter)
                editor.page.wait_for_timeout(chance.randint(0, 40))
            if round_ % 3 == 0:
                editor.press("Control+s")
            editor.page.wait_for_timeout(chance.randint(0, 400))
            shown, typed = str(editor.page.locator("#saved").text_content()), editor.text("2")
            desk.process.kill()
            desk.process.wait()
        stored = editor.stored  # never half a file
        assert len(stored) == 12
        if shown.startswith("Gespeichert"):
            assert stored[1].strip() == typed.strip()
    with desks.running(house, "--port", port) as desk:
        context.add_cookies(desk.context(browser).cookies())  # type: ignore[arg-type]
        assert editor
        editor.saved()
        assert editor.stored == editor.texts
        assert [f"Wort{n}" for n in range(12)] == editor.text("2").split()[:12]
        context.close()
