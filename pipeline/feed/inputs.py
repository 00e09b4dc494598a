"""What an item of a feed is made from, and its mark: the same mark, the same item."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from pipeline.feed.rows import Item
from pipeline.models import (
    Episode,
    EpisodeFacts,
    EpisodeType,
    House,
    Ledger,
    LedgerEntry,
    Model,
    Transcript,
    slug,
)

T = TypeVar("T")
_OF_EPISODE, _OF_EDITION = 16, 16
"""Characters of a mark: among millions of episodes no two alike, nor among the editions of one."""


class Inputs:
    """The parts of one public house that its items are made from; `styled`: feeds have a style sheet."""

    def __init__(self, house: House, *, styled: bool = True) -> None:
        self.house, self.styled = house, styled
        self._marks: dict[str, str] = {}
        self._dumps: dict[tuple[str, str], bytes] = {}

    def own(self, episode: Episode) -> House:
        """The part of the house that an episode's items may show; their tags are made from nothing else.

        Of the transcript only that there is one: feeds link to it, so its corrections change no feed.
        """
        house, facts = self.house, self.house.of(episode)
        people = [c.person for c in (*house.settings.show.people, *episode.people)]
        said = None if facts.transcript is None else Transcript(())
        entry = self._entries.get(episode.guid)
        return House(
            settings=house.settings,
            people=_only(house.people, people),
            topics=_only(house.topics, map(slug, episode.topics)),
            series=_only(house.series, (episode.series or "",)),
            episodes=(episode,),
            ledger=Ledger.model_construct(show=house.ledger.show, episodes=(entry,) if entry else ()),
            facts={episode.id: EpisodeFacts(facts.audio, transcript=said, pictures=facts.pictures)},
            pictures=house.pictures,
            portraits=_only(house.portraits, people),
        )

    @cached_property
    def trailers(self) -> tuple[Episode, ...]:
        """The show's trailers, which every document of every feed names, newest first."""
        return tuple(one for one in self.house.episodes if one.type is EpisodeType.TRAILER)

    def mark(self, item: Item) -> str:
        """The digest of everything in `own`, reckoned once for all feeds, and of the edition."""
        id_ = item.episode.id
        own = self._marks.get(id_) or self._marks.setdefault(id_, self._reckoned(item.episode))
        return own + (item.edition.sha256 or _digest(str(item.edition.url).encode()))[:_OF_EDITION]

    def _reckoned(self, episode: Episode) -> str:
        facts, entry = self.house.of(episode), self._entries.get(episode.guid)
        parts = [self._shared, _json(episode), _json(facts.audio), _json(entry) if entry else b""]
        parts += [self._dumped("person", one.person) for one in episode.people]
        parts += [self._dumped("topic", name) for name in episode.topics]
        parts.append(self._dumped("series", episode.series or ""))
        if facts.pictures or facts.transcript is not None:
            parts.append(repr((facts.transcript is None, sorted(facts.pictures.items()))).encode())
        return _digest(b"\0".join(parts))[:_OF_EPISODE]

    def _dumped(self, kind: str, id_: str) -> bytes:
        """A person, topic or series in bytes, made once however many items show it."""
        found = self._dumps.get((kind, id_))
        if found is None:
            found = self._dumps[kind, id_] = repr(_LOOK[kind](self.house, id_)).encode()
        return found

    @cached_property
    def _entries(self) -> dict[str, LedgerEntry]:
        return {entry.guid: entry for entry in self.house.ledger.episodes}

    @cached_property
    def _shared(self) -> bytes:
        house = self.house
        people = [self._dumped("person", c.person) for c in house.settings.show.people]
        shared = repr(sorted(house.pictures.items())).encode()
        published = repr(house.ledger.show).encode()
        return _digest(b"\0".join((_json(house.settings), shared, published, *people))).encode()


_LOOK: dict[str, Callable[[House, str], object]] = {
    "person": lambda house, id_: (house.people.get(id_), house.portraits.get(id_)),
    "series": lambda house, id_: house.series.get(id_),
    "topic": lambda house, name: house.topics.get(slug(name)),
}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _json(value: Model) -> bytes:
    dumped: bytes = type(value).__pydantic_serializer__.to_json(value)
    return dumped


def _only(values: Mapping[str, T], ids: Iterable[str]) -> dict[str, T]:
    return {id_: values[id_] for id_ in ids if id_ in values}
