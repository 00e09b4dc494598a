"""The page of a talk of two hours on a slow phone, and the start page before anything plays, in Chromium.

    python benchmarks/page.py [--quick] [--output FILE]

The phone: 390 pixels wide, its processor slowed six times. Style and layout are what the browser counts
until the page is still, in time of the processor, so that other programs hardly count; a word's highlight is
what the player takes in a frame in which the next word is spoken.
Sizes are those of bodies, HTML, scripts, styles and JSON compressed as servers do it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, CDPSession, Page, Response, sync_playwright

from benchmarks import houses, measuring
from pipeline import website, workflow

RESULT = Path(__file__).parent / "results" / "page.json"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SLOWED, WIDTH, HEIGHT = 6, 390, 844
FRAMES = 600
PACKED = {"", ".css", ".html", ".js", ".json", ".svg", ".xml"}
WATCH = """
window.tasks = [];
new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => one.duration)))
  .observe({ type: "longtask", buffered: true });
"""
# Every frame is half a second later: the next word at least. What the player does in it is timed, apart where
# the next paragraph begins with it.
FRAME = """
async (frames) => {
  const audio = document.querySelector("audio"), natural = requestAnimationFrame;
  const now = () => document.querySelector(".turn[aria-current]");
  const spent = { word: 0, paragraph: 0 }, count = { word: 0, paragraph: 0 };
  let at = 600;
  Object.defineProperty(audio, "currentTime", { get: () => at, set: () => {} });
  window.requestAnimationFrame = (act) => natural((time) => {
    at += 0.5;
    const turn = now(), before = performance.now();
    act(time);
    const took = performance.now() - before, kind = turn === now() ? "word" : "paragraph";
    spent[kind] += took;
    count[kind] += 1;
  });
  const late = (_, no) => setTimeout(() => no(new Error("it does not play")), 60_000);
  const play = () => Promise.race([audio.play(), new Promise(late)]);
  audio.muted = true;
  await play();
  await new Promise((done) => setTimeout(done, 2000));
  for (const kind of ["word", "paragraph"]) spent[kind] = count[kind] = 0;
  for (const begun = performance.now(); count.word < frames; ) {
    if (performance.now() - begun > 120_000) throw new Error(`${count.word} frames; paused: ${audio.paused}`);
    if (audio.paused) await play();
    await new Promise((done) => setTimeout(done, 50));
  }
  const marked = CSS.highlights.get("word")?.size ?? 0;
  const paragraph = spent.paragraph / Math.max(count.paragraph, 1);
  return { "ms": spent.word / count.word, "ms, a new paragraph": paragraph, "frames": count.word, marked };
}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="two minutes, one round; nothing is written")
    parser.add_argument("--output", type=Path, default=RESULT)
    chosen = parser.parse_args()
    length_s, rounds, frames = (120.0, 1, 30) if chosen.quick else (7200.0, 5, FRAMES)
    with tempfile.TemporaryDirectory() as folder:
        made = {**measuring.surroundings("playwright"), **measured(Path(folder), length_s, rounds, frames)}
    text = json.dumps(made, indent=1, ensure_ascii=False)
    print(text)
    if not chosen.quick:
        chosen.output.write_text(text + "\n", encoding="utf-8")


def measured(folder: Path, length_s: float, rounds: int, frames: int) -> dict[str, Any]:
    root = houses.talk(folder / "haus", length_s)
    output = workflow.build(root, output=root / "output", now=NOW).output
    door = website.listen(0)
    threading.Thread(target=website.run, args=(output, "/", door), daemon=True).start()
    address = f"http://127.0.0.1:{door.getsockname()[1]}/"
    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--headless", "--no-sandbox"])
        talk = f"{address}folgen/ein-langes-gespraech/"
        shown = [_shown(browser, talk) for _ in range(rounds)]
        return {
            "length_s": length_s,
            "rounds": rounds,
            "talk": {**_loaded(browser, talk), **_nodes(browser, talk)},
            "talk, slowed": {name: round(median(one[name] for one in shown), 1) for name in shown[0]},
            "highlight of a word, slowed": _highlight(browser, talk, frames),
            "start page": _loaded(browser, address),
        }


def _phone(browser: Browser, *, slowed: bool) -> Page:
    page = browser.new_page(
        viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=2, is_mobile=True
    )
    if slowed:
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.add_init_script(WATCH)
    return page


def _shown(browser: Browser, address: str) -> dict[str, float]:
    """Milliseconds until the page is still: style and layout, script, the longest task.

    A reader comes from another page: what the browser does once, such as looking for fonts, was done there.
    """
    page = _phone(browser, slowed=True)
    counted = page.context.new_cdp_session(page)
    counted.send("Performance.enable", {"timeDomain": "threadTicks"})
    first = _counted(page, counted, f"{address.partition('folgen/')[0]}archiv/")
    talk = _counted(page, counted, address)
    tasks = page.evaluate("tasks")
    page.close()
    return {
        "style and layout, ms": talk["layout"],
        "script, ms": talk["script"],
        "longest task, ms": max(tasks, default=0.0),
        "a first small page, style and layout, ms": first["layout"],
    }


def _counted(page: Page, counted: CDPSession, address: str) -> dict[str, float]:
    """Milliseconds until a page is still. Chromium counts anew for each page that a tab shows."""
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(1000)
    found = {one["name"]: 1000 * one["value"] for one in counted.send("Performance.getMetrics")["metrics"]}
    return {
        "layout": found["LayoutDuration"] + found["RecalcStyleDuration"],
        "script": found["ScriptDuration"],
    }


def _highlight(browser: Browser, address: str, frames: int) -> dict[str, float]:
    page = _phone(browser, slowed=True)
    page.goto(address, wait_until="networkidle")
    made: dict[str, float] = page.evaluate(FRAME, frames)
    page.close()
    if not made["marked"]:
        raise measuring.FailedError("no word was marked")
    return {name: round(value, 3) for name, value in made.items()}


def _nodes(browser: Browser, address: str) -> dict[str, int]:
    page = _phone(browser, slowed=False)
    page.goto(address)
    found: int = page.evaluate("document.querySelectorAll('*').length")
    page.close()
    return {"nodes": found}


def _loaded(browser: Browser, address: str) -> dict[str, Any]:
    """Requests and kilobytes until the page is still, before anything plays."""
    page = _phone(browser, slowed=False)
    got: list[Response] = []
    page.on("response", lambda one: got.append(one))  # noqa: PLW0108 (Playwright writes into what it is given)
    page.goto(address, wait_until="networkidle")
    sizes = {one.url: _size(one) for one in got}
    page.close()
    kinds: dict[str, int] = {}
    for url, size in sizes.items():
        kind = _suffix(url).removeprefix(".") or "html"
        kinds[kind] = kinds.get(kind, 0) + size
    return {
        "requests": len(sizes),
        "elsewhere": sum(not url.startswith("http://127.0.0.1") for url in sizes),
        "kilobytes": round(sum(sizes.values()) / 1000, 1),
        "kilobytes, each": {kind: round(size / 1000, 1) for kind, size in sorted(kinds.items())},
    }


def _size(response: Response) -> int:
    body = response.body()
    return len(gzip.compress(body, mtime=0)) if _suffix(response.url) in PACKED else len(body)


def _suffix(url: str) -> str:
    return Path(urlsplit(url).path).suffix


if __name__ == "__main__":
    main()
