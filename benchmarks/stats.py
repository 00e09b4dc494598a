"""Counting a log against GoAccess: CPU seconds, memory, and what memory grows with.

    python benchmarks/stats.py [--quick] [--output FILE]

The log is made up: half of it audio, in pieces and whole, the rest pages, pictures and feeds. Contestants
take turns. GoAccess counts requests and visitors and knows neither episodes nor pieces nor the minute: it
shows what reading such a log costs.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import measuring

RESULT = Path(__file__).parent / "results" / "stats.json"
EPISODES, DAYS = 500, 60
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
START = datetime(2026, 9, 1, tzinfo=UTC)
AGENTS = (
    ("AppleCoreMedia/1.0.0.20G75 (iPhone; U; CPU OS 16_6 like Mac OS X; de_de)", 40),
    ("Podcasts/4025.610.1 CFNetwork/3826.500.111 Darwin/24.4.0", 15),
    ("Spotify/8.9 Android/30 (Pixel)", 15),
    ("AntennaPod/3.4.0", 10),
    (
        f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME}",
        10,
    ),
    ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", 5),
    ("atc/1.0 watchOS/10.1 model/Watch6,1", 5),
)
COUNTED = """\
import sys, json
from zoneinfo import ZoneInfo
from pipeline import stats
sounds = {f"/audio/folge-{n}.0a1b2c3d.mp3": stats.Sound(str(n), 1_000_000) for n in range(int(sys.argv[2]))}
counting = stats.Counting(sounds, stats.Days(ZoneInfo("Europe/Berlin")))
for hit in stats.read(sys.argv[1]):
    counting.add(hit)
found = counting.counted()
print(json.dumps({"lines": found.lines, "downloads": sum(one.downloads for one in found.counts)}))
"""
COMMAND = (sys.executable, "-c", COUNTED)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="20,000 lines; nothing is written")
    parser.add_argument("--output", type=Path, default=RESULT)
    chosen = parser.parse_args()
    sizes, rounds = ((10_000, 20_000), 1) if chosen.quick else ((1_000_000, 10_000_000), 3)
    made = measuring.surroundings("crawler-user-agents", "numpy", "podcast-app-user-agents")
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "access.log"
        for at, lines in enumerate(sizes):
            with log.open("w", encoding="utf-8") as file:
                file.writelines(written(lines))
            made[f"{lines:,} lines"] = compared(log, lines, rounds if at == 0 else 1)
    print(json.dumps(made, indent=1, sort_keys=True))
    if not chosen.quick:
        chosen.output.write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def written(lines: int) -> Iterator[str]:
    """The log, in the order of time; listeners grow with it."""
    chance = random.Random(7)
    agents, weights = zip(*AGENTS, strict=True)
    for number in range(lines):
        moment = START + timedelta(seconds=number * DAYS * 86_400 / lines)
        listener = chance.randrange(lines // 10)
        path, status, sent = asked(chance)
        agent = agents[listener % len(agents)] if number % 3 else chance.choices(agents, weights)[0]
        yield (
            f"10.{listener >> 16}.{listener >> 8 & 255}.{listener & 255}"
            f' - - [{moment:%d/%b/%Y:%H:%M:%S} +0000] "GET {path} HTTP/1.1" {status} {sent} "-" "{agent}"\n'
        )


def asked(chance: random.Random) -> tuple[str, int, int]:
    """A path with the answer's status and bytes."""
    if chance.getrandbits(1):
        episode = min(int(chance.expovariate(0.05)), EPISODES - 1)
        status, sent = chance.choice(((200, 40_000_000), (206, 2), (206, 400_000), (206, 700_000), (304, 0)))
        return f"/audio/folge-{episode}.0a1b2c3d.mp3", status, sent
    return chance.choice(("/", "/feed.xml", "/folgen/folge-7/", "/bilder/0a1b2c3d4e5f6071.jpg")), 200, 20_000


def compared(log: Path, lines: int, rounds: int) -> dict[str, Any]:
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(measuring.run([*COMMAND, str(log), str(EPISODES)]))
        if shutil.which("goaccess"):
            theirs.append(measuring.run(goaccess(log)))
    command = [*COMMAND, str(log), str(EPISODES)]
    told = subprocess.run(command, cwd=measuring.ROOT, capture_output=True, text=True, check=True)
    found = json.loads(told.stdout)
    if found["lines"] != lines:
        raise measuring.FailedError(f"{found['lines']} of {lines} lines were read")
    return {
        "downloads": found["downloads"],
        "mb": round(log.stat().st_size / 1e6),
        "hdw stats": figures(ours, lines),
        **({"goaccess": {**figures(theirs, lines), "version": version()}} if theirs else {}),
    }


def goaccess(log: Path) -> list[str]:
    """Everything that it counts by itself, robots left out, nothing looked up."""
    out = log.with_name("goaccess.json")
    return [
        *("goaccess", str(log), "--log-format=COMBINED", "--ignore-crawlers", "--no-global-config"),
        *("--no-progress", "-o", str(out)),
    ]


def version() -> str:
    said = subprocess.run(["goaccess", "--version"], capture_output=True, text=True, check=True).stdout
    return said.split()[2].rstrip(".")


def figures(runs: list[measuring.Cost], lines: int) -> dict[str, Any]:
    cpu_s = median(one.cpu_s for one in runs)
    return {
        "cpu_s": round(cpu_s, 2),
        "lines a CPU second": round(lines / cpu_s),
        "peak_mb": round(max(one.peak_mb for one in runs)),
    }


if __name__ == "__main__":
    main()
