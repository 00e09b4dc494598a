"""Topics: the list, and a page each with episodes, passages, people and what the library has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline import markup
from pipeline.messages import msg
from pipeline.models import Episode, Link, LinkKind, Topic, slug
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Page
from pipeline.website.planning import people, subscribe
from pipeline.website.planning.frame import framed, html, newest, parent

SECTION = "themen/"
PASSAGES = 3


def pages(context: Context) -> Iterator[Page]:
    """`/themen/` and a page for every topic that an episode names."""
    yield framed(
        context,
        SECTION + "index.html",
        "topics.html",
        msg("Topics"),
        section=SECTION,
        changed=newest(context, context.house.episodes),
        topics=links(context),
    )
    yield from (_page(context, topic) for _, topic in sorted(_topics(context).items()))


def links(context: Context) -> tuple[views.Anchor, ...]:
    """Every topic with the number of its episodes, the most frequent first."""
    counted = Counter(id_ for episode in context.house.episodes for id_ in set(episode.topic_ids))
    ordered = sorted(_topics(context).values(), key=lambda one: (-counted[one.id], one.title.casefold()))
    return tuple(views.topic_link(context, one, str(counted[one.id])) for one in ordered)


def _topics(context: Context) -> dict[str, Topic]:
    """The topics that episodes name, by id; a name without any letter or digit has no page."""
    names = (name for episode in context.house.episodes for name in episode.topics if slug(name))
    return {topic.id: topic for topic in map(context.house.topic, names)}


def _page(context: Context, topic: Topic) -> Page:
    episodes = tuple(one for one in context.house.episodes if topic.id in one.topic_ids)
    return framed(
        context,
        context.addresses.topic(topic.id) + "index.html",
        "topic.html",
        topic.title,
        section=SECTION,
        description=markup.plain(topic.about),
        changed=newest(context, episodes),
        feeds=(context.addresses.topic_feed(topic.id),),
        subscribe_here=subscribe.link(context, context.addresses.topic_feed(topic.id)),
        parent=parent(context, SECTION),
        intro=html(topic.about),
        rows=tuple(views.row(context, one) for one in episodes),
        found=tuple(_found(context, topic, episodes)),
        people=people.links(context, {c.person for one in episodes for c in one.people}),
        links=views.link_groups(context, _links(topic, episodes)),
    )


def _links(topic: Topic, episodes: tuple[Episode, ...]) -> tuple[Link, ...]:
    """The topic's own links, then what its episodes name beside their sources; each address once."""
    around = (link for one in episodes for link in one.links if link.kind is not LinkKind.SOURCE)
    found: dict[str, Link] = {}
    for link in (*topic.links, *around):
        found.setdefault(link.url, link)
    return tuple(found.values())


def _found(context: Context, topic: Topic, episodes: tuple[Episode, ...]) -> Iterator[views.Found]:
    for episode in episodes:
        passages = views.passages(context, episode, words=topic.title, most=PASSAGES)
        if passages:
            yield views.Found(views.row(context, episode), "", passages)
