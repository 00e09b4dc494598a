"""The search: what its index costs to make, and what a question costs a reader.

    python benchmarks/search.py [--quick] [--output FILE]

An archive is indexed whole, again without a change, and with one episode more, twice: in an open block that
is as large as it gets, and where that block becomes part of a larger one; each in a process of its own.
Then questions are put to it in Chromium, one after another on one page: a frequent word, a middling one, a
rare one, two words, and one that nobody said. Bytes are those of bodies; HTML, scripts and JSON compressed
as servers do it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import sys
import tempfile
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Response, sync_playwright

from benchmarks import indexing, measuring
from pipeline import website

RESULT = Path(__file__).parent / "results" / "search.json"
ARCHIVES = ((100, 60), (1000, 10), (1000, 60))
QUICK = ((6, 3),)
PLAIN = {".js", ".json", ".html", ".css"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="six short episodes; nothing is written")
    parser.add_argument("--output", type=Path, default=RESULT)
    chosen = parser.parse_args()
    archives = [measured(*one) for one in (QUICK if chosen.quick else ARCHIVES)]
    made = {**measuring.surroundings("pagefind_bin", "playwright"), "archives": archives}
    print(json.dumps(made, indent=1, sort_keys=True, ensure_ascii=False))
    if not chosen.quick:
        chosen.output.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(made, indent=1, sort_keys=True, ensure_ascii=False)
        chosen.output.write_text(text + "\n", encoding="utf-8")


def measured(count: int, minutes: int) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp())
    try:
        costs = {
            "all": _index(count - 2, minutes, folder),
            "nothing changed": _index(count - 2, minutes, folder),
            "one added": _index(count - 1, minutes, folder),
            "one added, which fills blocks up": _index(count, minutes, folder),
        }
        files = [path for path in folder.glob("suche/index/*/**/*") if path.is_file()]
        return {
            "episodes": count,
            "minutes": minutes,
            "index": costs,
            "files": len(files),
            "bytes": sum(path.stat().st_size for path in files),
            "questions": asked(folder),
        }
    finally:
        shutil.rmtree(folder)


def _index(count: int, minutes: int, folder: Path) -> dict[str, float]:
    command = [sys.executable, "benchmarks/indexing.py", str(count), str(minutes), str(folder)]
    return {name: round(value, 2) for name, value in asdict(measuring.run(command)).items()}


def questions() -> dict[str, str]:
    words = [word for word in indexing.vocabulary()[0][:2400] if len(word) >= indexing.LONG]
    return {
        "first, frequent": words[10],
        "middling": words[300],
        "rare": words[1800],
        "two words": f"{words[200]} {words[500]}",
        "said by nobody": words[1500][2:] + "xq",
    }


def asked(folder: Path) -> list[dict[str, Any]]:
    door = website.listen(0)
    threading.Thread(target=website.run, args=(folder, "/", door), daemon=True).start()
    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--headless", "--no-sandbox"])
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{door.getsockname()[1]}/suche/")
        made = [_ask(page, name, words) for name, words in questions().items()]
        made += _clicks(page)
        browser.close()
    return made


def _clicks(page: Page) -> list[dict[str, Any]]:
    """What the buttons below the answers cost: the frequent word again, more of it, older episodes too."""
    _ask(page, "", questions()["first, frequent"])
    made = []
    for name, act in (("more episodes", "next"), ("older episodes", "older")):
        button = page.locator(f"[data-act={act}]")
        if button.is_visible():
            made.append(_cost(page, name, button.click))
    return made


def _ask(page: Page, name: str, words: str) -> dict[str, Any]:
    page.fill("#q", words)
    return {**_cost(page, name, lambda: page.press("#q", "Enter")), "said": page.inner_text("#said").strip()}


def _cost(page: Page, name: str, act: Any) -> dict[str, Any]:
    got: list[Response] = []

    def note(response: Response) -> None:
        got.append(response)

    page.on("response", note)
    act()
    page.wait_for_load_state("networkidle")
    page.wait_for_selector("#said :is(h2, p)")
    page.wait_for_timeout(1500)
    page.remove_listener("response", note)
    sizes = [_size(response) for response in got if response.request.method == "GET"]
    return {"question": name, "requests": len(sizes), "bytes": sum(sizes)}


def _size(response: Response) -> int:
    suffix = Path(response.url.partition("?")[0]).suffix
    body = response.body()
    return len(gzip.compress(body, mtime=0)) if suffix in PLAIN else len(body)


if __name__ == "__main__":
    main()
