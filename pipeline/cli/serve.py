"""What `hdw serve` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port on this machine.")
@click.option("--drafts/--no-drafts", default=True, help="Show drafts too.")
def serve(port: int, drafts: bool) -> None:
    """Show the website on this machine."""
    from pipeline import workflow  # noqa: PLC0415

    workflow.serve(workflow.find(Path.cwd()), port=port, drafts=drafts, now=datetime.now(UTC))
