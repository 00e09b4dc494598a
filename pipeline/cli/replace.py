"""What `hdw replace` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.asking import agreed, somebody_there
from pipeline.cli.columns import cells, pad, wrapped
from pipeline.cli.progress import reporting
from pipeline.cli.recognition import recognition_options
from pipeline.cli.speaking import say, say_json, say_more, say_next, text
from pipeline.messages import clock_text, msg

if TYPE_CHECKING:
    from pipeline.workflow import Replacement

MARKS = 8
"""How many places to look at, or sentences that are gone, are shown at once."""


@click.command()
@click.argument("episode", metavar="EPISODE")
@click.argument("recording", metavar="RECORDING", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Write it without asking.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--accept-short", is_flag=True, help="Take a recording that breaks off.")
@recognition_options
@click.option("--json", "as_json", is_flag=True, help="A JSON object, for programs.")
def replace(
    episode: str,
    recording: Path,
    *,
    yes: bool,
    dry_run: bool,
    accept_short: bool,
    as_json: bool,
    **choices: Any,
) -> None:
    """Give an episode another recording of the same talk.

    What was cut or added is found by what is said. Sentences, chapters, soundbites and passages of links move
    along; guid and address of the episode stay. An unpublished episode without a transcript just gets it. It
    is shown first and asked for; through a pipe only --yes writes. --json gives episode, written, old_s,
    new_s, cut and added (start and end in seconds), sentences (moved, checked, fresh, gone, marks), chapters,
    soundbites and passages (moved, gone) and published.
    """
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    if workflow.finish_replacement(root, episode):
        _say_finished(episode, as_json=as_json)
        return
    with reporting(as_json=False) as report:
        made = workflow.replacement(
            root,
            episode,
            recording,
            choices=workflow.Choices(**{name: value for name, value in choices.items() if value}),
            accept_short=accept_short,
            report=report,
            now=datetime.now(UTC),
        )
    if not as_json:
        _show(made)
    written = not dry_run and (
        yes or (not as_json and somebody_there() and agreed(msg("Take it over? [y/n]")))
    )
    if written:
        workflow.carry_out(root, made)
    if as_json:
        say_json(_as_json(made, written=written))
    else:
        _conclude(made, written=written, asked=somebody_there() and not dry_run)


def _say_finished(episode: str, *, as_json: bool) -> None:
    """What an earlier call had begun to write is written."""
    if as_json:
        say_json({"episode": episode, "written": True})
        return
    say(msg("What had broken off is finished: the episode has its new recording."))
    say_next("hdw build")


def _conclude(made: Replacement, *, written: bool, asked: bool) -> None:
    if not written:
        say(msg("Nothing changed.") if asked else msg("Nothing changed (--yes takes it over)."))
        return
    say(msg("The old recording stays beside it: {file}", file=made.kept))
    if made.sentences.marks:
        say_next(msg("hdw transcript approve {episode} --by NAME", episode=made.episode_id))
    elif not made.compared:
        say_next(f"hdw transcribe {made.episode_id}")
    else:
        say_next("hdw build")


def _show(made: Replacement) -> None:
    """Everything that changes, and for whom."""
    from pipeline import workflow  # noqa: PLC0415
    from pipeline.transcripts import marking  # noqa: PLC0415

    say(msg("New recording for {episode}", episode=made.episode_id))
    rows = [(text(label), text(value)) for label, value in workflow.replacement_rows(made)]
    wide = max(cells(label) for label, _ in rows)
    for label, value in rows:
        say(wrapped(value, first=f"  {pad(label, wide)}  ", rest=" " * (wide + 4)))
    for sentence in made.sentences.gone[:MARKS]:
        say(wrapped(sentence, first="  – ", rest="    "))
    say_more(len(made.sentences.gone) - MARKS)
    for mark in made.sentences.marks[:MARKS]:
        say(wrapped(text(marking.sentence(mark)), first=f"  {marking.place(mark)}  ", rest=" " * 11))
    say_more(len(made.sentences.marks) - MARKS)
    for line in workflow.replacement_remarks(made):
        say(wrapped(text(line)))


def _as_json(made: Replacement, *, written: bool) -> dict[str, object]:
    moments, counts = made.moments, made.sentences
    return {
        "episode": made.episode_id,
        "written": written,
        "old_s": made.old.duration_s,
        "new_s": made.new.duration_s,
        "cut": [[round(first, 2), round(last, 2)] for first, last in made.cut],
        "added": [[round(first, 2), round(last, 2)] for first, last in made.added],
        "sentences": {
            "moved": counts.moved,
            "checked": counts.checked,
            "fresh": counts.fresh,
            "gone": list(counts.gone),
            "marks": [
                {"kind": mark.kind, "start_s": round(mark.start_s, 2), "cue": mark.cue, "text": mark.text}
                for mark in counts.marks
            ],
        },
        "chapters": {"moved": moments.chapters, "gone": [one.title for one in moments.gone_chapters]},
        "soundbites": {
            "moved": moments.soundbites,
            "gone": [one.title or clock_text(one.start) for one in moments.gone_soundbites],
        },
        "passages": {"moved": moments.passages, "gone": list(moments.gone_passages)},
        "published": made.entry is not None,
    }
