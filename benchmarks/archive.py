"""One episode more in an archive of any size: what a build costs, ours, Pelican's and Hugo's.

    python benchmarks/archive.py [--quick] [--episodes N …] [--minutes M] [--jobs JOB …]
        [--contestants NAME …] [--rounds N] [--folder FOLDER] [--output FILE] [--picture FILE]

All read the same talks (benchmarks/archiving/) and make pages at the same addresses: one an episode with its
whole transcript, lists by year, topic, person, series and institution, feeds, a sitemap. We make more: see
docs/website.md. Contestants take turns, each in a process of its own: CPU seconds of everything that it
starts, seconds on the wall, memory of its largest process, files and bytes written into its output. After
each build pages are read: as many as there are episodes, every word of the transcripts, what was changed.

Of ours, `cpu_s` is what renders pages, transcripts, lists and feeds; what is made once for each changed
episode (search index, cards, books) stands beside it, and `cpu_s, all` is the sum. `peak_mb` is the largest
process of all; which one that is, the lines below it tell.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import curves, measuring
from benchmarks.archiving.contestants import OURS, Contestant, contestants

RESULT = measuring.ROOT / "benchmarks/results/archive.json"
PICTURE = measuring.ROOT / "docs/pictures/archive.svg"
ARCHIVES = ((250, 10), (1000, 10), (4000, 10), (10_000, 10), (1000, 60))
QUICK = ((20, 2),)
PACKAGES = ("jinja2", "pagefind_bin", "pelican", "pydantic")
PAGES = "folgen/*/index.html"
SETTLED_S = 2.5
"""Between a change and the builds: of a file that is younger than two seconds we note nothing."""
_SAID = re.compile(r'<p class="say">(.*?)</p>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(slots=True)
class Place:
    """An archive on disk, and how much there is in it by now; `turn` counts changes of the template."""

    folder: Path
    episodes: int
    minutes: int
    kinds: tuple[str, ...]
    words: int = 0
    count: int = 0
    turn: int = 0

    def make(self, *options: str) -> dict[str, Any]:
        """Have talks written, in a process of its own: this one stays small."""
        command = [sys.executable, "benchmarks/archives.py", str(self.folder)]
        asked = [str(self.episodes), str(self.minutes), *options, "--for", *self.kinds]
        done = subprocess.run([*command, *asked], cwd=measuring.ROOT, capture_output=True, check=False)
        if done.returncode:
            raise measuring.FailedError(done.stderr.decode()[-2000:])
        told: dict[str, Any] = json.loads(done.stdout)
        return told


Seen = tuple[tuple[str, str], ...]
"""What is to be read after a build: pages, and a text that stands in each; no page: in any episode's."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a build cost, CPU seconds and peak MB of single parts, and what it wrote."""

    cost: measuring.Cost
    parts_s: dict[str, float]
    parts_mb: dict[str, float]
    files: int
    bytes: int


def _everything(place: Place, theirs: Sequence[Contestant], _: int) -> Seen:
    for one in theirs:
        one.clear(place.folder)
    return ()


def _nothing(_place: Place, _theirs: Sequence[Contestant], _round: int) -> Seen:
    return ()


def _added(place: Place, _: Sequence[Contestant], _round: int) -> Seen:
    told = place.make("--talk", str(place.count))
    place.count, place.words = place.count + 1, place.words + told["words"]
    page = f"folgen/{told['slug']}/index.html"
    return ((page, told["first"]), (page, told["title"]), ("index.html", told["title"]))


