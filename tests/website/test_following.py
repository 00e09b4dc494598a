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


def count_after(told: list[float], act: str, path: Path) -> int:
    """How often it was told of something, once nothing more comes."""
    before = len(told)
    if act == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    else:
        path.unlink()
    for _ in range(40):
        time.sleep(0.05)
    return len(told) - before


@pytest.mark.parametrize("name", ["content/neu.md", "episodes/a/b/c.txt", "theme/site.css", "podcast.toml"])
def test_a_file_that_is_saved_is_told_also_in_a_new_folder(house_folder: Path, name: str) -> None:
    with watched(house_folder) as told:
        assert count_after(told, "write", house_folder / name) >= 1
        assert count_after(told, "write", house_folder / name) >= 1
        assert count_after(told, "remove", house_folder / name) >= 1


@pytest.mark.parametrize(
    "name", [".hdw/preview/index.html", "output/index.html", "content/.x.md.abc.part", "content/.neu.md.swp"]
)
def test_what_the_program_makes_and_what_is_being_written_is_not_told(house_folder: Path, name: str) -> None:
    (house_folder / name).parent.mkdir(parents=True, exist_ok=True)
    with watched(house_folder) as told:
        assert count_after(told, "write", house_folder / name) == 0


def test_where_the_system_watches_no_more_files_they_are_looked_at(
    house_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = watching.watch

    def few(*paths: Path, force_polling: bool | None = None, **how: object) -> Iterator[object]:
        if not force_polling:
            raise OSError("OS file watch limit reached.")
        return real(*paths, force_polling=True, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(watching, "watch", few)
    with watched(house_folder) as told:
        assert count_after(told, "write", house_folder / "content/neu.md") >= 1
