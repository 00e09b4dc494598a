"""The search page, and the index that its script asks: the program, and a folder a block of episodes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pipeline.messages import msg
from pipeline.website import searching
from pipeline.website.context import Context
from pipeline.website.planned import Page, Unit
from pipeline.website.planning.frame import framed
from pipeline.website.planning.plan import Plan
from pipeline.website.planning.topics import SECTION as TOPICS
from pipeline.website.searching import Block, Bundle
from pipeline.website.searching.sections import sections

SECTION = "suche/"
SCRIPT = "pagefind.js"
ENOUGH_BYTES = 30_000
"""A question that loaded as much leaves older blocks alone until the reader asks for them."""


def units(plan: Plan) -> Iterator[Unit]:
    """`/suche/`, and below it `index/…/` for the program and for every block, newest first."""
    language = plan.context.house.settings.show.language.partition("-")[0]
    program = searching.program(language)
    blocks = [(one, _bundle(plan, language, one)) for one in searching.blocks(plan.context.house)]
    facts = {
        "home": plan.context.href(""),
        "enough": ENOUGH_BYTES,
        "program": plan.context.href(program.path + SCRIPT),
        "blocks": [
            {"path": plan.context.href(made.path), "words": made.shards, "since": _since(plan.context, block)}
            for block, made in blocks
        ],
    }
    yield plan.page(
        SECTION + "index.html",
        "search.html",
        partial(_page, plan.context.only(()), facts),
        title=msg("Search"),
        blocks=facts,
    )
    for bundle in (program, *(made for _, made in blocks)):
        yield Unit(bundle.path, {}, partial(tuple, (bundle,)), late=True)


def _bundle(plan: Plan, language: str, block: Block) -> Bundle:
    """Its name carries what it holds, so it is made once."""
    addresses, known = plan.context.addresses, plan.known
    marks = (f"{n} {addresses.episode(one)} {known.spoken(one).sections}" for n, one in block.episodes)
    own = plan.context.only(one for _, one in block.episodes)
    return searching.bundle(
        language, marks, partial(_sections, own, block), searching.shards(len(block.episodes))
    )


def _sections(context: Context, block: Block) -> Iterator[searching.Section]:
    for number, episode in block.episodes:
        yield from sections(context, number, episode)


def _page(context: Context, facts: dict[str, object]) -> Page:
    return framed(
        context,
        SECTION + "index.html",
        "search.html",
        msg("Search"),
        section=SECTION,
        description=context.t(msg("Search for words in all transcripts, titles and notes.")),
        topics=context.href(TOPICS),
        facts=facts,
    )


def _since(context: Context, block: Block) -> str:
    """The day of the oldest episode of a block."""
    return context.day(min(context.local(episode.date) for _, episode in block.episodes))
