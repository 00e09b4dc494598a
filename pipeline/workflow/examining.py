"""The step that looks at everything: the rules over the house, and those over the feed that it would give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pipeline import audio, feed, project
from pipeline.checks import Finding
from pipeline.errors import Problem, ProjectError
from pipeline.messages import msg
from pipeline.models import Addresses, House, public, publishable
from pipeline.workflow import checking, preparing

TWINS = {
    # rule about the feed: rule about the house that says the same, and sooner
    "channel-address-secure": "address-secure",
    "channel-category": "category-known",
    "channel-cover": "cover-fits",
    "channel-description": "description-short",
    "channel-language": "language-known",
    "channel-podcast-image": "cover-fits",
    "channel-podcast-image-alt": "cover-described",
    "channel-title-plain": "titles-short",
    "item-language": "language-known",
    "item-podcast-image": "episode-cover-fits",
    "item-title-plain": "titles-short",
    "items-enclosure-unique": "address-unique",
    "items-guid-unique": "guid-kept",
    "items-numbered": "numbers-given",
    "items-numbers-unique": "numbers-unique",
}


def check(root: Path, *, now: datetime) -> tuple[Problem, ...]:
    """Every problem a house has by now, by file and line; files that cannot be read are problems as well."""
    try:
        house = project.load(root, verify=True)
    except ProjectError as error:
        return error.problems
    found = checking.findings(root, _with_chapters(root, house), now)
    of_feed = (one for one in _of_feed(root, house) if not _said(one, found))
    return checking.ordered((*found, *of_feed))


def _with_chapters(root: Path, house: House) -> House:
    """The house with the chapters that each published audio file holds."""
    facts = dict(house.facts)
    for episode in house.episodes:
        known = house.of(episode)
        file = known.audio.editions[0].file if known.audio.editions else ""
        path = project.episode_folder(root, episode.id) / file
        if file and path.is_file():
            facts[episode.id] = known.changed(edition_chapters=audio.read_tags(path).chapters)
    return replace(house, facts=facts)


def _said(problem: Problem, found: tuple[Problem, ...]) -> bool:
    """Whether a rule about the house says it too; what is wrong among items it says in their own files."""
    twin, among = TWINS.get(problem.rule), problem.rule.startswith("items-")
    return any(one.rule == twin and (among or one.where.file == problem.where.file) for one in found)


def _of_feed(root: Path, house: House) -> Iterator[Problem]:
    """What apps would say about the feeds of everything that is ready, also of what waits for its day.

    Each is told once, at the file that an editor changes; of the items among one another, podcast.toml.
    """
    ready = tuple(episode for episode in house.episodes if publishable(episode, drafts=False))
    shown = public(replace(house, episodes=ready), preparing.guest_name(house))
    ids = {episode.guid: episode.id for episode in ready}
    series = {Addresses.of(house).series_feed(id_): id_ for id_ in house.series}
    told = set()
    for one, broken in _broken(shown):
        subject, id_, field = "settings", "", broken.rule.field
        if broken.guid in ids:
            subject, id_ = "episode", ids[broken.guid]
        elif one.path in series:
            subject, id_, field = "series", series[one.path], field.removeprefix("show.")
        message = msg("{found} ({source}).", found=broken.message, source=broken.rule.source)
        finding = Finding(subject, id_, field, message, broken.rule.remedy)
        where = project.place(root, finding)
        if (broken.rule.name, where) not in told:
            told.add((broken.rule.name, where))
            yield Problem(message, where, broken.rule.remedy, broken.rule.level, broken.rule.name)


def _broken(house: House) -> Iterator[tuple[feed.Feed, feed.Broken]]:
    """What the feeds of a public house break; an item's own mistakes in the first feed that has it.

    A further format has other enclosures, so its items are looked at too; the items of a series or a topic
    are those of the main feed.
    """
    seen: set[tuple[str, str]] = set()
    for one, items in feed.feeds(house):
        fresh = tuple(item for item in items if (item.episode.id, item.edition.file) not in seen)
        seen |= {(item.episode.id, item.edition.file) for item in fresh}
        document = feed.render_page(house, feed.Page(one, one.path, fresh))
        yield from ((one, broken) for broken in feed.broken(document, address=one.path))
