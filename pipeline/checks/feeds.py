"""Rules for the feeds that podcast.toml asks for, and for what falls out of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline import feed
from pipeline.checks.rules import HOUSE, SHOULD, Finding, Rule, example, in_settings, perhaps, ready
from pipeline.messages import msg, msg_n
from pipeline.models import House

NEAR = 10
"""A tenth of a page before something falls out it is said."""


def room_left(house: House) -> Iterator[Finding]:
    """No feed is about to move its oldest episodes to an archive page, which most apps do not read."""
    size = house.settings.feed.items
    shown = replace(house, episodes=tuple(one for one in ready(house) if house.of(one).formats))
    found = tuple(feed.feeds(shown))
    running = feed.numbers(house.ledger, found[0][1])
    for one, items in found:
        held = len(feed.pages(one, items, running, size)[0].items)
        left = 2 * size - held
        if left <= max(1, size // NEAR):
            message = msg_n(
                "{n} more episode, and the oldest of {feed} are found in its archive page only.",
                "{n} more episodes, and the oldest of {feed} are found in its archive page only.",
                left,
                feed=one.path,
            )
            hint = msg("Most apps read no archive. To keep more: {example}", example=f"items = {2 * size}")
            yield in_settings("feed.items", message, hint)


def topics_known(house: House) -> Iterator[Finding]:
    """Every topic that is to have a feed is the topic of an episode."""
    known = {id_ for one in house.episodes for id_ in one.topic_ids} if house.settings.feed.topics else set()
    for topic in house.settings.feed.topics:
        if topic not in known:
            message = msg("No episode has the topic {topic}: it gets no feed.", topic=topic)
            yield in_settings(
                "feed.topics", message, perhaps(topic, known) or example('topics = ["smart-city"]')
            )


RULES: tuple[Rule, ...] = (
    Rule("feed-room", SHOULD, "RFC 5005, § 4",
         msg("Who subscribes anew hears only what the subscription feed holds."), room_left, together=True),
    Rule("feed-topics", SHOULD, f"{HOUSE}, Feeds",
         msg("A feed that nobody can find helps nobody."), topics_known, together=True),
)  # fmt: skip
