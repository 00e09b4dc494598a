"""What `hdw schema` asks for and says."""

from __future__ import annotations

import click

from pipeline.cli.speaking import language

KINDS = ("episode", "person", "series", "topic", "page", "settings", "glossary", "consent")


@click.command()
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND")
def schema(kind: str) -> None:
    """Print the JSON Schema of a kind of file.

    KIND is episode, person, series, topic, page, settings, glossary or consent.
    """
    from pipeline import workflow  # noqa: PLC0415

    click.echo(workflow.schema(kind, language()), nl=False)
