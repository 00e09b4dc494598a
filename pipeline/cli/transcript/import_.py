"""What `hdw transcript import` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.cli.speaking import say, say_next
from pipeline.messages import msg, msg_n


@click.command("import")
@click.argument("episode", metavar="EPISODE")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--discard", type=click.IntRange(0), metavar="N", help="Give up N sentences that people touched."
)
def import_(episode: str, file: Path, discard: int | None) -> None:
    """Take a transcript made elsewhere: VTT, SRT or Podcast Index JSON.

    Speakers are found by their names in content/people. An existing transcript is replaced only with
    --discard and the exact number of sentences that people touched; it is kept in asr/.
    """
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    done = workflow.import_transcript(root, episode, file, discard=discard, now=datetime.now(UTC))
    count = msg_n("{n} sentence", "{n} sentences", done.sentences)
    say(msg("Transcript: {count}, from {format}", count=count, format=done.format))
    for path in done.aside:
        say("  " + path.relative_to(root).as_posix())
    if done.guessed:
        say(msg("The file is not UTF-8; it was read as {coding}. Do umlauts look right?", coding=done.coding))
    if done.strangers:
        say(msg("Not in content/people: {voices}", voices=done.strangers))
    say_next(msg("hdw transcript approve {episode} --by NAME", episode=done.episode_id))
