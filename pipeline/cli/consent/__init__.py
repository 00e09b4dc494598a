"""`hdw consent …`: who has agreed to be published."""

from __future__ import annotations

import click

from pipeline.cli.group import LazyGroup
from pipeline.messages import Message, msg

WORK: tuple[tuple[Message, tuple[str, ...]], ...] = ((msg("Consents"), ("list", "add", "end")),)


@click.group(cls=LazyGroup, work=WORK, package="pipeline.cli.consent")
def consent() -> None:
    """Who has agreed to be published (private/consent.toml)."""
