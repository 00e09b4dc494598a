"""`hdw glossary …`: the house's own words."""

from __future__ import annotations

import click

from pipeline.cli.group import LazyGroup
from pipeline.messages import Message, msg

WORK: tuple[tuple[Message, tuple[str, ...]], ...] = ((msg("Words"), ("learn",)),)


@click.group(cls=LazyGroup, work=WORK, package="pipeline.cli.glossary")
def glossary() -> None:
    """Names and words of the house, for recognition."""
