"""What `hdw build` asks for and says."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.findings import counted, parted
from pipeline.cli.moments import moment
from pipeline.cli.progress import when_needed
from pipeline.cli.speaking import say, say_json, say_next
from pipeline.messages import msg

if TYPE_CHECKING:
    from pipeline.workflow import BuildReport


@click.command()
@click.option("--production", is_flag=True, help="Stop if a required rule is broken.")
@click.option("--now", metavar="TIME", type=click.DateTime(), help="Build as of this moment (UTC).")
@click.option("--output", metavar="FOLDER", type=click.Path(path_type=Path), help="Folder to write to.")
@click.option(
    "--remake",
    metavar="EPISODE",
    multiple=True,
    help="Make published audio again, with today's title, chapters and sound; may be given several times.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def build(
    production: bool, now: datetime | None, output: Path | None, remake: tuple[str, ...], as_json: bool
) -> None:
    """Build the website and the feeds, and the audio files that are new.

    --json gives files, written, seconds, output (the folder), errors and hints (numbers).
    """
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    with when_needed() as progress:
        done = workflow.run_pelican(
            root, output=output, production=production, remake=remake, progress=progress, now=moment(now)
        )
    (_say_json if as_json else _say)(done)


def _say(done: BuildReport) -> None:
    if done.written:
        numbers = {"written": done.written, "pages": done.pages, "s": done.seconds}
        say(msg("{written} of {pages} files written · {s} s", **numbers))
    else:
        say(msg("Nothing to do · {pages} files are up to date · {s} s", pages=done.pages, s=done.seconds))
    if done.warnings:
        say(msg("{found}: hdw check", found=counted(done.warnings)), err=True)
    say_next("hdw serve")


def _say_json(done: BuildReport) -> None:
    errors, hints = parted(done.warnings)
    say_json(
        {
            "files": done.pages,
            "written": done.written,
            "seconds": round(done.seconds, 3),
            "output": done.output.as_posix(),
            "errors": len(errors),
            "hints": len(hints),
        }
    )
