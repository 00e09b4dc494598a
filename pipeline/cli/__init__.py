"""The command line: which commands there are, and how an error becomes a sentence and an exit code."""

from __future__ import annotations

import sys
import traceback

import click

from pipeline.cli.group import LazyGroup
from pipeline.cli.speaking import language_of, say_error, speak
from pipeline.errors import HdwError
from pipeline.messages import msg

COMMANDS = {
    name: f"pipeline.cli.{name}:{name}"
    for name in ("add", "transcribe", "transcript", "check", "build", "serve", "status", "init", "schema")
}


@click.group(cls=LazyGroup, commands_at=COMMANDS, no_args_is_help=True)
@click.option("--lang", type=click.Choice(["de", "en"]), help="Language of all output.")
@click.option("--verbose", is_flag=True, help="Show the cause of a failure.")
def hdw(lang: str | None, verbose: bool) -> None:
    """Publish the podcast: recordings in, website and feed out."""


def main() -> None:
    """Run `hdw`; every failure ends here as a sentence on stderr and an exit code."""
    arguments = sys.argv[1:]
    speak(language_of(arguments))
    sys.exit(run(arguments))


def run(arguments: list[str]) -> int:
    """The exit code of one call."""
    try:
        return int(hdw.main(arguments, prog_name="hdw", standalone_mode=False) or 0)
    except HdwError as error:
        say_error(error)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return 130
    except Exception as error:  # a bug is told as one, whatever it is
        say_error(HdwError(msg("This is a bug in hdw: {cause}", cause=repr(error))))
        if "--verbose" in arguments:
            click.echo(traceback.format_exc(), err=True)
        return 1
