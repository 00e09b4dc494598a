"""What channel and items of a feed are made from, and their marks: the same mark, the same bytes."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property
from types import MappingProxyType

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
from pipeline.models.parts import only

_OF_EPISODE, _OF_EDITION = 16, 16
"""Characters of a mark: among millions of episodes no two alike, nor among the editions of one."""


class _Dumped(dict[tuple[str, str], bytes]):
    """A person, topic or series in bytes, by kind and name: made once however many items show it."""

    def __init__(self, house: House) -> None:
        super().__init__()
        self._house = house

    def __missing__(self, named: tuple[str, str]) -> bytes:
        kind, id_ = named
        self[named] = dumped = repr(_LOOK[kind](self._house, id_)).encode()
        return dumped


class Inputs:
    """The parts of one public house that its feeds are made from; `styled`: feeds have a style sheet.

    `marks` tell, by id, one state of an episode and its sound from another, where that is known.
    """

    def __init__(
        self, house: House, *, styled: bool = True, marks: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self.house, self.styled, self._known = house, styled, marks
        self._marks: dict[str, str] = {}
        self._dumped = _Dumped(house)

    def own(self, episode: Episode) -> House:
        """The part of the house that an episode's items may show; their tags are made from nothing else.

        Of the transcript only that there is one: feeds link to it, so its corrections change no feed. The
        other episodes are its versions in other languages, of which nothing but that is known.
        """
        house, facts, others = self.house, self.house.of(episode), self._versions.get(episode.id, ())
        people = [c.person for c in (*house.settings.show.people, *episode.people)]
        entry = self._entries.get(episode.guid)
        return House(
            settings=house.settings,
            people=only(house.people, people),
            topics=only(house.topics, map(slug, episode.topics)),
            series=only(house.series, (episode.series or "",)),
            episodes=(episode, *others),
            ledger=Ledger.model_construct(show=house.ledger.show, episodes=(entry,) if entry else ()),
            facts={
                **{one.id: EpisodeFacts(transcript=_said(house.of(one))) for one in others},
                episode.id: EpisodeFacts(
                    facts.audio,
                    transcript=_said(facts),
                    pictures=facts.pictures,
                    sign_language=facts.sign_language,
                ),
            },
            pictures=house.pictures,
            portraits=only(house.portraits, people),
        )

    @cached_property
    def shared(self) -> House:
        """The part of the house that every channel may show: its tags are made from nothing else.

        Its only episodes are the trailers, which every document of every feed names.
        """
        house = self.house
        people = [c.person for c in house.settings.show.people]
        trailers = tuple(one for one in house.episodes if one.type is EpisodeType.TRAILER)
        entries = tuple(self._entries[one.guid] for one in trailers if one.guid in self._entries)
        return House(
            settings=house.settings,
            people=only(house.people, people),
            episodes=trailers,
            ledger=Ledger.model_construct(show=house.ledger.show, episodes=entries),
            facts={one.id: EpisodeFacts(house.of(one).audio) for one in trailers},
            pictures=house.pictures,
            portraits=only(house.portraits, people),
        )

    @cached_property
    def channel_mark(self) -> str:
        """The digest of everything in `shared`, and of whether there is a style sheet."""
        trailers = (self._own_mark(one) for one in self.shared.episodes)
        return _digest(b"\0".join((self._shared, str(self.styled).encode(), *map(str.encode, trailers))))

    def mark(self, item: Item) -> str:
        """The digest of everything in `own`, reckoned once for all feeds, and of the edition."""
        episode = item.episode
        own = self._marks.get(episode.id) or self._own_mark(episode)
        if episode.id in self._known:  # that says of what editions there are, and this which of them is meant
            return own + _digest(str(item.place).encode())[:_OF_EDITION]
        edition = item.edition
        return own + (edition.sha256 or _digest(str(edition.url).encode()))[:_OF_EDITION]

    def _own_mark(self, episode: Episode) -> str:
        return self._marks.setdefault(episode.id, self._reckoned(episode))

    def _reckoned(self, episode: Episode) -> str:
        facts, entry, dumped = self.house.of(episode), self._entries.get(episode.guid), self._dumped
        known = episode.id in self._known
        parts = [self._shared, self._said_by(episode), _ENTRY(entry) if entry else b""]
        if not known:
            parts.append(facts.audio.model_dump_json().encode())
        parts += [dumped["person", one.person] for one in episode.people]
        parts += [dumped["topic", name] for name in episode.topics]
        parts.append(dumped["series", episode.series or ""])
        parts.append(str(facts.has_transcript).encode())
        if not known and (facts.pictures or facts.sign_language):
            parts.append(repr((sorted(facts.pictures.items()), facts.sign_language)).encode())
        for one in self._versions.get(episode.id, ()):
            parts += [self._said_by(one), str(self.house.of(one).has_transcript).encode()]
        return _digest(b"\0".join(parts))[:_OF_EPISODE]

    def _said_by(self, episode: Episode) -> bytes:
        """What an episode says, or what tells that from all else that it could say."""
        known = self._known.get(episode.id)
        return f"{known} {episode.slug}".encode() if known else episode.model_dump_json().encode()

    @cached_property
    def _versions(self) -> dict[str, tuple[Episode, ...]]:
        """By episode its versions in other languages, the original first."""
        groups: dict[str, list[Episode]] = defaultdict(list)
        for one in self.house.episodes:
            if one.translation_of:
                groups[one.translation_of].append(one)
        originals = (one for one in self.house.episodes if one.id in groups)
        whole = [(one, *sorted(groups[one.id], key=lambda other: other.id)) for one in originals]
        return {
            one.id: tuple(other for other in group if other is not one) for group in whole for one in group
        }

    @cached_property
    def _entries(self) -> dict[str, LedgerEntry]:
        return {entry.guid: entry for entry in self.house.ledger.episodes}

    @cached_property
    def _shared(self) -> bytes:
        house = self.house
        people = [self._dumped["person", c.person] for c in house.settings.show.people]
        shared = repr(sorted(house.pictures.items())).encode()
        published = repr(house.ledger.show).encode()
        settings = _writer(type(house.settings))(house.settings)
        return _digest(b"\0".join((settings, shared, published, *people))).encode()


_LOOK: dict[str, Callable[[House, str], object]] = {
    "person": lambda house, id_: (house.people.get(id_), house.portraits.get(id_)),
    "series": lambda house, id_: house.series.get(id_),
    "topic": lambda house, name: house.topics.get(slug(name)),
}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _writer(model: type[Model]) -> Callable[[Model], bytes]:
    """A model's own writer of JSON, without the checks of its arguments: ten thousands are written."""
    written: Callable[[Model], bytes] = model.__pydantic_serializer__.to_json
    return written


_ENTRY = _writer(LedgerEntry)


def _said(facts: EpisodeFacts) -> Transcript | None:
    """Of a transcript, that there is one."""
    return Transcript(()) if facts.has_transcript else None
