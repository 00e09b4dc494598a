"""`hdw feed …`: what listeners get."""

from __future__ import annotations

import click

from pipeline.cli.group import LazyGroup
from pipeline.messages import Message, msg

WORK: tuple[tuple[Message, tuple[str, ...]], ...] = ((msg("Listeners"), ("show", "diff")),)


@click.group(cls=LazyGroup, work=WORK, package="pipeline.cli.feed")
def feed() -> None:
    """See the feed as podcast apps do."""
