"""Another recording in the browser: dropped, heard, shown, taken over; stopped, broken off, finished."""

from __future__ import annotations

import base64
import re
import signal
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from pipeline import project
from pipeline.transcripts import read_vtt
from tests import axe, desks, published, talks
from tests.talks import ID

AT = f"/episodes/{ID}/recording"
DROP = """async ([name, base64]) => {
  const bytes = Uint8Array.from(atob(base64), one => one.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name));
  const drop = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
  document.querySelector('#drop').dispatchEvent(drop);
}"""


@pytest.fixture
def house(heard_once: Path, tmp_path: Path) -> Path:
    """A house whose one published episode was recognised, and other recordings of it beside it."""
    house = published.copied(heard_once, tmp_path / "alles")
    talks.publish(house)
    return house


def opened(desk: desks.Running, browser: Browser) -> Page:
    return desk.page(browser, AT)


def press(page: Page, name: str, role: Literal["button", "link"] = "button") -> None:
    """Press something by keyboard."""
    page.get_by_role(role, name=name).press("Enter")


def bring(page: Page, file: Path) -> None:
    """Choose a file."""
    page.get_by_role("button", name="Datei auswählen").wait_for()
    page.wait_for_load_state()
    page.get_by_label("Aufnahme", exact=True).set_input_files(file)


