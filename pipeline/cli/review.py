"""What `hdw review` asks for."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.desk import open_at
from pipeline.cli.serve import port_number


@click.command()
@click.argument("episode", metavar="EPISODE")
@click.option(
    "--port",
    default="0",
    callback=port_number,
    metavar="PORT",
    help="Port on this machine, by default a free one.",
)
@click.option("--browser/--no-browser", default=True, help="Open the browser.")
def review(episode: str, port: int, *, browser: bool) -> None:
    """Read and hear an episode's transcript in the browser, with everything at hand to mend it."""
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    open_at(
        root, port=port, browser=browser, page=f"/episodes/{workflow.named_episode(root, episode)}/transcript"
    )
