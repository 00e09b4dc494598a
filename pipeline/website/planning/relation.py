"""What to hear next."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.models import Episode, House

RELATED = 5


def related(house: House, episode: Episode) -> tuple[Episode, ...]:
    """What to hear next: the editor's choice in its order, else by shared topics and people.

    A topic weighs twice a person; equal weights stand newest first. Hidden people share one name, so
    they relate nothing. Of a talk in several languages one version is named; other versions of this talk
    only where no other talk is near.
    """
    by_id = {other.id: other for other in house.episodes if other.id != episode.id}
    if episode.related:
        return tuple(by_id[id_] for id_ in dict.fromkeys(episode.related) if id_ in by_id)
    topics, people = set(episode.topic_ids), _people(house, episode)

    def weight(other: Episode) -> int:
        return 2 * len(topics & set(other.topic_ids)) + len(people & _people(house, other))

    others = sorted((other for other in by_id.values() if weight(other)), key=lambda other: -weight(other))
    elsewhere = [other for other in others if _talk(other) != _talk(episode)]
    return _one_each(house, elsewhere or others, house.language(episode))[:RELATED]


def _one_each(house: House, episodes: Iterable[Episode], wanted: str) -> tuple[Episode, ...]:
    """Of each talk one version: the one in the wanted language, else the one that comes first."""
    versions: dict[str, Episode] = {}
    for one in episodes:
        if _talk(one) not in versions or house.language(one) == wanted:
            versions[_talk(one)] = one
    return tuple(versions.values())


def _talk(episode: Episode) -> str:
    """What all versions of a talk share: the id of the original."""
    return episode.translation_of or episode.id


def _people(house: House, episode: Episode) -> set[str]:
    return {
        c.person for c in episode.people if c.person in house.people and not house.people[c.person].hidden
    }
