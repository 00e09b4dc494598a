"""The step from access logs to downloads: which paths are an episode's, and what its first minute takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pipeline import audio, catalog, project, stats
from pipeline.errors import LogError
from pipeline.messages import Message, msg
from pipeline.models import Addresses, Edition, Episode, House, LedgerEntry, PublishedEdition, S3Target
from pipeline.stats import Counted, EpisodeTotal, Sound

_MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class CountedEpisode:
    """An episode with its downloads; the `title` of one that was withdrawn is a sentence."""

    guid: str
    id: str
    title: Message | str
    published: date
    total: EpisodeTotal


@dataclass(frozen=True, slots=True)
class Downloads:
    """What the logs say about this house: its episodes, newest first, and everything that was counted."""

    show: str
    episodes: tuple[CountedEpisode, ...]
    counted: Counted

    @property
    def total(self) -> int:
        """All downloads."""
        return sum(one.downloads for one in self.counted.counts)

    @property
    def days(self) -> tuple[tuple[date, int], ...]:
        """The downloads of every day that the logs hold."""
        return stats.by_day(self.counted.counts, self.counted.first, self.counted.last)

    @property
    def apps(self) -> tuple[tuple[str, int], ...]:
        """The downloads by app, most first; "" is what nobody knows."""
        return stats.by_app(self.counted.counts)


def count(
    root: Path,
    logs: Sequence[str],
    *,
    since: date | None = None,
    until: date | None = None,
    excluded: Path | None = None,
    told: Callable[[str, int], object] = lambda _log, _done: None,
) -> Downloads:
    """Count the downloads of this house's episodes in access logs, in any order; "-" is standard input.

    `excluded` is a file with networks that no listener sits in. `told` gets a log's name and how many bytes
    of it were read. LogError where one of the files is none; nothing that leads to a listener is kept.
    """
    house = catalog.load(root)
    days = stats.Days(ZoneInfo(house.settings.show.time_zone), since, until)
    sounds = stats.by_path(_sounds(root, house))
    counting = stats.Counting(sounds, days, excluded=_networks(excluded) if excluded else ())
    for log in logs:
        for hit in stats.read(log, lambda done, log=log: told(log, done)):  # type: ignore[misc]
            counting.add(hit)
    counted = counting.counted()
    return Downloads(house.settings.show.title, _episodes(house, counted), counted)


def plot(found: Downloads, language: str) -> str:
    """The downloads over time as SVG."""
    return stats.plot(found.show, found.days, language)


def _networks(path: Path) -> Iterator[stats.Network]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LogError(
            msg("The list of networks cannot be read."),
            where=path,
            hint=msg("A line holds one network, such as {example}.", example="192.0.2.0/24"),
        ) from error
    yield from stats.networks(text, str(path))


def _episodes(house: House, counted: Counted) -> tuple[CountedEpisode, ...]:
    zone = ZoneInfo(house.settings.show.time_zone)
    present = {episode.guid: episode for episode in house.episodes}
    known = {entry.guid: _of_entry(entry, present.get(entry.guid), zone) for entry in house.ledger.episodes}
    loaded = {one.guid for one in counted.counts}
    for guid in loaded - known.keys():  # served before the first publication was noted
        episode = present[guid]
        known[guid] = (episode.id, episode.title, episode.date.astimezone(zone).date())
    days = {guid: day for guid, (_, _, day) in sorted(known.items(), key=lambda one: (one[1][2], one[0]))}
    totals = stats.by_episode(counted.counts, days, counted.first, counted.last)
    return tuple(CountedEpisode(total.guid, *known[total.guid], total) for total in reversed(totals))


def _of_entry(entry: LedgerEntry, episode: Episode | None, zone: ZoneInfo) -> tuple[str, Message | str, date]:
    """Folder, title and first day; what was withdrawn has no title any more."""
    day = entry.first_published.astimezone(zone).date()
    if entry.withdrawn:
        return entry.episode, msg("withdrawn, number {number}", number=entry.number), day
    return (episode.id, episode.title, day) if episode else (entry.episode, entry.episode, day)


def _sounds(root: Path, house: House) -> Iterator[tuple[str, Sound]]:
    """Every path at which a server may have been asked for an episode's audio, former sites included."""
    addresses, present = Addresses.of(house), {episode.guid: episode for episode in house.episodes}
    for entry in house.ledger.episodes:
        episode = present.get(entry.guid)
        editions = house.of(episode).audio.editions if episode else ()
        for given in entry.editions:
            sound = Sound(entry.guid, _needed_of(root, given, episode, editions))
            yield from ((path, sound) for path in _paths(house, given.url))
    for episode in house.episodes:
        for edition in house.of(episode).audio.editions:
            sound = Sound(episode.guid, _needed(root, episode, edition))
            path = addresses.audio(episode, edition)
            yield from ((path, sound) for path in _paths(house, addresses.absolute(path)))


def _paths(house: House, url: str) -> Iterator[str]:
    """The path of an address, and those below other roots: behind a proxy, in a bucket, after a move."""
    parts = urlsplit(url)
    yield parts.path
    if parts.query:
        yield f"{parts.path}?{parts.query}"
    settings = house.settings
    own = (settings.show.address, settings.audio_address, *Addresses.of(house).former_sites)
    below = next((url.removeprefix(site) for site in own if url.startswith(site)), None)
    if below is not None:
        buckets = (one for one in settings.publish.values() if isinstance(one, S3Target))
        roots = {
            "/",
            *(urlsplit(site).path for site in own),
            *(f"/{one.prefix.strip('/')}/" for one in buckets if one.prefix),
        }
        yield from (root + below for root in sorted(roots))


def _needed_of(
    root: Path, given: PublishedEdition, episode: Episode | None, editions: Iterable[Edition]
) -> int:
    """The same for a file that only the ledger may know: then by another edition's length, else all of it."""
    same = next((one for one in editions if one.sha256 and one.sha256 == given.sha256), None)
    if episode and same:
        return _needed(root, episode, same)
    lasting = max((one.duration_s for one in editions), default=0.0)
    return _share(given.bytes, 0, lasting)


def _needed(root: Path, episode: Episode, edition: Edition) -> int:
    """Bytes of an edition's head and first minute; its head is known where the file lies here."""
    path = project.episode_folder(root, episode.id) / edition.file
    head = audio.head_bytes(path) if path.is_file() else 0
    return _share(edition.bytes, min(head, edition.bytes), edition.duration_s)


def _share(size: int, head: int, duration_s: float) -> int:
    """All of a file that is shorter than a minute, or whose length nobody knows (guidelines, step 2)."""
    if duration_s <= _MINUTE_S:
        return size
    return head + round((size - head) * _MINUTE_S / duration_s)
