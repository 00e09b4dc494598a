"""Pictures of the desk, for its guide: `make screens` writes them to docs/pictures/.

The sample house is copied, one recording of it waits to be worked on, and the desk runs on it as an editor
runs it; the system's Chromium (or the one that CHROMIUM names) photographs each step.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from pipeline import workflow

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs/pictures"
HOUSE = ("podcast.toml", "pelicanconf.py", "content", "episodes")
PLANNED = "2021-03-04-7000-schmetterlinge"
LINKING = "2021-05-14-bochum-zukunftsfaehig-buergernah"  # names both, so it would wait for them
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
EPISODE = "2021-04-30-angst-vor-der-digitalisierung"
SIZE = {"width": 1280, "height": 800}
QUALITY = 70
LONGEST_MS = 120_000
STEPS = {
    # file: page, what has to be there
    "desk-episodes": ("", "#episodes"),
    "desk-details": (f"/episodes/{EPISODE}/details", "form"),
    "desk-transcribe": (f"/episodes/{EPISODE}/transcribe", "#left"),
    "desk-transcript": (f"/episodes/{EPISODE}/transcript", "[contenteditable]"),
    "desk-check": (f"/episodes/{EPISODE}/check", "#frame:not([hidden])"),
    "desk-publish": (f"/episodes/{EPISODE}/publish", "#send"),
}


def main() -> None:
    """Photograph every step."""
    with tempfile.TemporaryDirectory() as folder:
        house = copied(Path(folder) / "haus")
        with running(house) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
            )
            page = browser.new_page(viewport=SIZE, locale="de-DE")  # type: ignore[arg-type]
            page.goto(address)
            page.wait_for_selector("#episodes")
            for name, (path, place) in STEPS.items():
                if name == "desk-publish":
                    workflow.approve(house, EPISODE, by="Mira Beispiel", today=NOW.date())
                shoot(page, address.partition("#")[0] + path, place, PICTURES / f"{name}.webp")
            browser.close()
    print(f"{PICTURES.relative_to(ROOT)}: {len(STEPS)} pictures of the desk")


def copied(house: Path) -> Path:
    """The sample house, public but for two episodes: one to be read, one planned."""
    for name in HOUSE:
        source = ROOT / name
        target = house / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, target)
    settings = house / "podcast.toml"
    target_lines = '\n[publish.web]\nkind = "folder"\npath = "../srv"\n'
    swap(settings, "\n[site]\n", f"{target_lines}\n[site]\n")
    shutil.rmtree(house / "episodes" / LINKING)
    aside = [house / "episodes" / name for name in (EPISODE, PLANNED)]
    for folder in aside:
        folder.rename(house.parent / folder.name)
    found = workflow.publication(house, now=NOW, progress=lambda _: None)
    workflow.send(house, found, holder="make screens", told=lambda _: None, now=NOW)
    for folder in aside:
        (house.parent / folder.name).rename(folder)
    swap(aside[1] / "episode.md", "date: 2021", "date: 2031")
    swap(aside[0] / "transcript.vtt", "neuer Technik", "neuer Tecknik")  # what the machine misheard
    review = aside[0] / "transcript.json"
    kept = json.loads(review.read_text(encoding="utf-8"))
    fresh = {"cues": {}, "marks": [], "completed": None}
    review.write_text(
        json.dumps({name: value for name, value in kept.items() if name not in fresh}), encoding="utf-8"
    )
    return house


def swap(path: Path, old: str, new: str) -> None:
    """Other words in a file, which has to hold the old ones."""
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"{path.name} does not say {old!r}")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@contextmanager
def running(house: Path) -> Iterator[str]:
    """The address of a desk of this house."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "--lang", "de", "desk", "--no-browser"],
        cwd=house,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=os.environ | {"PYTHONUNBUFFERED": "1", "XDG_CONFIG_HOME": str(house.parent / "config")},
    )
    try:
        yield re.search(r"http://\S+", process.stdout.readline() if process.stdout else "")[0]  # type: ignore[index]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def shoot(page: Page, address: str, place: str, target: Path) -> None:
    """One step as it is shown at once, in few bytes."""
    page.goto(address)
    page.wait_for_selector(place, timeout=LONGEST_MS)
    page.wait_for_timeout(1500)  # fonts, and the frame of the preview
    if "transcript" in address:
        page.keyboard.press("F8")
        page.wait_for_timeout(3500)  # it plays the place and stops behind it
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").save(target, quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
