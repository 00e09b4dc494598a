"""What `hdw preview` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.cli.progress import when_needed
from pipeline.cli.speaking import say, say_next
from pipeline.messages import msg, size_text


@click.command()
@click.argument("episode", metavar="EPISODE")
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The zip file; by default it lies here and is named like the episode.",
)
def preview(episode: str, output: Path | None) -> None:
    """Write one zip file of an episode, to send to a guest before it is published.

    It holds the page, the audio and the transcript, marked as a draft; it is unpacked and opened without the
    internet. What the guest answers is noted by hdw approve.
    """
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    with when_needed() as progress:
        made = workflow.preview(root, episode, output=output, now=datetime.now(UTC), progress=progress)
    size = size_text(made.file.stat().st_size)
    say(msg("{file} ({size}): unpack it, and open index.html.", file=str(made.file), size=size))
    say_next(f"hdw approve {made.episode.id} --by NAME")
