"""The desk in a real browser: the table, recognition, findings with the preview, publishing, taking back."""

from __future__ import annotations

import json
import re
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import axe, desks, published
from tests.published import KEPT, LATER, current, swap
from tests.servers import RIGHT, nginx

ROOT = Path(__file__).parent.parent.parent
MODEL = ROOT / "tests/fixtures/tiny-de-espeak.pt"
SHOWN = "2026-10-02-haus-des-wissens"
VIEWS = {
    "table": "",
    "houses": "/houses",
    "help": "/help",
    "a guide": "/help/erste-folge",
    "transcribe": f"/episodes/{LATER}/transcribe",
    "check": f"/episodes/{LATER}/check",
    "publish": f"/episodes/{LATER}/publish",
    "withdraw": f"/episodes/{SHOWN}/withdraw",
}


def until(true: Callable[[], bool]) -> None:
    """Wait for something that happens on the disk."""
    end = time.monotonic() + desks.PATIENCE_S
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@contextmanager
def restored(file: Path) -> Iterator[str]:
    """What stands in a file, which may be changed until the block ends."""
    before = file.read_text(encoding="utf-8")
    try:
        yield before
    finally:
        file.write_text(before, encoding="utf-8")


@pytest.fixture
def page(window: Page) -> Page:
    return window


