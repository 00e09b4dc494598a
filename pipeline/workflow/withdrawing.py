"""The step that takes an episode back for good: from the site, from every release that is kept, from here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline import catalog, project
from pipeline.deploy import Place, Release
from pipeline.errors import HdwError, MisuseError
from pipeline.messages import Message, msg
from pipeline.models import GONE, Addresses, Episode, House, Ledger, LedgerEntry
from pipeline.workflow import choosing
from pipeline.workflow.editing.standing import at_work


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What would be taken back: `entry` is what listeners were given, None where that was nothing.

    `episode` is None where its folder is not here. `remaining` says what no command reaches.
    """

    house: House
    episode: Episode | None
    entry: LedgerEntry | None
    title: str
    remaining: tuple[Message, ...]


def withdrawal(root: Path, name: str, *, erase: bool) -> Withdrawal:
    """What `name` means: an episode here, or one that the ledger knows by folder, address or guid.

    MisuseError where there is nothing to take back.
    """
    house = catalog.load(root)
    episode, entry = _meant(house, name)
    if entry is None and not erase:
        raise MisuseError(
            msg("{episode} was never published: there is nothing to take back.", episode=name),
            hint=msg("--erase deletes its files here; status: draft keeps it from being published."),
        )
    title = episode.title if episode else entry.episode if entry else name
    return Withdrawal(house, episode, entry, title, tuple(_remaining(root, house, entry)))


def _meant(house: House, name: str) -> tuple[Episode | None, LedgerEntry | None]:
    """A folder that is here, whatever others were once called; else whoever the ledger knows by that name.

    A name that several had in turn means the one that was not withdrawn.
    """
    plain = name.rstrip("/").rpartition("/")[2]
    episode = next((one for one in house.episodes if one.id == plain), None)
    if episode is None:
        known = [one for one in house.ledger.episodes if plain in {one.guid, one.episode, *one.slugs}]
        entry = min(known, key=lambda one: (one.guid != plain, one.withdrawn), default=None)
        if entry:
            return next((one for one in house.episodes if one.guid == entry.guid), None), entry
        episode = choosing.named(house, name)
    return episode, house.ledger.entry(episode.guid)


def note_withdrawal(root: Path, made: Withdrawal) -> None:
    """The ledger knows it as withdrawn: from here on no build and no import brings it back.

    Earlier wordings of its transcript are forgotten; what stands in its folder stays.
    """
    _note(root, made)
    known = {one.id for one in made.house.episodes}
    if made.episode:
        _forget_wordings(root, made.episode.id)
    elif made.entry and made.entry.episode not in known:  # no other episode's that took its name
        project.journal_path(root, made.entry.episode).unlink(missing_ok=True)


def _note(root: Path, made: Withdrawal) -> None:
    if made.entry is None or made.entry.withdrawn:
        return
    ledger = project.load_ledger(root)
    entries = (
        one.model_copy(update={"withdrawn": True}) if one.guid == made.entry.guid else one
        for one in ledger.episodes
    )
    changed = Ledger(show=ledger.show, episodes=tuple(entries))
    project.save_ledger(root, changed, made.house.settings.show.language)


def _forget_wordings(root: Path, episode_id: str) -> None:
    """The journal of what editors did begins anew; where the words cannot be read, `erase` is left."""
    with suppress(HdwError), at_work(root, episode_id) as desk:
        desk.journal.begin_anew()


def erase(root: Path, made: Withdrawal) -> tuple[str, ...]:
    """Delete what lies of it on this computer: folder, recording, tracks, video, caches; returns what went.

    Caches go whole, with what was recognised of other recordings so far: none of it says whose it is. Killed
    on the way, the same call goes on: what the episode is called goes last.
    """
    found: list[Path] = [root / project.CACHE]
    if made.episode:
        own, others = (set(_media(root, made.house, made.episode, own=own)) for own in (True, False))
        found += sorted(own - others)
        found.append(project.episode_folder(root, made.episode.id))
    elif made.entry and made.entry.episode not in {one.id for one in made.house.episodes}:
        found.append(
            project.episode_folder(root, made.entry.episode)
        )  # no other episode's that took its name
    there = tuple(path for path in found if path.exists())
    for path in there:
        _remove(path)
    return tuple(project.shown(path, root) for path in there)


def _media(root: Path, house: House, episode: Episode, *, own: bool) -> Iterator[Path]:
    """Where recordings, tracks and videos lie: the episode's `own`, or those of all others."""
    for one in house.episodes:
        if (one.id == episode.id) == own:
            named = (project.recording_path, project.sign_language_path)
            yield from filter(None, (path(root, one, house.settings) for path in named))
            yield from (project.track_path(root, one, track.file, house.settings) for track in one.tracks)


def _remove(path: Path) -> None:
    if not path.is_dir():
        path.unlink(missing_ok=True)
        return
    for inside in path.iterdir():
        if inside.name != project.FRONT_MATTER:
            _remove(inside)
    shutil.rmtree(path)


def remains(house: House, place: Place) -> bool:
    """Whether a release that lies there still holds something of an episode that was withdrawn."""
    return bool(house.ledger.withdrawn) and any(_holds(house, release) for release in place.releases())


def refuse(house: House, release: Release) -> None:
    """MisuseError where showing this release would bring a withdrawn episode back."""
    if _holds(house, release):
        raise MisuseError(
            msg("This release holds an episode that was withdrawn; it is not shown again."),
            where=release.id,
            hint=msg("hdw publish removes it from the target."),
        )


def _holds(house: House, release: Release) -> bool:
    addresses = Addresses.of(house)
    return any(
        path in release.files and f"{marked}{GONE}" not in release.files
        for entry in house.ledger.withdrawn
        for path, marked in _paths(addresses, entry)
    )


def _paths(addresses: Addresses, entry: LedgerEntry) -> Iterator[tuple[str, str]]:
    """What tells that a release holds it, and what is marked where it is gone."""
    for slug in entry.slugs:
        yield f"{addresses.episode_of(slug)}index.html", addresses.episode_of(slug)
    for edition in entry.editions:
        path = addresses.below(edition.url) or addresses.below_sound(edition.url)
        if path:
            yield path, path


def _remaining(root: Path, house: House, entry: LedgerEntry | None) -> Iterator[Message]:
    """What no command of ours reaches."""
    if (root / ".git").exists():
        yield msg("git keeps it in its history, here and in every clone (git filter-repo removes it there)")
    if storage := project.storage_folder(root, house.settings):
        yield msg("earlier recordings of it that were replaced stay in {folder}", folder=storage)
    if entry is None:
        return
    yield msg("apps and listeners keep what they have downloaded, directories for some days")
    yield msg("caches on the way (proxies, browsers, a CDN) keep audio and pictures until they expire")
    yield msg("search engines forget the page when they next find it gone")
    addresses = Addresses.of(house)
    elsewhere = [
        one.url
        for one in entry.editions
        if not addresses.below(one.url) and not addresses.below_sound(one.url)
    ]
    for url in elsewhere:
        yield msg("{url} lies on another host: delete it there", url=url)
    if any(one.kind == "s3" for one in house.settings.publish.values()):
        yield msg("a bucket that keeps versions has older ones of pages that named it")
    yield msg("backups, and copies of the recording elsewhere")
