"""Who and what can be chosen in a form, and who has agreed to be published."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from pipeline import catalog, project
from pipeline.errors import MisuseError
from pipeline.messages import Message, msg, msg_n
from pipeline.models import Episode, House, Person, Scope, slug
from pipeline.workflow.filling.values import Choice, Consented
from pipeline.workflow.guessing import free_id


def people(house: House, episode: Episode | None = None) -> tuple[Choice, ...]:
    """Everybody in the house, those who take part most often first; equal names are told apart."""
    counts = Counter(id_ for one in house.episodes for id_ in {c.person for c in one.people})
    inside = {one.person for one in episode.people} if episode else set()
    names = Counter(one.name.casefold() for one in house.people.values())
    ordered = sorted(house.people.values(), key=lambda one: (-counts[one.id], one.sort_key, one.id))
    return tuple(
        Choice(
            one.id,
            one.name,
            _told(
                _place(counts[one.id], one.id in inside),
                (one.role or one.id) if names[one.name.casefold()] > 1 else "",
            ),
        )
        for one in ordered
    )


def topics(house: House, episode: Episode | None = None) -> tuple[Choice, ...]:
    """Every topic of the house by its name, the most frequent first."""
    counts = Counter(id_ for one in house.episodes for id_ in set(one.topic_ids))
    inside = set(episode.topic_ids) if episode else set()
    written = {slug(name): name for one in reversed(house.episodes) for name in one.topics}
    names = written | {one.id: one.title for one in house.topics.values()}
    ordered = sorted(names.items(), key=lambda pair: (-counts[pair[0]], pair[1].casefold()))
    return tuple(Choice(name, name, _place(counts[id_], id_ in inside)) for id_, name in ordered)


def new_person(root: Path, name: str) -> Choice:
    """A file for somebody who has none, under an id that nobody has; MisuseError for an empty name."""
    plain = " ".join(name.split())
    if not slug(plain):
        raise MisuseError(msg("A name has at least one letter."))
    house = catalog.load(root)
    person = Person(id=free_id(house, plain), name=plain)
    if project.new_person(root, person) is None:
        raise MisuseError(msg("{name} is there already.", name=plain))
    return Choice(person.id, person.name, msg("new"))


def topic_named(root: Path, name: str) -> str:
    """The topic as the house writes it already, where only capitals or hyphens differ; else the name."""
    plain = " ".join(name.split())
    if not slug(plain):
        raise MisuseError(msg("A topic has at least one letter."))
    known = topics(catalog.load(root))
    return next((one.value for one in known if slug(one.value) == slug(plain)), plain)


def consented(house: House, episode: Episode, today: date) -> Consented:
    """Whose consent for everything that the house asks for is valid today."""
    private = house.private
    if private is None:
        return Consented(here=False)
    asked = house.settings.consent.required or (Scope.AUDIO,)
    has: dict[str, bool] = {}
    for id_ in dict.fromkeys(one.person for one in episode.people):
        known = [private.covering(id_, episode.id, scope) for scope in asked]
        has[id_] = all(any(one.holds(today) for one in found) for found in known)
    named = {id_: house.people[id_].name if id_ in house.people else id_ for id_ in has}
    return Consented(
        here=True,
        having=tuple(named[id_] for id_, given in has.items() if given),
        lacking=tuple(named[id_] for id_, given in has.items() if not given),
    )


def _place(count: int, inside: bool) -> Message:
    if inside:
        return msg("in this episode")
    return msg_n("{n} episode", "{n} episodes", count) if count else msg("in no episode yet")


def _told(place: Message, what: str) -> Message:
    return msg("{what}, {place}", what=what, place=place) if what else place
