"""`hdw model …`: which models there are, and how one gets into another engine's format."""

from __future__ import annotations

import click

from pipeline.cli.group import LazyGroup
from pipeline.messages import Message, msg

WORK: tuple[tuple[Message, tuple[str, ...]], ...] = ((msg("Models"), ("list", "convert")),)


@click.group(cls=LazyGroup, work=WORK, package="pipeline.cli.model")
def model() -> None:
    """Look at models, and convert them."""
