"""What to hear next."""

from __future__ import annotations

from pipeline.models import Episode, House

RELATED = 5


def related(house: House, episode: Episode) -> tuple[Episode, ...]:
    """What to hear next: the editor's choice in its order, else by shared topics and people.

    A topic weighs twice a person; equal weights stand newest first. Hidden people share one name, so
    they relate nothing.
    """
    by_id = {other.id: other for other in house.episodes if other.id != episode.id}
    if episode.related:
        return tuple(by_id[id_] for id_ in dict.fromkeys(episode.related) if id_ in by_id)
    topics, people = set(episode.topic_ids), _people(house, episode)

    def weight(other: Episode) -> int:
        return 2 * len(topics & set(other.topic_ids)) + len(people & _people(house, other))

    others = [other for other in by_id.values() if weight(other)]
    return tuple(sorted(others, key=lambda other: -weight(other))[:RELATED])


def _people(house: House, episode: Episode) -> set[str]:
    return {
        c.person for c in episode.people if c.person in house.people and not house.people[c.person].hidden
    }
