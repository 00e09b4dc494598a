"""What `hdw desk` asks for and says."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from pipeline.cli.serve import port_number
from pipeline.cli.speaking import language, say
from pipeline.messages import msg

_OPTIONS = (
    click.option(
        "--port",
        default="0",
        callback=port_number,
        metavar="PORT",
        help="Port on this machine, by default a free one.",
    ),
    click.option("--browser/--no-browser", default=True, help="Open the browser."),
)


def window_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds where the desk answers, and whether a browser shows it."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@window_options
@click.option(
    "--starter", is_flag=True, help="Write a file into the house that opens the desk by double click."
)
def desk(folder: Path | None, port: int, *, browser: bool, starter: bool) -> None:
    """Do everything in the browser: episodes, transcript, check, publish.

    The desk answers on this machine only, and only to whoever has the address that it opens; FOLDER is the
    house, by default the one here. Until Ctrl-C.
    """
    from pipeline.desk import write_starter  # noqa: PLC0415

    at = folder or Path.cwd()
    if starter:
        say(msg("Double click opens the desk: {file}", file=write_starter(at)))
        return
    open_at(at, port=port, browser=browser)


def open_at(folder: Path, *, port: int, browser: bool, page: str = "") -> None:
    """Run the desk of a house, opened at one of its pages, until Ctrl-C."""
    from pipeline.desk import open_desk  # noqa: PLC0415

    def ready(address: str) -> None:
        say(msg("The desk is here, on this machine only: {address}", address=address))
        say(msg("Stop it with Ctrl-C."))
        if browser:
            webbrowser.open(address)

    try:
        open_desk(
            folder,
            port=port,
            language=language(),
            notes=Path(click.get_app_dir("hdw")),
            now=lambda: datetime.now(UTC),
            ready=ready,
            page=page,
        )
    except KeyboardInterrupt:
        say(msg("Stopped."), err=True)
