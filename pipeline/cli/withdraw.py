"""What `hdw withdraw` asks for and says."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.asking import ask, somebody_there
from pipeline.cli.columns import wrapped
from pipeline.cli.moments import moment
from pipeline.cli.progress import when_needed
from pipeline.cli.publish import sending
from pipeline.cli.speaking import say, say_json, say_next, text
from pipeline.messages import msg

if TYPE_CHECKING:
    from pipeline.workflow import Withdrawal


OUTPUT = "output"


@click.command()
@click.argument("episode", metavar="EPISODE")
@click.option("--erase", is_flag=True, help="Delete its files here too: recording, transcript, caches.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--now", metavar="TIME", type=click.DateTime(), help="As of this moment (UTC).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def withdraw(episode: str, *, erase: bool, yes: bool, now: datetime | None, as_json: bool) -> None:
    """Take an episode back for good: for the law, or where a consent was taken back.

    Page, audio, transcripts, pictures, search entries and feed items vanish from every target and from all
    releases that are kept there; a notice stays at the page's address. No earlier release, build or import
    brings it back. EPISODE may also be its guid. Stopped on the way, the same command goes on. --json gives
    episode, guid, withdrawn, targets, erased (paths) and remaining (what no command reaches).
    """
    from pipeline import workflow  # noqa: PLC0415

    root, at = workflow.find(Path.cwd()), moment(now)
    made = workflow.withdrawal(root, episode, erase=erase)
    names = workflow.targets(root) if made.entry else ()
    if not as_json:
        _show(made, names, erase=erase)
    if not yes and not (somebody_there() and not as_json and _meant(made)):
        say(
            msg("Nothing changed.") if somebody_there() else msg("Nothing changed (--yes withdraws it)."),
            err=as_json,
        )
        if as_json:
            say_json({**_as_json(made, names, ()), "withdrawn": False})
        return
    workflow.note_withdrawal(root, made)
    taken = _taken(root, at, as_json=as_json) if names else ()
    erased = workflow.erase(root, made) if erase else ()
    if as_json:
        say_json(_as_json(made, taken, erased))
        return
    _conclude(root, made, names, taken, erased)


def _taken(root: Path, now: datetime, *, as_json: bool) -> tuple[str, ...]:
    """The targets that it was taken from."""
    from pipeline import workflow  # noqa: PLC0415

    def done(name: str) -> None:
        if not as_json:
            say(msg("{target}: taken back, with every earlier release.", target=name))

    with when_needed() as progress:
        return workflow.take_away(
            root,
            now=now,
            holder=workflow.me(now),
            progress=progress,
            sending=partial(sending, as_json=as_json),
            done=done,
        )


def _show(made: Withdrawal, names: tuple[str, ...], *, erase: bool) -> None:
    say(msg("“{title}” is taken back for good.", title=made.title))
    if names:
        say(msg("  From: {names}, with every release that is kept there", names=", ".join(names)))
    if erase:
        say(msg("  Deleted here: its folder, its recording, all caches"))
    say(msg("What remains, and no command reaches:"))
    for one in made.remaining:
        say(wrapped(text(one), first="  – ", rest="    "))


def _meant(made: Withdrawal) -> bool:
    """Whether a person types the episode's name: a key is hit too easily for what has no way back."""
    name = made.episode.id if made.episode else made.entry.episode if made.entry else made.title
    answer = ask(msg("There is no way back. To do it, type {name}", name=name))
    return answer == name


def _conclude(
    root: Path, made: Withdrawal, names: tuple[str, ...], taken: tuple[str, ...], erased: tuple[str, ...]
) -> None:
    for name in names:
        if name not in taken:
            say(msg("{target}: nothing was published there.", target=name))
    if made.entry:
        say(msg("The ledger knows it as withdrawn; it belongs into git: {file}", file="episodes/ledger.toml"))
    if made.entry and not names:
        say(msg("No target is named in podcast.toml; the next publication takes it from there."))
    for path in erased:
        say(msg("Deleted: {path}", path=path))
    if not taken and (root / OUTPUT).is_dir():
        say(msg("The folder {folder} holds it until the site is built again.", folder=OUTPUT))
        say_next("hdw build")


def _as_json(made: Withdrawal, taken: tuple[str, ...], erased: tuple[str, ...]) -> dict[str, Any]:
    return {
        "episode": made.episode.id if made.episode else made.entry.episode if made.entry else None,
        "guid": made.entry.guid if made.entry else None,
        "withdrawn": made.entry is not None,
        "targets": list(taken),
        "erased": list(erased),
        "remaining": [text(one) for one in made.remaining],
    }
