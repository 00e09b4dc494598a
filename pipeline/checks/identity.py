"""Rules for what listeners' apps and links know an episode by: guid and address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.checks.rules import APPLE, HOUSE, MUST, Finding, Rule, in_episode
from pipeline.messages import msg
from pipeline.models import House


def guid_kept(house: House) -> Iterator[Finding]:
    """A published guid never changes; no two episodes share one."""
    guids = Counter(episode.guid for episode in house.episodes)
    entries = {entry.episode: entry for entry in house.ledger.episodes}
    for episode in house.episodes:
        entry = entries.get(episode.id)
        if guids[episode.guid] > 1:
            message = msg("Two episodes have the guid {guid}.", guid=episode.guid)
            yield in_episode(episode, "guid", message, msg("Give the newer of the two a guid of its own."))
        if entry and entry.guid != episode.guid:
            message = msg("The guid was changed; listeners know {guid}.", guid=entry.guid)
            hint = msg("Write the old one again: guid: {guid}", guid=entry.guid)
            yield in_episode(episode, "guid", message, hint)


def address_unique(house: House) -> Iterator[Finding]:
    """No two episodes have the same address."""
    slugs = Counter(episode.address for episode in house.episodes)
    for episode in house.episodes:
        if slugs[episode.address] > 1:
            message = msg("Two episodes have the address {slug}.", slug=episode.address)
            field = "slug" if episode.slug else "title"
            yield in_episode(episode, field, message, msg("Give one of them a slug of its own."))


def address_kept(house: House) -> Iterator[Finding]:
    """A published address never changes."""
    for episode in house.episodes:
        entry = house.ledger.entry(episode.guid)
        if entry and entry.slug != episode.address:
            message = msg(
                "The address was changed to {new}; published is {old}.", new=episode.address, old=entry.slug
            )
            hint = msg("Write the old one again: slug: {slug}", slug=entry.slug)
            yield in_episode(episode, "slug" if episode.slug else "title", message, hint)


RULES: tuple[Rule, ...] = (
    Rule("address-kept", MUST, f"{HOUSE}, Adressen",
         msg("Links, bookmarks and search results lead to the old address; changed, they lead nowhere."),
         address_kept),
    Rule("address-unique", MUST, f"{HOUSE}, Adressen",
         msg("Two episodes at one address: the second would overwrite the page of the first."),
         address_unique),
    Rule("guid-kept", MUST, f"{APPLE}, guid",
         msg("Apps know an episode by its guid; with a new one it appears twice and is loaded again."),
         guid_kept),
)  # fmt: skip