@pytest.mark.chromium
@pytest.mark.parametrize("view", VIEWS)
def test_rule_40_axe_finds_nothing_in_any_view(desk: desks.Running, page: Page, view: str) -> None:
    desks.go(page, f"{desk.home}{VIEWS[view]}")
    if view == "publish":
        page.get_by_role("button", name="Jetzt veröffentlichen").wait_for()
    assert axe.everywhere(page) == {}
    for width in (320, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(desks.SIDEWAYS) <= 0, width
    page.set_viewport_size({"width": 1280, "height": 800})


@pytest.mark.chromium
def test_the_table_says_what_is_due_and_finds_by_words(desk: desks.Running, page: Page) -> None:
    desks.go(page, desk.home)
    rows = page.locator("#episodes tbody tr:not(.grp)")
    expect(rows).to_have_count(3)
    due = page.locator("tbody[data-group=due]")
    expect(due).to_contain_text("Angst vor der Digitalisierung?")
    expect(due.get_by_role("link", name="Veröffentlichen")).to_have_count(1)
    page.get_by_label("Folge suchen").fill("schmétterl")
    expect(rows.filter(visible=True)).to_have_count(1)
    page.get_by_label("Folge suchen").fill("nirgends")
    expect(page.get_by_text("Keine Folge gefunden.")).to_be_visible()
    page.get_by_label("Folge suchen").fill("")
    page.get_by_role("button", name=re.compile("Veröffentlicht")).press("Enter")
    expect(rows.filter(visible=True)).to_have_count(2)


@pytest.mark.chromium
def test_a_house_without_episodes_says_how_to_begin(browser: Browser, tmp_path: Path) -> None:
    house = published.founded(tmp_path)
    shutil.rmtree(house / "episodes")
    (house / "episodes").mkdir()
    with desks.running(house) as empty:
        page = empty.page(browser)
        expect(page.get_by_role("heading", name="Noch keine Folge")).to_be_visible()
        assert axe.everywhere(page) == {}
        page.context.close()


@pytest.mark.chromium
def test_a_file_that_cannot_be_read_is_named_with_its_line(
    desk: desks.Running, page: Page, house: Path
) -> None:
    file = house / "episodes" / LATER / "episode.md"
    with restored(file) as before:
        file.write_text(before.replace("date: ", "date: morgen ", 1), encoding="utf-8")
        desks.go(page, desk.home)
        expect(page.get_by_role("heading", name="Einige Dateien sind nicht lesbar")).to_be_visible()
        expect(page.get_by_text(re.compile(rf"{LATER}/episode\.md:\d"))).to_be_visible()
        assert axe.violations(page) == []
    desks.go(page, desk.home)
    expect(page.locator("#episodes")).to_be_visible()


@pytest.mark.chromium
def test_a_finding_leads_to_its_field_and_the_preview_follows_the_files(
    desk: desks.Running, page: Page, house: Path
) -> None:
    file = house / "episodes" / LATER / "episode.md"
    with restored(file) as before:
        desks.go(page, f"{desk.home}/episodes/{LATER}/check")
        shown = page.frame_locator("iframe")
        expect(shown.get_by_role("heading", level=1)).to_contain_text("Angst vor der Digitalisierung?")
        file.write_text(before.replace("Angst vor", "Mut zu", 1), encoding="utf-8")
        expect(shown.get_by_role("heading", level=1)).to_contain_text("Mut zu")
        links = page.locator(".find a")
        assert all("/details?from=check#" in (one.get_attribute("href") or "") for one in links.all())
        page.get_by_role("button", name="Telefon").press("Enter")
        assert (page.locator("iframe").bounding_box() or {"width": 0})["width"] < 400


def test_two_houses_that_are_open_have_a_preview_each(desk: desks.Running, tmp_path: Path) -> None:
    other = published.founded(tmp_path)
    swap(other / "podcast.toml", 'title = "Haus des Wissens"', 'title = "Zweites Haus"')
    path = desk.client.post(f"{desk.path}/houses", data={"folder": str(other)}).headers["location"]

    def frame(house: str) -> str:
        told = desk.client.get(f"{house}/episodes/{KEPT[0]}/check/state").json()
        return "" if told["busy"] else str(told["address"])

    until(lambda: bool(frame(desk.path)))
    until(lambda: bool(frame(path)))
    shown = [desk.client.get(frame(house)).text for house in (desk.path, path)]
    assert ["Zweites Haus" in page for page in shown] == [False, True]
    assert frame(desk.path) != frame(path)
    policy = desk.client.get(f"{path}/houses").headers["content-security-policy"]
    assert all(re.match(r"http://[^/]+", frame(one))[0] in policy for one in (desk.path, path))  # type: ignore[index]


@pytest.mark.chromium
def test_a_desk_that_does_not_answer_is_told_until_it_does(desk: desks.Running, page: Page) -> None:
    desks.go(page, f"{desk.home}/episodes/{LATER}/transcribe")
    page.route("**/transcribe/st*", lambda route: route.abort())
    expect(page.locator("#refused")).to_have_text(re.compile("Die Redaktion antwortet nicht"))
    page.unroute("**/transcribe/st*")
    expect(page.locator("#refused")).to_be_hidden()


@pytest.mark.chromium
def test_what_is_heard_while_something_is_asked_again_and_again_is_heard_once(
    desk: desks.Running, page: Page
) -> None:
    desks.go(page, f"{desk.home}/episodes/{LATER}/check")
    expect(page.locator("#preview-state")).to_have_text("Die Vorschau entspricht den Dateien.")
    page.evaluate(
        "() => new MutationObserver(() => { window.heard = true; })"
        ".observe(document.querySelector('#preview-state'),"
        " {childList: true, subtree: true, characterData: true})"
    )
    page.wait_for_timeout(2500)
    assert page.evaluate("window.heard") is None


@pytest.mark.chromium
def test_where_there_is_no_transcript_yet_its_step_leads_to_the_recording(
    desk: desks.Running, page: Page, house: Path
) -> None:
    file = house / "episodes" / LATER / "transcript.vtt"
    file.rename(file.with_suffix(".away"))
    try:
        desks.go(page, f"{desk.home}/episodes/{LATER}/transcript")
        expect(page).to_have_url(f"{desk.home}/episodes/{LATER}/transcribe")
    finally:
        file.with_suffix(".away").rename(file)


@pytest.mark.chromium
def test_an_episode_of_a_day_to_come_says_that_only_the_others_come_out(
    desk: desks.Running, page: Page, house: Path
) -> None:
    file = house / "episodes" / LATER / "episode.md"
    with restored(file) as before:
        file.write_text(re.sub("(?m)^date: .*$", "date: 2099-11-01 12:00", before), encoding="utf-8")
        desks.go(page, f"{desk.home}/episodes/{LATER}/publish")
        expect(page.get_by_text("Diese Folge ist für 01.11.2099, 12:00 geplant")).to_be_visible()


@pytest.mark.chromium
def test_a_button_that_is_pressed_twice_does_it_once(desk: desks.Running, page: Page) -> None:
    asked: list[str] = []
    page.route("**/guest/make", lambda route: asked.append(route.request.url))  # and no answer yet
    desks.go(page, f"{desk.home}/episodes/{SHOWN}/guest")
    page.get_by_role("button", name="Datei zusammenstellen").dblclick()
    page.unroute_all(behavior="ignoreErrors")
    assert len(asked) == 1


@pytest.mark.chromium
def test_recognition_starts_stops_and_goes_on_in_the_next_run(browser: Browser, tmp_path: Path) -> None:
    house = published.founded(tmp_path)
    folder = published.add_sample(house, LATER)
    for name in ("transcript.vtt", "transcript.json"):
        (folder / name).unlink()
    shutil.rmtree(folder / "asr", ignore_errors=True)
    with (house / "podcast.toml").open("a", encoding="utf-8") as settings:
        settings.write("" if "[speech]" in (house / "podcast.toml").read_text() else "\n[speech]\n")
    text = (house / "podcast.toml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^model = .*$", f'model = "{MODEL}"', text)
    (house / "podcast.toml").write_text(text, encoding="utf-8")
    with desks.running(house) as first:
        page = first.page(browser, f"/episodes/{LATER}/transcribe")
        expect(page.get_by_text("Noch nicht begonnen")).to_be_visible()
        page.get_by_role("button", name="Transkribieren").press("Enter")
        page.get_by_role("button", name="Anhalten").press("Enter")
        expect(page.locator("#left")).to_have_text("Angehalten")
        page.get_by_role("button", name="Fortsetzen").press("Enter")
        expect(page.locator("#job")).to_have_attribute("data-state", "running")
        first.process.send_signal(signal.SIGKILL)
        page.context.close()
    queue = json.loads((house / ".hdw/desk/queue.json").read_text())
    assert [one["state"] for one in queue] == ["running"]
    with desks.running(house) as second:
        page = second.page(browser, f"/episodes/{LATER}/transcribe")
        expect(page.locator("#left")).to_have_text("Fertig")
        expect(page.get_by_role("link", name="Weiter: Transkript lesen")).to_be_visible()
        expect(page.locator("#counts")).to_contain_text("Sätze")
        page.context.close()
    assert (folder / "transcript.vtt").is_file()


@pytest.mark.chromium
def test_publishing_shows_what_changes_asks_the_public_addresses_and_goes_back(
    browser: Browser, secure_once: Path, port: int, certificate: Path, tmp_path: Path
) -> None:
    house = published.copied(secure_once, tmp_path / "alles")
    file = published.add_sample(house, LATER) / "episode.md"
    swap(file, "status: ready", "status: draft")
    public = nginx(current(house), tmp_path, more=RIGHT, port=port, certificate=certificate)
    with public, desks.running(house) as desk:
        page = desk.page(browser, f"/episodes/{LATER}/publish")
        page.get_by_role("button", name="Freigeben und ansehen").press("Enter")
        expect(page.get_by_role("heading", name="Was sich draußen ändert")).to_be_visible()
        assert "status: ready" in file.read_text(encoding="utf-8")
        expect(page.locator(".chg")).to_contain_text("Angst vor der Digitalisierung?")
        assert not list(current(house).glob("folgen/*digitalisierung*"))
        page.get_by_role("button", name="Jetzt veröffentlichen").press("Enter")
        expect(page.locator("h2 .st.ok")).to_contain_text("Veröffentlicht")
        expect(page.get_by_text("Von außen nachgeprüft")).to_be_visible()
        assert axe.everywhere(page) == {}
        assert "digitalisierung" in (current(house) / "feed.xml").read_text(encoding="utf-8")

        page.reload()
        expect(page.locator("h2 .st.ok")).to_contain_text("Veröffentlicht")
        swap(file, "Angst vor", "Mut zu")
        page.reload()  # the result is that of what was published
        expect(page.locator(".chg")).to_contain_text("Mut zu")
        swap(file, "Mut zu", "Angst vor")
        desks.go(page, f"{desk.home}/episodes/{SHOWN}/publish")  # of another episode nothing was published
        expect(page.get_by_text("Draußen steht alles so wie hier.")).to_be_visible()
        swap(house / "episodes" / SHOWN / "episode.md", "Was ist das Haus?", "Was ist ein Haus?")
        page.reload()
        expect(page.locator(".chg")).to_contain_text("Was ist ein Haus")
        swap(house / "episodes" / SHOWN / "episode.md", "Was ist ein Haus?", "Was ist das Haus?")

        desks.go(page, f"{desk.home}/episodes/{LATER}/withdraw")
        page.get_by_role("button", name=re.compile("wiederherstellen")).press("Enter")
        expect(page.get_by_text("Wiederhergestellt")).to_be_visible()
        assert "digitalisierung" not in (current(house) / "feed.xml").read_text(encoding="utf-8")
        page.reload()  # that it was brought back is said once; then there is a way back again, or why not
        expect(page.get_by_text("Wiederhergestellt")).to_have_count(0)
        page.context.close()


@pytest.mark.chromium
def test_an_episode_is_taken_back_for_good_only_with_its_title_typed(
    browser: Browser, once: Path, tmp_path: Path
) -> None:
    house = published.copied(once, tmp_path / "alles")
    with desks.running(house) as desk:
        page = desk.page(browser, f"/episodes/{SHOWN}/withdraw")
        button = page.get_by_role("button", name="Für immer zurückziehen")
        button.press("Enter")
        expect(page.locator("#title-err")).to_have_text("Zum Bestätigen den Titel eintippen.")
        page.get_by_label("Zum Bestätigen").fill("Was ist ein Haus?")
        button.press("Enter")
        expect(page.locator("#title-err")).to_contain_text("Das ist nicht der Titel.")
        assert "withdrawn = true" not in (house / "episodes/ledger.toml").read_text()
        page.get_by_label("Zum Bestätigen").fill("„was ist das Haus?“")
        button.press("Enter")
        expect(page.get_by_text("Für immer zurückgezogen")).to_be_visible()
        page.context.close()
    assert "withdrawn = true" in (house / "episodes/ledger.toml").read_text()
    assert "haus-des-wissens.mp3" not in (current(house) / "feed.xml").read_text(encoding="utf-8")


@pytest.mark.chromium
def test_another_house_is_opened_by_its_folder_and_remembered(
    browser: Browser, desk: desks.Running, page: Page, tmp_path: Path
) -> None:
    other = published.founded(tmp_path)
    swap(other / "podcast.toml", 'title = "Haus des Wissens"', 'title = "Zweites Haus"')
    desks.go(page, f"{desk.home}/houses")
    field = page.get_by_label("Ordner des Hauses")
    field.fill(str(tmp_path))
    field.press("Enter")
    expect(page.locator("#folder-err")).to_contain_text("podcast.toml")
    page.get_by_label("Ordner des Hauses").fill(str(other / "content"))
    page.get_by_label("Ordner des Hauses").press("Enter")
    expect(page.get_by_role("button", name="Zweites Haus")).to_be_visible()
    page.get_by_role("button", name="Zweites Haus").press("Enter")
    page.get_by_role("link", name="Haus des Wissens", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Folgen")).to_be_visible()
    assert page.url == desk.home
