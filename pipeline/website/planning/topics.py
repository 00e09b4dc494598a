"""Topics: the list, and a page each with episodes, passages, people and what the library has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from pipeline import markup
from pipeline.messages import msg
from pipeline.models import Episode, Link, LinkKind, Topic
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Page, Unit
from pipeline.website.planning.frame import framed, html, parent
from pipeline.website.planning.leaves import Leaf, leaves
from pipeline.website.planning.plan import Plan
from pipeline.website.spoken import Passages

SECTION = "themen/"


def units(plan: Plan) -> Iterator[Unit]:
    """`/themen/` and a page for every topic that an episode names."""
    yield plan.page(
        SECTION + "index.html",
        "topics.html",
        partial(_list, plan.context.only(()), plan.topics),
        title=msg("Topics"),
        changed=plan.changed(plan.index.episodes),
        topics=plan.topics,
    )
    for _, topic in sorted(plan.index.topics.items()):
        yield from _units(plan, topic)


def _list(context: Context, links: tuple[views.Anchor, ...]) -> Page:
    return framed(
        context, SECTION + "index.html", "topics.html", msg("Topics"), section=SECTION, topics=links
    )


def _units(plan: Plan, topic: Topic) -> Iterator[Unit]:
    context, base = plan.context, plan.context.addresses.topic(topic.id)
    feed, episodes = context.addresses.topic_feed(topic.id), plan.index.by_topic[topic.id]
    people = plan.people({c.person for one in episodes for c in one.people})
    subscription = plan.subscription(feed)
    for leaf in leaves(context, base, topic.title, episodes):
        own, shown = context.only(leaf.episodes, feeds=(feed,)), people if not leaf.path else ()
        yield plan.page(
            f"{base}{leaf.path}index.html",
            "topic.html",
            partial(_page, own, topic, leaf, plan.known.passages, people=shown, subscribe_here=subscription),
            title=leaf.title,
            changed=plan.changed(leaf.episodes),
            topic=topic,
            episodes=plan.listed(leaf.episodes),
            passages=[plan.known.spoken(one).topics.get(topic.id) for one in leaf.episodes],
            links=[plan.known.spoken(one).links for one in leaf.episodes],
            people=shown,
            feeds=plan.feeds(feed),
            pages=leaf.marks,
        )


def _page(
    context: Context, topic: Topic, leaf: Leaf, passages: Callable[[Episode], Passages], **shown: Any
) -> Page:
    links = views.link_groups(context, _links(() if leaf.path else topic.links, leaf.episodes))
    return framed(
        context,
        f"{context.addresses.topic(topic.id)}{leaf.path}index.html",
        "topic.html",
        leaf.title,
        section=SECTION,
        description=leaf.title if leaf.path else markup.plain(topic.about),
        feeds=(context.addresses.topic_feed(topic.id),),
        parent=leaf.first or parent(context, SECTION),
        intro=html(topic.about) if not leaf.path else "",
        rows=tuple(views.row(context, one) for one in leaf.episodes),
        found=tuple(_found(context, topic, leaf.episodes, passages)),
        links=links,
        dated=views.dated(links),
        leaf=leaf,
        **shown,
    )


def _links(own: tuple[Link, ...], episodes: tuple[Episode, ...]) -> tuple[Link, ...]:
    """The topic's own links, then what its episodes name beside their sources; each address once."""
    around = (link for one in episodes for link in one.links if link.kind is not LinkKind.SOURCE)
    found: dict[str, Link] = {}
    for link in (*own, *around):
        found.setdefault(link.url, link)
    return tuple(found.values())


def _found(
    context: Context, topic: Topic, episodes: tuple[Episode, ...], passages: Callable[[Episode], Passages]
) -> Iterator[views.Found]:
    for episode in episodes:
        found = passages(episode).topics.get(topic.id)
        if found:
            yield views.Found(views.row(context, episode), "", found)
