"""What `hdw consent end` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.consent.add import DAY, SCOPES
from pipeline.cli.speaking import say, text
from pipeline.errors import MisuseError
from pipeline.messages import msg

if TYPE_CHECKING:
    from pipeline.workflow import Concerned


@click.command()
@click.argument("person", metavar="PERSON")
@click.option("--scope", "scopes", multiple=True, type=click.Choice(SCOPES), help="Only this of it.")
@click.option("--date", "day", metavar="DAY", type=DAY, help="The day they took it back, if not today.")
def end(person: str, scopes: tuple[str, ...], day: datetime | None) -> None:
    """Note that a person has taken their consent back.

    Every entry of PERSON in private/consent.toml that still holds gets the day; where only a part is taken
    back (--scope, several times), that part becomes an entry of its own. Nothing is published with it from
    that day on. The published episodes that show what is not agreed any more are named.
    """
    from pipeline import workflow  # noqa: PLC0415

    root, now = workflow.find(Path.cwd()), datetime.now(UTC)
    known = workflow.consents(root, now)
    found = known.person(workflow.known_person(root, person))
    wanted = [one for one in workflow.SCOPES if not scopes or one.value in scopes]
    open_ = [
        one
        for one in (found.entries if found else ())
        if not one.consent.withdrawn and set(one.consent.scope) & set(wanted)
    ]
    if not open_:
        raise MisuseError(msg("There is no consent of {person} that could be taken back.", person=person))
    for one in open_:
        workflow.take_back_consent(root, one.at, wanted, day.date() if day else known.today, now=now)
    say(msg("Noted in {file}.", file="private/consent.toml"))
    _show(workflow.concerned(root, person, now))


def _show(concerned: tuple[Concerned, ...]) -> None:
    from pipeline import workflow  # noqa: PLC0415

    if not concerned:
        say(msg("No published episode shows anything of it."))
        return
    say(msg("Published, and not agreed any more:"))
    for one in concerned:
        what = text(workflow.scopes_text(one.scopes))
        say(f"  {one.episode.title} ({what})\n    hdw withdraw {one.episode.id}")
