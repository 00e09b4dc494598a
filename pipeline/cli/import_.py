"""What `hdw import` asks for and says."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.columns import cells, pad, wrapped
from pipeline.cli.moving_progress import reporting
from pipeline.cli.speaking import say, say_json, say_next, text
from pipeline.errors import MisuseError
from pipeline.messages import Message, msg, msg_n

if TYPE_CHECKING:
    from pipeline.workflow import MovedIn

MOST_TAGS = 8
LABEL_CELLS = 13


@click.command("import")
@click.argument("feed", metavar="FEED")
@click.argument("folder", type=click.Path(path_type=Path), metavar="[FOLDER]", required=False)
@click.option("--audio", is_flag=True, help="Bring the recordings too.")
@click.option("--keep-audio-urls", "keep", is_flag=True, help="Leave the recordings on their old host.")
@click.option("--address", metavar="ADDRESS", default="", help="Address of the new website, with https.")
@click.option("--email", metavar="E-MAIL", default="", help="The owner's address, where the feed names none.")
@click.option("--allow-private", "private", is_flag=True, help="Fetch from addresses of the own network too.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line, for programs.")
def import_(
    feed: str, folder: Path | None, *, audio: bool, keep: bool, private: bool, as_json: bool, **given: str
) -> None:
    """Move a podcast in: a house of its own from the feed at an address, or in a file.

    Guids, dates and addresses stay, so that no listener loses anything. Stopped, the same command goes on;
    what is in the house already stays as it is. What could not be carried over stands in import-bericht.md.
    """
    from pipeline import workflow  # noqa: PLC0415

    if audio and keep:
        raise MisuseError(
            msg("--audio and --keep-audio-urls do not go together."),
            hint=msg("Either the recordings move too, or they stay where they are."),
        )
    with reporting(as_json=as_json) as told:
        done = workflow.move_in(
            feed,
            folder,
            audio=audio,
            keep_addresses=keep,
            private=private,
            given=workflow.Given(**given),
            told=told,
        )
    (_say_json if as_json else say_moved)(done, feed)


def say_moved(done: MovedIn, feed: str) -> None:
    """What came, what did not, and what a person has to do now."""
    say(msg("The podcast has moved in: {folder}", folder=done.root))
    for label, value in _rows(done):
        say(wrapped(text(value), first="  " + pad(text(label), LABEL_CELLS), rest=" " * (LABEL_CELLS + 2)))
    _say_left(done)
    if done.missing:
        say(wrapped(text(msg("To be filled in in podcast.toml: {keys}", keys=done.missing)), rest="  "))
    if done.silent:
        again = f"hdw import {shlex.quote(feed)} {shlex.quote(str(done.root))} --audio"
        say("")
        say(
            msg_n(
                "The recording of {n} episode is missing. It is brought by:",
                "The recordings of {n} episodes are missing. They are brought by:",
                done.silent,
            )
        )
        say("  " + again)
    say_next(msg("cd {folder}, then hdw check", folder=done.root))


def _rows(done: MovedIn) -> Iterator[tuple[Message, Message]]:
    """What is in the house now, a line each."""
    episodes = done.podcast.episodes
    yield (
        msg("Episodes"),
        msg(
            "{n}, from {first} to {last}",
            n=len(episodes),
            first=episodes[-1].date.date(),
            last=episodes[0].date.date(),
        ),
    )
    if done.added < len(episodes):
        yield msg("New"), msg("{n}", n=done.added)
    if done.people:
        yield msg("People"), msg("{n}", n=done.people)
    if done.transcripts:
        yield msg("Transcripts"), msg("{n}, not checked yet", n=done.transcripts)
    if done.sounds:
        yield msg("Recordings"), msg("{n} brought", n=done.sounds)
    if done.kept:
        yield msg("Recordings"), msg("{n} stay on their old host", n=done.kept)


def _say_left(done: MovedIn) -> None:
    """How often which tag was left behind; the rest is in the report."""
    counted = Counter(one.tag for left in done.left.values() for one in left)
    if not counted:
        return
    say("")
    say(msg("Not carried over, or not as it stood (all of it in {file}):", file=done.report.name))
    shown = counted.most_common(MOST_TAGS)
    wide = max(cells(tag) for tag, _ in shown) + 2
    for tag, count in shown:
        say(f"  {pad(tag, wide)}" + text(msg_n("{n} time", "{n} times", count)))
    if len(counted) > MOST_TAGS:
        say("  …")
    say("")


def _say_json(done: MovedIn, _: str) -> None:
    say_json(
        {
            "event": "done",
            "folder": done.root.as_posix(),
            "episodes": len(done.podcast.episodes),
            "added": done.added,
            "people": done.people,
            "transcripts": done.transcripts,
            "sounds": done.sounds,
            "kept": done.kept,
            "silent": done.silent,
            "missing": list(done.missing),
            "left": [
                {"episode": id_, "tag": one.tag, "said": one.said, "why": text(one.why) if one.why else ""}
                for id_, left in done.left.items()
                for one in left
            ],
        }
    )
