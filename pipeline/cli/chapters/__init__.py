"""`hdw chapters …`: chapters from other programs and for them."""

from __future__ import annotations

import click

from pipeline.cli.group import LazyGroup
from pipeline.messages import Message, msg

WORK: tuple[tuple[Message, tuple[str, ...]], ...] = ((msg("Other programs"), ("import", "export")),)


@click.group(cls=LazyGroup, work=WORK, package="pipeline.cli.chapters")
def chapters() -> None:
    """Bring an episode's chapters in or out."""
