"""What `hdw serve` asks for and says."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.cli.progress import when_needed
from pipeline.cli.speaking import say, text
from pipeline.messages import msg

HIGHEST_PORT = 65535


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
    """Show the website on this machine, until Ctrl-C."""
    from pipeline import workflow  # noqa: PLC0415

    root, now = workflow.find(Path.cwd()), datetime.now(UTC)
    try:
        with ExitStack() as drawn:

            def ready(address: str) -> None:
                drawn.close()
                _say_address(address)

            progress = drawn.enter_context(when_needed())
            workflow.serve(root, port=port, drafts=drafts, now=now, ready=ready, progress=progress)
    except KeyboardInterrupt:
        say(msg("Stopped."), err=True)


def _say_address(address: str) -> None:
    say(msg("The website is here, on this machine only: {address}", address=address))
    say(msg("Stop it with Ctrl-C."))
