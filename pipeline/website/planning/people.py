"""People: the list, and a page each with their episodes and the first passage that concerns them."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.messages import msg
from pipeline.models import ROLES, Episode, Person
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Page
from pipeline.website.planning.frame import framed, html, newest, parent

SECTION = "personen/"


def pages(context: Context) -> Iterator[Page]:
    """`/personen/` and a page for everybody who is not hidden."""
    yield framed(
        context,
        SECTION + "index.html",
        "people.html",
        msg("People"),
        section=SECTION,
        people=links(context, set(context.house.people)),
    )
    yield from (_page(context, person) for person in _shown(context))


def links(context: Context, ids: set[str]) -> tuple[views.Anchor, ...]:
    """These people as links with their function, by family name; hidden ones are left out."""
    return tuple(
        views.Anchor(context.href(context.addresses.person(one.id)), one.shown_name, note=one.role)
        for one in _shown(context)
        if one.id in ids
    )


def _shown(context: Context) -> list[Person]:
    people = (person for person in context.house.people.values() if not person.hidden)
    return sorted(people, key=lambda person: (person.sort_key, person.id))


def _page(context: Context, person: Person) -> Page:
    episodes = tuple(one for one in context.house.episodes if any(c.person == person.id for c in one.people))
    topics = {link.href: link for one in episodes for link in views.topics(context, one)}
    return framed(
        context,
        context.addresses.person(person.id) + "index.html",
        "person.html",
        person.shown_name,
        section=SECTION,
        description=person.role,
        changed=newest(context, episodes),
        data=views.person_data(context, person),
        parent=parent(context, SECTION),
        role=person.role,
        portrait=views.portrait(context, person),
        intro=html(person.about),
        found=tuple(_found(context, person, one) for one in episodes),
        topics=tuple(topics.values()),
        links=views.link_groups(context, person.links),
    )


def _found(context: Context, person: Person, episode: Episode) -> views.Found:
    """The episode with the person's role and first words; else the first passage that names them."""
    roles = dict.fromkeys(context.t(ROLES[c.role][1]) for c in episode.people if c.person == person.id)
    passages = views.passages(context, episode, speaker=person.id, most=1) or views.passages(
        context, episode, words=person.shown_name, most=1
    )
    return views.Found(views.row(context, episode), ", ".join(roles), passages)
