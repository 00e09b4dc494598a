"""`hdw transcript …`: which commands work on a transcript, in the order of the work."""

from __future__ import annotations

import click

from pipeline.cli.group import LazyGroup
from pipeline.messages import Message, msg

WORK: tuple[tuple[Message, tuple[str, ...]], ...] = (
    (msg("Voices"), ("voices", "speakers")),
    (msg("Reading"), ("approve", "replace")),
    (msg("Recognising again"), ("proposals", "adopt", "compare")),
    (msg("Other programs"), ("import", "export")),
)


@click.group(cls=LazyGroup, work=WORK, package="pipeline.cli.transcript")
def transcript() -> None:
    """Work on a transcript."""
