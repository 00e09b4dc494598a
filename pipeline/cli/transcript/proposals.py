"""What `hdw transcript proposals` asks for and says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.columns import wrapped
from pipeline.cli.speaking import say, say_json, say_next, text
from pipeline.messages import Message, clock_text, msg, msg_n

if TYPE_CHECKING:
    from pipeline.workflow import Proposal, Proposals

STANDINGS: dict[str, Message] = {
    "checked": msg("checked"),
    "edited": msg("edited"),
    "heard": msg("listened to"),
    "machine": msg("untouched"),
}


@click.command()
@click.argument("episode", metavar="EPISODE")
@click.option("--json", "as_json", is_flag=True, help="A JSON list, for programs.")
def proposals(episode: str, as_json: bool) -> None:
    """Show what the newest recognition heard otherwise.

    Nothing is changed. Untouched sentences can be taken over together; the others are for people to decide.
    An entry of --json has cue, start_s, old, new and standing (machine, edited, heard or checked).
    """
    from pipeline import workflow  # noqa: PLC0415

    found = workflow.proposals(workflow.find(Path.cwd()), episode)
    if as_json:
        say_json([_entry(place) for place in found.places])
        return
    _say(found)
    untouched = any(place.standing.value == "machine" for place in found.places)
    say_next(msg("hdw transcript adopt {episode}", episode=episode) if untouched else "hdw status")


def _say(found: Proposals) -> None:
    count = len(found.places)
    say(
        msg_n(
            "{n} place heard otherwise: {file}",
            "{n} places heard otherwise: {file}",
            count,
            file=found.source,
        )
    )
    for place in found.places:
        standing = text(STANDINGS[place.standing.value])
        say(f"  {clock_text(place.start_s)}  {place.cue}  {standing}")
        say(wrapped(f"{place.old or '–'} → {place.new or '–'}", first=" " * 11, rest=" " * 11))


def _entry(place: Proposal) -> dict[str, object]:
    return {
        "cue": place.cue,
        "start_s": round(place.start_s, 3),
        "old": place.old,
        "new": place.new,
        "standing": place.standing.value,
    }
