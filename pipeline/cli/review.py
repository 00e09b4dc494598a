"""What `hdw review` asks for."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.desk import open_at, window_options


@click.command()
@click.argument("episode", metavar="EPISODE")
@window_options
def review(episode: str, port: int, *, browser: bool) -> None:
    """Read and hear an episode's transcript in the browser, with everything at hand to mend it."""
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    open_at(
        root, port=port, browser=browser, page=f"/episodes/{workflow.named_episode(root, episode)}/transcript"
    )
