"""The transcript editor in a real browser, as a person uses it: keys, and what can be seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from tests import desks
from tests.desk import editor_house

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@dataclass
class Editor:
    """A page with the editor, and the house behind it."""

    page: Page
    desk: desks.Running
    house: Path

    def open(self, hash_: str = "") -> Editor:
        """Load the page, and wait for everything that comes after the text."""
        desks.go(self.page, "about:blank")
        self.page.goto(f"{self.desk.home}/episodes/{editor_house.ID}/transcript{hash_}")
        return self.ready()

    def ready(self) -> Editor:
        self.until("document.querySelector('#n2')?.textContent")
        return self

    def fresh(self, hash_: str = "") -> Editor:
        """The conversation as it was at first."""
        for _ in range(60):  # what is still on its way would be found by the next test
            if self._holds("document.querySelector('#saved')?.textContent !== 'Wird gespeichert'"):
                break
            self.page.wait_for_timeout(50)
        desks.go(self.page, "about:blank")
        self.page.wait_for_timeout(100)
        editor_house.converse(self.house)
        return self.open(hash_)

    def put(self, id_: str, offset: int) -> None:
        """Click into a sentence, and put the caret before a character of it."""
        self.page.focus(f"#s{id_}")
        self.page.evaluate(
            """([id, offset]) => {
                const text = document.getElementById(id).firstChild ?? document.getElementById(id);
                getSelection().collapse(text, Math.min(offset, text.length ?? 0));
            }""",
            [f"s{id_}", offset],
        )

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def text(self, id_: str) -> str:
        return str(self.page.locator(f"#s{id_}").text_content())

    @property
    def ids(self) -> list[str]:
        return self._each("one => one.id.slice(1)")

    @property
    def texts(self) -> list[str]:
        return self._each("one => one.textContent")

    def _each(self, read: str) -> list[str]:
        found: list[str] = self.page.evaluate(f"[...document.querySelectorAll('.txt')].map({read})")
        return found

    def caret(self) -> tuple[str, int, str]:
        """The sentence that the keyboard is in, the offset, and what is selected."""
        id_, offset, chosen = self.page.evaluate(
            "() => [document.activeElement.id.slice(1), getSelection().anchorOffset, `${getSelection()}`]"
        )
        return id_, offset, chosen

    @property
    def said(self) -> str:
        return str(self.page.locator("#said").text_content())

    def says(self, words: str) -> None:
        """The message line says this, now or soon."""
        end = monotonic() + desks.PATIENCE_S
        while words not in self.said:
            assert monotonic() < end, (words, self.said)
            self.page.wait_for_timeout(30)

    @property
    def playing(self) -> bool:
        return bool(self.page.evaluate("!document.querySelector('#audio').paused"))

    @property
    def at(self) -> float:
        return float(self.page.evaluate("document.querySelector('#audio').currentTime"))

    def until(self, expression: str) -> None:
        """Wait for something in the page to be true; its policy lets nobody wait inside of it."""
        end = monotonic() + desks.PATIENCE_S
        while not self._holds(expression):
            assert monotonic() < end, expression
            self.page.wait_for_timeout(30)

    def _holds(self, expression: str) -> bool:
        from playwright.sync_api import Error

        try:
            return bool(self.page.evaluate(expression))
        except Error as error:
            if "Execution context was destroyed" not in error.message:
                raise
            return False  # the page is just being loaded anew

    def saved(self) -> None:
        """Wait until nothing is on its way any more."""
        self.until("""() => /^(Gespeichert|Alles)/.test(document.querySelector('#saved')?.textContent)""")

    @property
    def stored(self) -> list[str]:
        """The sentences of the file."""
        from pipeline.transcripts import read_vtt

        path = editor_house.transcript(self.house)
        return [cue.text for cue in read_vtt(path.read_text(encoding="utf-8")).cues]


@contextmanager
def opened(browser: Browser, desk: desks.Running, house: Path, **options: Any) -> Iterator[Editor]:
    """A browser of its own that is signed in; whatever goes wrong in its scripts fails the test."""
    context = desk.context(browser, **{"viewport": {"width": 1280, "height": 800}, **options})
    page, wrong = context.new_page(), list[str]()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
    yield Editor(page, desk, house)
    desks.go(page, "about:blank")
    context.close()
    assert not wrong
