"""People: the list, and a page each with their episodes and the first passage that concerns them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pipeline.messages import msg
from pipeline.models import ROLES, Episode, Person
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Page, Unit
from pipeline.website.planning.frame import framed, html, parent
from pipeline.website.planning.plan import Plan

SECTION = "personen/"


def units(plan: Plan) -> Iterator[Unit]:
    """`/personen/` and a page for everybody who is not hidden."""
    links = plan.people()
    yield plan.page(
        SECTION + "index.html",
        "people.html",
        partial(_list, plan.context.only(()), links),
        title=msg("People"),
        people=links,
    )
    for person in plan.shown_people:
        yield _unit(plan, person)


def _list(context: Context, links: tuple[views.Anchor, ...]) -> Page:
    return framed(
        context, SECTION + "index.html", "people.html", msg("People"), section=SECTION, people=links
    )


def _unit(plan: Plan, person: Person) -> Unit:
    context, episodes = plan.context, plan.index.by_person.get(person.id, ())
    topics = {link.href: link for one in episodes for link in views.topics(context, one)}
    return plan.page(
        context.addresses.person(person.id) + "index.html",
        "person.html",
        partial(_page, plan, context.only(episodes), person, tuple(topics.values())),
        title=person.shown_name,
        changed=plan.changed(episodes),
        person=(person, context.house.portraits.get(person.id)),
        episodes=plan.listed(episodes),
        roles=[_roles(one, person) for one in episodes],
        passages=[plan.known.spoken(one).people.get(person.id) for one in episodes],
        topics=topics,
    )


def _page(plan: Plan, context: Context, person: Person, topics: tuple[views.Anchor, ...]) -> Page:
    links = views.link_groups(context, person.links)
    return framed(
        context,
        context.addresses.person(person.id) + "index.html",
        "person.html",
        person.shown_name,
        section=SECTION,
        description=person.role,
        data=views.person_data(context, person),
        parent=parent(context, SECTION),
        role=person.role,
        portrait=views.portrait(context, person),
        intro=html(person.about),
        found=tuple(_found(plan, context, person, one) for one in context.house.episodes),
        topics=topics,
        links=links,
        dated=views.dated(links),
    )


def _roles(episode: Episode, person: Person) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.role for c in episode.people if c.person == person.id))


def _found(plan: Plan, context: Context, person: Person, episode: Episode) -> views.Found:
    """The episode with the person's role and first words; else the first passage that names them."""
    roles = ", ".join(dict.fromkeys(context.t(ROLES[role][1]) for role in _roles(episode, person)))
    found = plan.known.passages(episode).people.get(person.id, ())
    return views.Found(views.row(context, episode), roles, found)
