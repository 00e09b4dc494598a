"""What the listeners of a podcast that moves in were given by its old host, as the ledger keeps it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.models import (
    EPISODES,
    House,
    Ledger,
    LedgerEntry,
    PublishedEdition,
    PublishedFeed,
    PublishedShow,
)
from pipeline.moving import Imported, Podcast

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def ledger(known: Ledger, podcast: Podcast, ids: Mapping[str, str], site: str) -> Ledger:
    """The ledger with every dated episode of the feed, oldest first; what it knows already stays.

    `ids` are the folders by guid, `site` is the address of the new site.
    """
    guids = {entry.guid for entry in known.episodes}
    new = [e for e in reversed(podcast.episodes) if e.guid not in guids and e.dated]
    taken = {slug for entry in known.episodes for slug in entry.slugs} | {e.slug for e in podcast.episodes}
    entries = (
        LedgerEntry(
            guid=episode.guid,
            episode=ids[episode.guid],
            number=number,
            slug=episode.slug,
            former=_former(episode, site, taken),
            first_published=episode.date,
            date=episode.date,
        )
        for number, episode in enumerate(new, known.next_number)
    )
    return Ledger(show=known.show or _show(podcast), episodes=(*known.episodes, *entries))


def _former(episode: Imported, site: str, taken: set[str]) -> tuple[str, ...]:
    """The last part of the old page's address where it lay on this very site, and no page lies there now."""
    found = episode.link.removeprefix(site + EPISODES).rstrip("/")
    if found in taken or not _SLUG.fullmatch(found):
        return ()
    taken.add(found)
    return (found,)


def _show(podcast: Podcast) -> PublishedShow | None:
    """The podcast as directories know it, at its old address since its first episode; None without guid."""
    guid = podcast.show.get("guid")
    dates = [episode.date for episode in podcast.episodes if episode.dated]
    if not guid:
        return None
    feeds = (PublishedFeed(url=podcast.address, since=min(dates)),) if podcast.address and dates else ()
    return PublishedShow(guid=str(guid), feeds=feeds)


def with_kept(known: Ledger, house: House) -> Ledger:
    """The ledger with the recordings that stay on their old host, as the house's audio.json has them."""
    kept = {
        episode.guid: tuple(
            PublishedEdition(url=one.url, bytes=one.bytes, sha256=one.sha256)
            for one in house.of(episode).audio.editions
            if one.url
        )
        for episode in house.episodes
    }
    return known.model_copy(
        update={"episodes": tuple(_given(entry, kept.get(entry.guid, ())) for entry in known.episodes)}
    )


def _given(entry: LedgerEntry, kept: tuple[PublishedEdition, ...]) -> LedgerEntry:
    known = {one.url for one in entry.editions}
    new = tuple(one for one in kept if one.url not in known)
    return entry.model_copy(update={"editions": (*entry.editions, *new)}) if new else entry
