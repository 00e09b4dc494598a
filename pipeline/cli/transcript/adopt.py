"""What `hdw transcript adopt` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.speaking import say, say_next
from pipeline.messages import msg, msg_n

if TYPE_CHECKING:
    from pipeline.workflow import Adopted


@click.command()
@click.argument("episode", metavar="EPISODE")
@click.option(
    "--discard", type=click.IntRange(0), metavar="N", help="Give up N sentences that people touched."
)
def adopt(episode: str, discard: int | None) -> None:
    """Take over the newest recognition where nobody touched the text.

    Sentences that somebody edited or checked stay as they are. With --discard they go too: N has to be their
    exact number, and the old files are kept in asr/.
    """
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    done = workflow.adopt(root, episode, discard=discard, now=datetime.now(UTC))
    say_adopted(done, root)
    say_next(
        msg("hdw transcript proposals {episode}", episode=done.episode_id) if done.kept else "hdw status"
    )


def say_adopted(done: Adopted, root: Path) -> None:
    """What became of the sentences, and where the old ones lie."""
    new = msg_n("{n} sentence new", "{n} sentences new", done.fresh)
    gone = msg_n("{n} gone", "{n} gone", done.gone)
    kept = msg_n("{n} kept because people touched it", "{n} kept because people touched them", done.kept)
    say(msg("{new} · {gone} · {kept}", new=new, gone=gone, kept=kept))
    for path in done.aside:
        say("  " + path.relative_to(root).as_posix())
