"""„Was tun, wenn …“ at the desk: every recipe followed in a browser, by the names that the guide quotes."""

from __future__ import annotations

import base64
import re
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from pipeline import project
from pipeline.deploy import local
from pipeline.transcripts import read_vtt
from tests import desks, published, talks
from tests.desk import editor_page
from tests.desk.test_consenting import GIVEN
from tests.desk.test_replacing import DROP
from tests.docs import test_recipes as by_command
from tests.published import KEPT, LATER, current, swap

pytestmark = pytest.mark.chromium
SPOKEN = by_command.SPOKEN
TITLES = {
    KEPT[0]: "Was ist das Haus?",
    SPOKEN: "7000 Schmetterlinge für die Dortmunder Nordstadt",
    LATER: "Angst vor der Digitalisierung?",
}
CHANGED = "Mut zu der Digitalisierung?"
KILLING = """\
import os, signal, sys

def hear(event, words):
    if event == "os.rename" and str(words[1]).endswith("/current"):
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(hear)
"""
"""Python reads this first, as sitecustomize.py: it is killed when everything is sent and would be shown."""

house = by_command.house  # its three episodes are public, over TLS


@dataclass
class Reader(editor_page.Editor):
    """Somebody at the desk who looks for what a recipe names, one after the other."""

    names: list[str]

    def finds(self, name: str, role: Any = "link", within: Locator | None = None) -> Locator:
        """What the recipe names next."""
        assert self.names.pop(0) == name
        return (within or self.page).get_by_role(role, name=name)

    def opens(self, title: str) -> None:
        """Open an episode from the table."""
        self.page.get_by_role("link", name=title, exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    @property
    def steps(self) -> Locator:
        """The five steps of an episode that is open."""
        return self.page.get_by_role("navigation", name="Schritte dieser Folge")

    def publishes(self) -> None:
        """Press the button below what changes, and wait until the public addresses were asked."""
        if self.names[:1] == ["Jetzt veröffentlichen"]:
            self.names.pop(0)
        self.page.get_by_role("button", name="Jetzt veröffentlichen").click()
        expect(self.page.locator("h2 .st.ok")).to_contain_text("Veröffentlicht")
        expect(self.page.get_by_text("Von außen nachgeprüft")).to_be_visible()


@contextmanager
def following(browser: Browser, house: Path, recipe: str) -> Iterator[Reader]:
    """A recipe at the desk of a house; in the end all that it names was found."""
    text = by_command.GUIDES["de"].read_text(encoding="utf-8")
    (own,) = (part for part in text.split("\n## … ") if part.startswith(recipe))
    with desks.running(house) as desk:
        reader = Reader(desk.page(browser), desk, house, re.findall("„(.*?)“", own))
        assert reader.names
        yield reader
        reader.page.context.close()
    assert reader.names == []


def feed(house: Path) -> str:
    """What apps get."""
    return (current(house) / "feed.xml").read_text(encoding="utf-8")


def said(house: Path, part: str) -> str:
    """The transcript of an episode as readers get it, by a part of its address."""
    (file,) = current(house).glob(f"folgen/*{part}*/*.vtt")
    return file.read_text(encoding="utf-8")


def test_a_wrong_date(browser: Browser, house: Path) -> None:
    def addresses() -> set[str]:
        return set(re.findall(r"<(?:guid|link)\b.*?>.*?</", feed(house)))

    before = addresses()
    with following(browser, house, "das Datum falsch ist") as reader:
        reader.opens(TITLES[SPOKEN])
        reader.finds("Angaben", within=reader.steps).click()
        day = reader.finds("Erscheint am", "group").get_by_label("Tag")
        day.fill("7.5.2021")
        day.blur()
        expect(reader.page.locator("#saved")).to_have_text(re.compile("^Gespeichert"))
        reader.finds("Veröffentlichen", within=reader.steps).click()
        reader.publishes()
    assert "Fri, 07 May 2021 12:00:00 +0200" in feed(house)
    assert addresses() == before
    assert len(before) > len(TITLES)


def test_a_wrong_recording(browser: Browser, house: Path, tmp_path: Path) -> None:
    other = talks.sound(tmp_path / "neu.wav", talks.jingle(), talks.samples(talks.SAMPLE))
    before, old = project.episode_source(house, SPOKEN), read_vtt(said(house, "schmetterlinge")).cues
    with following(browser, house, "es die falsche Aufnahme ist") as reader:
        reader.opens(TITLES[SPOKEN])
        reader.finds("Weiteres", "button").click()
        reader.finds("Andere Aufnahme").click()
        reader.page.get_by_role("button", name="Datei auswählen").wait_for()
        reader.page.wait_for_load_state()
        reader.page.evaluate(DROP, [other.name, base64.b64encode(other.read_bytes()).decode()])
        expect(reader.page.get_by_role("heading", name="Was sich ändern würde")).to_be_visible()
        assert project.episode_source(house, SPOKEN) == before
        reader.finds("Aufnahme austauschen", "button").click()
        reader.finds("Weiter: Veröffentlichen").click()
        reader.publishes()
    new = read_vtt(said(house, "schmetterlinge")).cues
    assert [cue.text for cue in new] == [cue.text for cue in old]
    assert all(3.5 < b.start_s - a.start_s < 4.5 for a, b in zip(old, new, strict=True))


def test_a_name_that_is_misspelt(browser: Browser, house: Path) -> None:
    def places() -> tuple[int, int]:
        text = project.transcript_source(house, KEPT[0])
        return text.count(" Bücherei"), text.count("Stadtbücherei")

    with following(browser, house, "ein Name falsch geschrieben ist") as reader:
        reader.opens(TITLES[KEPT[0]])
        reader.steps.get_by_role("link", name="Transkript").click()
        reader.ready()
        reader.put("4", reader.text("4").index("Bücherei") + 2)
        reader.press("Control+h")
        expect(reader.page.locator("#hits li")).to_have_count(2)
        reader.page.get_by_label("Ersetzen durch").fill("Stadtbücherei")
        reader.finds("Ins Glossar aufnehmen", "checkbox").check()
        assert places() == (2, 0)
        reader.page.get_by_role("button", name="Alle 2 Stellen ersetzen").click()
        for keys, left in (("", (0, 2)), ("Control+z", (2, 0)), ("Control+y", (0, 2))):
            reader.press(*keys.split())
            reader.saved()
            assert places() == left
        reader.finds("Veröffentlichen", within=reader.steps).click()
        reader.publishes()
    assert said(house, "haus").count("Stadtbücherei") == 2
    assert 'term = "Stadtbücherei"' in (house / "content/glossary.toml").read_text(encoding="utf-8")


def test_an_episode_is_taken_back_at_first_and_then_for_good(browser: Browser, house: Path) -> None:
    folder = house / "episodes" / LATER
    before = {path.name for path in folder.iterdir()}
    with following(browser, house, "eine Folge zurückgezogen werden muss") as reader:
        reader.opens(TITLES[LATER])
        reader.finds("Weiteres", "button").click()
        reader.finds("Zurücknehmen").click()
        assert TITLES[LATER] in feed(house)
        reader.finds("Die vorige Fassung wiederherstellen", "region").get_by_role("button").click()
        expect(reader.page.get_by_text("Wiederhergestellt")).to_be_visible()
        assert TITLES[LATER] not in feed(house)
        assert {path.name for path in folder.iterdir()} == before
        reader.page.get_by_label("Zum Bestätigen den Titel eintippen").fill(TITLES[LATER])
        reader.finds("Für immer zurückziehen", "button").click()
        expect(reader.page.get_by_text("Für immer zurückgezogen")).to_be_visible()
    assert not list(current(house).parent.glob("releases/**/*digitalisierung*.mp3"))
    (page,) = current(house).glob("folgen/*digitalisierung*/index.html")
    assert "zurückgezogen" in page.read_text(encoding="utf-8")


def test_a_consent_that_is_taken_back(browser: Browser, house: Path) -> None:
    papers = house / "private/consent.toml"
    papers.parent.mkdir()
    papers.write_text(GIVEN.format(who="ansage"), encoding="utf-8")
    with following(browser, house, "jemand die Einwilligung widerruft") as reader:
        reader.finds("Einwilligungen").click()
        row = reader.page.locator("#consents tr", has_text="Ordner 7")
        reader.finds("Wurde zurückgenommen", within=row).click()
        button = reader.finds("Rücknahme notieren", "button")
        expect(button).to_be_enabled()
        button.click()
        named = reader.page.locator(".rows li")
        expect(named).to_have_count(len(TITLES))
        assert set(named.locator("strong").all_inner_texts()) == set(TITLES.values())
        reader.finds("Zurücknehmen", within=named.filter(has_text=TITLES[LATER])).click()
        reader.page.get_by_label("Zum Bestätigen den Titel eintippen").fill(TITLES[LATER])
        reader.finds("Für immer zurückziehen", "button").click()
        expect(reader.page.get_by_text("Für immer zurückgezogen")).to_be_visible()
    assert "withdrawn = " in papers.read_text(encoding="utf-8")
    assert [title in feed(house) for title in TITLES.values()] == [True, True, False]


def test_a_publication_that_broke_off(
    browser: Browser, house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swap(house / "episodes" / LATER / "episode.md", "Angst vor", "Mut zu")
    (tmp_path / "sitecustomize.py").write_text(KILLING, encoding="utf-8")
    before = current(house).resolve()
    with monkeypatch.context() as killing:
        killing.setenv("PYTHONPATH", str(tmp_path))
        with desks.running(house) as desk:
            page = desk.page(browser, f"/episodes/{LATER}/publish")
            page.get_by_role("button", name="Jetzt veröffentlichen").click()
            assert desk.process.wait(desks.PATIENCE_S) == -signal.SIGKILL
            page.context.close()
    assert current(house).resolve() == before
    left = max(path for path in before.parent.iterdir() if path.is_dir())
    assert CHANGED in (left / "feed.xml").read_text(encoding="utf-8")
    with following(browser, house, "das Veröffentlichen abgebrochen ist") as reader:
        reader.opens(CHANGED)
        reader.finds("Veröffentlichen", within=reader.steps).click()
        reader.publishes()
    assert CHANGED in feed(house)
    assert not left.exists()  # the release that is shown now was made of it


def test_another_computer(browser: Browser, house: Path, house_folder: Path) -> None:
    there = house.parent / "neu"  # its recordings are not brought along
    shutil.copytree(house, there, ignore=shutil.ignore_patterns(".hdw", "output", "aufnahme.mp3"))
    swap(there / "episodes" / LATER / "episode.md", "Angst vor", "Mut zu")
    with following(browser, house_folder, "der Rechner gewechselt wird") as reader:
        name = project.load(house_folder).settings.show.title
        reader.page.get_by_role("button", name=name).click()
        reader.finds("Anderes Haus öffnen").click()
        reader.page.get_by_label("Ordner des Hauses").fill(str(there))
        reader.finds("Öffnen", "button").click()
        expect(reader.page.locator("#episodes tbody tr:not(.grp)")).to_have_count(len(TITLES))
        reader.opens(CHANGED)
        reader.steps.get_by_role("link", name="Veröffentlichen").click()
        reader.publishes()
    assert CHANGED in feed(house)
    assert list(current(house).glob("**/*digitalisierung*.mp3"))


def test_two_at_once(browser: Browser, conversation: Path) -> None:
    with (
        following(browser, conversation, "zwei zugleich bearbeiten") as reader,
        editor_page.opened(browser, reader.desk, conversation) as first,
    ):
        first.open()
        first.page.route("**/deeds", lambda route: route.abort())
        first.put("2", 0)
        first.type("Meine: ")
        reader.open()
        own = reader.finds("Hier weiterarbeiten", "button")
        expect(own).to_be_visible()
        reader.put("2", 0)
        reader.type("nein")
        assert reader.text("2").startswith("In dieser Folge")  # the second one reads
        reader.page.evaluate("window.before = true")
        own.click()
        reader.until("!window.before")
        expect(reader.ready().page.locator("#held-band")).to_be_hidden()
        reader.put("2", 0)
        reader.type("Andere: ")
        reader.saved()
        first.page.unroute("**/deeds")
        first.page.get_by_role("button", name="Hier weiterarbeiten").click()
        versions = first.page.locator(".conf")
        expect(versions).to_contain_text("Dieser Satz wurde auch anderswo geändert.")
        assert all(one in versions.inner_text() for one in ("Meine:", "Andere:"))
        versions.get_by_role("button", name="Meine Fassung").click()
        first.saved()
        assert first.stored[1].startswith("Meine: In dieser Folge")
        first.press("Control+z")
        first.saved()
        assert first.stored[1].startswith("Andere: In dieser Folge")


def test_who_publishes_as_the_second_is_told_by_whom(browser: Browser, once: Path, tmp_path: Path) -> None:
    house = published.copied(once, tmp_path / "alles")
    published.add_sample(house, LATER)
    with local.held(house.parent / "srv", "Kim Probe"), desks.running(house) as desk:
        page = desk.page(browser, f"/episodes/{LATER}/publish")
        page.get_by_role("button", name="Jetzt veröffentlichen").click()
        expect(page.locator(".note.bad")).to_contain_text("Dort veröffentlicht gerade jemand: Kim Probe.")
        page.goto(desk.home)  # whoever opens the page again goes on, and is not told of it once more
        page.goto(f"{desk.home}/episodes/{LATER}/publish")
        expect(page.get_by_role("button", name="Jetzt veröffentlichen")).to_be_visible()
        page.context.close()
    assert TITLES[LATER] not in feed(house)
