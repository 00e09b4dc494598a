"""One field of a form into episode.md; entries of lists are added, changed, moved and removed.

What a person wrote around it stays byte for byte. What the model does not take is refused with its own
words, and the file stays. Was the field changed outside meanwhile, that is told, and nothing is written.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline import project
from pipeline.errors import MisuseError
from pipeline.messages import clock_text, msg
from pipeline.models import Status
from pipeline.project import Steps
from pipeline.workflow.filling import files
from pipeline.workflow.filling.files import NOTES, Source, steps_of
from pipeline.workflow.filling.reading import Reader, key_of, read, seconds, seconds_text, shown
from pipeline.workflow.filling.specs import Kind, Spec, spec_at
from pipeline.workflow.filling.values import Conflict, Filled

CHAPTERS = "chapters"
_Edit = Callable[[Source], tuple[str, Steps]]


def fill(
    root: Path, episode_id: str, path: str, value: object, *, language: str, was: str | None = None
) -> Filled | Conflict:
    """Write what was typed into a field; an empty text takes its key out.

    `was` is the field's `digest` as the form showed it (None: whatever stands there). ProjectError or
    MisuseError, with the sentence for beside the field, where it cannot be so.
    """
    steps = steps_of(path)
    spec = _asked(path)
    reader = Reader(language, files.zone_of(root))
    new = read(spec, value, reader)

    def edit(source: Source) -> tuple[str, Steps]:
        if len(steps) > 1 and isinstance(steps[1], int):
            _entries(source, steps[:1], steps[1])
        if shown(spec, new, reader) == _shown(spec, source, steps, reader) and not isinstance(
            new, dict | list
        ):
            return source.text, steps
        if steps[0] == CHAPTERS and spec.kind is Kind.TIME:
            return _moved_chapter(root, episode_id, source, steps, new)
        return _with(spec, source, steps, new), steps

    return _changed(root, episode_id, steps, was, edit, spec=spec, reader=reader)


def make_ready(root: Path, episode_id: str) -> None:
    """The episode is no draft any more: from its date on it may be published."""
    fill(root, episode_id, "status", Status.READY.value, language="en")


def add_entry(
    root: Path, episode_id: str, path: str, value: object, *, language: str, was: str | None = None
) -> Filled | Conflict:
    """Add an entry to a list: a text, or the values of a group by name. Chapters stand in order of time.

    What stands there already is not added again.
    """
    steps = steps_of(path)
    spec = _asked(path)
    reader = Reader(language, files.zone_of(root))
    typed = read(spec, value, reader)
    entry = typed[0] if isinstance(typed, list) and typed else typed
    if not entry:
        raise MisuseError(msg("There is nothing to add."))

    def edit(source: Source) -> tuple[str, Steps]:
        listed = _listed(source, steps)
        if entry in listed:
            return source.text, (*steps, listed.index(entry))
        at = len(listed)
        if path == CHAPTERS:
            at = _place(root, episode_id, listed, entry.get("start", ""))
        if not isinstance(source.at(steps), list):  # one place, written without a list
            return project.with_value(source.text, steps, [*listed, entry]), (*steps, at)
        return project.with_entry(source.text, steps, at, entry), (*steps, at)

    return _changed(root, episode_id, steps, was, edit, reader=reader)


def move_entry(
    root: Path, episode_id: str, path: str, at: int, to: int, *, language: str, was: str | None = None
) -> Filled | Conflict:
    """Put an entry of a list at another place of it."""
    steps = steps_of(path)
    reader = Reader(language, files.zone_of(root))

    def edit(source: Source) -> tuple[str, Steps]:
        last = len(_entries(source, steps, at)) - 1
        place = min(max(to, 0), last)
        return project.with_entry_moved(source.text, steps, at, place), (*steps, place)

    return _changed(root, episode_id, steps, was, edit, reader=reader)


def remove_entry(
    root: Path, episode_id: str, path: str, at: int, *, language: str, was: str | None = None
) -> Filled | Conflict:
    """Take an entry out of a list; the last one takes the list along."""
    steps = steps_of(path)
    reader = Reader(language, files.zone_of(root))

    def edit(source: Source) -> tuple[str, Steps]:
        _entries(source, steps, at)
        if isinstance(source.at(steps), dict):  # one place, written without a list
            return project.without(source.text, steps), steps
        return project.without(source.text, (*steps, at)), steps

    return _changed(root, episode_id, steps, was, edit, reader=reader)


def _changed(
    root: Path,
    episode_id: str,
    steps: Steps,
    was: str | None,
    edit: _Edit,
    *,
    reader: Reader,
    spec: Spec | None = None,
) -> Filled | Conflict:
    key = str(steps[0])
    with files.held(root):
        source = files.read(root, episode_id)
        if was is not None and was != source.digest_of(key):
            value = _shown(spec, source, steps, reader) if spec else ""
            return Conflict(value, source.digest_of(key), source.digest)
        text, place = edit(source)
        after = source
        if text != source.text:
            after = files.write(root, episode_id, source, text, zone=reader.zone, steps=steps)
    at = next((step for step in reversed(place) if isinstance(step, int)), None)
    value = _shown(spec, after, place, reader) if spec else ""
    digests = (after.digest_of(key), source.digest_of(key), after.digest)
    return Filled(value, *digests, at, written=after is not source)


def _asked(path: str) -> Spec:
    spec = spec_at(steps_of(path))
    if spec is None or spec.kind is Kind.FIXED:
        raise MisuseError(msg("{path} cannot be changed here.", path=path))
    return spec


def _shown(spec: Spec, source: Source, steps: Steps, reader: Reader) -> Any:
    held = spec.kind in {Kind.GROUP, Kind.LIST}
    return "" if held else shown(spec, source.written(spec, steps), reader)


def _with(spec: Spec, source: Source, steps: Steps, value: object) -> str:
    """The file with a value at a place."""
    if steps == (NOTES,):
        return project.with_notes(source.text, str(value or ""))
    if isinstance(source.at(steps[:1]), dict) and 0 in steps:  # one place, written without a list
        steps = tuple(step for step in steps if step != 0)
    if spec.kind is Kind.FLAG and value is False and source.at(steps) is None:
        return source.text
    if not spec.joined:
        return project.with_value(source.text, steps, value)
    name = key_of(spec, value)
    other = spec.joined if name == spec.name else spec.name
    text = project.with_value(source.text, (*steps[:-1], name), value)
    return project.without(text, (*steps[:-1], other))


def _listed(source: Source, steps: Steps) -> list[Any]:
    written = source.at(steps)
    return list(written) if isinstance(written, list) else [] if written in (None, "") else [written]


def _entries(source: Source, steps: Steps, at: int) -> list[Any]:
    listed = _listed(source, steps)
    if not 0 <= at < len(listed):
        raise MisuseError(msg("This entry is not there any more."))
    return listed


def _place(root: Path, episode_id: str, chapters: list[Any], start: str) -> int:
    """Where a chapter belongs among others; MisuseError where none can be."""
    moment = seconds(start)
    recording = project.load_audio(root, episode_id).recording
    if recording and moment >= recording.duration_s:
        raise MisuseError(
            msg(
                "The recording ends at {time}; a chapter starts before.",
                time=clock_text(recording.duration_s),
            )
        )
    starts = [_start(one) for one in chapters]
    if moment in starts:
        raise MisuseError(msg("A chapter starts at {time} already.", time=seconds_text(moment)))
    return bisect(starts, moment)


def _start(chapter: Any) -> float:
    """Where a chapter starts; one that cannot be read stands first."""
    try:
        return seconds(str(chapter["start"]))
    except (KeyError, TypeError, MisuseError):
        return 0.0


def _moved_chapter(
    root: Path, episode_id: str, source: Source, steps: Steps, start: str | None
) -> tuple[str, Steps]:
    """A chapter starts elsewhere, and stands where it belongs then."""
    at = int(steps[1])
    others = [one for n, one in enumerate(_entries(source, steps[:1], at)) if n != at]
    to = _place(root, episode_id, others, start) if start else at
    text = project.with_value(source.text, steps, start)
    return project.with_entry_moved(text, steps[:1], at, to), (steps[0], to, *steps[2:])
