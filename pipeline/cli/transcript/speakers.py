"""What `hdw transcript speakers` asks for and says."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.speaking import say, say_next
from pipeline.errors import MisuseError
from pipeline.messages import msg, msg_n


@click.command()
@click.argument("episode", metavar="EPISODE")
@click.argument("ranges", nargs=-1, required=True, metavar="FIRST-LAST=PERSON…")
def speakers(episode: str, ranges: tuple[str, ...]) -> None:
    """Say who speaks the sentences of a range.

    12-40=mira-beispiel 41=kim-muster gives sentences 12 to 40 to one person, and 41 to another. Sentences are
    named by their id in transcript.vtt; only the speaker changes.
    """
    from pipeline import workflow  # noqa: PLC0415

    count = workflow.set_speakers(workflow.find(Path.cwd()), episode, [_pair(text) for text in ranges])
    say(msg_n("{n} sentence has another speaker now.", "{n} sentences have another speaker now.", count))
    say_next("hdw check")


def _pair(text: str) -> tuple[str, str]:
    sentences, _, person = text.rpartition("=")
    if not sentences or not person:
        raise MisuseError(
            msg("{text} names no sentences and person.", text=text),
            hint=msg("Sentences and a person's id: 12-40=mira-beispiel"),
        )
    return sentences, person
