"""What `hdw glossary learn` asks for and says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.asking import choose, somebody_there
from pipeline.cli.speaking import say, say_next
from pipeline.messages import Message, msg, msg_n

if TYPE_CHECKING:
    from pipeline.transcripts.learning import Proposal


@click.command()
@click.argument("episode", metavar="EPISODE")
@click.option("--all", "everything", is_flag=True, help="Keep every proposal without asking.")
def learn(episode: str, everything: bool) -> None:
    """Learn names and terms from the corrections of a transcript.

    Each correction is asked for on a terminal; through a pipe they are only shown.
    """
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    found = workflow.learnable(root, episode)
    if not found:
        say(msg("Nothing to learn: no name and no term was corrected that the glossary does not know."))
        return
    asking = not everything and somebody_there()
    for one in () if asking else found:
        say(f"  {one.heard}  →  {one.term}  ({one.count})")
    chosen = _asked(found) if asking else found if everything else ()
    written = workflow.learn(root, episode, chosen)
    if written is not None:
        say(
            msg_n("{n} entry in {file}", "{n} entries in {file}", len(chosen), file=written.relative_to(root))
        )
    elif not asking:
        say_next(msg("hdw glossary learn {episode} --all", episode=episode))


def _asked(found: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    return tuple(found[at] for at in choose([_question(one) for one in found]))


def _question(one: Proposal) -> Message:
    return msg("“{heard}” means “{term}”? [y/n/a/q]", heard=one.heard, term=one.term)
