"""A new episode in a real browser: a recording is dropped, and its details open; nothing else gets in."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import recordings
from playwright.sync_api import Browser, Page, expect

from pipeline import project
from tests import axe, desks
from tests.small_house import PODCAST_TOML, write

LIMIT = 400_000
DROP = """([name, type, data]) => {
  const bytes = Uint8Array.from(atob(data), one => one.charCodeAt(0));
  const moved = new DataTransfer();
  moved.items.add(new File([bytes], name, {type}));
  document.body.dispatchEvent(new DragEvent('dragenter', {dataTransfer: moved, bubbles: true}));
  document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: moved, bubbles: true}));
}"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, cover: bytes) -> Path:
    """A house without an episode, that takes recordings of a few seconds."""
    settings = f'{PODCAST_TOML}\n[desk]\nupload_limit = "0.4 MB"\n'
    files = {"podcast.toml": settings, "content/cover.jpg": cover}
    return write(tmp_path_factory.mktemp("adding") / "haus", files)


@pytest.fixture
def page(desk: desks.Running, browser: Browser) -> Iterator[Page]:
    made = desk.page(browser, "/new")
    yield made
    made.context.close()


def _sound(folder: Path, name: str = "a.mp3", seconds: float = 8) -> bytes:
    return recordings.make(folder / name, seconds=seconds).read_bytes()


def _drop(page: Page, name: str, data: bytes, kind: str = "audio/mpeg") -> None:
    page.evaluate(DROP, [name, kind, base64.b64encode(data).decode()])


def _upload(desk: desks.Running, name: str, data: bytes) -> tuple[int, dict[str, str]]:
    answer = desk.client.post(f"{desk.path}/new/upload", params={"name": name}, content=data)
    return answer.status_code, answer.json()


def _nothing_left(house: Path) -> bool:
    inbox = house / ".hdw/desk/uploads"
    return not inbox.is_dir() or not any(inbox.iterdir())


@pytest.mark.chromium
def test_a_dropped_recording_becomes_an_episode_whose_details_open(
    page: Page, house: Path, tmp_path: Path
) -> None:
    _drop(page, "Nachts im Magazin.mp3", _sound(tmp_path))
    page.wait_for_url(re.compile(r"/episodes/\d{4}-\d\d-\d\d-nachts-im-magazin/details$"))
    expect(page.locator("[id=title]")).to_have_value("Nachts im Magazin")
    facts = page.locator(".facts")
    expect(facts).to_contain_text("nachts-im-magazin.mp3")
    expect(facts).to_contain_text("0:08")
    expect(facts).to_contain_text(
        re.compile("Geraten, bitte ansehen:.*Nachts im Magazin.*Dateiname", re.DOTALL)
    )
    (episode,) = (one for one in project.episode_ids(house) if one.endswith("nachts-im-magazin"))
    assert (house / "episodes" / episode / "nachts-im-magazin.mp3").is_file()
    assert _nothing_left(house)


@pytest.mark.chromium
def test_a_recording_is_chosen_by_keyboard(page: Page, tmp_path: Path) -> None:
    # Playwright asks the browser for the dialog while it goes on: asked for first, it cannot come too late
    page.on("filechooser", lambda _: None)
    page.locator("#choose").focus()
    expect(page.locator("#choose")).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(recordings.make(tmp_path / "Mit der Tastatur.mp3", seconds=7))
    page.wait_for_url("**-mit-der-tastatur/details")


@pytest.mark.chromium
def test_the_keyboard_stays_where_something_happens(page: Page, tmp_path: Path) -> None:
    page.route(
        "**/upload*", lambda route: route.fulfill(status=422, json={"error": "Nein.", "hint": "Andere."})
    )
    page.on("filechooser", lambda _: None)  # as above
    page.locator("#choose").focus()
    page.evaluate(
        "addEventListener('focusin', event => (window.been ??= []).push(event.target.id), {capture: true})"
    )
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(recordings.make(tmp_path / "Nein.mp3", seconds=7))
    expect(page.locator("#refused")).to_have_text("Nein. Andere.")
    expect(page.locator("#choose")).to_be_focused()
    assert page.evaluate("been") == ["course", "choose"]


@pytest.mark.chromium
@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("gross.mp3", b"x" * (LIMIT + 1), "Die Datei ist größer als 400,0 kB."),
        ("text.mp3", b"Hallo\n" * 50, None),
        ("leer.mp3", b"", "Die Datei ist leer."),
    ],
)
def test_what_is_no_recording_is_refused_with_a_sentence(
    page: Page, house: Path, name: str, data: bytes, sentence: str | None
) -> None:
    before = project.episode_ids(house)
    _drop(page, name, data)
    expect(page.locator("#refused")).to_be_visible()
    assert sentence is None or page.locator("#refused").inner_text() == sentence
    assert len(page.locator("#refused").inner_text()) > 10
    expect(page.locator("#drop")).to_be_visible()
    assert project.episode_ids(house) == before
    assert _nothing_left(house)


def test_the_desk_itself_keeps_the_limit(desk: desks.Running, house: Path) -> None:
    status, told = _upload(desk, "gross.mp3", b"x" * (LIMIT + 1))
    assert (status, told["error"]) == (413, "Die Datei ist größer als 400,0 kB.")
    assert _nothing_left(house)


def test_the_desk_keeps_the_limit_where_no_length_is_announced(desk: desks.Running, house: Path) -> None:
    pieces = iter([b"x" * 100_000] * 50)
    try:
        answer = desk.client.post(f"{desk.path}/new/upload", params={"name": "x.mp3"}, content=pieces)
        assert answer.status_code == 413
    except OSError:
        pass  # it hung up in the middle
    assert _nothing_left(house)


@pytest.mark.parametrize("name", ["../../x.mp3", "/etc/x.mp3", "..\\..\\x.mp3", "x\0.mp3", "..", ""])
def test_a_name_from_outside_makes_no_path(
    desk: desks.Running, house: Path, tmp_path: Path, name: str
) -> None:
    before = set(house.parent.rglob("*.mp3"))
    seconds = 9.0 + len(name) / 10  # another recording each time
    status, told = _upload(desk, name, _sound(tmp_path, seconds=seconds))
    assert status == 200, told
    episode = told["address"].split("/")[-2]
    made = set(house.parent.rglob("*.mp3")) - before
    assert [one.parent for one in made] == [house / "episodes" / episode]
    assert _nothing_left(house)
    project.load(house)
    for file in (house / "episodes" / episode).iterdir():
        file.unlink()
    (house / "episodes" / episode).rmdir()


@pytest.mark.chromium
def test_axe_finds_nothing(page: Page) -> None:
    assert axe.everywhere(page) == {}
    page.locator("#refused").evaluate("e => { e.hidden = false; e.textContent = 'Die Datei ist leer.'; }")
    assert axe.everywhere(page) == {}
