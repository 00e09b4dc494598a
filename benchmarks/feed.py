"""Feeds against feedgen, and one new episode among ten thousand: CPU seconds, files, sizes.

All of it; `--quick` proves in less than a minute that the benchmark works, and asserts nothing about time.
Contestants take turns, so that whatever else the machine does meets all of them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from lxml import etree

from benchmarks import measuring

RESULTS = measuring.ROOT / "benchmarks" / "results"
LIBRARIES = ("feedgen", "lxml", "markdown-it-py", "nh3", "pydantic")


@dataclass(frozen=True, slots=True)
class Plan:
    """Items of the one feed, episodes of the large house and of a page of its feeds, rounds."""

    items: int
    episodes: int
    page: int
    rounds: int
    quick: bool


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure feeds against feedgen.")
    parser.add_argument("--quick", action="store_true", help="small, for CI")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    plan = (
        Plan(40, 60, 20, 1, quick=True) if asked.quick else Plan(1000, 10_000, 500, asked.rounds, quick=False)
    )
    out = asked.out or RESULTS / f"feed{'-quick' if asked.quick else ''}.json"
    results = measuring.surroundings(*LIBRARIES) | {"quick": plan.quick, "rounds": plan.rounds}
    with tempfile.TemporaryDirectory() as folder:
        results |= {
            "one feed": _compared(plan, Path(folder)),
            "one feed, without show notes": _compared(plan, Path(folder), "plain"),
            "one new episode": _added(plan, Path(folder), plan.episodes),
            "one new episode, and with it a new archive page": _added(plan, Path(folder), plan.episodes - 1),
        }
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(results, ensure_ascii=False, indent=1))


def _run(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "benchmarks/feeds.py", *arguments]
    done = subprocess.run(command, cwd=measuring.ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise measuring.FailedError(f"{' '.join(command)}\n{done.stderr[-2000:]}")
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _compared(plan: Plan, folder: Path, *more: str) -> dict[str, Any]:
    """One feed by each contestant, and what reading ours back takes; all hold the same episodes."""
    runs: dict[str, list[dict[str, Any]]] = {"feedgen": [], "ours": [], "ours, validated": []}
    for _ in range(plan.rounds):
        for name, made in runs.items():
            made.append(_run(name, str(plan.items), str(folder), *more))
    if _said(folder / "ours.xml") != _said(folder / "feedgen.xml"):
        raise measuring.FailedError("the feeds hold different episodes")
    figures = {name: _figures(made) for name, made in runs.items()}
    ratio = figures["ours"]["cpu_s"] / figures["feedgen"]["cpu_s"]
    return figures | {"ours / feedgen": round(ratio, 2)}


def _figures(runs: list[dict[str, Any]]) -> dict[str, Any]:
    cpu_s = round(median(one["cpu_s"] for one in runs), 4)
    return {"cpu_s": cpu_s, "bytes": runs[-1]["bytes"], "items": runs[-1]["items"]}


def _said(file: Path) -> list[tuple[str | None, ...]]:
    """What every item says, as far as both can say it."""
    return [
        (
            item.findtext("guid"),
            item.findtext("title"),
            item.findtext("pubDate"),
            item.find("enclosure").get("url"),
        )
        for item in etree.parse(file).iterfind("channel/item")
    ]


def _added(plan: Plan, folder: Path, before: int) -> dict[str, Any]:
    """A house that was built, one more episode, built again: each time in a fresh process."""
    old, new = folder / "old", folder / "new"
    _run("build", str(before), str(old), str(before), str(plan.page))
    runs = []
    for _ in range(plan.rounds):
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(old, new, copy_function=os.link)  # a build replaces files, it never writes into one
        runs.append(_run("build", str(before + 1), str(new), str(before), str(plan.page)))
    subscribed = (new / "output/feed.xml").read_bytes()
    nothing = _run("build", str(before + 1), str(new), str(before), str(plan.page))
    shutil.rmtree(old)
    return {
        "cpu_s": round(median(one["cpu_s"] for one in runs), 4),
        "cpu_s, nothing changed": round(nothing["cpu_s"], 4),
        "episodes": before + 1,
        "feeds": sum(1 for _ in (new / "output").rglob("feed.xml")) + 1,
        "written": runs[-1]["written"],
        "written, nothing changed": nothing["written"],
        "subscription feed": {
            "items": subscribed.count(b"<item>"),
            "bytes": len(subscribed),
            "bytes, gzipped": len(gzip.compress(subscribed)),
        },
    }


if __name__ == "__main__":
    main()
