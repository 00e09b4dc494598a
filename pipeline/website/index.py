"""Which episodes belong together: by topic, person, series, institution, year; found in one walk over all."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from pipeline.models import Episode, Institution, Topic, slug
from pipeline.website.context import Context

Years = dict[int, tuple[Episode, ...]]
Group = tuple[Episode, ...]
Key = TypeVar("Key", bound=Hashable)


class Index:
    """All public episodes, newest first, in groups; made from what is at hand of each."""

    def __init__(self, context: Context) -> None:
        self.context, self.episodes = context, context.house.episodes
        self._listed: dict[str, str] = {}

    @cached_property
    def by_id(self) -> Mapping[str, Episode]:
        """Episodes by id."""
        return {one.id: one for one in self.episodes}

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """The topics that episodes name, by id; a name without any letter or digit has no page."""
        names = dict.fromkeys(name for episode in self.episodes for name in episode.topics if slug(name))
        return {topic.id: topic for topic in map(self.context.house.topic, names)}

    @cached_property
    def by_topic(self) -> Mapping[str, Group]:
        """Episodes by topic."""
        return _grouped((id_, one) for one in self.episodes for id_ in dict.fromkeys(one.topic_ids))

    @cached_property
    def by_person(self) -> Mapping[str, Group]:
        """Episodes by whoever takes part."""
        return _grouped(
            (id_, one) for one in self.episodes for id_ in dict.fromkeys(c.person for c in one.people)
        )

    @cached_property
    def by_series(self) -> Mapping[str, Group]:
        """Episodes by series."""
        return _grouped((one.series, one) for one in self.episodes if one.series)

    @cached_property
    def talks(self) -> Mapping[str, Group]:
        """The versions of each talk in several languages, the original first."""
        ordered = sorted(self.episodes, key=lambda one: (one.translation_of is not None, one.id))
        return _grouped((talk(one), one) for one in ordered)

    @cached_property
    def institutions(self) -> tuple[Institution, ...]:
        """Those that an episode comes from, as podcast.toml orders them."""
        found = {id_ for id_, _ in self._years if id_}
        return tuple(one for one in self.context.house.settings.show.institutions if one.id in found)

    def years(self, institution: str = "") -> Years:
        """Every year's episodes, those of an institution or all, newest first."""
        return {year: group for (of, year), group in self._years.items() if of == institution}

    @cached_property
    def _years(self) -> Mapping[tuple[str, int], Group]:
        house, local = self.context.house, self.context.local
        found: list[tuple[tuple[str, int], Episode]] = []
        for episode in self.episodes:
            year, institution = local(episode.date).year, house.institution(episode)
            found.append((("", year), episode))
            if institution:
                found.append(((institution.id, year), episode))
        return _grouped(found)

    def listed(self, episode: Episode) -> str:
        """The digest of what lists say of an episode."""
        if episode.id not in self._listed:
            self._listed[episode.id] = digest(self._said(episode))
        return self._listed[episode.id]

    def _said(self, episode: Episode) -> tuple[object, ...]:
        house = self.context.house
        facts, own = house.of(episode), (episode.id, episode.address, episode.title, episode.language)
        said = (episode.summary, str(episode.date), house.institution(episode))
        return (*own, *said, facts.heard_s, facts.has_transcript)


def talk(episode: Episode) -> str:
    """What all versions of a talk share: the id of the original."""
    return episode.translation_of or episode.id


def digest(value: object) -> str:
    """A short mark of values that say all of themselves when they are printed."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


def _grouped(pairs: Iterable[tuple[Key, Episode]]) -> dict[Key, Group]:
    found: dict[Key, list[Episode]] = defaultdict(list)
    for key, episode in pairs:
        found[key].append(episode)
    return {key: tuple(group) for key, group in found.items()}
