"""The step from a podcast elsewhere to a house of its own (`hdw import`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline import catalog, moving, project
from pipeline.models import AudioFacts, House, Ledger, Show, slug
from pipeline.moving import Imported, Left, Podcast
from pipeline.workflow import bringing, moving_report, recalling, settling
from pipeline.workflow.downloading import Downloader
from pipeline.workflow.keeping import Keeper, sound_name
from pipeline.workflow.settling import Given
from pipeline.workflow.turning_pages import pages

NOTHING = Given()
USUAL_ZONE = ZoneInfo(Show.model_fields["time_zone"].default)


@dataclass(frozen=True, slots=True)
class Step:
    """What the import is doing: `page` of the feed, `episode`, or `audio` of one (done and of in bytes)."""

    kind: str
    name: str
    done: int
    of: int


Report = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class MovedIn:
    """What came of an import. `left` goes by episode id, "" for the podcast as a whole.

    `added` episodes are new in the house, `sounds` were downloaded, `silent` have nothing to hear yet.
    `missing` are the keys of podcast.toml that a person has to fill in.
    """

    root: Path
    podcast: Podcast
    added: int
    people: int
    transcripts: int
    sounds: int
    silent: int
    kept: int
    missing: tuple[str, ...]
    left: Mapping[str, tuple[Left, ...]]
    report: Path


@dataclass(slots=True)
class _Import:
    """One import under way."""

    fetcher: moving.Fetcher
    told: Report
    keeper: Keeper | None
    left: dict[str, tuple[Left, ...]] = field(default_factory=dict)
    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("added", "transcripts", "sounds"), 0)
    )

    def note(self, episode_id: str, left: tuple[Left, ...]) -> None:
        known = self.left.get(episode_id, ())
        self.left[episode_id] = (*known, *(one for one in left if one not in known))


@catalog.many_values()
def move_in(
    source: str,
    folder: Path | None = None,
    *,
    audio: bool = False,
    keep_addresses: bool = False,
    private: bool = False,
    given: Given = NOTHING,
    told: Report = lambda _: None,
    fetcher: moving.Fetcher | None = None,
) -> MovedIn:
    """Make a house of a podcast's feed (an address of the web, or a file), or go on where one was stopped.

    What is in the house already stays as it is. `audio` brings the recordings, `keep_addresses` leaves them
    where they are; with neither, they are missing, and a later call with `audio` brings them.
    """
    settling.refuse_answers(given)
    fetcher = fetcher or moving.Fetcher(private=private)
    work = _Import(fetcher, told, Keeper(fetcher) if keep_addresses else None)
    try:
        told_page = partial(_told_page, told)
        podcast = moving.podcast(pages(source, work.fetcher, told_page), USUAL_ZONE)
        root = folder or Path(slug(str(podcast.show.get("title", "")))[:60].strip("-") or "podcast")
        settling.refuse_strange(root, podcast)
        return _moved(root, podcast, work, given, audio=audio)
    finally:
        work.fetcher.close()


def _moved(root: Path, podcast: Podcast, work: _Import, given: Given, *, audio: bool) -> MovedIn:
    work.note("", podcast.left)
    missing: tuple[str, ...] = ()
    if not (root / project.SETTINGS).is_file():
        ids = _ids(podcast, {})
        ledger = recalling.ledger(Ledger(), podcast, ids, settling.site_address(podcast, given))
        missing, left = settling.found(root, podcast, given, work.fetcher, ledger)
        work.note("", left)
    house = catalog.load(root)
    withdrawn = {entry.guid for entry in house.ledger.withdrawn}
    podcast = replace(podcast, episodes=tuple(e for e in podcast.episodes if e.guid not in withdrawn))
    known = {entry.guid: entry.episode for entry in house.ledger.episodes}
    ids = _ids(podcast, known | {episode.guid: episode.id for episode in house.episodes})
    show = house.settings.show
    ledger = recalling.ledger(house.ledger, podcast, ids, show.address)
    project.save_ledger(root, ledger, show.language)
    people, unpictured = settling.settle_people(root, podcast, house.people)
    work.note("", unpictured)
    _episodes(root, house, podcast, ids, work)
    if audio:
        _sounds(root, podcast, ids, work)
    house = catalog.load(root)
    house = replace(house, ledger=recalling.with_kept(ledger, house))
    project.save_ledger(root, house.ledger, show.language)
    silent = [
        e for e in house.episodes if not house.of(e).recording_present and not house.of(e).audio.editions
    ]
    kept = sum(edition.url is not None for e in house.episodes for edition in house.of(e).audio.editions[:1])
    result = MovedIn(
        root=root,
        podcast=podcast,
        people=people,
        silent=len(silent),
        kept=kept,
        missing=missing or _examples(house),
        left={key: left for key, left in work.left.items() if left},
        report=root / moving_report.FILE,
        **work.counts,
    )
    moving_report.write(root, house, podcast, ids, left=result.left, missing=result.missing)
    return result


def _examples(house: House) -> tuple[str, ...]:
    """Keys that still hold what nobody gave."""
    show = house.settings.show
    stand_in = settling.STAND_INS
    found = {
        "address": show.address == stand_in["address"],
        "owner.email": show.owner.email == stand_in["email"],
    }
    return tuple(key for key, still in found.items() if still)


def _told_page(told: Report, address: str, number: int) -> None:
    told(Step("page", address, number, 0))


def _ids(podcast: Podcast, known: Mapping[str, str]) -> dict[str, str]:
    """Guid → folder: that which it has, else one of day and title that no other has."""
    found = dict(known)
    taken = set(known.values())
    for episode in reversed(podcast.episodes):
        if episode.guid not in found:
            words = slug(episode.title)[:60].strip("-") or "folge"
            name = f"{episode.date.astimezone(USUAL_ZONE):%Y-%m-%d}-{words}"
            found[episode.guid] = next(one for one in moving.numbered(name) if one not in taken)
            taken.add(found[episode.guid])
    return found


def _episodes(root: Path, house: House, podcast: Podcast, ids: Mapping[str, str], work: _Import) -> None:
    """A folder for every episode that has none yet."""
    known = {episode.guid for episode in house.episodes}
    names = {id_: one.name for id_, one in house.people.items()}
    named = (one for group in (podcast.people, *(e.people for e in podcast.episodes)) for one in group)
    names |= {id_: one.name for id_, one in settling.merged(named).items()}
    covers = frozenset(facts.sha256 for facts in house.pictures.values())
    bringer = bringing.Bringer(work.fetcher, house.settings.show.language, covers, bringing.speakers(names))
    zone = ZoneInfo(house.settings.show.time_zone)
    with project.new_episodes(root, zone) as make:
        for number, episode in enumerate(podcast.episodes, 1):
            work.note(ids[episode.guid], episode.left)
            work.told(Step("episode", ids[episode.guid], number, len(podcast.episodes)))
            if episode.guid not in known:
                brought = bringer.bring(episode)
                _episode(make, episode, ids[episode.guid], brought=brought, zone=zone, work=work)


def _episode(
    make: Callable[..., Path],
    episode: Imported,
    episode_id: str,
    *,
    brought: bringing.Brought,
    zone: tzinfo,
    work: _Import,
) -> None:
    """Write one episode with what was fetched for it."""
    facts, unkept = work.keeper.kept(episode) if work.keeper else (AudioFacts(), ())
    people = bringing.people_of(episode)
    values = {
        "guid": episode.guid,
        "title": episode.title,
        "date": _written(episode, zone),
        "status": "ready" if episode.dated else "draft",
        **({"slug": episode.slug} if episode.slug != slug(episode.title) else {}),
        **episode.values,
        **({"people": people} if people else {}),
        **brought.values,
        **({} if facts.editions else {"audio": sound_name(episode)}),
    }

    def fill(folder: Path, _: ExitStack) -> None:
        if facts.editions:
            project.write_facts(folder, facts)

    make(episode_id, values, episode.notes, brought.files, fill)
    work.note(episode_id, (*brought.left, *unkept))
    work.counts["added"] += 1
    work.counts["transcripts"] += any(name.endswith(".vtt") for name in brought.files)


def _written(episode: Imported, zone: tzinfo) -> str:
    """The date as an editor would write it; where that would lose seconds or the offset, all of it."""
    local = episode.date.astimezone(zone)
    same = local.utcoffset() == episode.date.utcoffset() and not episode.date.second
    return f"{local:%Y-%m-%d %H:%M}" if same else episode.date.isoformat()


def _sounds(root: Path, podcast: Podcast, ids: Mapping[str, str], work: _Import) -> None:
    """Bring the recordings that are missing, newest first."""
    house = catalog.load(root)
    downloader = Downloader(root, house, work.fetcher)
    by_guid = {episode.guid: episode for episode in house.episodes}
    for episode in podcast.episodes:
        own = by_guid.get(episode.guid)
        if own is None or house.of(own).recording_present:
            continue
        told = partial(_told_bytes, work.told, own.id)
        came, left = downloader.download(episode, own.id, own.audio or sound_name(episode), told)
        work.note(own.id, left)
        work.counts["sounds"] += came


def _told_bytes(told: Report, episode_id: str, done: int, of: int) -> None:
    told(Step("audio", episode_id, done, of))
