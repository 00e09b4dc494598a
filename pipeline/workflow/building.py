"""The step from house to site and feed: chooses what is public, hands values down, writes what changed."""

from __future__ import annotations

import locale
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pipeline import project, website
from pipeline.errors import BuildError, Level, MisuseError, Problem, ProjectError
from pipeline.messages import Translator, msg
from pipeline.models import (
    Episode,
    House,
    public,
    publishable,
)
from pipeline.workflow import checking, editions, feeding, planning
from pipeline.workflow.choosing import named
from pipeline.workflow.events import Event


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: files of the site, those written, wall seconds, findings, where it lies.

    `paths` are all files of the site below `output`; others that lie there are somebody else's.
    """

    pages: int
    written: int
    seconds: float
    warnings: tuple[Problem, ...]
    output: Path
    paths: tuple[str, ...]


def run_pelican(
    root: Path,
    *,
    output: Path | None = None,
    production: bool = False,
    drafts: bool = False,
    published: bool = False,
    remake: tuple[str, ...] = (),
    progress: Callable[[Event], object] = lambda _: None,
    now: datetime,
) -> BuildReport:
    """Build through Pelican, in this process, with the house's own pelicanconf.py.

    `progress` is told how far sound is encoded; `remake` names episodes whose published files are made again.
    """
    from pelican import Pelican, console  # noqa: PLC0415 (heavy)
    from pelican.settings import read_settings  # noqa: PLC0415

    reports: list[BuildReport] = []
    target = output or root / (project.PREVIEW if drafts else project.OUTPUT)
    options = {
        "production": production,
        "drafts": drafts,
        "published": published,
        "remake": remake,
        "progress": progress,
        "now": now,
        "report": reports.append,
    }
    override = {"OUTPUT_PATH": str(target), "HDW": options}
    console.quiet = True  # Pelican counts articles and there are none; the report counts files
    with _locale_kept():
        Pelican(read_settings(str(root / project.PELICAN), override=override)).run()
    if not reports:
        raise BuildError(
            msg("Pelican ran without building the site."),
            where=project.PELICAN,
            hint=msg("PLUGINS has to name the plugin: PLUGINS = [plugin]"),
        )
    return reports[0]


@contextmanager
def _locale_kept() -> Iterator[None]:
    """Pelican puts the whole process into the C locale, where text is ASCII unless somebody says how."""
    before = locale.setlocale(locale.LC_ALL)
    try:
        yield
    finally:
        locale.setlocale(locale.LC_ALL, before)


def build(
    root: Path,
    *,
    output: Path,
    production: bool = False,
    drafts: bool = False,
    published: bool = False,
    remake: tuple[str, ...] = (),
    progress: Callable[[Event], object] = lambda _: None,
    now: datetime,
    pages: bool = True,
) -> BuildReport:
    """Plan and write the whole site with its feed; ProjectError or BuildError if anything is wrong.

    Without `pages` somebody else writes those; feed, audio, transcripts and pictures are ours all the same.
    """
    started = time.perf_counter()
    house, problems = prepared(
        root,
        production=production,
        drafts=drafts,
        published=published,
        now=now,
        remake=remake,
        progress=progress,
    )
    planned = planning.plan(root, house, now)
    if not pages:
        planned = tuple(one for one in planned if not isinstance(one, website.Page))
    report = feeding.write(root, house, planned, output)
    if pages and output.resolve() in {(root / own).resolve() for own in (project.OUTPUT, project.PREVIEW)}:
        website.sweep(output, report)
    paths = tuple(sorted((*report.written, *report.unchanged)))
    seconds = time.perf_counter() - started
    return BuildReport(len(paths), len(report.written), seconds, problems, output, paths)


def prepared(
    root: Path,
    *,
    production: bool,
    drafts: bool,
    now: datetime,
    published: bool = False,
    remake: tuple[str, ...] = (),
    progress: Callable[[Event], object] = lambda _: None,
) -> tuple[House, tuple[Problem, ...]]:
    """The house as the public may see it, its editions made; and everything that rules found."""
    whole = project.load(root)
    problems = checking.findings(root, whole, now)
    required = tuple(p for p in problems if p.level is Level.REQUIRED)
    if production and required:
        raise ProjectError(msg("{n} rules stop the publication.", n=len(required)), problems=required)
    shown = public(chosen(whole, drafts=drafts, published=published, now=now), guest_name(whole))
    return editions.prepare(root, shown, remake=_remade(whole, shown, remake), report=progress), problems


def _remade(whole: House, shown: House, names: tuple[str, ...]) -> set[str]:
    """The ids of episodes that are to be made again; MisuseError for one that is not built at all."""
    ids = {named(whole, name).id for name in names}
    hidden = ids - {episode.id for episode in shown.episodes}
    if hidden:
        raise MisuseError(
            msg("{episode} is a draft or planned for later; nothing of it is published.", episode=min(hidden))
        )
    return ids


def chosen(house: House, *, drafts: bool, published: bool = False, now: datetime) -> House:
    """The house with the episodes that may be seen: ready and due, or all of them in the preview.

    With `published` only those that listeners have had before.

    What was published does not vanish because its date was changed; what was withdrawn never comes back.
    The preview plays what lies here, not what will lie at a place for audio.
    """

    def due(episode: Episode) -> bool:
        entry = house.ledger.entry(episode.guid)
        return not entry.withdrawn if entry else drafts or (episode.date <= now and not published)

    shown = (episode for episode in house.episodes if publishable(episode, drafts=drafts) and due(episode))
    settings = house.settings.model_copy(update={"publish": {}}) if drafts else house.settings
    return replace(house, settings=settings, episodes=tuple(shown))


def public_house(root: Path, now: datetime, *, published: bool = False) -> House:
    """The house as the public may see it now; with `published`, only what was published before."""
    whole = project.load(root)
    return public(chosen(whole, drafts=False, published=published, now=now), guest_name(whole))


def guest_name(house: House) -> str:
    """What a hidden person is called, in the show's language."""
    return Translator(house.settings.show.language)(msg("Guest"))
