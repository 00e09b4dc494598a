"""Every key of the editor's table, pressed in a real browser, with real audio."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from pipeline.desk import keys
from pipeline.messages import Translator
from tests import desks
from tests.desk import editor_house, editor_page
from tests.desk.editor_page import Editor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LONG = "In dieser Folge geht es um die Stadt Bochum und ihren Plan für morgen."


pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def editor(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    house = editor_house.made(tmp_path_factory.mktemp("keys"))
    with desks.running(house) as desk, editor_page.opened(browser, desk, house) as editor:
        yield editor


def play(editor: Editor) -> None:
    editor.put("7", 3)
    editor.press("Escape")
    editor.until("document.querySelector('#audio').currentTime > 27")  # from the caret's sentence on
    assert editor.playing
    editor.press("Escape")
    id_, offset, _ = editor.caret()
    word = editor.text("7")[offset:].split()[0]
    spoken = editor.page.evaluate("[...CSS.highlights.get('spoken')].map(String)")
    assert (editor.playing, id_, [word]) == (False, "7", spoken)
    stood = editor.at
    editor.press("Escape")
    assert stood - 1.6 < editor.at < stood
    editor.press("Escape")


def back(editor: Editor) -> None:
    editor.put("7", 0)
    editor.press("Escape", "F2")
    assert editor.playing
    assert 23 < editor.at < 24.5
    editor.press("Escape")


def again(editor: Editor) -> None:
    editor.put("10" if "10" in editor.ids else "13", 5)
    editor.press("F4")
    assert abs(editor.at - 48.649) < 0.5
    editor.until("document.querySelector('#audio').paused")
    assert 50.9 < editor.at < 51.6


def next_(editor: Editor) -> None:
    editor.put("1", 0)
    editor.press("F8")
    assert editor.caret()[::2] == ("4", "gefödert")
    assert editor.page.locator(".why strong").text_content() == "Steht in keinem Wörterbuch"
    assert 12.5 < editor.at < 15  # 1.5 s before it
    editor.until("document.querySelector('#audio').paused")
    assert 15 < editor.at < 17.6
    editor.press("F8", "F8", "F8", "F8")
    assert editor.caret()[::2] == ("11", "Küchük")
    editor.press("F8")
    assert editor.caret()[::2] == ("4", "gefödert")  # round and round
    editor.press("Escape")


def previous(editor: Editor) -> None:
    editor.put("11", 0)
    editor.press("Shift+F8", "Shift+F8")
    assert editor.caret()[::2] == ("9", editor.text("9"))
    editor.press("Escape")


def faster(editor: Editor) -> None:
    editor.press("F9")
    editor.says("Tempo 1,6")
    assert editor.page.evaluate("document.querySelector('#audio').playbackRate") == 1.6


def slower(editor: Editor) -> None:
    editor.press("Shift+F9", "Shift+F9")
    editor.says("Tempo 1,0")
    assert editor.page.locator("#speed").input_value() == "1.0"


def check(editor: Editor) -> None:
    editor.put("4", 2)
    editor.press("Control+Enter")
    assert editor.page.locator("#s4").get_attribute("data-state") == "checked"
    assert editor.caret()[0] == "5"
    assert editor.playing
    editor.until("document.querySelector('#audio').currentTime > 18.6")
    editor.press("Control+Enter")  # while it plays: the sentence that is heard, without a break
    assert editor.page.locator("#s5").get_attribute("data-state") == "checked"
    assert editor.playing
    editor.press("Escape")


def enter(editor: Editor) -> None:
    editor.put("2", LONG.index("geht"))
    editor.press("Enter")
    assert editor.texts[1:3] == ["In dieser Folge", LONG.removeprefix("In dieser Folge ")]
    assert editor.caret()[:2] == ("14", 0)
    editor.put("1", 0)
    editor.press("F8", "Enter")  # at a suspicious place it never splits: leave it, and on
    assert editor.caret()[0] == "6"
    editor.until("document.querySelectorAll('#marks li.done').length === 1")
    editor.type("Kücük")
    editor.press("Enter")  # after typing as well
    assert "Denis Kücük." in editor.text("6")
    assert editor.caret()[0] == "9"
    editor.press("Escape")


def join(editor: Editor) -> None:
    editor.put("3", 0)
    editor.press("Backspace")
    assert editor.text("2") == f"{LONG} Hier spricht eine Stimme aus dem Computer, kein Mensch."
    assert editor.caret()[:2] == ("2", len(LONG) + 1)
    editor.put("4", 0)
    editor.press("Backspace")
    editor.says("Hier beginnt ein Kapitel.")
    assert "4" in editor.ids


def join_next(editor: Editor) -> None:
    editor.put("5", 999)
    editor.press("Delete")
    assert editor.text("5").endswith(
        "arbeiten kann. Was gut ist, dürfen andere Städte nutzen, sagt Denis Küchük."
    )
    assert "6" not in editor.ids


def who(editor: Editor) -> None:
    editor.put("5", 0)
    editor.type("@")
    editor.type("frank")
    editor.press("Enter")
    editor.says("Satz 5: Frank Oberpichler")
    who_ = [one.split("\n")[0] for one in editor.page.locator(".head.turn .who").all_inner_texts()]
    assert who_ == [
        "Ansage",
        "Stimme 2",
        "Frank Oberpichler",
        "Stimme 2",
        "Denes Kücük",
        "Stimme 2",
        "Ansage",
    ]
    editor.put("7", 0)
    editor.type("@")
    editor.press("Shift+Enter")  # up to the next change
    editor.says("3 Sätze:")
    editor.put("7", 1)
    editor.type("@")
    assert editor.text("7").startswith("D@ie")


def replace(editor: Editor) -> None:
    editor.put("1", 3)
    editor.press("Control+h")
    assert editor.page.input_value("#find") == "Herzlich"  # where the caret stands
    editor.type("Küchük, gefödert")
    editor.press("Tab")
    editor.type("Kücük")
    editor.until("document.querySelectorAll('#hits li').length === 3")
    editor.page.locator("#hits input").first.uncheck()
    editor.page.focus("#new")
    editor.press("Enter")
    editor.says("2 Stellen ersetzt")
    assert [one.count("Kücük") for one in editor.texts] == [0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0]


def undo(editor: Editor) -> None:
    first = editor.texts
    editor.put("2", 0)
    editor.type("Guten Tag. ")
    editor.press("Control+z")
    editor.says("Rückgängig: Text in Satz 2")
    assert editor.texts == first
    editor.press("Control+z")
    editor.says("Nichts mehr rückgängig zu machen")


def redo(editor: Editor) -> None:
    editor.put("2", 0)
    editor.type("Guten Tag. ")
    editor.press("Control+z", "Control+y")
    editor.says("Wiederholt: Text in Satz 2")
    assert editor.text("2") == f"Guten Tag. {LONG}"
    editor.press("Control+z", "Control+Shift+z")
    assert editor.text("2") == f"Guten Tag. {LONG}"


def save(editor: Editor) -> None:
    editor.put("1", 0)
    editor.type("So: ")
    editor.press("Control+s")
    editor.says("Alles ist gespeichert")
    assert editor.stored[0].startswith("So: Herzlich")


def help_(editor: Editor) -> None:
    editor.press("F1")
    rows = editor.page.locator("#help tr")
    shown = [row["shown"] for row in keys.table(Translator("de"))]
    assert rows.locator("th").all_inner_texts() == shown
    editor.press("Escape")
    assert not editor.page.locator("#help").is_visible()


def up(editor: Editor) -> None:
    editor.put("5", 4)
    editor.press("ArrowUp")
    assert editor.caret()[0] == "4"
    assert editor.caret()[1] > 60  # its last line


def down(editor: Editor) -> None:
    editor.put("4", 4)
    editor.press("ArrowDown")
    assert editor.caret()[0] == "4"  # it has two lines
    editor.press("ArrowDown")
    assert editor.caret()[0] == "5"
    assert editor.caret()[1] < 8  # about as far from the margin


def left(editor: Editor) -> None:
    editor.put("5", 1)
    editor.press("ArrowLeft", "ArrowLeft")
    assert editor.caret()[:2] == ("4", len(editor.text("4")))


def right(editor: Editor) -> None:
    editor.put("4", 999)
    editor.press("ArrowRight")
    assert editor.caret()[:2] == ("5", 0)


def home(editor: Editor) -> None:
    editor.put("4", 70)
    editor.press("Home")  # the sentence's beginning, not the line's
    assert editor.caret()[:2] == ("4", 0)


def end(editor: Editor) -> None:
    editor.put("4", 2)
    editor.press("End")
    assert editor.caret()[:2] == ("4", len(editor.text("4")))


def first(editor: Editor) -> None:
    editor.put("11", 4)
    editor.press("Control+Home")
    assert editor.caret()[:2] == ("1", 0)


def last(editor: Editor) -> None:
    editor.put("2", 4)
    editor.press("Control+End")
    assert editor.caret()[:2] == ("13", len(editor.text("13")))


CASES: dict[str, Callable[[Editor], None]] = {
    "play": play, "back": back, "again": again, "next": next_, "previous": previous, "faster": faster,
    "slower": slower, "check": check, "enter": enter, "join": join, "join_next": join_next, "who": who,
    "replace": replace, "undo": undo, "redo": redo, "save": save, "keys": help_, "up": up, "down": down,
    "left": left, "right": right, "home": home, "end": end, "first": first, "last": last,
}  # fmt: skip


def test_the_table_below_has_every_key() -> None:
    assert set(CASES) == {key.does for key in keys.KEYS}


@pytest.mark.parametrize("does", CASES)
def test_key(editor: Editor, does: str) -> None:
    editor.fresh()
    CASES[does](editor)
