"""What other pages show of an episode's transcript, and the marks of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.models import Episode, LinkKind, slug
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.index import digest
from pipeline.website.searching.sections import sections
from pipeline.website.views import Passage

PASSAGES = 3
"""As many a topic shows of an episode; a person shows the first one."""


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of an episode, by the ids of its topics and of those who take part and are not hidden."""

    topics: dict[str, tuple[Passage, ...]] = field(default_factory=dict)
    people: dict[str, tuple[Passage, ...]] = field(default_factory=dict)


class Spoken(NamedTuple):
    """Digests of these passages, by topic and by person, of its links, and of what is searched in it."""

    topics: dict[str, str]
    people: dict[str, str]
    links: str
    sections: str


def passages(context: Context, episode: Episode) -> Passages:
    """What an episode says about its topics; the first words of each person, else the first about them."""
    house = context.house
    topics = {slug(name): house.topic(name) for name in episode.topics if slug(name)}
    people = {one.person: house.people[one.person] for one in episode.people if one.person in house.people}
    shown = {id_: person for id_, person in people.items() if not person.hidden}
    return Passages(
        {
            id_: views.passages(context, episode, words=topic.title, most=PASSAGES)
            for id_, topic in topics.items()
        },
        {
            id_: views.passages(context, episode, speaker=id_, most=1)
            or views.passages(context, episode, words=person.shown_name, most=1)
            for id_, person in shown.items()
        },
    )


def spoken(context: Context, episode: Episode, found: Passages) -> Spoken:
    """The marks of an episode."""
    indexed = digest([(one.path.rpartition("/")[2], one.html) for one in sections(context, 0, episode)])
    return Spoken(
        {id_: digest(one) for id_, one in found.topics.items()},
        {id_: digest(one) for id_, one in found.people.items()},
        digest([one for one in episode.links if one.kind is not LinkKind.SOURCE]),
        indexed,
    )
