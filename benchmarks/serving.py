"""From saving a text to seeing it in the browser: `hdw serve` over an archive, in the system's Chromium.

    python benchmarks/serving.py [--quick] [--episodes N] [--minutes M] [--rounds N] [--output FILE]

An archive of N talks of M minutes (benchmarks/archiving/) is served by `hdw serve`; in Chromium a page is
open whose notes are saved with another sentence, again and again. Measured on the wall: from the moment the
file lies there until the page in the browser has the sentence; and the CPU seconds of the server for it. Once
the server has nothing to do when a text is saved, once it is saved half a second after the last was seen:
the search of that one may still be being made.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Error, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import measuring
from tests import parts
from tests.conftest import FLAGS

RESULT = measuring.ROOT / "benchmarks/results/serving.json"
PATIENCE_S = 60.0
GOAL_S = 1.0
IDLE_PERCENT = 4.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--episodes", type=int, default=1000)
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--output", type=Path, default=RESULT)
    asked = parser.parse_args()
    if asked.quick:
        asked.episodes, asked.minutes, asked.rounds = 10, 1, 2
    with tempfile.TemporaryDirectory(prefix="hdw-") as folder:
        house = _house(Path(folder), asked.episodes, asked.minutes)
        rounds = list(_measured(house, asked.rounds, waiting=True))
        hurried = list(_measured(house, asked.rounds, waiting=False))
    made = {
        **measuring.surroundings("pelican", "starlette", "watchfiles"),
        "episodes": asked.episodes,
        "minutes": asked.minutes,
        "goal_s": GOAL_S,
        "saved_to_seen_s": _spread([seen for seen, _ in rounds]),
        "saved_to_seen_in_a_hurry_s": _spread([seen for seen, _ in hurried]),
        "server_cpu_s": _spread([cpu for _, cpu in rounds]),
    }
    text = json.dumps(made, indent=1, sort_keys=True, ensure_ascii=False)
    print(text)
    if not asked.quick:
        asked.output.write_text(text + "\n", encoding="utf-8")


def _house(folder: Path, episodes: int, minutes: int) -> Path:
    command = [
        sys.executable,
        "benchmarks/archives.py",
        str(folder),
        str(episodes),
        str(minutes),
        "--for",
        "house",
    ]
    subprocess.run(command, cwd=measuring.ROOT, check=True, capture_output=True)
    return folder / "house"


def _measured(house: Path, rounds: int, *, waiting: bool) -> Iterator[tuple[float, float]]:
    """Of each round the seconds until the text was seen, and the CPU seconds of the server."""
    episode = sorted(house.glob("episodes/*/episode.md"))[-1]
    with _served(house) as (address, server), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=parts.chromium(), args=FLAGS)
        page = browser.new_page()
        page.goto(address + _page_of(house, episode.parent.name))
        for number in range(rounds + 1):
            sentence = f"Dieser Satz kam in Runde {number} dazu."
            before = server.cpu_times()
            seconds = _seen(page, episode, sentence)
            if waiting:
                _rest(server)
            after = server.cpu_times()
            time.sleep(0.5)
            if number:  # the first warms up
                yield seconds, after.user + after.system - before.user - before.system
        browser.close()


def _rest(server: psutil.Process) -> None:
    """Wait until a process and its children have done nothing for a while."""
    while server.children(recursive=True) or server.cpu_percent(0.5) > IDLE_PERCENT:
        pass


def _seen(page: Page, episode: Path, sentence: str) -> float:
    text = episode.read_text(encoding="utf-8").partition("\n\nDieser Satz")[0].rstrip("\n")
    beside = episode.with_name(".episode.md.part")
    beside.write_text(f"{text}\n\n{sentence}\n", encoding="utf-8")
    beside.replace(episode)
    started = time.monotonic()
    while time.monotonic() - started < PATIENCE_S:
        try:
            if page.evaluate("words => document.body?.innerText.includes(words)", sentence):
                return time.monotonic() - started
        except Error:
            pass  # it is just being loaded anew
        time.sleep(0.01)
    raise measuring.FailedError(f"never seen: {sentence}")


def _page_of(house: Path, id_: str) -> str:
    """The address of an episode's page, by the title that the built page has."""
    title = re.search(
        r"^title: (.+)$", (house / f"episodes/{id_}/episode.md").read_text("utf-8"), re.MULTILINE
    )
    assert title
    name = title[1].strip("\"'")
    for page in sorted((house / ".hdw/preview/folgen").glob("*/index.html")):
        if f"<title>{name}" in page.read_text(encoding="utf-8"):
            return page.parent.relative_to(house / ".hdw/preview").as_posix() + "/"
    raise measuring.FailedError(f"no page of {id_}")


@contextmanager
def _served(house: Path) -> Iterator[tuple[str, psutil.Process]]:
    command = [sys.executable, "-m", "pipeline", "--lang", "en", "serve", "--port", "0"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONPATH": str(measuring.ROOT)}
    with subprocess.Popen(command, cwd=house, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            found = re.search(r"http://\S+", process.stdout.readline())
            if not found:
                raise measuring.FailedError("hdw serve did not start")
            yield found[0], psutil.Process(process.pid)
        finally:
            process.kill()


def _spread(values: list[float]) -> dict[str, Any]:
    ordered = sorted(values)
    return {
        "median": round(statistics.median(ordered), 3),
        "least": round(ordered[0], 3),
        "most": round(ordered[-1], 3),
    }


if __name__ == "__main__":
    main()
