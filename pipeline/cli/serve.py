"""What `hdw serve` asks for and says."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from pipeline.cli import failing
from pipeline.cli.build import told
from pipeline.cli.progress import when_needed
from pipeline.cli.speaking import say, text
from pipeline.errors import HdwError
from pipeline.messages import Message, msg

HIGHEST_PORT = 65535
NOT_BUILT = msg("It could not be built; the pages stay as they are.")


def port_number(_: click.Context, __: click.Parameter, given: str) -> int:
    """The number; 0 takes a free port."""
    if given.isdecimal() and int(given) <= HIGHEST_PORT:
        return int(given)
    raise click.BadParameter(text(msg("a port is a number from 0 to {highest}.", highest=str(HIGHEST_PORT))))


@click.command()
@click.option(
    "--port",
    default="8000",
    callback=port_number,
    show_default=True,
    metavar="PORT",
    help="Port on this machine.",
)
@click.option("--drafts/--no-drafts", default=True, help="Show drafts too.")
def serve(port: int, drafts: bool) -> None:
    """Show the website on this machine, until Ctrl-C.

    Whatever is saved meanwhile is built, and the pages in the browser follow.
    """
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    ears = workflow.Ears(_say_address, when_needed, lambda done: _say_now(told(done)), _say_failed)
    try:
        workflow.serve(root, port=port, drafts=drafts, clock=partial(datetime.now, UTC), ears=ears)
    except KeyboardInterrupt:
        say(msg("Stopped."), err=True)


def _say_address(address: str) -> None:
    say(msg("The website is here, on this machine only: {address}", address=address))
    say(msg("It follows what you save."))
    say(msg("Stop it with Ctrl-C."))


def _say_now(message: Message) -> None:
    say(f"{datetime.now():%H:%M:%S}  {text(message)}")  # noqa: DTZ005 (the clock on the wall)


def _say_failed(error: Exception) -> str:
    """Say it at length here; how the pages say it."""
    _say_now(NOT_BUILT)
    failing.tell(error, sys.argv[1:])
    why = failing.sentence(error) if isinstance(error, HdwError) else f"{type(error).__name__}: {error}"
    return f"{text(NOT_BUILT)} {why}"
