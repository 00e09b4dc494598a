"""What `hdw transcribe` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.progress import reporting
from pipeline.cli.recognition import recognition_options
from pipeline.cli.speaking import say, say_json, say_next, text
from pipeline.cli.transcript.adopt import say_adopted
from pipeline.errors import MisuseError
from pipeline.messages import Message, msg, msg_n

if TYPE_CHECKING:
    from pipeline.workflow import Adopted, Transcribed

MARKS = 8
"""How many places to look at are shown at once."""


@click.command()
@click.argument("episodes", nargs=-1, metavar="[EPISODE]…")
@recognition_options
@click.option("--adopt", is_flag=True, help="Take over what is new where nobody touched the text.")
@click.option("--discard", type=click.IntRange(0), metavar="N", help="Give up N sentences people touched.")
@click.option("--json", "as_json", is_flag=True, help="An event a line, for programs.")
def transcribe(
    episodes: tuple[str, ...], adopt: bool, discard: int | None, as_json: bool, **choices: Any
) -> None:
    """Write the transcript of every episode that has none.

    A named episode is recognised again; its text stays as it is unless --adopt or --discard is given.
    A line of --json has event (start, piece, voices, done, warning, transcript, adopted), episode, and where
    they apply done_s, of_s and kept_s (seconds of audio), message, sentences, voices, marks, fresh, gone,
    kept.
    """
    from pipeline import workflow  # noqa: PLC0415

    root, now = workflow.find(Path.cwd()), datetime.now(UTC)
    _refuse(root, episodes, adopt=adopt, discard=discard)
    with reporting(as_json=as_json) as report:
        chosen = workflow.Choices(**{name: value for name, value in choices.items() if value})
        done = workflow.transcribe(root, episodes, chosen, report=report, now=now)
    again = (one.episode_id for one in done if one.again and (adopt or discard is not None))
    adopted = tuple(workflow.adopt(root, id_, discard=discard, now=now) for id_ in again)
    if as_json:
        _say_json(done, adopted)
    else:
        _say(done, adopted, root)


def _refuse(root: Path, episodes: tuple[str, ...], *, adopt: bool, discard: int | None) -> None:
    """Say before hours of recognition what cannot be done after them."""
    from pipeline import workflow  # noqa: PLC0415

    if adopt and not episodes:
        raise MisuseError(msg("Which episode is meant?"), hint=msg("hdw transcribe EPISODE --adopt"))
    if discard is not None:
        if len(episodes) != 1:
            hint = msg("hdw transcribe EPISODE --discard N")
            raise MisuseError(msg("Sentences are given up in one episode at a time."), hint=hint)
        workflow.refuse_discard(root, episodes[0], discard)


def _say(done: tuple[Transcribed, ...], adopted: tuple[Adopted, ...], root: Path) -> None:
    if not done:
        say(msg("Nothing to do: no episode is waiting for a transcript."))
        say_next("hdw status")
        return
    for one in done:
        say(msg("Transcript: {counts}", counts=_counts(one)))
        _say_marks(one)
        say("  " + _to_read(one).relative_to(root).as_posix())
    for new in adopted:
        say_adopted(new, root)
    say_next(_next(done[0], taken=bool(adopted)) if len(done) == 1 else "hdw status")


def _next(only: Transcribed, *, taken: bool) -> Message:
    if only.again and not taken:
        return msg("hdw transcript proposals {episode}", episode=only.episode_id)
    return msg("hdw transcript approve {episode} --by NAME", episode=only.episode_id)


def _counts(one: Transcribed) -> tuple[Message, ...]:
    sentences = msg_n("{n} sentence", "{n} sentences", one.sentences)
    voices = msg_n("{n} voice", "{n} voices", one.voices)
    marks = msg_n("{n} place to look at", "{n} places to look at", len(one.marks))
    return (sentences, *((voices,) if one.voices else ()), *((marks,) if one.marks else ()))


def _say_marks(one: Transcribed) -> None:
    """The first places to look at, the most serious kinds first."""
    from pipeline.transcripts import marking  # noqa: PLC0415

    for mark in marking.by_weight(one.marks)[:MARKS]:
        say(f"  {marking.place(mark)}  {text(marking.sentence(mark))}")
    if len(one.marks) > MARKS:
        say(msg("  … all of them: hdw check"))


def _to_read(one: Transcribed) -> Path:
    """The new transcript; where there was one already, what the machine heard this time."""
    return next((path for path in one.written if path.suffix == ".vtt"), one.written[0])


def _say_json(done: tuple[Transcribed, ...], adopted: tuple[Adopted, ...]) -> None:
    for one in done:
        say_json(
            {
                "event": "transcript",
                "episode": one.episode_id,
                "sentences": one.sentences,
                "voices": one.voices,
                "marks": [
                    {"kind": mark.kind, "start_s": mark.start_s, "cue": mark.cue, "text": mark.text}
                    | ({"times": mark.times} if mark.times else {})
                    for mark in one.marks
                ],
            }
        )
    for new in adopted:
        counts = {"fresh": new.fresh, "gone": new.gone, "kept": new.kept}
        say_json({"event": "adopted", "episode": new.episode_id, **counts})
