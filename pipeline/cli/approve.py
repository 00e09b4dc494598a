"""What `hdw approve` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.cli.speaking import say, say_next
from pipeline.messages import msg


@click.command()
@click.argument("episode", metavar="EPISODE")
@click.option("--by", required=True, metavar="NAME", help="Who agreed.")
@click.option("--note", default="", metavar="TEXT", help="What they said.")
@click.option("--date", "day", metavar="DAY", type=click.DateTime(["%Y-%m-%d"]), help="When, if not today.")
def approve(episode: str, by: str, note: str, day: datetime | None) -> None:
    """Note that a guest has read and heard an episode, and agrees to it.

    What they get to see is made by hdw preview. The answer is kept in private/approvals.toml, which is never
    published; if words or sound change afterwards, hdw check says so. With approval = true in [consent] of
    podcast.toml nothing new is published that nobody has approved.
    """
    from pipeline import workflow  # noqa: PLC0415

    root, given = workflow.find(Path.cwd()), day.date() if day else None
    file = workflow.approve_episode(root, episode, by=by, now=datetime.now(UTC), day=given, note=note)
    say(msg("Noted in {file}.", file=file.relative_to(root).as_posix()))
    say_next("hdw status")
