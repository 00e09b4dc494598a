"""The step that notes what listeners were given: after publishing, the ledger knows it for ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count

from pipeline import feed
from pipeline.models import (
    FEED,
    Addresses,
    Edition,
    Episode,
    House,
    Ledger,
    LedgerEntry,
    PublishedEdition,
    PublishedFeed,
    PublishedShow,
)


def record(house: House, editions: Mapping[str, Sequence[Edition]], now: datetime) -> Ledger:
    """The ledger after `house` (the public one, as it was sent) was published with these audio files.

    `editions` are all audio files that feeds or pages name, by episode id; an episode without one was not
    published. Nothing that was given before is lost: guids, running numbers, first publications and audio
    addresses stay, an old address is kept among the former ones. What is new gets the next numbers by date.
    """
    now = now.replace(microsecond=0)
    sent = sorted((e for e in house.episodes if editions.get(e.id)), key=lambda e: (e.date, e.id))
    known = {entry.guid: entry for entry in house.ledger.episodes}
    numbers = count(house.ledger.next_number)
    for episode in sent:
        entry = known.get(episode.guid) or _first(episode, next(numbers), now)
        if not entry.withdrawn:
            known[episode.guid] = _after(entry, episode, _named(house, episode, editions[episode.id]))
    ordered = sorted(known.values(), key=lambda entry: entry.number)
    return Ledger(show=_show(house, now), episodes=tuple(ordered))


def _first(episode: Episode, number: int, now: datetime) -> LedgerEntry:
    return LedgerEntry(
        guid=episode.guid, episode=episode.id, number=number, slug=episode.address, first_published=now
    )


def _after(entry: LedgerEntry, episode: Episode, named: Sequence[PublishedEdition]) -> LedgerEntry:
    """The entry with what is new; a former address that is used again is no longer a former one."""
    former = (slug for slug in dict.fromkeys(entry.slugs) if slug != episode.address)
    urls = {one.url for one in entry.editions}
    return entry.model_copy(
        update={
            "date": episode.date,
            "editions": (*entry.editions, *(one for one in named if one.url not in urls)),
            "episode": episode.id,
            "former": tuple(former),
            "slug": episode.address,
        }
    )


def _named(house: House, episode: Episode, editions: Sequence[Edition]) -> tuple[PublishedEdition, ...]:
    """The audio files as feeds name them; one that the ledger knows keeps its entry, wherever it lies."""
    addresses = Addresses.of(house)
    return tuple(
        house.ledger.edition(episode.guid, one.sha256)
        or PublishedEdition(
            url=addresses.absolute(addresses.audio(episode, one)), bytes=one.bytes, sha256=one.sha256
        )
        for one in editions
    )


def _show(house: House, now: datetime) -> PublishedShow:
    """The podcast with the address of its feed; a new address comes last, whatever it was before."""
    url = Addresses.of(house).absolute(FEED)
    feeds = house.ledger.show.feeds if house.ledger.show else ()
    if not feeds or feeds[-1].url != url:
        feeds = (*feeds, PublishedFeed(url=url, since=now))
    return PublishedShow(guid=feed.show_guid(house), feeds=feeds)
