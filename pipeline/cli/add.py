"""What `hdw add` asks for and says."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.cli.speaking import say, say_next, say_problems, text
from pipeline.messages import Message, msg


@click.command()
@click.argument("recordings", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--title", help="Title of the episode.")
@click.option("--date", help="When it is published, e.g. 2026-11-20 12:00.")
@click.option("--series", help="The series it belongs to.")
@click.option("--people", help="Who takes part, separated by commas.")
@click.option("--metadata", type=click.Path(path_type=Path), help="YAML, JSON or CSV file.")
@click.option("--copy/--link", "copy", default=True, help="Copy the recording, or link to it.")
@click.option("--accept-short", is_flag=True, help="Take a recording that breaks off.")
def add(
    recordings: tuple[Path, ...], metadata: Path | None, copy: bool, accept_short: bool, **fields: str | None
) -> None:
    """Make an episode of a recording."""
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    for recording in recordings:
        given = workflow.metadata(metadata, recording.name) if metadata else {}
        given |= {name: value for name, value in fields.items() if value}
        done = workflow.add(
            root,
            recording,
            metadata=given,
            link=not copy,
            accept_short=accept_short,
            ask=_ask if sys.stdin.isatty() else None,
            now=datetime.now(UTC),
        )
        say(msg("New folder: {folder}", folder=done.folder))
        for found in done.found:
            say(f"  {text(found.label):<10} {text(found.value)}  ({text(found.source)})")
        say_problems(done.missing)
    say_next("hdw transcribe")


def _ask(question: Message) -> str:
    """A person's answer; may be empty."""
    return str(click.prompt(text(question), default="", show_default=False, err=True))
