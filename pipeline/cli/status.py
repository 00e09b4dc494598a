"""What `hdw status` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.cli.speaking import say, text


@click.command()
def status() -> None:
    """Show how far every episode is, and the next step."""
    from pipeline import workflow  # noqa: PLC0415

    for row in workflow.status(workflow.find(Path.cwd()), datetime.now(UTC)):
        parts = (row.audio, row.text, row.page, row.published)
        say(f"{row.episode_id}  " + "  ".join(text(part) for part in parts) + f"  {row.next}")
