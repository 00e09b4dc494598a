"""What to hear next: chosen so that a new episode changes it for hardly any page that is there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from heapq import merge

from pipeline.models import Episode
from pipeline.website.index import Index, talk

RELATED = 5
NEAR = 200
"""So many episodes of a topic or a person before one are looked at."""
_TOPIC, _PERSON = 2, 1


def related(index: Index) -> Callable[[Episode], tuple[Episode, ...]]:
    """What to hear after each: the editor's choice in its order, else older ones by shared topics and people.

    A topic weighs twice a person; equal weights stand newest first. Where there are too few older ones, the
    next newer ones fill up, so that a page stays as it is once it has enough. Hidden people share one name,
    so they relate nothing. Of a talk in several languages one version is named; other versions of this talk
    only where no other talk is near.
    """
    ordered = index.episodes[::-1]  # the oldest first
    place = {one.id: at for at, one in enumerate(ordered)}
    groups = _groups(index, ordered)

    def of(episode: Episode) -> tuple[Episode, ...]:
        if episode.related:
            chosen = dict.fromkeys(id_ for id_ in episode.related if id_ != episode.id)
            return tuple(index.by_id[id_] for id_ in chosen if id_ in index.by_id)
        at, own = place[episode.id], [(weight, groups[one]) for one, weight in _traits(index, episode)]
        older = (ordered[one] for one in _older(at, own))
        newer = (ordered[one] for one in _newer(at, own))
        return _chosen(index, episode, older, newer)

    return of


def _traits(index: Index, episode: Episode) -> Iterator[tuple[tuple[str, str], int]]:
    people = index.context.house.people
    for id_ in dict.fromkeys(episode.topic_ids):
        yield ("topic", id_), _TOPIC
    for id_ in dict.fromkeys(one.person for one in episode.people):
        if id_ in people and not people[id_].hidden:
            yield ("person", id_), _PERSON


def _groups(index: Index, ordered: tuple[Episode, ...]) -> dict[tuple[str, str], list[int]]:
    """The places of the episodes of each topic and person, rising."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, episode in enumerate(ordered):
        for trait, _ in _traits(index, episode):
            found[trait].append(at)
    return found


def _older(at: int, groups: Iterable[tuple[int, list[int]]]) -> list[int]:
    """The places of older ones, the nearest in kind first."""
    weights: Counter[int] = Counter()
    for weight, group in groups:
        end = bisect_left(group, at)
        for one in group[max(0, end - NEAR) : end]:
            weights[one] += weight
    return sorted(weights, key=lambda one: (-weights[one], -one))


def _newer(at: int, groups: Iterable[tuple[int, list[int]]]) -> Iterator[int]:
    """The places of newer ones, the next first."""
    last = at
    for one in merge(*(group[bisect_right(group, at) :] for _, group in groups)):
        if one > last:
            yield one
            last = one


def _chosen(
    index: Index, episode: Episode, older: Iterable[Episode], newer: Iterable[Episode]
) -> tuple[Episode, ...]:
    own = talk(episode)
    talks = dict.fromkeys(talk(one) for one in older)
    talks.pop(own, None)
    for one in newer:
        if len(talks) >= RELATED:
            break
        if talk(one) != own:
            talks.setdefault(talk(one))
    found = tuple(_version(index, one, episode) for one in list(talks)[:RELATED])
    return found or tuple(one for one in index.talks[own] if one.id != episode.id)[:1]


def _version(index: Index, wanted: str, episode: Episode) -> Episode:
    """Of a talk the version in the language of an episode, else the original."""
    language, versions = index.context.house.language, index.talks[wanted]
    return next((one for one in versions if language(one) == language(episode)), versions[0])
