"""What `hdw build` asks for and says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from pipeline.cli.findings import counted, parted
from pipeline.cli.moments import moment
from pipeline.cli.progress import when_needed
from pipeline.cli.speaking import say, say_json, say_next, text
from pipeline.errors import MisuseError
from pipeline.messages import Message, msg

if TYPE_CHECKING:
    from pipeline.website import Why
    from pipeline.workflow import BuildReport

REASONS: dict[str, Message] = {
    # what a page is made from: why it was made again; the first that holds is told
    "program": msg("program updated"),
    "template": msg("template changed"),
    "assets": msg("theme changed"),
    "settings": msg("settings changed"),
    "episode": msg("episode changed"),
    "text": msg("text changed"),
    "person": msg("text changed"),
    "topic": msg("text changed"),
    "series": msg("text changed"),
    "newer": msg("next to it"),
    "older": msg("next to it"),
}
LISTED = msg("list shows it")
NEW, LOST, CHANGED = msg("new"), msg("was missing"), msg("changed")
STRANGERS = 5


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
@click.option("--explain", metavar="ADDRESS", help="Say what a page is made from, and what of it changed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def build(
    *,
    production: bool,
    now: datetime | None,
    output: Path | None,
    remake: tuple[str, ...],
    explain: str | None,
    as_json: bool,
) -> None:
    """Build the website and the feeds, and the audio files that are new.

    Only what changed is made. --json gives pages, made (of them, by reason), written (files), seconds, output
    (the folder), strangers (files there that are not ours), errors and hints (numbers).
    """
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    with when_needed() as progress:
        done = workflow.run_pelican(
            root,
            output=output,
            production=production,
            remake=remake,
            explained=explain is not None,
            progress=progress,
            now=moment(now),
        )
    (_say_json if as_json else _say)(done)
    if explain:
        _explain(done, explain)


def told(done: BuildReport) -> Message:
    """What a build did, and why, in a sentence."""
    reasons, numbers = _reasons(done.made), {"pages": done.pages, "s": done.seconds}
    if reasons:
        said = ", ".join(f"{text(why)} ({count})" for why, count in reasons.items())
        return msg("{n} pages of {pages}: {why} · {s} s", n=sum(reasons.values()), why=said, **numbers)
    if done.written:
        return msg("No page of {pages} changed; {n} other files are new · {s} s", n=done.written, **numbers)
    return msg("Nothing to do · {pages} pages are up to date · {s} s", **numbers)


def _say(done: BuildReport) -> None:
    say(told(done))
    if done.strangers:
        shown = (*done.strangers[:STRANGERS], *(("…",) if len(done.strangers) > STRANGERS else ()))
        folder = done.output.as_posix()
        others = msg("In {folder} lie files that are not ours, and stay: {names}", folder=folder, names=shown)
        say(others, err=True)
    if done.warnings:
        say(msg("{found}: hdw check", found=counted(done.warnings)), err=True)
    say_next("hdw serve")


def _reasons(made: Iterable[Why]) -> dict[Message, int]:
    """How many pages were made for each reason, in the order of the table."""
    counts = Counter(_reason(one) for one in made if one.page)
    ordered = (NEW, *dict.fromkeys(REASONS.values()), LISTED, LOST)
    return {why: counts[why] for why in ordered if counts[why]}


def _reason(one: Why) -> Message:
    if one.new:
        return NEW
    changed = {name.partition(" ")[0] for name in one.changed}
    found = next((why for name, why in REASONS.items() if name in changed), None)
    return found or (LISTED if changed else LOST)


def _explain(done: BuildReport, address: str) -> None:
    """Every input of a page with its mark, and which of them are others than before."""
    found = done.inputs(urlsplit(address).path)
    if found is None:
        raise MisuseError(
            msg("There is no page {address}.", address=address),
            hint=msg("Write it as it stands behind the site's own address: folgen/titel/"),
        )
    why = next((one for one in done.made if one.name == found.name), None)
    say(msg("{page} is made from:", page=found.name))
    for name, value in sorted(found.inputs.items()):
        changed = why is not None and (why.new or name in why.changed)
        say(f"  {name:<24} {value or '–'}{f'  {text(CHANGED)}' if changed else ''}")


def _say_json(done: BuildReport) -> None:
    errors, hints = parted(done.warnings)
    say_json(
        {
            "pages": done.pages,
            "made": {str(why): count for why, count in _reasons(done.made).items()},
            "written": done.written,
            "seconds": round(done.seconds, 3),
            "output": done.output.as_posix(),
            "strangers": list(done.strangers),
            "errors": len(errors),
            "hints": len(hints),
        }
    )
