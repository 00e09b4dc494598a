"""What `hdw build` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.cli.speaking import say, say_next, say_problems
from pipeline.messages import msg


@click.command()
@click.option("--production", is_flag=True, help="Stop if a required rule is broken.")
@click.option("--now", type=click.DateTime(), help="Build as of this moment (UTC).")
@click.option("--output", type=click.Path(path_type=Path), help="Folder to write to.")
def build(production: bool, now: datetime | None, output: Path | None) -> None:
    """Build the website and the feeds."""
    from pipeline import workflow  # noqa: PLC0415

    moment = now.replace(tzinfo=UTC) if now else datetime.now(UTC)
    root = workflow.find(Path.cwd())
    done = workflow.run_pelican(root, output=output, production=production, now=moment)
    say(msg("{written} of {pages} files · {s} s", written=done.written, pages=done.pages, s=done.seconds))
    say_problems(done.warnings, err=True)
    say_next("hdw serve")
