"""What `hdw feed diff` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.cli import changes
from pipeline.cli.speaking import say_json


@click.command()
@click.argument("old", metavar="[OLD]", required=False)
@click.argument("new", metavar="[NEW]", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def diff(old: str | None, new: str | None, as_json: bool) -> None:
    """Show what changes for listeners from one feed to another.

    OLD and NEW are feed files. Without NEW it is the feed that a build would write now, without OLD the one
    in output/. Exit code 1 if an episode would be gone or look new, or the podcast another one; else 0.
    --json gives harmful, before and after (numbers of episodes), show (field, before, after) and episodes:
    a list of kind (new, gone, looks_new, audio, moved, title, notes, duration, chapters, transcripts,
    people, image) with before and after as in hdw feed show.
    """
    from pipeline import workflow  # noqa: PLC0415

    found = workflow.changes(lambda: workflow.find(Path.cwd()), old, new, datetime.now(UTC))
    if as_json:
        say_json(changes.as_json(found))
    else:
        changes.say_changes(found)
    if found.harmful:
        raise click.exceptions.Exit(1)
