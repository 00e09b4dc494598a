"""Which feeds a house has: the main one, one a series, one a further audio format, one a topic asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.feed.channel import feed_guid, show_guid
from pipeline.feed.rows import Feed, Item
from pipeline.messages import Message, Translator, msg
from pipeline.models import FEED, Addresses, Edition, Episode, House, slug

FORMATS = {"aac": ("AAC", ".m4a"), "mp3": ("MP3", ".mp3"), "opus": ("Opus", ".opus")}
"""What an audio format is called, and how its files end."""


def feeds(house: House, enclosures: Mapping[str, Edition]) -> Iterator[tuple[Feed, tuple[Item, ...]]]:
    """Every feed of a public house with its items, newest first; the main one comes first, empty or not.

    `enclosures` are the editions that the main feed names, by episode id. A series, format or topic without
    any published episode has no feed: directories refuse empty ones.
    """
    items = tuple(Item(one, enclosures[one.id]) for one in house.episodes if one.id in enclosures)
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
    for id_, series in sorted(house.series.items()):
        title = msg("{show}: {series}", show=show.title, series=series.title)
        feed = _part(house, addresses.series_feed(id_), title, addresses.series(id_), series.description)
        if series.cover and series.cover in house.pictures:
            feed = replace(feed, cover=series.cover, cover_alt="")
        yield feed, tuple(item for item in items if item.episode.series == id_)


def _formats(house: House, items: tuple[Item, ...]) -> Iterator[tuple[Feed, tuple[Item, ...]]]:
    show, addresses = house.settings.show, Addresses.of(house)
    for format_ in house.settings.feed.formats[1:]:
        name, suffix = FORMATS[format_]
        title = msg("{show} ({format})", show=show.title, format=name)
        made = ((item.episode, _edition(house, item.episode, suffix)) for item in items)
        chosen = tuple(Item(episode, edition) for episode, edition in made if edition)
        yield _part(house, addresses.format_feed(format_), title), chosen


def _edition(house: House, episode: Episode, suffix: str) -> Edition | None:
    return next((one for one in house.of(episode).audio.editions if one.suffix == suffix), None)


def _topics(house: House, items: tuple[Item, ...]) -> Iterator[tuple[Feed, tuple[Item, ...]]]:
    wanted, show, addresses = house.settings.feed.topics, house.settings.show, Addresses.of(house)
    names = {name for item in items for name in item.episode.topics} if wanted else set()
    ids = {name: slug(name) for name in names}
    for id_ in wanted:
        chosen = tuple(item for item in items if any(ids[name] == id_ for name in item.episode.topics))
        topic = house.topic(_oldest_spelling(chosen, ids, id_))
        title = msg("{show}: episodes about {topic}", show=show.title, topic=topic.title)
        yield _part(house, addresses.topic_feed(id_), title, addresses.topic(id_)), chosen


def _oldest_spelling(items: tuple[Item, ...], ids: Mapping[str, str], id_: str) -> str:
    """How the oldest episode writes the topic: a new episode never renames the feed."""
    return next((name for item in items[-1:] for name in item.episode.topics if ids[name] == id_), id_)


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
