"""Rules for what apps, directories and links know show and episodes by: guids, addresses, dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline import feed
from pipeline.checks.rules import APPLE, HOUSE, MUST, SHOULD, Finding, Rule, in_episode, in_settings
from pipeline.messages import msg
from pipeline.models import FEED, RESERVED, Addresses, House, LedgerEntry, Status


def guid_kept(house: House) -> Iterator[Finding]:
    """A published guid never changes; no two episodes share one."""
    guids = Counter(episode.guid for episode in house.episodes)
    lost = {entry.episode: entry for entry in _entries(house) if entry.guid not in guids}
    for episode in house.episodes:
        entry = lost.get(episode.id)
        if guids[episode.guid] > 1:
            message = msg("Two episodes have the guid {guid}.", guid=episode.guid)
            yield in_episode(episode, "guid", message, msg("Give the newer of the two a guid of its own."))
        if entry:
            message = msg("The guid was changed; listeners know {guid}.", guid=entry.guid)
            hint = msg("Write the old one again: guid: {guid}", guid=entry.guid)
            yield in_episode(episode, "guid", message, hint)


def published_kept(house: House) -> Iterator[Finding]:
    """What was published stays: its folder is there, and it is no draft."""
    folders = {episode.id for episode in house.episodes}
    guids = {episode.guid: episode for episode in house.episodes}
    for entry in _entries(house):
        episode = guids.get(entry.guid)
        if episode and episode.status is Status.DRAFT:
            message = msg("A published episode cannot be a draft again: apps would lose it.")
            yield in_episode(
                episode, "status", message, msg("Write status: ready, or take it back for good.")
            )
        if episode is None and entry.episode not in folders:
            message = msg(
                "The published episode {folder} is gone; its guid is {guid}.",
                folder=entry.episode,
                guid=entry.guid,
            )
            hint = msg("Bring its folder back from git, or take it back for good.")
            yield Finding("ledger", "", "episodes", message, hint, near=entry.guid)


def address_unique(house: House) -> Iterator[Finding]:
    """No two episodes have the same address, and none has one that was another's before."""
    slugs = Counter(episode.address for episode in house.episodes)
    owners = {slug: entry for entry in house.ledger.episodes for slug in entry.slugs}
    hint = msg("Give one of them a slug of its own.")
    for episode in house.episodes:
        field = "slug" if episode.slug else "title"
        owner = owners.get(episode.address)
        if slugs[episode.address] > 1:
            message = msg("Two episodes have the address {slug}.", slug=episode.address)
            yield in_episode(episode, field, message, hint)
        elif owner and owner.guid != episode.guid:
            message = msg(
                "The address {slug} was given to {other} before.", slug=episode.address, other=owner.episode
            )
            yield in_episode(episode, field, message, msg("Give this episode a slug of its own."))


def address_renamed(house: House) -> Iterator[Finding]:
    """A published episode with another slug moves, and leaves a redirect behind."""
    for episode in house.episodes:
        entry = house.ledger.entry(episode.guid)
        if entry and entry.slug != episode.address:
            message = msg(
                "The page moves from {old} to {new}; the old address will lead to the new one.",
                old=entry.slug,
                new=episode.address,
            )
            yield in_episode(
                episode, "slug", message, msg("To leave it where it is, write slug: {slug}", slug=entry.slug)
            )


def former_ids_free(house: House) -> Iterator[Finding]:
    """A name that leads to a renamed page belongs to no other page, and is claimed once."""
    topics = {id_ for episode in house.episodes for id_ in episode.topic_ids}
    kinds = (
        ("page", house.pages, {*house.pages, *RESERVED}),
        ("person", house.people, set(house.people)),
        ("topic", house.topics, {*house.topics, *topics}),
        ("series", house.series, set(house.series)),
    )
    for subject, pages, taken in kinds:
        claimed = Counter(former for one in pages.values() for former in set(one.former_ids))
        for id_, page in pages.items():
            for at, former in enumerate(page.former_ids):
                if former in taken or claimed[former] > 1:
                    message = msg("The address {name} belongs to another page too.", name=former)
                    hint = msg("An address leads to one page only: delete the name here or there.")
                    yield Finding(subject, id_, f"former_ids.{at}", message, hint)


