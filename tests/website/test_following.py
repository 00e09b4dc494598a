"""`hdw serve` follows what is saved: the site is built again, and the pages in the browser with it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from pipeline.workflow import watching

ROOT = Path(__file__).parent.parent.parent
EPISODE = "episodes/2026-11-20-smarte-stadt/episode.md"
PAGE = "folgen/was-ist-eine-smarte-stadt/"
PATIENCE_S = 60.0


@contextmanager
def served(house: Path, browser: Browser) -> Iterator[tuple[str, Page, subprocess.Popen[str]]]:
    """The address of `hdw serve` in a process of its own, and a page of it; it ends by Ctrl-C, at once."""
    shutil.copy2(ROOT / "pelicanconf.py", house)
    command = [sys.executable, "-m", "pipeline", "--lang", "de", "serve", "--port", "0"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command,
        cwd=house,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    context = browser.new_context()
    try:
        assert process.stdout
        said = process.stdout.readline()
        found = re.search(r"http://\S+", said)
        assert found, said + process.stdout.read()
        page = context.new_page()
        page.set_default_timeout(PATIENCE_S * 1000)
        expect.set_options(timeout=PATIENCE_S * 1000)
        page.goto(found[0] + PAGE)
        yield found[0], page, process
        process.send_signal(signal.SIGINT)  # while the page still listens
        said, _ = process.communicate(timeout=PATIENCE_S)
        assert (process.returncode, "Traceback" in said, "Cancel" in said) == (0, False, False), said
    finally:
        process.kill()
        process.communicate()
        context.close()


def swap(path: Path, old: str, new: str) -> None:
    """As programs save: a new file in place of the old one."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    beside = path.with_name(f"{path.name}.neu")
    beside.write_text(text.replace(old, new), encoding="utf-8")
    beside.replace(path)


@pytest.mark.chromium
def test_what_is_saved_is_in_the_page_and_a_mistake_is_said_there(
    house_folder: Path, browser: Browser
) -> None:
    with served(house_folder, browser) as (address, page, process):
        swap(house_folder / EPISODE, "Die *Notizen*", "Die *neuen* Notizen")
        expect(page.get_by_text("Die neuen Notizen zur Folge.")).to_be_visible()
        swap(house_folder / EPISODE, "title:", "titel:")
        expect(page.get_by_role("status").last).to_contain_text("Es konnte nicht gebaut werden")
        assert page.get_by_text("Die neuen Notizen zur Folge.").is_visible()
        page.reload()
        expect(page.get_by_role("status").last).to_contain_text("Es konnte nicht gebaut werden")
        swap(house_folder / EPISODE, "titel:", "title:")
        expect(page.get_by_text("Es konnte nicht gebaut werden")).to_have_count(0)
        swap(house_folder / "podcast.toml", 'title = "', 'title = "Neu: ')
        expect(page).to_have_title(re.compile("Neu: "))
        built = (house_folder / ".hdw/preview" / PAGE / "index.html").read_text(encoding="utf-8")
        assert "reload.js" not in built
        assert "reload.js" in httpx.get(f"{address}nichts/").text
        assert process.poll() is None


@pytest.mark.chromium
def test_a_page_that_did_not_listen_when_it_was_built_again_is_loaded_anew(
    house_folder: Path, browser: Browser
) -> None:
    """As one in a tab behind others: it listens again when it is looked at."""
    with served(house_folder, browser) as (address, page, _):
        page.route("**/.hdw/changes", lambda route: route.abort())
        page.reload()
        swap(house_folder / EPISODE, "Die *Notizen*", "Die *neuen* Notizen")
        end = time.monotonic() + PATIENCE_S
        while "neuen" not in httpx.get(address + PAGE).text:
            assert time.monotonic() < end
            time.sleep(0.1)
        assert page.get_by_text("Die Notizen zur Folge.").is_visible()
        page.unroute("**/.hdw/changes")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(page.get_by_text("Die neuen Notizen zur Folge.")).to_be_visible()


