"""The pages of a feed → one podcast: each episode once, with an identity and an address of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import urlsplit

from pipeline.errors import ForeignFeedError
from pipeline.messages import Message, msg
from pipeline.models import Show, short_slug
from pipeline.models.audio import FORMATS
from pipeline.models.limits import SHORT
from pipeline.moving import atom, people, show
from pipeline.moving.addresses import written
from pipeline.moving.fitting import shortened
from pipeline.moving.items import read_item
from pipeline.moving.tree import Document, Node
from pipeline.moving.values import Imported, Left, Podcast

NEEDED = ("title", "description", "author", "categories")
"""Keys of `[show]` that every feed should give; the owner's address is asked for apart."""
GUID_CHARACTERS = 2000


@dataclass(slots=True)
class _Collected:
    """What has been read so far."""

    zone: tzinfo
    house: tuple[str, ...] = ()
    usual: Mapping[str, object] = field(default_factory=dict)
    episodes: list[Imported] = field(default_factory=list)
    guids: dict[str, str] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    posts: int = 0

    def take(self, item: Node) -> None:
        before = self.episodes[-1].date if self.episodes else None
        episode = self._read(item, before)
        if episode is None:
            return
        identified = _identified(episode, self.guids)
        if identified is None:
            self.left.append(Left("item", episode.title, msg("The item stands in the feed twice.")))
            return
        self.guids[identified.guid] = identified.sound.address
        self.episodes.append(identified)

    def _read(self, item: Node, before: datetime | None) -> Imported | None:
        episode = read_item(item, self.zone, self.house, self.usual, before)
        self.posts += episode is None
        return episode


def podcast(pages: Iterable[tuple[str, Document]], zone: tzinfo) -> Podcast:
    """Everything that the pages of a feed say, the first page's channel counting for all.

    Each page comes with its address ("" for a file). ForeignFeedError if no item has anything to hear.
    """
    first: show.Values | None = None
    head, own, notes = Node("channel"), "", list[Message]()
    collected = _Collected(zone)
    for address, page in pages:
        document = atom.as_rss(page)
        notes += [note for note in document.notes if note not in notes]
        if first is None:
            head = document.channel
            first = show.values(head, address)
            own, collected.usual = show.own_address(head) or address, _usual(first[0])
            collected.house = show.house_names(first[0])
        for item in document.items:
            collected.take(item)
    if first is None or not collected.episodes:
        raise ForeignFeedError(
            msg("The feed has no episode: none of its items has a sound file."),
            hint=msg("A blog has one feed for its posts and another for its podcast."),
        )
    return replace(_whole(first, head, collected, notes), address=written(own))


def _usual(values: Mapping[str, Any]) -> dict[str, object]:
    """What holds for an episode that says nothing of it."""
    licence = {"licence": values["licence"]} if "licence" in values else {}
    return {"language": values.get("language") or Show.model_fields["language"].default, **licence}


def _whole(first: show.Values, head: Node, collected: _Collected, notes: list[Message]) -> Podcast:
    values, left, said = first
    episodes, strays = _with_trailers(collected.episodes, show.trailers(head))
    seasons = _seasons(episodes)
    makers, unnamed = people.named(head)
    posts = (
        (Left("item", str(collected.posts), msg("Posts without a sound file.")),) if collected.posts else ()
    )
    return Podcast(
        show={**values, **({"seasons": seasons} if seasons else {})},
        feed=_feed_settings(head, episodes),
        people=makers,
        cover=show.cover(head),
        site=show.site(head),
        episodes=tuple(_addressed(episodes)),
        left=(*left, *unnamed, *strays, *collected.left, *posts),
        notes=(*notes, *said),
        missing=tuple(key for key in NEEDED if key not in values),
    )


def _with_trailers(
    episodes: list[Imported], trailers: Mapping[str, str]
) -> tuple[list[Imported], tuple[Left, ...]]:
    """The episodes, those whose sound the channel calls a trailer as such; and trailers that are no item."""
    known = {episode.sound.address for episode in episodes}
    typed = [
        replace(one, values={"type": "trailer", **one.values}) if one.sound.address in trailers else one
        for one in episodes
    ]
    return typed, tuple(
        Left("podcast:trailer", title, msg("No item of the feed has this sound: {address}", address=address))
        for address, title in trailers.items()
        if address not in known
    )


def _seasons(episodes: Iterable[Imported]) -> list[dict[str, object]]:
    """The seasons that have a name, by number; of several names the newest."""
    named = ((one.values.get("season"), one.season_name) for one in sorted(episodes, key=lambda e: e.date))
    names = {number: name for number, name in named if isinstance(number, int) and 0 < len(name) <= SHORT}
    return [{"number": number, "name": names[number]} for number in sorted(names)]


def _feed_settings(head: Node, episodes: list[Imported]) -> dict[str, object]:
    """The hub, and the formats of the newest episode where it has several: its successors have them too."""
    newest = max(episodes, key=lambda one: one.date)
    ends = ("." + urlsplit(s.address).path.rpartition(".")[2] for s in (newest.sound, *newest.more_sounds))
    formats = list(dict.fromkeys(FORMATS[end.lower()] for end in ends if end.lower() in FORMATS))
    several = len(formats) > 1 and formats[0] != "opus"
    hub = show.hub(head)
    return {**({"formats": formats} if several else {}), **({"hub": hub} if hub else {})}


def _identified(episode: Imported, taken: dict[str, str]) -> Imported | None:
    """The episode with the guid that apps know it by; None for the same item once more.

    Without a guid, apps take the enclosure's address; of two items with one guid, they show the first.
    """
    sound = episode.sound.address
    if episode.guid and episode.guid not in taken and len(episode.guid) <= GUID_CHARACTERS:
        return episode
    if episode.guid in taken and taken[episode.guid] == sound:
        return None
    if sound in taken:
        return None
    why = msg("It has no guid; the address of its sound was entered, which apps take then.")
    if episode.guid:
        why = msg("Another episode has this guid; the address of its sound was entered.")
    left = Left("guid", shortened(episode.guid), why)
    return replace(episode, guid=sound, left=(*episode.left, left))


def _addressed(episodes: list[Imported]) -> Iterator[Imported]:
    """Newest first, each with an address that no other has: of two alike, the older one keeps it."""
    taken: set[str] = set()
    made = []
    for episode in sorted(episodes, key=lambda one: (one.date, one.guid)):
        wanted = episode.slug or short_slug(episode.title) or "folge"
        free = next(name for name in numbered(wanted) if name not in taken)
        taken.add(free)
        made.append(replace(episode, slug=free))
    yield from reversed(made)


def numbered(name: str) -> Iterator[str]:
    """The name, then with -2, -3, …: for whoever looks for a free one."""
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1
