"""The step from house to site and feed; where nothing changed since the last time, nothing is even loaded."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from pipeline import catalog, project
from pipeline.errors import Level, Problem
from pipeline.workflow import unchanged

if TYPE_CHECKING:
    from pipeline import website
    from pipeline.workflow.preparing import Asked


@dataclass(frozen=True, slots=True)
class PageInputs:
    """What a page is made from: digests or short values, by what they are."""

    name: str
    inputs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: pages of the site, what was made and why, files written, wall seconds, findings.

    `strangers` are paths below `output` that are somebody else's; `site` is the path of the site on its host.
    """

    pages: int
    made: tuple[website.Why, ...]
    written: int
    strangers: tuple[str, ...]
    seconds: float
    warnings: tuple[Problem, ...]
    output: Path
    site: str
    due: website.Due | None
    all_paths: Callable[[], tuple[str, ...]]

    def inputs(self, page: str) -> PageInputs | None:
        """What the page at a path, with the site's own or without, is made from; None where there is none."""
        path = page.removeprefix(self.site).removesuffix("index.html").strip("/")
        name = f"{path}/index.html".removeprefix("/")
        inputs = self.due.inputs if self.due else {}
        return PageInputs(name, inputs[name]) if name in inputs else None

    @property
    def paths(self) -> tuple[str, ...]:
        """All files of the site below `output`, sorted."""
        return self.all_paths()


def run_pelican(
    root: Path, *, output: Path | None = None, explained: bool = False, **asked: Unpack[Asked]
) -> BuildReport:
    """Build through Pelican, in this process, with the house's own pelicanconf.py; not where nothing is due.

    With `explained` the report says of every page what it is made from, also where nothing changed.
    """
    target = output or root / (project.PREVIEW if asked.get("drafts") else project.OUTPUT)
    files = catalog.opened(root)
    if not asked.get("remake") and not explained:
        still = _unchanged(files, target, **asked)
        if still:
            return still
    from pipeline.workflow.jobs import Job, run  # noqa: PLC0415 (heavy)

    job = Job(root, target, files, **asked)
    if not job.due.nothing:
        run(root, target, job)
    return job.make()


def _unchanged(files: catalog.Files, target: Path, **asked: Unpack[Asked]) -> BuildReport | None:
    """What there is to say where the house and its output are as the last build left them; else None."""
    started, root = time.perf_counter(), files.root
    own = unchanged.own(root, target)
    seen = unchanged.looked(files, unchanged.kind(**asked))
    known = unchanged.found(files, own, seen, asked["now"]) if own else None
    if known is None:
        return None
    broken = any(one.level is Level.REQUIRED for one in known.problems)
    site = catalog.Site(files.store, own)
    if (broken and asked.get("production")) or not site.intact(target):
        return None
    strangers, seconds = site.strangers(), time.perf_counter() - started
    return BuildReport(known.pages, (), 0, strangers, seconds, known.problems, target, "", None, site.paths)


def build(root: Path, *, output: Path, **asked: Unpack[Asked]) -> BuildReport:
    """Plan and write the whole site with its feed; ProjectError or BuildError if anything is wrong."""
    from pipeline.workflow.jobs import Job  # noqa: PLC0415 (heavy)

    return Job(root, output, **asked).make()
