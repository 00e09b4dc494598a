"""Which episodes share an index: blocks by running number, so that one new episode touches one block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.models import Episode, House

SIZES = (150, 50, 25)
"""How many numbers a full block holds. A question loads its words from each block that it asks, so few
large ones cost the fewest bytes, and the most memory while they are made: Pagefind takes 4 MB an hour of
talk. What is left over stands in an open block, which is all that a new episode makes again."""


@dataclass(frozen=True, slots=True)
class Block:
    """Episodes with their running numbers, newest first."""

    episodes: tuple[tuple[int, Episode], ...]


def blocks(house: House) -> tuple[Block, ...]:
    """Every block that holds a public episode, newest first."""
    numbers = _numbers(house)
    made = (
        Block(tuple((number, numbers[number]) for number in reversed(span) if number in numbers))
        for span in _spans(max(numbers, default=-1) + 1)
    )
    return tuple(reversed([block for block in made if block.episodes]))


def _numbers(house: House) -> dict[int, Episode]:
    """Episodes by running number: the ledger's, which is never given twice; after it by date.

    A withdrawn episode leaves its number empty, so it moves no other.
    """
    known = {entry.guid: entry.number for entry in house.ledger.episodes}
    after = max(known.values(), default=-1) + 1
    new = [episode for episode in reversed(house.episodes) if episode.guid not in known]
    kept = {known[episode.guid]: episode for episode in house.episodes if episode.guid in known}
    return kept | dict(enumerate(new, after))


def _spans(count: int) -> Iterator[range]:
    """The numbers of each block, oldest first."""
    start = 0
    for size in SIZES:
        while count - start >= size:
            yield range(start, start + size)
            start += size
    if start < count:
        yield range(start, count)
