"""One build: plans all of a site and its feeds, hands values down, makes what changed."""

from __future__ import annotations

import locale
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Unpack

from pipeline import catalog, project, website
from pipeline.errors import BuildError
from pipeline.files import alone
from pipeline.messages import msg
from pipeline.workflow import planning, unchanged
from pipeline.workflow.building import BuildReport
from pipeline.workflow.feeding import Feeds
from pipeline.workflow.knowing import Known
from pipeline.workflow.preparing import Asked, prepared


class Job:
    """A build: what is `due` is known at once; BuildError and ProjectError as soon as anything is wrong.

    `house` is the public one, `report` what was done in the end. `files` are those of the house, if they were
    opened before.
    """

    report: BuildReport | None

    @catalog.many_values()
    def __init__(
        self, root: Path, output: Path, files: catalog.Files | None = None, **asked: Unpack[Asked]
    ) -> None:
        self._started, self.report = time.perf_counter(), None
        self._root, self._output, self._now = root, output, asked["now"]
        self._shown = asked.get("shown", lambda: None)
        self._files = files = files or catalog.opened(root)
        self._seen = unchanged.looked(files, unchanged.kind(**asked))
        self._whole, self.house, self._problems = prepared(root, files, **asked)
        self._known = Known(planning.context(root, self.house), files)
        self._known.ahead()
        self._feeds = Feeds(root, self.house, output, {id_: one.front for id_, one in files.marks.items()})
        self._maker = _maker(root, output, files, self._feeds.keys)
        self.due = self._maker.due((self._feeds.unit, *planning.units(root, self._known)))
        self._known.save()

    def make(self, *, pages: bool = True) -> BuildReport:
        """Make what is due, once, and say what that was.

        Without `pages` somebody else writes those; feeds, audio, transcripts and pictures are ours always.
        """
        if self.report is None:
            self.report = self._made() if pages else self._beside_pages()
        return self.report

    @catalog.many_values()
    def _made(self) -> BuildReport:
        if self.due.nothing:
            made = self._maker.make(self.due)
        else:
            # Two builds of one folder take turns: what is noted is what the last one wrote.
            with (
                alone(self._root / project.BUILDING)
                if unchanged.own(self._root, self._output)
                else nullcontext()
            ):
                self._feeds.begin()
                made = self._maker.make(self.due, self._shown)
                self._feeds.end(made.written)
        own, found = unchanged.own(self._root, self._output), unchanged.Found(self._problems, made.pages)
        if own:
            unchanged.note(self._files, own, self._seen, self._now, house=self._whole, found=found)
        return self._told(made)

    def _beside_pages(self) -> BuildReport:
        self._maker.forget()
        self._feeds.begin()
        writer = website.Writer(self._output, website.Templates(project.theme(self._root)), self._feeds.keys)
        beside = (
            one for name, one in self.due.planned.items() if one.page is None and name != website.THEME_FILES
        )
        planned = (file for one in beside for file in one.make())
        files = [one for each in planned if not isinstance(each, website.Page) for one in writer.write(each)]
        written = tuple(sorted(path for path, new in files if new))
        self._feeds.end(written)
        paths = tuple(sorted(path for path, _ in files))
        return self._told(website.Report(0, (), written, (), (), lambda: paths))

    def _told(self, made: website.Report) -> BuildReport:
        seconds = time.perf_counter() - self._started
        return BuildReport(
            made.pages,
            made.made,
            len(made.written),
            made.strangers,
            seconds,
            self._problems,
            self._output,
            self.house.settings.show.path,
            self.due,
            made.paths,
        )


def _maker(root: Path, output: Path, files: catalog.Files, keys: dict[str, str]) -> website.Maker:
    own = unchanged.own(root, output)
    site = catalog.Site(files.store if own else catalog.Store(None, ""), own)
    templates = website.Templates(project.theme(root))
    pelican = root / project.PELICAN
    program = (project.program_mark(), pelican.read_bytes() if pelican.is_file() else b"")
    return website.Maker(
        website.Writer(output, templates, keys, root / project.TEMPLATES),
        templates,
        site,
        website.digest(program),
    )


def run(root: Path, target: Path, job: Job) -> None:
    """Have Pelican make it, in this process."""
    from pelican import Pelican, console  # noqa: PLC0415 (heavy)
    from pelican.settings import read_settings  # noqa: PLC0415

    override = {"OUTPUT_PATH": str(target), "HDW": {"job": job}}
    console.quiet = True  # Pelican counts articles and there are none; the report counts files
    with _locale_kept():
        Pelican(read_settings(str(root / project.PELICAN), override=override)).run()
    if job.report is None:
        raise BuildError(
            msg("Pelican ran without building the site."),
            where=project.PELICAN,
            hint=msg("PLUGINS has to name the plugin: PLUGINS = [plugin]"),
        )


@contextmanager
def _locale_kept() -> Iterator[None]:
    """Pelican puts the whole process into the C locale, where text is ASCII unless somebody says how."""
    before = locale.setlocale(locale.LC_ALL)
    try:
        yield
    finally:
        locale.setlocale(locale.LC_ALL, before)
