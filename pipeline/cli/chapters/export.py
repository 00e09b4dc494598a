"""What `hdw chapters export` asks for and says."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.giving import give

FORMATS = ("audacity", "json", "mp4chaps", "ogm", "psc", "vtt")
"""The names of `workflow.CHAPTER_EXPORTS`, which a test compares: help imports nothing heavy."""


@click.command()
@click.argument("episode", metavar="EPISODE")
@click.option("--format", "kind", type=click.Choice(FORMATS), required=True, help="What to write.")
@click.option("--output", default="-", metavar="FILE", help="Where to; - is standard output.")
def export(episode: str, kind: str, output: str) -> None:
    """Write an episode's chapters as a file for another program.

    json is that of the Podcast Index, psc that of Podlove; both hold links and pictures too.
    """
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    text = workflow.export_chapters(root, episode, kind)
    give(root, text, output)
