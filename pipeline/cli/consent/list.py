"""What `hdw consent list` says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.columns import table
from pipeline.cli.speaking import say, say_json, text
from pipeline.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.workflow import Register


@click.command("list")
@click.argument("person", metavar="PERSON", required=False)
@click.option("--json", "as_json", is_flag=True, help="A JSON object, for programs.")
def list(person: str | None, *, as_json: bool) -> None:  # noqa: A001 (the command's name)
    """Show who has agreed to what, until when, and where the paper lies.

    First come those of whom something is missing, ended, or ends within sixty days. PERSON is a file of
    content/people, without .md. --json gives required and people: person, name, standing (missing, withdrawn,
    expired, soon, holds, unasked), lacking (audio, transcript, picture) and consents.
    """
    from pipeline import workflow  # noqa: PLC0415

    found = workflow.consents(workflow.find(Path.cwd()), datetime.now(UTC))
    if as_json:
        say_json(_as_json(found, person))
        return
    if not found.here:
        say(msg("The folder private/ is not on this computer."))
    if not found.required:
        say(msg("podcast.toml asks for no consents: [consent] required"))
    lines = [*_lines(found, person)]
    for line in table(lines, grow=4, least=8) if lines else ():
        say(line)


def _lines(found: Register, person: str | None) -> Iterator[tuple[str, ...]]:
    from pipeline import workflow  # noqa: PLC0415

    for one in found.people:
        if person not in {None, one.id}:
            continue
        stands = text(workflow.GIVEN_WORDS[one.standing])
        if one.lacking or not one.entries:
            yield one.name, stands, text(workflow.scopes_text(one.lacking)), "", ""
        for entry in one.entries:
            given = entry.consent
            yield (
                one.name,
                text(workflow.GIVEN_WORDS[entry.standing]),
                text(workflow.scopes_text(given.scope)),
                text(workflow.period_text(given)),
                given.paper,
            )


def _as_json(found: Register, person: str | None) -> dict[str, object]:
    people = [
        {
            "person": one.id,
            "name": one.name,
            "standing": one.standing.value,
            "lacking": [scope.value for scope in one.lacking],
            "consents": [entry.consent.model_dump(mode="json") for entry in one.entries],
        }
        for one in found.people
        if person in {None, one.id}
    ]
    return {"required": [scope.value for scope in found.required], "people": people}
