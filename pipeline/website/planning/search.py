"""The search page, and the index that its script asks: the program, and a folder a block of episodes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pipeline.messages import msg
from pipeline.website import searching
from pipeline.website.context import Context
from pipeline.website.planned import Page
from pipeline.website.planning import topics
from pipeline.website.planning.frame import framed
from pipeline.website.searching import Block, Bundle
from pipeline.website.searching.sections import sections

SECTION = "suche/"
SCRIPT = "pagefind.js"
ENOUGH_BYTES = 30_000
"""A question that loaded as much leaves older blocks alone until the reader asks for them."""


def planned(context: Context) -> tuple[Page | Bundle, ...]:
    """`/suche/`, and below it `index/…/` for the program and for every block, newest first."""
    language = context.house.settings.show.language.partition("-")[0]
    program = searching.program(language)
    blocks = searching.blocks(context.house)
    bundles = tuple(
        searching.bundle(language, partial(_sections, context, block), searching.shards(len(block.episodes)))
        for block in blocks
    )
    return (_page(context, program, zip(blocks, bundles, strict=True)), program, *bundles)


def _sections(context: Context, block: Block) -> Iterator[searching.Section]:
    for number, episode in block.episodes:
        yield from sections(context, number, episode)


def _page(context: Context, program: Bundle, blocks: Iterator[tuple[Block, Bundle]]) -> Page:
    return framed(
        context,
        SECTION + "index.html",
        "search.html",
        msg("Search"),
        section=SECTION,
        description=context.t(msg("Search for words in all transcripts, titles and notes.")),
        topics=context.href(topics.SECTION),
        facts={
            "home": context.href(""),
            "enough": ENOUGH_BYTES,
            "program": context.href(program.path + SCRIPT),
            "blocks": [
                {"path": context.href(made.path), "words": made.shards, "since": _since(context, block)}
                for block, made in blocks
            ],
        },
    )


def _since(context: Context, block: Block) -> str:
    """The day of the oldest episode of a block."""
    return context.day(min(context.local(episode.date) for _, episode in block.episodes))
