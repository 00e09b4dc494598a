"""What to hear next: chosen so that a new episode changes it for hardly any page that is there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge

from pipeline.models import Episode
from pipeline.website.index import Group, Index, digest, talk

RELATED = 5
NEAR = 200
"""So many episodes of a topic or a person before one are looked at."""
_TOPIC, _PERSON = 2, 1
Traits = tuple[tuple[tuple[str, str], int], ...]
"""What an episode has in common with others, and how much that weighs."""


Remember = Callable[[str, str, Callable[[], tuple[str, ...]]], tuple[str, ...]]
"""Looks up the ids that were found for an episode under a key, or has them found."""


def related(index: Index, remember: Remember = lambda _, __, find: find()) -> Callable[[Episode], Group]:
    """What to hear after each: the editor's choice in its order, else older ones by shared topics and people.

    A topic weighs twice a person; equal weights stand newest first. Where there are too few older ones, the
    next newer ones fill up, so that a page stays as it is once it has enough. Hidden people share one name,
    so they relate nothing. Of a talk in several languages one version is named; other versions of this talk
    only where no other talk is near.
    """
    ordered = index.episodes[::-1]  # the oldest first
    place = {one.id: at for at, one in enumerate(ordered)}
    traits = [tuple(_traits(index, one)) for one in ordered]
    groups, keys = _groups(traits), tuple(_keys(ordered, traits))

    def of(episode: Episode) -> Group:
        if episode.related:
            chosen = dict.fromkeys(id_ for id_ in episode.related if id_ != episode.id)
            return tuple(index.by_id[id_] for id_ in chosen if id_ in index.by_id)
        at = place[episode.id]
        own = [(weight, groups[one]) for one, weight in traits[at]]

        def older() -> tuple[str, ...]:
            return _talks(episode, (ordered[one] for one in _older(at, own)), ())

        # Older ones stay as they are when a new episode comes; what was found among them is found again.
        talks = remember(episode.id, keys[at], older)
        if len(talks) < RELATED:
            talks = _talks(episode, (ordered[one] for one in _newer(at, own)), talks)
        found = tuple(_version(index, one, episode) for one in talks)
        return found or tuple(one for one in index.talks[talk(episode)] if one.id != episode.id)[:1]

    return of


def _keys(ordered: Group, traits: Sequence[Traits]) -> Iterator[str]:
    """For each episode the digest of all that there is up to it."""
    key = ""
    for episode, own in zip(ordered, traits, strict=True):
        key = digest((key, episode.id, talk(episode), own))
        yield key


def _traits(index: Index, episode: Episode) -> Iterator[tuple[tuple[str, str], int]]:
    people = index.context.house.people
    for id_ in dict.fromkeys(episode.topic_ids):
        yield ("topic", id_), _TOPIC
    for id_ in dict.fromkeys(one.person for one in episode.people):
        if id_ in people and not people[id_].hidden:
            yield ("person", id_), _PERSON


def _groups(traits: Sequence[Traits]) -> dict[tuple[str, str], list[int]]:
    """The places of the episodes of each topic and person, rising."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, own in enumerate(traits):
        for trait, _ in own:
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


def _talks(episode: Episode, candidates: Iterable[Episode], known: tuple[str, ...]) -> tuple[str, ...]:
    """The first other talks, after those that are known."""
    talks = dict.fromkeys(known)
    for one in candidates:
        if len(talks) >= RELATED:
            break
        if talk(one) != talk(episode):
            talks.setdefault(talk(one))
    return tuple(talks)


def _version(index: Index, wanted: str, episode: Episode) -> Episode:
    """Of a talk the version in the language of an episode, else the original."""
    language, versions = index.context.house.language, index.talks[wanted]
    if len(versions) == 1:
        return versions[0]
    return next((one for one in versions if language(one) == language(episode)), versions[0])
