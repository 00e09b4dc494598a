"""How soon pages are there: the median of five visits to each, as Lighthouse measures them.

    python benchmarks/lighthouse.py [--quick] [--output FILE]

The sample house is served by the preview server, which compresses nothing, and visited in Chromium.
Lighthouse loads each page without a cache and calculates what a middling telephone would make of it (its
own standard: 150 ms away, 1.6 Mbit/s, a processor four times slower).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import measuring
from tools import screens

RESULT = Path(__file__).parent / "results" / "lighthouse.json"
JUDGE = measuring.ROOT / "tests/website/checkers"
PAGES = {
    "start": "",
    "episode": "folgen/bochum-zukunftsfaehig-buergernah/",
    "search": "suche/?q=Stadt",
}
RUNS = 5
FIGURES = {
    "bytes": "total-byte-weight",
    "first_paint_ms": "first-contentful-paint",
    "largest_paint_ms": "largest-contentful-paint",
    "blocked_ms": "total-blocking-time",
    "shift": "cumulative-layout-shift",
    "speed_index_ms": "speed-index",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--quick", action="store_true", help="one visit to the start page; nothing is written"
    )
    parser.add_argument("--output", type=Path, default=RESULT)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address = screens.serve(screens.build(Path(folder)))
        names, runs = (("start",), 1) if chosen.quick else (tuple(PAGES), RUNS)
        made = {**measuring.surroundings(), "runs": runs, **measured(address, names, runs)}
    text = json.dumps(made, indent=1, sort_keys=True, ensure_ascii=False)
    print(text)
    if not chosen.quick:
        chosen.output.parent.mkdir(parents=True, exist_ok=True)
        chosen.output.write_text(text + "\n", encoding="utf-8")


def measured(address: str, names: Sequence[str], runs: int) -> dict[str, Any]:
    """Every page is visited before one is visited again: what else the machine does meets all of them."""
    made = list(reports([address + PAGES[name] for name in names] * runs, ("performance",)))
    return {
        "lighthouse": made[0]["lighthouseVersion"],
        "browser": made[0]["environment"]["hostUserAgent"],
        "pages": {name: _median(made[number :: len(names)]) for number, name in enumerate(names)},
    }


def _median(visits: list[dict[str, Any]]) -> dict[str, float]:
    score = median(one["categories"]["performance"]["score"] for one in visits)
    figures = {
        name: median(one["audits"][audit]["numericValue"] for one in visits)
        for name, audit in FIGURES.items()
    }
    return {"score": round(100 * score), **{name: round(value, 3) for name, value in figures.items()}}


def reports(addresses: Sequence[str], categories: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Lighthouse's own reports of the pages at those addresses; FailedError if it cannot do its work."""
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    wanted = {"chromium": chromium, "addresses": addresses, "categories": categories}
    done = subprocess.run(
        ["node", "judge.js"], cwd=JUDGE, input=json.dumps(wanted), capture_output=True, text=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        raise measuring.FailedError(done.stderr[-2000:])
    return map(json.loads, done.stdout.splitlines())


if __name__ == "__main__":
    main()
