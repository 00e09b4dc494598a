"""The command line: which commands there are, grouped by the work they belong to."""

from __future__ import annotations

import io
import os
import sys

import click

from pipeline.cli.failing import tell
from pipeline.cli.group import LazyGroup, spoken
from pipeline.cli.speaking import language_of, speak
from pipeline.messages import Message, msg

WORK: tuple[tuple[Message, tuple[str, ...]], ...] = (
    (msg("In the browser"), ("desk", "review")),
    (msg("Recording"), ("add", "chapters", "replace")),
    (msg("Transcript"), ("transcribe", "transcript", "glossary")),
    (msg("Site"), ("check", "build", "serve", "preview", "approve", "consent", "feed")),
    (msg("Publication"), ("publish", "verify", "withdraw", "server-config", "stats")),
    (msg("House"), ("init", "import", "status", "model", "schema")),
)


@click.group(cls=LazyGroup, work=WORK)
def hdw() -> None:
    """Publish the podcast: recordings in, website and feed out."""


def main() -> None:
    """Run `hdw`; every failure ends as a sentence on stderr and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without ✓ shows a ? and goes on
    try:
        sys.exit(run(sys.argv[1:]))
    except BrokenPipeError:  # whoever read our output has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def run(arguments: list[str]) -> int:
    """The exit code of one call."""
    own = arguments[: arguments.index("--")] if "--" in arguments else arguments
    speak(language_of(own))
    try:
        return int(spoken(hdw).main(arguments, prog_name="hdw", standalone_mode=False) or 0)
    except (Exception, KeyboardInterrupt) as error:  # one translator for all of them
        return tell(error, own)
