"""What `hdw schema` asks for and says."""

from __future__ import annotations

import click

from pipeline.cli.speaking import spoken_language

KINDS = ("episode", "person", "series", "topic", "page", "settings")


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
def schema(kind: str) -> None:
    """Print the JSON Schema of a kind of file."""
    from pipeline import workflow  # noqa: PLC0415

    click.echo(workflow.schema(kind, spoken_language()))
