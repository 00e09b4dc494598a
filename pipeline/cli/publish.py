"""What `hdw publish` asks for and says."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import publication as shown
from pipeline.cli.asking import agreed, somebody_there
from pipeline.cli.moments import moment
from pipeline.cli.progress import when_needed
from pipeline.cli.speaking import say, say_json
from pipeline.cli.verify import as_value, asking, say_verified
from pipeline.errors import Problem, ProblemsError
from pipeline.messages import Message, msg

if TYPE_CHECKING:
    from pipeline.workflow import Publication, Verified

THE_ONE_BEFORE = "-"


@click.command()
@click.argument("target", metavar="[TARGET]", required=False)
@click.option("--dry-run", is_flag=True, help="Build, and only show what would change.")
@click.option("--yes", is_flag=True, help="Publish without asking.")
@click.option("--due", is_flag=True, help="Only if an episode's date has come: for a timer.")
@click.option(
    "--yes-really",
    metavar="NAME",
    multiple=True,
    help="Publish although listeners lose this; may be given several times.",
)
@click.option(
    "--rollback",
    metavar="[RELEASE]",
    is_flag=False,
    flag_value=THE_ONE_BEFORE,
    help="Show an earlier release again, by default the one before.",
)
@click.option("--list", "listed", is_flag=True, help="Which releases are there.")
@click.option("--verify-all", is_flag=True, help="Afterwards ask every public address, not only some.")
@click.option("--no-verify", is_flag=True, help="Do not ask the public addresses afterwards.")
@click.option("--now", metavar="TIME", type=click.DateTime(), help="Publish as of this moment (UTC).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def publish(
    target: str | None,
    *,
    dry_run: bool,
    yes: bool,
    due: bool,
    yes_really: tuple[str, ...],
    rollback: str | None,
    listed: bool,
    verify_all: bool,
    no_verify: bool,
    now: datetime | None,
    as_json: bool,
) -> None:
    """Build the site and give it to the public.

    TARGET is the name of a place in podcast.toml, [publish.NAME]; where there is but one, it is that. What
    changes for listeners is shown first and asked for; through a pipe only --yes publishes. Readers see the
    old site until the new one is there whole; then the public addresses are asked, and the exit code is 1 if
    one of them does not answer as apps need it. --json gives target, release, previous, published, files,
    bytes, dying (pages that would lead nowhere), redirects (from, to, file, text: what would lead their
    readers on), objections (name, message), fallen, changes (as hdw feed diff) and verified (as hdw verify);
    with --list a list of release, files, bytes, back and shown.
    """
    from pipeline import workflow  # noqa: PLC0415

    root, at = workflow.find(Path.cwd()), moment(now)
    if listed:
        shown.say_releases(*workflow.releases(root, target), as_json=as_json)
        return
    if due and not workflow.due(root, target, now=at):
        _say_idle(as_json=as_json)
        return
    made = _planned(root, target, rollback, at)
    if not as_json:
        shown.say_publication(made)
    if made.offers and not (dry_run or yes or as_json) and _led_on(root, made):
        made = _planned(root, target, rollback, at)
    if not dry_run:
        _refuse(made, yes_really)
    sent = not dry_run and (
        yes or not made.due or (not as_json and somebody_there() and agreed(_question(made)))
    )
    if sent:
        with sending(made, as_json=as_json) as told:
            at = moment(now)  # somebody may have been asked over night
            workflow.send(root, made, holder=workflow.me(at), told=told, now=at)
    _conclude(made, sent=sent, asked=somebody_there() and not dry_run, as_json=as_json)
    found = None
    if sent and made.due and not no_verify and not made.carried:
        found = _verified(root, made, at, every=verify_all, as_json=as_json)
    if as_json:
        say_json({**shown.as_value(made, published=sent), "verified": found and as_value(found)})
    if found and found.failures:
        raise click.exceptions.Exit(1)


def _planned(root: Path, target: str | None, rollback: str | None, now: datetime) -> Publication:
    from pipeline import workflow  # noqa: PLC0415

    if rollback is not None:
        return workflow.take_back(root, target, None if rollback == THE_ONE_BEFORE else rollback, now=now)
    with when_needed() as progress:
        return workflow.publication(root, target, now=now, progress=progress)


def _led_on(root: Path, made: Publication) -> bool:
    """Whether a person wants the lines that are offered; then they are written."""
    from pipeline import workflow  # noqa: PLC0415

    if not somebody_there() or not agreed(msg("Write these lines? [y/n]")):
        return False
    workflow.add_redirects(root, made)
    for one in made.offers:
        say(msg("Written: {file}", file=one.line.file))
    return True


def _verified(root: Path, made: Publication, now: datetime, *, every: bool, as_json: bool) -> Verified:
    """What readers and apps find now; the hub is told that there is something new."""
    from pipeline import workflow  # noqa: PLC0415

    with asking(as_json=as_json) as told:
        found = workflow.verify(root, now=now, every=every, fresh=made.fresh, sha256=made.feed, told=told)
    found = replace(found, failures=(*found.failures, *workflow.announce(root)))
    if not as_json:
        say_verified(found)
    return found


def _say_idle(*, as_json: bool) -> None:
    if as_json:
        say_json({"published": False})
    else:
        say(msg("Nothing to do: no episode has come due."))


def _refuse(made: Publication, really: tuple[str, ...]) -> None:
    """ProblemsError where listeners would lose something that nobody has named."""
    problems = tuple(
        Problem(one.message, hint=msg("If that is meant: {option}", option=f"--yes-really {one.name}"))
        for one in made.objections
        if one.name not in really
    )
    if problems:
        raise ProblemsError(msg("Nothing was sent: listeners would lose something."), problems=problems)


def _question(made: Publication) -> Message:
    return msg("{what} to {target}. Publish? [y/n]", what=shown.amount(made), target=made.name)


@contextmanager
def sending(made: Publication, *, as_json: bool) -> Iterator[Callable[[int], object]]:
    """A bar on a terminal; elsewhere nothing is drawn."""
    if as_json or not made.due or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        total = sum(file.bytes for part in made.parts for file in part.release.files.values())
        task = bar.add_task(made.name, total=total)
        yield lambda done: bar.advance(task, done)


def _conclude(made: Publication, *, sent: bool, asked: bool, as_json: bool) -> None:
    if as_json:
        return
    if not made.due:
        say(msg("Nothing to do: {target} shows the site as it is.", target=made.name))
        return
    if not sent:
        if asked:
            say(msg("Nothing was sent."))
        else:
            say(msg("Nothing was sent: {what} are due (--yes publishes).", what=shown.amount(made)))
        return
    if made.site.release.back:
        say(
            msg(
                "{target} shows the release {release} again.",
                target=made.name,
                release=made.site.release.back,
            )
        )
        return
    say(msg("Published: {what} to {target}.", what=shown.amount(made), target=made.name))
    if made.carried:
        say(msg("Others carry it to the server now: a text beside it says how. Afterwards: hdw verify"))
    if made.site.previous:
        say(msg("To take it back: {command}", command=f"hdw publish {made.name} --rollback"))
