"""What `hdw transcribe` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.progress import reporting
from pipeline.cli.speaking import say, say_json, say_next
from pipeline.messages import Message, msg, msg_n

if TYPE_CHECKING:
    from pipeline.workflow import Transcribed


@click.command()
@click.argument("episodes", nargs=-1, metavar="[EPISODE]…")
@click.option("--model", metavar="NAME|FILE", help="Model or checkpoint file; else the one of podcast.toml.")
@click.option("--language", metavar="LANGUAGE", help="Language that is spoken, e.g. de.")
@click.option("--device", metavar="DEVICE", help="cpu, cuda or auto.")
@click.option("--engine", type=click.Choice(["whisper", "faster-whisper"]), help="Program that recognises.")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes that recognise at once.")
@click.option("--cluster", metavar="ADDRESS", help="Scheduler of a dask cluster, e.g. tcp://host:8786.")
@click.option("--json", "as_json", is_flag=True, help="An event a line, for programs.")
def transcribe(episodes: tuple[str, ...], as_json: bool, **choices: Any) -> None:
    """Write the transcript of every episode that has none.

    A line of --json has event (start, piece, done, warning, transcript), episode, and where they apply
    done_s, of_s and kept_s (seconds of audio), message, sentences, voices.
    """
    from pipeline import workflow  # noqa: PLC0415

    root, now = workflow.find(Path.cwd()), datetime.now(UTC)
    with reporting(as_json=as_json) as report:
        chosen = workflow.Choices(**{name: value for name, value in choices.items() if value})
        done = workflow.transcribe(root, episodes, chosen, report=report, now=now)
    if as_json:
        _say_json(done)
    else:
        _say(done, root)


def _say(done: tuple[Transcribed, ...], root: Path) -> None:
    if not done:
        say(msg("Nothing to do: no episode is waiting for a transcript."))
        say_next("hdw status")
        return
    for one in done:
        say(msg("Transcript: {counts}", counts=_counts(one)))
        say("  " + _to_read(one).relative_to(root).as_posix())
    only = done[0].episode_id
    command = msg("hdw transcript approve {episode} --by NAME", episode=only)
    say_next(command if len(done) == 1 else "hdw status")


def _counts(one: Transcribed) -> tuple[Message, ...]:
    sentences = msg_n("{n} sentence", "{n} sentences", one.sentences)
    return (sentences, msg_n("{n} voice", "{n} voices", one.voices)) if one.voices else (sentences,)


def _to_read(one: Transcribed) -> Path:
    """The new transcript; where there was one already, what the machine heard this time."""
    return next((path for path in one.written if path.suffix == ".vtt"), one.written[0])


def _say_json(done: tuple[Transcribed, ...]) -> None:
    for one in done:
        say_json(
            {
                "event": "transcript",
                "episode": one.episode_id,
                "sentences": one.sentences,
                "voices": one.voices,
            }
        )
