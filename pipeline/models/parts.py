"""What may be looked at for one episode alone: a house of its own, and a mark that tells two such apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from pipeline.models.episode import Episode
from pipeline.models.fields import slug
from pipeline.models.house import House
from pipeline.models.ledger import Ledger, LedgerEntry

T = TypeVar("T")


class Parts:
    """A house cut up by episodes."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._dumped: dict[tuple[str, str], bytes] = {}
        self._people_dumped: dict[frozenset[str], bytes] = {}

    def of(self, episode: Episode) -> House:
        """The house as if it had this one episode: with whom and what it names, and with everybody hidden.

        Where somebody is named who is not known, everybody is in it: one of them may be meant.
        """
        house = self.house
        people = self._people(episode)
        entry = house.ledger.entry(episode.guid)
        return replace(
            house,
            people=only(house.people, people),
            portraits=only(house.portraits, people),
            topics=only(house.topics, map(slug, episode.topics)),
            series=only(house.series, (episode.series or "",)),
            episodes=(episode,),
            ledger=Ledger.model_construct(show=house.ledger.show, episodes=(entry,) if entry else ()),
            facts={episode.id: house.of(episode)},
        )

    def mark(self, episode: Episode, *own: str) -> str:
        """The digest of that house beside what all of its episodes share; `own` says the episode itself."""
        entry = self.house.ledger.entry(episode.guid)
        parts = [*map(str.encode, own), _entry(entry), str(episode.slug).encode()]
        parts.append(self._dumped_people(self._people(episode)))
        parts += [self._dump("topic", slug(name)) for name in episode.topics]
        parts.append(self._dump("series", episode.series or ""))
        return hashlib.sha256(b"\0".join(parts)).hexdigest()[:32]

    def _people(self, episode: Episode) -> frozenset[str]:
        named = (episode.names | self.house.of(episode).speakers) - {""}
        return named | self._everywhere if named <= self.house.people.keys() else self._everybody

    @cached_property
    def _everybody(self) -> frozenset[str]:
        return frozenset(self.house.people)

    @cached_property
    def _everywhere(self) -> frozenset[str]:
        """The show's own people, and everybody hidden."""
        hidden = (id_ for id_, person in self.house.people.items() if person.hidden)
        return frozenset((*(one.person for one in self.house.settings.show.people), *hidden))

    def _dumped_people(self, ids: frozenset[str]) -> bytes:
        known = self._people_dumped.get(ids)
        if known is None:
            dumps = (self._dump("person", id_) for id_ in sorted(ids))
            known = self._people_dumped[ids] = hashlib.sha256(b"".join(dumps)).digest()
        return known

    def _dump(self, kind: str, id_: str) -> bytes:
        known = self._dumped.get((kind, id_))
        if known is None:
            house = self.house
            found: object = {
                "person": (house.people.get(id_), house.portraits.get(id_)),
                "topic": house.topics.get(id_),
                "series": house.series.get(id_),
            }[kind]
            known = self._dumped[kind, id_] = hashlib.sha256(repr((id_, found)).encode()).digest()
        return known


def only(values: Mapping[str, T], ids: Iterable[str]) -> dict[str, T]:
    """Those of these ids that there are."""
    return {id_: values[id_] for id_ in ids if id_ in values}


def _entry(entry: LedgerEntry | None) -> bytes:
    return LedgerEntry.__pydantic_serializer__.to_json(entry) if entry else b""
