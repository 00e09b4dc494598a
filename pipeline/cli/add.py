"""What `hdw add` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.cli.speaking import say, say_next, say_problems, text
from pipeline.messages import msg


@click.command()
@click.argument("recordings", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--title", help="Title of the episode.")
@click.option("--metadata", type=click.Path(path_type=Path), help="YAML, JSON or CSV file.")
@click.option("--copy/--link", "copy", default=True, help="Copy the recording, or link to it.")
@click.option("--accept-short", is_flag=True, help="Take a recording that breaks off.")
def add(
    recordings: tuple[Path, ...], title: str | None, metadata: Path | None, copy: bool, accept_short: bool
) -> None:
    """Make an episode of a recording."""
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    for recording in recordings:
        given = workflow.metadata(metadata, recording.name) if metadata else {}
        given |= {"title": title} if title else {}
        done = workflow.add(
            root,
            recording,
            metadata=given,
            link=not copy,
            accept_short=accept_short,
            ask=None,
            now=datetime.now(UTC),
        )
        say(msg("New folder: {folder}", folder=done.folder))
        for found in done.found:
            say(f"  {text(found.label):<10} {text(found.value)}  ({text(found.source)})")
        say_problems(done.missing)
    say_next("hdw transcribe")