def wide(page: Page) -> None:
    for width in (320, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(desks.SIDEWAYS) <= 0, width


@pytest.mark.chromium
def test_a_cut_recording_is_heard_shown_and_taken_over_with_one_button(browser: Browser, house: Path) -> None:
    folder = house / "episodes" / ID
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with desks.running(house) as desk:
        page = opened(desk, browser)
        press(page, "Weiteres")
        expect(page.get_by_role("link", name="Andere Aufnahme")).to_be_visible()
        page.keyboard.press("Escape")
        assert axe.everywhere(page) == {}
        wide(page)
        bring(page, house.parent / "both.wav")
        expect(page.get_by_role("heading", name="Was sich ändern würde")).to_be_visible()
        shown = page.locator("#replace")
        expect(shown).to_contain_text("0:00:37 → 0:00:31")
        expect(shown).to_contain_text("8 Sätze bleiben, 3 weggefallen")
        expect(shown).to_contain_text("Wer sie nach der nächsten Veröffentlichung lädt")
        assert axe.everywhere(page) == {}
        wide(page)
        assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
        other = desk.client.post(f"{desk.path}{AT}/take", json={"recording": "0" * 64})
        assert other.status_code == 422
        press(page, "Aufnahme austauschen")
        expect(page.get_by_role("heading", name="Die Folge hat ihre neue Aufnahme")).to_be_visible()
        assert axe.violations(page) == []
        press(page, "Noch eine andere Aufnahme")
        expect(page.get_by_text("Die neue Aufnahme hier ablegen")).to_be_visible()
        page.context.close()
    assert "audio: both.wav" in project.episode_source(house, ID)
    assert (
        len(read_vtt(project.transcript_source(house, ID)).cues)
        == len(read_vtt(before["transcript.vtt"].decode()).cues) - 3
    )
    assert not list((house / ".hdw/desk/handed-over").glob("*"))


@pytest.mark.chromium
def test_hearing_is_stopped_and_goes_on_after_a_restart(browser: Browser, house: Path) -> None:
    with desks.running(house) as first:
        page = opened(first, browser)
        bring(page, house.parent / "jingle.wav")
        page.get_by_role("button", name="Anhalten").wait_for()
        again = first.client.post(f"{first.path}{AT}/upload?name=x.wav", content=b"x")
        assert again.status_code == 409
        press(page, "Anhalten")
        expect(page.get_by_role("heading", name="Noch nicht zu Ende gehört")).to_be_visible()
        assert axe.everywhere(page) == {}
        page.context.close()
        first.end(signal.SIGKILL)
    with desks.running(house) as second:
        page = opened(second, browser)
        expect(page.get_by_text("jingle.wav liegt hier")).to_be_visible()
        press(page, "Fortsetzen")
        expect(page.get_by_role("heading", name="Was sich ändern würde")).to_be_visible()
        press(page, "Nichts ändern")
        expect(page.get_by_text("Die neue Aufnahme hier ablegen")).to_be_visible()
        page.context.close()
    assert "audio: tiere.mp3" in project.episode_source(house, ID)


@pytest.mark.chromium
def test_what_is_no_recording_of_it_is_refused_with_its_name(browser: Browser, house: Path) -> None:
    (house.parent / "brief.mp3").write_bytes(b"kein Ton" * 100)
    whole = (house.parent / "jingle.wav").read_bytes()
    (house.parent / "kurz.wav").write_bytes(whole[: len(whole) // 2])
    with desks.running(house) as desk:
        page = opened(desk, browser)
        bring(page, house.parent / "brief.mp3")
        expect(page.get_by_role("heading", name="Die Aufnahme wurde nicht ausgetauscht")).to_be_visible()
        expect(page.locator(".note.bad")).to_contain_text("brief.mp3")
        expect(page.locator(".note.bad")).not_to_contain_text("handed-over")
        bring(page, house.parent / "kurz.wav")
        expect(page.locator(".note.bad")).to_contain_text("bricht")
        expect(page.locator(".note.bad")).not_to_contain_text("--accept-short")
        assert axe.everywhere(page) == {}
        press(page, "So nehmen, wie sie ist")
        expect(page.get_by_role("heading", name="Was sich ändern würde")).to_be_visible()
        page.context.close()


@pytest.mark.chromium
def test_an_episode_that_nobody_was_given_just_gets_the_other_recording(
    browser: Browser, house: Path
) -> None:
    (house / "episodes/ledger.toml").unlink()
    for name in ("transcript.vtt", "transcript.json"):
        (house / "episodes" / ID / name).unlink()
    with desks.running(house) as desk:
        page = opened(desk, browser)
        sound = base64.b64encode((house.parent / "cut.wav").read_bytes()).decode()
        page.evaluate(DROP, ["cut.wav", sound])
        expect(page.locator("#replace")).to_contain_text("gibt es noch nicht")
        press(page, "Aufnahme austauschen")
        expect(page.get_by_role("link", name="Weiter: Transkribieren")).to_be_visible()
        page.context.close()
    assert "audio: cut.wav" in project.episode_source(house, ID)
    known = project.load(house).of(project.load(house).episodes[0])
    assert known.recording_present
    assert not known.recording_altered


@pytest.mark.chromium
def test_what_a_kill_left_is_finished_from_the_table(browser: Browser, house: Path) -> None:
    folder = house / "episodes" / ID
    (folder / ".replacing").mkdir()
    text = (folder / "episode.md").read_text(encoding="utf-8")
    (folder / ".replacing/episode.md").write_text(
        text.replace("Tiere in", "Tiere außerhalb"), encoding="utf-8"
    )
    with desks.running(house) as desk:
        page = opened(desk, browser)
        page.goto(desk.home)
        press(page, "Zu Ende bringen", "link")
        page.get_by_role("button", name="Zu Ende bringen").wait_for()
        assert axe.everywhere(page) == {}
        press(page, "Zu Ende bringen")
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Tiere außerhalb"))
        page.context.close()
    assert not (folder / ".replacing").exists()


def test_nothing_but_an_episode_of_the_house_is_finished_or_replaced(house: Path) -> None:
    (house / ".replacing").mkdir()
    (house / ".replacing/podcast.toml").write_text("", encoding="utf-8")
    with desks.running(house) as desk:
        client = desk.sign_in().client
        for id_ in ("..", "%2e%2e", "2026-nichts"):
            at = f"{desk.path}/episodes/{id_}/recording"
            assert client.post(f"{at}/upload?name=x.wav", content=b"x").status_code in {404, 422}
            client.post(f"{at}/finish")
        at = f"{desk.path}/episodes/{ID}/recording"
        assert client.post(f"{at}/take", json={"recording": "0" * 64}).status_code == 422
        empty = client.post(f"{at}/upload?name=..%2F..%2Fx.wav", content=b"")
        assert empty.status_code == 422
    assert (house / ".replacing/podcast.toml").is_file()
    assert not (house / ".hdw/desk/handed-over").exists()
