"""What `hdw transcript replace` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.asking import choose, somebody_there
from pipeline.cli.speaking import say, say_next, text
from pipeline.messages import Message, clock_text, msg, msg_n

if TYPE_CHECKING:
    from pipeline.workflow import Place


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--all", "everything", is_flag=True, help="Change every place without asking.")
@click.option("--by", default="", metavar="NAME", help="Who changes sentences that are checked already.")
def replace(old: str, new: str, everything: bool, by: str) -> None:
    """Write NEW instead of OLD in every transcript, checked ones included.

    Whole words only. Every place is shown and asked for on a terminal; through a pipe it is only shown.
    """
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    found = workflow.places(root, old)
    if not found:
        say(msg("No transcript says “{old}”.", old=old))
        return
    asking = not everything and somebody_there()
    if not asking:
        _show(found)
    chosen = _asked(found) if asking else found if everything else ()
    workflow.replace_words(root, chosen, new, by=by, today=workflow.today(root, datetime.now(UTC)))
    _tell(len(chosen), len(found))
    if chosen:
        say_next("hdw build")


def _show(found: tuple[Place, ...]) -> None:
    for episode_id, group in groupby(found, key=lambda place: place.episode_id):
        say(episode_id)
        for place in group:
            say("  " + _line(place))


def _asked(found: tuple[Place, ...]) -> tuple[Place, ...]:
    return tuple(found[at] for at in choose([_question(place) for place in found]))


def _tell(changed: int, found: int) -> None:
    if changed:
        say(msg("{changed} of {found} changed", changed=changed, found=found))
    else:
        say(
            msg_n(
                "{n} place, nothing changed (--all changes it)", "{n} places, nothing changed (--all)", found
            )
        )


def _question(place: Place) -> Message:
    return msg("{episode}  {line} [y/n/a/q]", episode=place.episode_id, line=_line(place))


def _line(place: Place) -> str:
    """Time and sentence, the words in arrows: also readable without colour."""
    said = place.cue.text
    marked = f"{said[: place.start]}»{said[place.start : place.end]}«{said[place.end :]}"
    checked = text(msg("(checked)")) if place.checked else ""
    return f"{clock_text(place.cue.start_s)}  {marked}  {checked}".rstrip()
