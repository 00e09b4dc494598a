"""What `hdw consent add` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.cli.speaking import say, say_next
from pipeline.messages import msg

SCOPES = ("audio", "transcript", "picture")
DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("person", metavar="PERSON")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice(SCOPES), help="To what.")
@click.option("--paper", required=True, metavar="TEXT", help="Where the signed paper lies.")
@click.option("--date", "day", metavar="DAY", type=DAY, help="The day they agreed, if not today.")
@click.option("--expires", metavar="DAY", type=DAY, help="The last day it holds.")
@click.option("--episode", "episodes", multiple=True, metavar="EPISODE", help="For this episode alone.")
@click.option("--note", default="", metavar="TEXT", help="A remark for colleagues.")
def add(  # noqa: PLR0917
    person: str,
    scopes: tuple[str, ...],
    paper: str,
    day: datetime | None,
    expires: datetime | None,
    episodes: tuple[str, ...],
    note: str,
) -> None:
    """Note that a person has agreed to be published.

    PERSON is a file of content/people, without .md. --scope may stand several times: audio (their voice),
    transcript (their words), picture (their portrait); so may --episode. The entry goes to the end of
    private/consent.toml, which is never published; what stands there stays. One is changed in the file.
    """
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    today = workflow.today(root, datetime.now(UTC))
    consent = workflow.consent_of(
        root,
        person,
        scopes,
        day.date() if day else today,
        paper=paper,
        expires=expires.date() if expires else None,
        episodes=episodes,
        note=note,
    )
    file = workflow.note_consent(root, consent)
    say(msg("Noted in {file}.", file=file.relative_to(root).as_posix()))
    say_next("hdw check")
