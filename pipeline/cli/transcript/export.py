"""What `hdw transcript export` asks for and says."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.giving import give

FORMATS = ("html", "json", "srt", "txt", "vtt", "words")
"""The names of `workflow.EXPORTS`, which a test compares: help imports nothing heavy."""


@click.command()
@click.argument("episode", metavar="EPISODE")
@click.option("--format", "kind", type=click.Choice(FORMATS), required=True, help="What to write.")
@click.option("--output", default="-", metavar="FILE", help="Where to; - is standard output.")
def export(episode: str, kind: str, output: str) -> None:
    """Write a transcript in another format, with people's public names.

    json is that of the Podcast Index, words the times of all words for the player of the page.
    """
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    text = workflow.export(root, episode, kind)
    give(root, text, output)
