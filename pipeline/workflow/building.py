"""The step from house to site and feed: chooses what is public, hands values down, writes what changed."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pipeline import feed, project, website
from pipeline.errors import BuildError, Level, Problem, ProjectError
from pipeline.messages import Translator, msg
from pipeline.models import FEED, Addresses, Edition, Episode, House, public, publishable
from pipeline.workflow import checking, editions, exchanging


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: files of the site, those written, wall seconds, findings, where it lies."""

    pages: int
    written: int
    seconds: float
    warnings: tuple[Problem, ...]
    output: Path


def run_pelican(
    root: Path, *, output: Path | None = None, production: bool = False, drafts: bool = False, now: datetime
) -> BuildReport:
    """Build through Pelican, in this process, with the house's own pelicanconf.py."""
    from pelican import Pelican, console  # noqa: PLC0415 (heavy)
    from pelican.settings import read_settings  # noqa: PLC0415

    reports: list[BuildReport] = []
    target = output or root / (project.PREVIEW if drafts else project.OUTPUT)
    options = {"production": production, "drafts": drafts, "now": now, "report": reports.append}
    override = {"OUTPUT_PATH": str(target), "HDW": options}
    console.quiet = True  # Pelican counts articles and there are none; the report counts files
    Pelican(read_settings(str(root / project.PELICAN), override=override)).run()
    if not reports:
        raise BuildError(
            msg("Pelican ran without building the site."),
            where=project.PELICAN,
            hint=msg("PLUGINS has to name the plugin: PLUGINS = [plugin]"),
        )
    return reports[0]


def build(
    root: Path, *, output: Path, production: bool = False, drafts: bool = False, now: datetime
) -> BuildReport:
    """Plan and write the whole site with its feed; ProjectError or BuildError if anything is wrong."""
    started = time.perf_counter()
    whole = project.load(root)
    problems = checking.findings(root, whole)
    required = tuple(p for p in problems if p.level is Level.REQUIRED)
    if production and required:
        raise ProjectError(msg("{n} rules stop the publication.", n=len(required)), problems=required)
    house = editions.prepare(root, public(chosen(whole, drafts=drafts, now=now), guest_name(whole)))
    planned = plan(root, house, now)
    report = website.write(planned, output, project.theme(root))
    if output.resolve() in {(root / own).resolve() for own in (project.OUTPUT, project.PREVIEW)}:
        website.sweep(output, report)
    files = len(report.written) + len(report.unchanged)
    return BuildReport(files, len(report.written), time.perf_counter() - started, problems, output)


def chosen(house: House, *, drafts: bool, now: datetime) -> House:
    """The house with the episodes that may be seen: ready and due, or all of them in the preview."""
    shown = tuple(
        episode
        for episode in house.episodes
        if publishable(episode, drafts=drafts) and (drafts or episode.date <= now)
    )
    return replace(house, episodes=shown)


def guest_name(house: House) -> str:
    """What a hidden person is called, in the show's language."""
    return Translator(house.settings.show.language)(msg("Guest"))


def local_day(house: House, now: datetime) -> date:
    """The day of a moment in the show's time zone: what is past is decided where the house stands."""
    return now.astimezone(ZoneInfo(house.settings.show.time_zone)).date()


def plan(root: Path, house: House, now: datetime) -> tuple[Any, ...]:
    """Everything the site will hold, as values: pages, feed, chapters, audio, pictures."""
    made = editions.editions(house)
    addresses = Addresses(house.settings.show)
    return (
        *website.plan(house, made, today=local_day(house, now)),
        *_feeds(house, made),
        *_chapters(house, addresses),
        *_words(root, house, addresses),
        *_audio(root, house, made, addresses),
        *_pictures(root, house, addresses),
    )


def _feeds(house: House, made: dict[str, Edition]) -> tuple[Any, ...]:
    items = tuple(feed.Item(episode, made[episode.id]) for episode in house.episodes if episode.id in made)
    data = feed.render(house, items)
    feed.read_back(data)
    return (website.Document(FEED, data),)


def _chapters(house: House, addresses: Addresses) -> tuple[Any, ...]:
    return tuple(
        website.Document(addresses.chapters(episode), feed.chapters_json(episode, house))
        for episode in house.episodes
        if episode.chapters
    )


def _words(root: Path, house: House, addresses: Addresses) -> tuple[Any, ...]:
    """When each word is spoken, of the episodes whose recognition lies under asr/."""
    made = ((episode, exchanging.word_times(root, house, episode)) for episode in house.episodes)
    return tuple(
        website.Document(
            addresses.words(episode, hashlib.sha256(text.encode()).hexdigest()[:8]), text.encode()
        )
        for episode, text in made
        if text
    )


def _audio(root: Path, house: House, made: dict[str, Edition], addresses: Addresses) -> tuple[Any, ...]:
    def copy(episode: Episode, edition: Edition) -> Any:
        source = project.episode_folder(root, episode.id) / edition.file
        return website.Copy(addresses.audio(episode, edition), source, edition.sha256)

    copies = (copy(episode, made[episode.id]) for episode in house.episodes if episode.id in made)
    return tuple(one for one in copies if one.source.is_file())


def _pictures(root: Path, house: House, addresses: Addresses) -> tuple[Any, ...]:
    own = {
        addresses.picture(name, facts): (project.episode_folder(root, episode.id) / name, facts.sha256)
        for episode in house.episodes
        for name, facts in house.of(episode).pictures.items()
    }
    covers = {
        addresses.picture(name, facts): (root / name, facts.sha256) for name, facts in house.pictures.items()
    }
    portraits = {
        addresses.picture(id_, facts): (project.portrait(root, house.people[id_]), facts.sha256)
        for id_, facts in house.portraits.items()
    }
    found = {**own, **covers, **portraits}
    return tuple(website.Copy(path, source, mark) for path, (source, mark) in sorted(found.items()) if source)
