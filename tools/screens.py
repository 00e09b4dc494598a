"""Pictures of every kind of page, to be looked at: `make screens` writes them to build/screens/.

The sample house is built into a temporary folder, served by the preview server and photographed by the
system's Chromium (or the one that CHROMIUM names) on phone, tablet and desktop, in light and dark. The small
pictures that the README shows are made again as well, in docs/pictures/.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from pipeline import website, workflow

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build/screens"
HOUSE = ("podcast.toml", "pelicanconf.py", "content", "episodes", "theme")
WIDTHS = (320, 390, 768, 1280)
SCHEMES = {"hell": "light", "dunkel": "dark"}
PAGES = {
    "start": "",
    "folge": "folgen/bochum-zukunftsfaehig-buergernah/",
    "einbetten": "folgen/bochum-zukunftsfaehig-buergernah/einbetten/",
    "archiv": "archiv/",
    "jahr": "archiv/2021/",
    "haus": "archiv/haus/stadtbuecherei/",
    "themen": "themen/",
    "thema": "themen/smart-city/",
    "personen": "personen/",
    "person": "personen/denes-kuecuek/",
    "reihen": "reihen/",
    "reihe": "reihen/smart-and-the-city/",
    "abonnieren": "abonnieren/",
    "suche": "suche/?q=Stadt",
    "seite": "impressum/",
    "fehlt": "nichts/",
}

README = ROOT / "docs/pictures"
PHONE = {"width": 390, "height": 720}
SMALL = {  # file: page, scheme, what has to be there and comes to the top
    "folge.webp": ("folge", "light", "h1"),
    "transkript.webp": ("folge", "light", "#transkript"),
    "suche.webp": ("suche", "light", ".res"),
    "dunkel.webp": ("start", "dark", "body"),
}
QUALITY = 72

WHOLE = "for (const one of document.querySelectorAll('.turn, .sec')) one.style.contentVisibility = 'visible'"
"""Paragraphs out of view are drawn too."""


def main(wanted: list[str]) -> None:
    """Photograph the pages named, or all of them."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        address = serve(build(Path(folder)))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
            )
            for name in wanted or PAGES:
                shoot(browser, address, name)
            for file in () if wanted else SMALL:
                shrink(browser, address, file)
            browser.close()
    print(f"{TARGET.relative_to(ROOT)}: {len(list(TARGET.glob('*.png')))} pictures")


def build(folder: Path) -> Path:
    """The sample house, built in a copy: the project itself stays as it is."""
    for name in HOUSE:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, folder / name)
    return workflow.build(folder, output=folder / "output", now=datetime.now(UTC)).output


def serve(output: Path) -> str:
    """The built site on a free port of this machine."""
    door = website.listen(0)
    threading.Thread(target=website.run, args=(output, "/", door), daemon=True).start()
    return f"http://127.0.0.1:{door.getsockname()[1]}/"


def shoot(browser: Browser, address: str, name: str) -> None:
    """One page at every width, light and dark, whole."""
    for word, scheme in SCHEMES.items():
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page.goto(address + PAGES[name])
            page.evaluate(WHOLE)
            page.screenshot(path=TARGET / f"{name}-{width}-{word}.png", full_page=True)
            page.close()


def shrink(browser: Browser, address: str, file: str) -> None:
    """One picture of the README: what a phone shows at once, in few bytes."""
    name, scheme, place = SMALL[file]
    page = browser.new_page(viewport=PHONE, device_scale_factor=1.5, color_scheme=scheme)
    page.goto(address + PAGES[name], wait_until="networkidle")
    found = page.locator(place).first
    found.wait_for()
    found.evaluate("(one) => one.scrollIntoView()")
    page.wait_for_timeout(500)  # paragraphs that come into view are drawn
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").save(README / file, quality=QUALITY, method=6)
    page.close()


if __name__ == "__main__":
    main(sys.argv[1:])