def _edited(place: Place, _: Sequence[Contestant], round_: int) -> Seen:
    told = place.make("--talk", str(place.episodes // 2 + round_), "--mended")
    page = f"folgen/{told['slug']}/index.html"
    return ((page, told["first"]), (page, told["title"]))


def _changed(place: Place, theirs: Sequence[Contestant], _: int) -> Seen:
    """One attribute more or another: comments are left out by Hugo."""
    place.turn += 1
    marked = f'<article data-turn="{place.turn}">'
    for template in {place.folder / one.kind / one.template for one in theirs}:
        text = re.sub(r'<article( data-turn="\d+")?>', marked, template.read_text("utf-8"))
        template.write_text(text, encoding="utf-8")
    return (("", marked),)


JOBS: dict[str, Callable[[Place, Sequence[Contestant], int], Seen]] = {
    "full": _everything,
    "nothing changed": _nothing,
    "one added": _added,
    "one edited": _edited,
    "template changed": _changed,
}
"""What is done before a build; what has to be seen in its output afterwards."""


def main() -> None:
    asked = _asked()
    theirs = {name: one for name, one in contestants().items() if name in asked.contestants}
    sizes = QUICK if asked.quick else ARCHIVES
    if asked.episodes:
        sizes = tuple((count, asked.minutes) for count in asked.episodes)
    packages = (*PACKAGES, *(one.package for one in theirs.values()))
    made = measuring.surroundings(*sorted(set(packages))) | {
        "rounds": asked.rounds,
        "archives": [_archive(asked, theirs, *size) for size in sizes],
    }
    text = json.dumps(made, indent=1, ensure_ascii=False)
    print(text)
    if not asked.quick:
        asked.output.write_text(text + "\n", encoding="utf-8")
        if picture := curves.of_archives(made["archives"]):
            asked.picture.write_text(picture, encoding="utf-8")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    known = contestants()
    parser.add_argument("--quick", action="store_true", help="20 talks of two minutes; nothing is written")
    parser.add_argument("--episodes", type=int, nargs="+", metavar="N", help="archives of so many talks")
    parser.add_argument("--minutes", type=int, default=10, metavar="M", help="of so many minutes each")
    parser.add_argument("--jobs", nargs="+", choices=JOBS, default=tuple(JOBS))
    parser.add_argument("--contestants", nargs="+", choices=known, default=tuple(known))
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--folder", type=Path, help="an empty folder to work in; it stays")
    parser.add_argument("--output", type=Path, default=RESULT)
    parser.add_argument("--picture", type=Path, default=PICTURE, help="the curves over N, as SVG")
    asked = parser.parse_args()
    asked.rounds = asked.rounds or (1 if asked.quick else 3)
    return asked


def _archive(
    asked: argparse.Namespace, theirs: dict[str, Contestant], episodes: int, minutes: int
) -> dict[str, Any]:
    """Every job by every contestant on one archive."""
    if asked.folder:
        return _measured(asked, theirs, asked.folder / f"{episodes}x{minutes}", episodes, minutes)
    with tempfile.TemporaryDirectory() as folder:
        return _measured(asked, theirs, Path(folder), episodes, minutes)


def _measured(
    asked: argparse.Namespace, theirs: dict[str, Contestant], folder: Path, episodes: int, minutes: int
) -> dict[str, Any]:
    kinds = tuple(sorted({one.kind for one in theirs.values()}))
    place = Place(folder, episodes, minutes, kinds, count=episodes)
    started = time.monotonic()
    place.words = place.make()["words"]
    made_s = time.monotonic() - started
    runs: dict[str, dict[str, list[Run]]] = {}
    for round_ in range(asked.rounds):
        for job in JOBS:
            if job in asked.jobs or (job == "full" and not round_):
                _turn(runs.setdefault(job, {}), place, theirs, job, round_)
    return {
        "episodes": episodes,
        "minutes": minutes,
        "words": place.words,
        "made in s": round(made_s, 1),
        "sites": {name: _site(place, one) for name, one in theirs.items()},
        "jobs": {job: _compared(found) for job, found in runs.items()},
    }


def _turn(
    runs: dict[str, list[Run]], place: Place, theirs: dict[str, Contestant], job: str, round_: int
) -> None:
    """One job by every contestant."""
    seen = JOBS[job](place, tuple(theirs.values()), round_)
    time.sleep(SETTLED_S)
    for name, one in theirs.items():
        output = place.folder / one.kind / one.output
        since_ns = time.time_ns()
        costs = one.build(place.folder)
        runs.setdefault(name, []).append(Run(*costs, *_written(output, since_ns)))
        _check(name, job, output, seen)
        if job == "full":
            _check_all(name, output, place)
        print(
            f"{place.episodes} × {place.minutes}, {job}: {name} {costs[0].cpu_s:.2f} CPU s", file=sys.stderr
        )


def _files(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path))
            else:
                yield entry


def _written(output: Path, since_ns: int) -> tuple[int, int]:
    """How many files were made or touched since a moment, and their bytes."""
    stats = (entry.stat() for entry in _files(output))
    sizes = [one.st_size for one in stats if max(one.st_ctime_ns, one.st_mtime_ns) >= since_ns]
    return len(sizes), sum(sizes)


def _check(name: str, job: str, output: Path, seen: Seen) -> None:
    for page, text in seen:
        path = output / page if page else next(output.glob(PAGES))
        if text not in path.read_text("utf-8"):
            raise measuring.FailedError(f"{name}, {job}: {path} does not say: {text}")


def _check_all(name: str, output: Path, place: Place) -> None:
    """As many pages as episodes, and every word that is spoken in one of them."""
    counted = [_said(path.read_text("utf-8")) for path in output.glob(PAGES)]
    if (len(counted), sum(counted)) != (place.count, place.words):
        found = f"{len(counted)} pages with {sum(counted)} words"
        raise measuring.FailedError(f"{name}: {found} in place of {place.count} with {place.words}")


def _said(html: str) -> int:
    return sum(len(_TAG.sub("", text).split()) for text in _SAID.findall(html))


def _site(place: Place, one: Contestant) -> dict[str, Any]:
    """What all of its output is."""
    output = place.folder / one.kind / one.output
    sizes = [(entry.name, entry.stat().st_size) for entry in _files(output)]
    return {
        "files": len(sizes),
        "pages": sum(name.endswith(".html") for name, _ in sizes),
        "mb": round(sum(size for _, size in sizes) / 1e6, 1),
        "bytes, an episode's page": round(mean(path.stat().st_size for path in output.glob(PAGES))),
    }


def _compared(runs: dict[str, list[Run]]) -> dict[str, Any]:
    figures: dict[str, Any] = {name: _figures(made) for name, made in runs.items()}
    if OURS in figures:
        ours = figures[OURS]["cpu_s"]
        others = (name for name in runs if name != OURS)
        figures["ratios"] = {f"{OURS} / {name}": _ratio(ours, figures[name]["cpu_s"]) for name in others}
    return figures


def _ratio(ours: float, theirs: float) -> float:
    return round(ours / theirs, 3)


def _figures(runs: list[Run]) -> dict[str, Any]:
    own = median(one.cost.cpu_s - sum(one.parts_s.values()) for one in runs)
    whole = {"cpu_s, all": median(one.cost.cpu_s for one in runs)} if runs[0].parts_mb else {}
    apart = {f"cpu_s, {part}": median(found) for part, found in _parts(runs, "parts_s")}
    memory = {f"peak_mb, {part}": max(found) for part, found in _parts(runs, "parts_mb")}
    return {
        **{name: round(value, 3) for name, value in {"cpu_s": own, **apart, **whole}.items()},
        "wall_s": round(median(one.cost.wall_s for one in runs), 3),
        "peak_mb": round(max(one.cost.peak_mb for one in runs)),
        **{name: round(value) for name, value in memory.items()},
        "files written": round(median(one.files for one in runs)),
        "mb written": round(median(one.bytes for one in runs) / 1e6, 3),
    }


def _parts(runs: list[Run], of: str) -> Iterator[tuple[str, list[float]]]:
    """What each part cost in every run, nothing where there was nothing to do."""
    found: list[dict[str, float]] = [getattr(one, of) for one in runs]
    for part in sorted({part for one in found for part in one}):
        yield part, [one.get(part, 0.0) for one in found]


if __name__ == "__main__":
    main()