def date_moves(house: House) -> Iterator[Finding]:
    """Another date of a published episode moves it in apps, and tells nobody."""
    shown = [(e, entry) for e in house.episodes if (entry := house.ledger.entry(e.guid))]
    before = sorted(((entry.date or e.date).timestamp() for e, entry in shown), reverse=True)
    now = sorted((e.date.timestamp() for e, _ in shown), reverse=True)
    changed = [(e, entry.date) for e, entry in shown if entry.date and entry.date != e.date]
    for episode, date in changed:
        old = before.index(date.timestamp()) + 1
        new = now.index(episode.date.timestamp()) + 1
        if old != new:
            message = msg(
                "In apps the episode moves from place {old} to {new}; subscribers are not told again.",
                old=old,
                new=new,
            )
            hint = msg("The published date: {date}", date=date)
            yield in_episode(episode, "date", message, hint)


def show_guid_kept(house: House) -> Iterator[Finding]:
    """The podcast keeps its guid."""
    published = house.ledger.show
    if published and feed.show_guid(house) != published.guid:
        message = msg("The podcast's guid was changed; directories know {guid}.", guid=published.guid)
        yield in_settings(
            "show.guid", message, msg('Write the old one again: guid = "{guid}"', guid=published.guid)
        )


def feed_moved(house: House) -> Iterator[Finding]:
    """The feed lies at another address than apps know: it takes a redirect there to bring them along."""
    published = house.ledger.show
    new = Addresses.of(house).absolute(FEED)
    if published and published.feeds and published.feeds[-1].url != new:
        message = msg("The feed moves from {old} to {new}.", old=published.feeds[-1].url, new=new)
        hint = msg("Let the old address lead to the new one (301) for good: docs/identity.md")
        yield in_settings("show.address", message, hint)


def _entries(house: House) -> Iterator[LedgerEntry]:
    """What listeners have: everything published that was not taken back."""
    return (entry for entry in house.ledger.episodes if not entry.withdrawn)


RULES: tuple[Rule, ...] = (
    Rule("address-renamed", SHOULD, f"{HOUSE}, Adressen",
         msg("Links, bookmarks and search results know the old address; a redirect costs readers a moment."),
         address_renamed, together=True),
    Rule("address-unique", MUST, f"{HOUSE}, Adressen",
         msg("Two episodes at one address: the second would overwrite the page of the first."),
         address_unique, together=True),
    Rule("date-moves", SHOULD, f"{APPLE}, pubDate",
         msg("Apps sort by date: nobody finds an episode that moves down, and one that moves up is no news."),
         date_moves, together=True),
    Rule("feed-moved", SHOULD, f"{APPLE}, itunes:new-feed-url",
         msg("Apps ask the address that they know; where nothing answers, the podcast has ended for them."),
         feed_moved, together=True),
    Rule("former-ids-free", MUST, f"{HOUSE}, Adressen",
         msg("A redirect where another page lies, or two redirects at one address: one of them never works."),
         former_ids_free, together=True),
    Rule("guid-kept", MUST, f"{APPLE}, guid",
         msg("Apps know an episode by its guid; with a new one it appears twice and is loaded again."),
         guid_kept, together=True),
    Rule("published-kept", MUST, f"{HOUSE}, Adressen",
         msg("What a feed has named, people have downloaded, linked and cited: it does not just vanish."),
         published_kept, together=True),
    Rule("show-guid-kept", MUST, "Podcasting 2.0, guid",
         msg("Directories know the podcast by its guid, wherever it moves; with a new one it is another."),
         show_guid_kept, together=True),
)  # fmt: skip
