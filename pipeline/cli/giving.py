"""Gives what was exported to a file, or to standard output."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.speaking import say
from pipeline.messages import msg


def give(root: Path, text: str, output: str, *, err: bool = False) -> None:
    """Write the text where `--output` says; - is standard output, a file of an episode is refused.

    `err` says on stderr where it was written, for output that programs read.
    """
    from pipeline import workflow  # noqa: PLC0415

    if output == "-":
        click.echo(text, nl=False)
        return
    file = Path(output)
    workflow.refuse_own(root, file)
    workflow.write_file(file, text)
    say(msg("Written: {file}", file=file), err=err)
