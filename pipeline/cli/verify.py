"""What `hdw verify` asks for and says."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.columns import wrapped
from pipeline.cli.speaking import say, say_json, text
from pipeline.messages import msg, msg_n

if TYPE_CHECKING:
    from pipeline.workflow import Failure, Verified


@click.command()
@click.option("--all", "every", is_flag=True, help="Ask every address, not only some of those that stay.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def verify(every: bool, as_json: bool) -> None:
    """Ask the public addresses whether they answer as apps need it.

    The feed, sound (size, type, reading from the middle) and transcripts: all with --all, else twenty, the
    next time the next ones. Exit code 1 if one fails: for cron. --json gives asked and failures (address,
    message, hint).
    """
    from pipeline import workflow  # noqa: PLC0415

    with asking(as_json=as_json) as told:
        found = workflow.verify(workflow.find(Path.cwd()), now=datetime.now(UTC), every=every, told=told)
    if as_json:
        say_json(as_value(found))
    else:
        say_verified(found)
    if found.failures:
        raise click.exceptions.Exit(1)


@contextmanager
def asking(*, as_json: bool) -> Iterator[Callable[[int, int], object]]:
    """A line that counts on a terminal; elsewhere nothing is drawn."""
    if as_json or not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    with click.progressbar(length=1, label=text(msg("Asking")), file=sys.stderr, show_eta=False) as bar:

        def told(done: int, of: int) -> None:
            bar.length = max(of, 1)
            bar.update(done - bar.pos)

        yield told


def say_verified(found: Verified) -> None:
    """One sentence where all is well, else an entry a failure."""
    if not found.failures:
        say(
            msg_n(
                "Checked: {n} public address answers as it should.",
                "Checked: {n} public addresses answer as they should.",
                found.asked,
            )
        )
        return
    say(
        msg_n(
            "Of {asked} public addresses {n} does not answer as it should:",
            "Of {asked} public addresses {n} do not answer as they should:",
            len(found.failures),
            asked=found.asked,
        ),
        err=True,
    )
    for failure in found.failures:
        _say_failure(failure)
    for hint in dict.fromkeys(one.hint for one in found.failures if one.hint):
        say(wrapped(text(msg("Hint: {hint}", hint=hint))), err=True)


def _say_failure(failure: Failure) -> None:
    say(f"  {failure.address}", err=True)
    say(wrapped(text(failure.message), first="    ", rest="    "), err=True)


def as_value(found: Verified) -> dict[str, Any]:
    """The same for programs."""
    failures = [
        {"address": one.address, "message": text(one.message), "hint": text(one.hint) if one.hint else ""}
        for one in found.failures
    ]
    return {"asked": found.asked, "failures": failures}
