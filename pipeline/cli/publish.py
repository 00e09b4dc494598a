"""What `hdw publish` asks for and says."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import changes
from pipeline.cli.asking import agreed, somebody_there
from pipeline.cli.progress import when_needed
from pipeline.cli.speaking import say, say_json, text
from pipeline.cli.verify import as_value, asking, say_verified
from pipeline.errors import Problem, ProblemsError
from pipeline.messages import Message, msg, msg_n, size_text

if TYPE_CHECKING:
    from pipeline.workflow import Publication, Verified

THE_ONE_BEFORE = "-"
DYING = 8
"""How many pages that would lead nowhere are shown at once."""


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
    bytes, dying (pages that would lead nowhere), objections (name, message), fallen, changes (as hdw feed
    diff) and verified (as hdw verify); with --list a list of release, files, bytes, back and shown.
    """
    from pipeline import workflow  # noqa: PLC0415

    root, moment = workflow.find(Path.cwd()), now.replace(tzinfo=UTC) if now else datetime.now(UTC)
    if listed:
        _say_releases(root, target, as_json=as_json)
        return
    if due and not workflow.due(root, target, now=moment):
        _say_idle(as_json=as_json)
        return
    with when_needed() as progress:
        made = (
            workflow.publication(root, target, now=moment, progress=progress)
            if rollback is None
            else workflow.take_back(
                root, target, None if rollback == THE_ONE_BEFORE else rollback, now=moment
            )
        )
    _show(made, as_json=as_json)
    if not dry_run:
        _refuse(made, yes_really)
    sent = not dry_run and (
        yes or not made.due or (not as_json and somebody_there() and agreed(_question(made)))
    )
    if sent:
        with sending(made, as_json=as_json) as told:
            workflow.send(root, made, holder=workflow.me(moment), told=told, now=moment)
    _conclude(made, sent=sent, asked=somebody_there() and not dry_run, as_json=as_json)
    found = None
    if sent and made.due and not no_verify and not made.carried:
        found = _verified(root, made, moment, every=verify_all, as_json=as_json)
    if as_json:
        say_json({**_as_json(made, published=sent), "verified": found and as_value(found)})
    if found and found.failures:
        raise click.exceptions.Exit(1)


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


def _show(made: Publication, *, as_json: bool) -> None:
    if as_json:
        return
    changes.say_changes(made.changes)
    if made.fallen:
        say(
            msg_n(
                "{n} episode leaves the feed that apps subscribe to, and stays in the archive.",
                "{n} episodes leave the feed that apps subscribe to, and stay in the archive.",
                len(made.fallen),
            )
        )
    if made.dying:
        say(
            msg_n(
                "{n} page would lead nowhere in a week; a redirect keeps its readers (slug, former_ids):",
                "{n} pages would lead nowhere in a week; redirects keep their readers (slug, former_ids):",
                len(made.dying),
            )
        )
        for path in made.dying[:DYING]:
            say(f"  {path}")
        if len(made.dying) > DYING:
            say(msg("  … and {n} more", n=len(made.dying) - DYING))


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
    return msg("{what} to {target}. Publish? [y/n]", what=_amount(made), target=made.name)


def _amount(made: Publication) -> Message:
    return msg_n("{n} file, {size}", "{n} files, {size}", made.files, size=size_text(made.size))


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
            say(msg("Nothing was sent: {what} are due (--yes publishes).", what=_amount(made)))
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
    say(msg("Published: {what} to {target}.", what=_amount(made), target=made.name))
    if made.carried:
        say(msg("Others carry it to the server now: a text beside it says how. Afterwards: hdw verify"))
    if made.site.previous:
        say(msg("To take it back: {command}", command=f"hdw publish {made.name} --rollback"))


def _say_releases(root: Path, target: str | None, *, as_json: bool) -> None:
    from pipeline import workflow  # noqa: PLC0415

    found, shown = workflow.releases(root, target)
    if as_json:
        say_json(
            [
                {
                    "release": one.id,
                    "files": len(one.files),
                    "bytes": sum(file.bytes for file in one.files.values()),
                    "back": one.back or None,
                    "shown": one.id == shown,
                }
                for one in found
            ]
        )
        return
    if not found:
        say(msg("Nothing was published yet."))
    for one in found:
        size = text(size_text(sum(file.bytes for file in one.files.values())))
        files = text(msg_n("{n} file", "{n} files", len(one.files)))
        notes = [text(msg("shown"))] if one.id == shown else []
        notes += [text(msg("brings back {release}", release=one.back))] if one.back else []
        say(" · ".join((one.id, files, size, *notes)))


def _as_json(made: Publication, *, published: bool) -> dict[str, Any]:
    return {
        "target": made.name,
        "release": made.site.release.id,
        "previous": made.site.previous and made.site.previous.id,
        "published": published and made.due,
        "files": made.files,
        "bytes": made.size,
        "dying": list(made.dying),
        "objections": [{"name": one.name, "message": text(one.message)} for one in made.objections],
        "fallen": [one.guid for one in made.fallen],
        "changes": changes.as_json(made.changes),
    }
