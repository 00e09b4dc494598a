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
@click.option("--cues", default="", metavar="3,7-12", help="Only these sentences, by their ids.")
def approve(episode: str, by: str, cues: str) -> None:
    """Mark a transcript, or sentences of it, as read and right.

    A sentence that is changed afterwards has to be read again; the name is kept in transcript.json only.
    """
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    today = workflow.today(root, datetime.now(UTC))
    done, left = workflow.approve(root, episode, by=by, today=today, cues=cues)
    say(msg_n("{n} sentence approved", "{n} sentences approved", done))
    if left:
        say(msg_n("{n} sentence is open still", "{n} sentences are open still", left))
    say_next("hdw status" if left else "hdw build")
