"""The options of every command that recognises: what of podcast.toml is chosen otherwise this time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

_OPTIONS = (
    click.option(
        "--model", metavar="NAME|FILE", help="Model or checkpoint file; else the one of podcast.toml."
    ),
    click.option("--language", metavar="LANGUAGE", help="Language that is spoken, e.g. de."),
    click.option("--device", metavar="DEVICE", help="cpu, cuda or auto."),
    click.option(
        "--engine", type=click.Choice(["whisper", "faster-whisper"]), help="Program that recognises."
    ),
    click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes that recognise at once."),
    click.option("--cluster", metavar="ADDRESS", help="Scheduler of a dask cluster, e.g. tcp://host:8786."),
)


def recognition_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the fields of `workflow.Choices`, in the order in which help lists them."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
