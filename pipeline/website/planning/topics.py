"""Topics: the list, and a page each with episodes, passages, people and what the library has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from pipeline import markup
from pipeline.messages import msg
from pipeline.models import Episode, Link, LinkKind, Topic
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Page, Unit
from pipeline.website.planning.frame import framed, html, parent
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
        yield _unit(plan, topic)


def _list(context: Context, links: tuple[views.Anchor, ...]) -> Page:
    return framed(
        context, SECTION + "index.html", "topics.html", msg("Topics"), section=SECTION, topics=links
    )


def _unit(plan: Plan, topic: Topic) -> Unit:
    context, episodes = plan.context, plan.index.by_topic[topic.id]
    feed = context.addresses.topic_feed(topic.id)
    people = plan.people({c.person for one in episodes for c in one.people})
    own = context.only(episodes, feeds=(feed,))
    return plan.page(
        context.addresses.topic(topic.id) + "index.html",
        "topic.html",
        partial(_page, own, topic, people, plan.subscription(feed), plan.known.passages),
        title=topic.title,
        changed=plan.changed(episodes),
        topic=topic,
        episodes=plan.listed(episodes),
        passages=[plan.known.spoken(one).topics.get(topic.id) for one in episodes],
        links=[plan.known.spoken(one).links for one in episodes],
        people=people,
        feeds=plan.feeds(feed),
    )


def _page(
    context: Context,
    topic: Topic,
    people: tuple[views.Anchor, ...],
    subscription: str,
    passages: Callable[[Episode], Passages],
) -> Page:
    episodes = context.house.episodes
    links = views.link_groups(context, _links(topic, episodes))
    return framed(
        context,
        context.addresses.topic(topic.id) + "index.html",
        "topic.html",
        topic.title,
        section=SECTION,
        description=markup.plain(topic.about),
        feeds=(context.addresses.topic_feed(topic.id),),
        subscribe_here=subscription,
        parent=parent(context, SECTION),
        intro=html(topic.about),
        rows=tuple(views.row(context, one) for one in episodes),
        found=tuple(_found(context, topic, episodes, passages)),
        people=people,
        links=links,
        dated=views.dated(links),
    )


def _links(topic: Topic, episodes: tuple[Episode, ...]) -> tuple[Link, ...]:
    """The topic's own links, then what its episodes name beside their sources; each address once."""
    around = (link for one in episodes for link in one.links if link.kind is not LinkKind.SOURCE)
    found: dict[str, Link] = {}
    for link in (*topic.links, *around):
        found.setdefault(link.url, link)
    return tuple(found.values())


def _found(
    context: Context, topic: Topic, episodes: tuple[Episode, ...], passages: Callable[[Episode], Passages]
) -> Iterator[views.Found]:
    for episode in episodes:
        found = passages(episode).topics.get(topic.id)
        if found:
            yield views.Found(views.row(context, episode), "", found)
