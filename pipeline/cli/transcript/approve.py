"""What `hdw transcript approve` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.cli.speaking import say, say_next
from pipeline.messages import msg_n


@click.command()
@click.argument("episode", metavar="EPISODE")
@click.option("--by", required=True, metavar="NAME", help="Who read it.")
def approve(episode: str, by: str) -> None:
    """Mark a transcript as read and right."""
    from pipeline import workflow  # noqa: PLC0415

    today = datetime.now(UTC).date()
    count = workflow.approve(workflow.find(Path.cwd()), episode, by=by, today=today)
    say(msg_n("{n} sentence approved", "{n} sentences approved", count))
    say_next("hdw build")
