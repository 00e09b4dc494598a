"""Which feeds a house has: the main one, one a series, one a further audio format, one a topic asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pipeline.feed.channel import feed_guid, show_guid
from pipeline.feed.rows import Feed, Item
from pipeline.messages import Message, Translator, msg
from pipeline.models import FEED, Addresses, House, slug
from pipeline.models.audio import TITLES


def feeds(house: House) -> Iterator[tuple[Feed, tuple[Item, ...]]]:
    """Every feed of a public house with its items, newest first; the main one comes first, empty or not.

    The main feed names the first of an episode's audio files. A series, format or topic without any published
    episode has no feed: directories refuse empty ones.
    """
    known = ((one, house.of(one)) for one in house.episodes)
    items = tuple(Item(one, facts=facts) for one, facts in known if facts.formats)
    yield main(house), items
    for feed, chosen in (*_series(house, items), *_formats(house, items), *_topics(house, items)):
        if chosen:
            yield feed, chosen


def main(house: House) -> Feed:
    """The feed of the whole show."""
    show = house.settings.show
    return Feed(
        path=FEED,
        guid=show_guid(house),
        title=show.title,
        description=show.description,
        language=show.language,
        cover=show.cover,
        cover_alt=show.cover_alt,
        page="",
    )


def _series(house: House, items: tuple[Item, ...]) -> Iterator[tuple[Feed, tuple[Item, ...]]]:
    show, addresses = house.settings.show, Addresses.of(house)
    found = _by(items, lambda item: (item.episode.series,))
    for id_, series in sorted(house.series.items()):
        title = msg("{show}: {series}", show=show.title, series=series.title)
        feed = _part(house, addresses.series_feed(id_), title, addresses.series(id_), series.description)
        if series.cover and series.cover in house.pictures:
            feed = replace(feed, cover=series.cover, cover_alt="")
        yield feed, tuple(found.get(id_, ()))


def _formats(house: House, items: tuple[Item, ...]) -> Iterator[tuple[Feed, tuple[Item, ...]]]:
    show, addresses = house.settings.show, Addresses.of(house)
    for format_ in house.settings.feed.formats[1:]:
        title = msg("{show} ({format})", show=show.title, format=TITLES[format_])
        yield _part(house, addresses.format_feed(format_), title), tuple(_of_format(house, items, format_))


def _of_format(house: House, items: tuple[Item, ...], format_: str) -> Iterator[Item]:
    for item in items:
        facts = house.of(item.episode)
        if format_ in facts.formats:
            yield Item(item.episode, facts=facts, place=facts.formats.index(format_))


def _topics(house: House, items: tuple[Item, ...]) -> Iterator[tuple[Feed, tuple[Item, ...]]]:
    wanted, show, addresses = house.settings.feed.topics, house.settings.show, Addresses.of(house)
    found = _by(items, lambda item: item.episode.topic_ids) if wanted else {}
    for id_ in wanted:
        chosen = tuple(found.get(id_, ()))
        topic = house.topic(_oldest_spelling(chosen, id_))
        title = msg("{show}: episodes about {topic}", show=show.title, topic=topic.title)
        yield _part(house, addresses.topic_feed(id_), title, addresses.topic(id_)), chosen


def _oldest_spelling(items: tuple[Item, ...], id_: str) -> str:
    """How the oldest episode writes the topic: a new episode never renames the feed."""
    return next((name for item in items[-1:] for name in item.episode.topics if slug(name) == id_), id_)


def _by(items: tuple[Item, ...], ids: Callable[[Item], Iterable[str | None]]) -> dict[str | None, list[Item]]:
    """The items by series or topic, found in one walk however many of these there are."""
    found: dict[str | None, list[Item]] = defaultdict(list)
    for item in items:
        for id_ in dict.fromkeys(ids(item)):
            found[id_].append(item)
    return found


def _part(house: House, path: str, title: Message, page: str = "", description: str = "") -> Feed:
    """A feed of some of the episodes: an identity of its own, the show's words where it has none."""
    show, whole = house.settings.show, main(house)
    return replace(
        whole,
        path=path,
        guid=feed_guid(house, path),
        title=Translator(show.language)(title),
        description=description or whole.description,
        page=page,
    )