@contextmanager
def watched(root: Path) -> Iterator[list[float]]:
    """The moments at which it was told that something was saved."""
    told, stop = list[float](), Event()

    def listen() -> None:
        for _ in watching.saved(root, stop):
            told.append(time.monotonic())

    thread = Thread(target=listen)
    thread.start()
    time.sleep(1)
    yield told
    stop.set()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()


def told_after(told: list[float], act: str, path: Path, *, patience_s: float = PATIENCE_S) -> bool:
    """Whether it is told that a file was written, or removed."""
    before, end = len(told), time.monotonic() + patience_s
    if act == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    else:
        path.unlink()
    while len(told) == before and time.monotonic() < end:
        time.sleep(0.05)
    found = len(told) > before
    time.sleep(0.7)  # what is told in several steps is told before the next act
    return found


@pytest.mark.parametrize("name", ["content/neu.md", "episodes/a/b/c.txt", "theme/site.css", "podcast.toml"])
def test_a_file_that_is_saved_is_told_also_in_a_new_folder(house_folder: Path, name: str) -> None:
    with watched(house_folder) as told:
        assert told_after(told, "write", house_folder / name)
        assert told_after(told, "write", house_folder / name)
        assert told_after(told, "remove", house_folder / name)


@pytest.mark.parametrize(
    "name", [".hdw/preview/index.html", "output/index.html", "content/.x.md.abc.part", "content/.neu.md.swp"]
)
def test_what_the_program_makes_and_what_is_being_written_is_not_told(house_folder: Path, name: str) -> None:
    (house_folder / name).parent.mkdir(parents=True, exist_ok=True)
    with watched(house_folder) as told:
        assert not told_after(told, "write", house_folder / name, patience_s=2)


def test_what_was_saved_before_it_was_watched_is_told_at_once(house_folder: Path) -> None:
    with watched(house_folder) as told:
        assert len(told) == 1


def test_a_recording_is_told_when_it_grows_no_more(house_folder: Path) -> None:
    """What is read while it is being copied would be measured as the whole."""
    file = house_folder / "episodes/2026-11-20-smarte-stadt/neu.mp3"
    with watched(house_folder) as told:
        before = len(told)
        for _ in range(30):
            with file.open("ab") as opened:
                opened.write(b"x" * 1000)
            time.sleep(0.1)
        grown = time.monotonic()
        assert len(told) == before
        time.sleep(watching.QUIET_S + 1.5)
    assert told[before] >= grown + watching.QUIET_S - 0.2


def test_recordings_outside_the_house_are_watched_from_when_podcast_toml_names_them(
    house_folder: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "aufnahmen"
    outside.mkdir()
    with watched(house_folder) as told:
        settings = house_folder / "podcast.toml"
        before, text = len(told), settings.read_text(encoding="utf-8")
        settings.write_text(f'{text}\n[storage]\nrecordings = "{outside}"\n', encoding="utf-8")
        time.sleep(2)
        assert len(told) > before
        assert told_after(told, "write", outside / "neu.txt")


def test_a_folder_that_is_replaced_is_watched_on(house_folder: Path) -> None:
    with watched(house_folder) as told:
        (house_folder / "content").rename(house_folder / "vorher")
        (house_folder / "content").mkdir()
        time.sleep(1.5)
        assert told_after(told, "write", house_folder / "content/neu.md")


@pytest.mark.parametrize("error", [OSError, RuntimeError])
def test_where_the_system_watches_no_more_files_they_are_looked_at(
    house_folder: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """Without a watch left the library raises one, without an instance the other."""
    real = watching.watch

    def few(*paths: Path, force_polling: bool | None = None, **how: object) -> Iterator[object]:
        if not force_polling:
            raise error("OS file watch limit reached.")
        return real(*paths, force_polling=True, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(watching, "watch", few)
    with watched(house_folder) as told:
        assert told_after(told, "write", house_folder / "content/neu.md")
