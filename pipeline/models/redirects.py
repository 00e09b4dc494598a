"""Which addresses lead elsewhere now: what was published under a name that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.models.addresses import FEED, FOLDERS, RESERVED, Addresses
from pipeline.models.episode import Episode
from pipeline.models.fields import slug
from pipeline.models.house import House
from pipeline.models.people import Page, Person, Topic
from pipeline.models.show import Series

Renamable = Page | Person | Series | Topic
PLACES: Mapping[str, Callable[[Addresses, str], str]] = {
    "page": Addresses.page,
    "person": Addresses.person,
    "series": Addresses.series,
    "topic": Addresses.topic,
}
"""The kinds of pages whose address is the name of a file, and where one of a name lies."""


@dataclass(frozen=True, slots=True, order=True)
class Redirect:
    """An address that was published, and where it leads now (status 301, for ever).

    Both are paths below the site's root (`folgen/alt/`), or whole addresses where another site is meant.
    One that ends with a slash moves with everything below it.
    """

    old: str
    new: str

    @property
    def abroad(self) -> bool:
        """Whether the old address lies on another site: only that site's server can obey."""
        return "://" in self.old


def redirects(house: House) -> tuple[Redirect, ...]:
    """Every redirect of a public house, sorted; none takes the place of a page that is there."""
    addresses = Addresses.of(house)
    pages = tuple(_renamed_pages(house, addresses))
    moved = (
        *_episodes(house, addresses),
        *((old, path) for path, former in pages for old in former),
        *_feeds(house, addresses),
    )
    if not moved:
        return ()
    taken = {path for path, _ in pages} | {addresses.episode(episode) for episode in house.episodes}
    taken |= {f"{name}/" for name in RESERVED}
    return tuple(sorted({Redirect(old, new) for old, new in moved if old not in taken}))


def _episodes(house: House, addresses: Addresses) -> Iterator[tuple[str, str]]:
    """Where episodes were published and are no more: hardly ever one among thousands."""
    for episode in house.episodes:
        entry = house.ledger.entry(episode.guid)
        if entry and (entry.former or entry.slug != episode.address):
            for was in entry.slugs:
                yield addresses.episode_of(was), addresses.episode(episode)


def _renamed_pages(house: House, addresses: Addresses) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Pages whose files may be renamed: where each lies, and where it lay before."""
    for kind, pages in renamable(house).items():
        for id_, page in pages.items():
            yield PLACES[kind](addresses, id_), tuple(PLACES[kind](addresses, old) for old in page.former_ids)


def renamable(house: House) -> dict[str, dict[str, Renamable]]:
    """The pages of a public house whose files may be renamed, by kind and id."""
    spoken_of = (name for name in _named(house.episodes) if slug(name))
    return {
        "page": dict(house.pages),
        "person": {id_: one for id_, one in house.people.items() if not one.hidden},
        "series": dict(house.series),
        "topic": {topic.id: topic for topic in map(house.topic, spoken_of)},
    }


def _named(episodes: tuple[Episode, ...]) -> dict[str, None]:
    return dict.fromkeys(name for episode in episodes for name in episode.topics)


def _feeds(house: House, addresses: Addresses) -> Iterator[tuple[str, str]]:
    """A site that moved, with everything below it; a feed that lay elsewhere, or has left this site."""
    new = addresses.show.address
    for old in addresses.former_sites:
        inside = new.startswith(old)  # everything below it would lead round in a circle
        parts = (FEED, *(f"{folder}/" for folder in FOLDERS)) if inside else ("",)
        yield from ((old + part, new + part) for part in parts)
    for url in addresses.former_feeds:
        yield url, addresses.absolute(FEED)
    if house.settings.feed.moved_to:
        yield FEED, house.settings.feed.moved_to
