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
from pipeline.website.planning.leaves import Leaf, leaves
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
        yield from _units(plan, person)


def _list(context: Context, links: tuple[views.Anchor, ...]) -> Page:
    return framed(
        context, SECTION + "index.html", "people.html", msg("People"), section=SECTION, people=links
    )


def _units(plan: Plan, person: Person) -> Iterator[Unit]:
    context, base = plan.context, plan.context.addresses.person(person.id)
    episodes = plan.index.by_person.get(person.id, ())
    topics = plan.topics_of(episodes)
    for leaf in leaves(context, base, person.shown_name, episodes):
        shown = topics if not leaf.path else ()
        yield plan.page(
            f"{base}{leaf.path}index.html",
            "person.html",
            partial(_page, plan, context.only(leaf.episodes), person, leaf, shown),
            title=leaf.title,
            changed=plan.changed(leaf.episodes),
            person=(person, context.house.portraits.get(person.id)),
            episodes=plan.listed(leaf.episodes),
            roles=[_roles(one, person) for one in leaf.episodes],
            passages=[plan.known.spoken(one).people.get(person.id) for one in leaf.episodes],
            topics=shown,
            pages=leaf.marks,
        )


def _page(plan: Plan, context: Context, person: Person, leaf: Leaf, topics: tuple[views.Anchor, ...]) -> Page:
    """The person; on pages with older episodes nothing but these."""
    first = not leaf.path
    links = views.link_groups(context, person.links) if first else ()
    return framed(
        context,
        f"{context.addresses.person(person.id)}{leaf.path}index.html",
        "person.html",
        leaf.title,
        section=SECTION,
        description=leaf.title if leaf.path else person.role,
        data=views.person_data(context, person) if first else None,
        parent=leaf.first or parent(context, SECTION),
        role=person.role if first else "",
        portrait=views.portrait(context, person) if first else None,
        intro=html(person.about) if first else "",
        found=tuple(_found(plan, context, person, one) for one in leaf.episodes),
        topics=topics,
        links=links,
        dated=views.dated(links),
        leaf=leaf,
    )


def _roles(episode: Episode, person: Person) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.role for c in episode.people if c.person == person.id))


def _found(plan: Plan, context: Context, person: Person, episode: Episode) -> views.Found:
    """The episode with the person's role and first words; else the first passage that names them."""
    roles = ", ".join(dict.fromkeys(context.t(ROLES[role][1]) for role in _roles(episode, person)))
    found = plan.known.passages(episode).people.get(person.id, ())
    return views.Found(views.row(context, episode), roles, found)
