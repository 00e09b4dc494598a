"""What `hdw chapters import` asks for and says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.speaking import say, say_next, text
from pipeline.messages import msg, msg_n

if TYPE_CHECKING:
    from pipeline.workflow import ImportedChapters


@click.command("import")
@click.argument("episode", metavar="EPISODE")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Put them in the place of the chapters that are there.")
def import_(episode: str, file: Path, replace: bool) -> None:
    """Write the chapters of another program into an episode.

    Podlove Simple Chapters, Podcast Index, Auphonic, Audacity, Hindenburg, Reaper, OGM, WebVTT and lines of
    moment and title are known; what stands in the file tells which it is.
    """
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    say_imported(workflow.import_chapters(root, episode, file, replace=replace))
    say_next("hdw check")


def say_imported(done: ImportedChapters) -> None:
    """The chapters that came, and what did not."""
    count = msg_n("{n} chapter", "{n} chapters", len(done.chapters))
    say(msg("{count}, from {format}", count=count, format=done.format))
    for one in done.chapters:
        say(f"  {one['start']}  {one['title']}")
    say_left_out(done)


def say_left_out(done: ImportedChapters | None) -> None:
    """What may be wrong with chapters from a file, and what did not come with them."""
    if done is None:
        return
    if done.guessed:
        say(msg("The file is not UTF-8; it was read as {coding}. Do umlauts look right?", coding=done.coding))
    for note in done.left_out:
        say(msg("Left out: {what}", what=text(note)))
