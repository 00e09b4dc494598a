"""What `hdw add` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.asking import ask, somebody_there
from pipeline.cli.chapters.import_ import say_left_out
from pipeline.cli.columns import cells, pad, width, wrapped
from pipeline.cli.findings import parted
from pipeline.cli.speaking import say, say_json, say_next, text
from pipeline.errors import MisuseError, Problem
from pipeline.messages import Message, msg

if TYPE_CHECKING:
    from pipeline.workflow import Added, ImportedChapters

LABEL_CELLS = 11
VALUE_CELLS = 34
"""Longer values do not push the sources of the others to the right."""


@click.command()
@click.argument("recordings", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RECORDING…")
@click.option("--title", metavar="TEXT", help="Title of the episode.")
@click.option("--date", metavar="DATE", help="When it is published, e.g. 2026-11-20 12:00.")
@click.option("--series", metavar="SERIES", help="The series it belongs to.")
@click.option("--people", metavar="NAMES", help="Who takes part, separated by commas.")
@click.option(
    "--metadata",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="YAML, JSON or CSV file with any field.",
)
@click.option(
    "--chapters",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="File with the chapters, as hdw chapters import takes it.",
)
@click.option("--copy/--link", "copy", default=True, help="Copy the recording, or link to it.")
@click.option("--accept-short", is_flag=True, help="Take a recording that breaks off.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object a recording, for programs.")
def add(
    recordings: tuple[Path, ...],
    *,
    metadata: Path | None,
    chapters: Path | None,
    copy: bool,
    accept_short: bool,
    as_json: bool,
    **fields: str | None,
) -> None:
    """Make an episode of a recording.

    What is not given comes from the recording's tags, its name, or is guessed, and is marked so. A line of
    --json has episode, folder, found (a list of label, value, source), missing (a list of field, line,
    message).
    """
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    brought = _chapters(chapters, recordings)
    listed = {"chapters": list(brought.chapters)} if brought else {}
    added = []
    for recording in recordings:
        given = workflow.metadata(metadata, recording.name) if metadata else {}
        done = workflow.add(
            root,
            recording,
            metadata=given | listed | {name: value for name, value in fields.items() if value},
            link=not copy,
            accept_short=accept_short,
            ask=ask if somebody_there() and not as_json else None,
            now=datetime.now(UTC),
        )
        (_say_json if as_json else say_added)(done, root)
        added.append(done.episode_id)
    if not as_json:
        say_left_out(brought)
        say_next("hdw transcribe" if len(added) > 1 else f"hdw transcribe {added[0]}")


def _chapters(file: Path | None, recordings: tuple[Path, ...]) -> ImportedChapters | None:
    """The chapters of a file; MisuseError where it is not clear whose they are."""
    from pipeline import workflow  # noqa: PLC0415

    if file is None:
        return None
    if len(recordings) > 1:
        raise MisuseError(msg("A file of chapters belongs to one recording."), where=file)
    return workflow.read_chapters(file, None)


def say_added(done: Added, root: Path) -> None:
    """What was found or guessed and where it came from, and what a person has to fill in."""
    say(msg("New episode: {folder}", folder=_folder(done, root)))
    rows = [(text(found.label), text(found.value), text(found.source)) for found in done.found]
    wide = max((cells(value) for _, value, _ in rows if cells(value) <= VALUE_CELLS), default=0)
    for label, value, source in rows:
        first = "  " + pad(label, LABEL_CELLS)
        line = f"{pad(value, wide)}  ({source})" if source else value
        say(_row(first, line))
    required, _ = parted(done.missing)
    if required:
        fields = tuple(dict.fromkeys(_field(problem) for problem in required))
        say(wrapped(text(msg("Still to fill in: {fields}", fields=fields)), rest="  "))


def _row(first: str, line: str) -> str:
    """Aligned on one line where it fits, else wrapped under itself."""
    whole = first + line
    return whole if cells(whole) <= width() else wrapped(line, first=first, rest=" " * cells(first))


def _field(problem: Problem) -> Message:
    """“summary (line 6)”."""
    name = problem.where.field
    if not (name and problem.where.line):
        return Message(name) if name else problem.message
    return msg("{field} (line {line})", field=name, line=str(problem.where.line))


def _folder(done: Added, root: Path) -> str:
    folder = done.folder.resolve()
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else folder.as_posix()


def _say_json(done: Added, root: Path) -> None:
    found = [
        {"label": text(one.label), "value": text(one.value), "source": text(one.source)} for one in done.found
    ]
    missing = [
        {"field": one.where.field, "line": one.where.line, "message": text(one.message)}
        for one in parted(done.missing)[0]
    ]
    folder = _folder(done, root)
    say_json({"episode": done.episode_id, "folder": folder, "found": found, "missing": missing})
