"""episode.md as a form reads and changes it: its values, digests of them, mistakes by field."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pipeline import project
from pipeline.errors import HdwError, MisuseError, Problem, ProjectError
from pipeline.files import alone
from pipeline.messages import Message, msg
from pipeline.project import Steps
from pipeline.workflow.filling.specs import Spec, spec_at

LOCK = ".hdw/filling.lock"
NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Source:
    """An episode.md as it stands, and what it says; `notes` among the values is the text below."""

    text: str
    values: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """A digest of every byte."""
        return _digest(self.text)

    def digest_of(self, key: str) -> str:
        """A digest of a key and what stands under it; no two keys have the same."""
        return _digest(json.dumps([key, self.values.get(key)], sort_keys=True, default=str))

    def at(self, steps: Steps) -> Any:
        """What stands at a place; None for nothing."""
        found: Any = self.values
        for step in steps:
            if isinstance(step, int) and isinstance(found, dict) and step == 0:
                continue  # one place, written without a list
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def written(self, spec: Spec, steps: Steps) -> Any:
        """The value of a field: what stands under its key, or under the one that is written instead."""
        other = self.at((*steps[:-1], spec.joined)) if spec.joined else None
        return self.at(steps) if other is None else other


def read(root: Path, episode_id: str) -> Source:
    """The file; MisuseError where there is none, ProjectError where it is no front matter at all."""
    if episode_id not in project.episode_ids(root):
        raise MisuseError(msg("There is no episode {name}.", name=episode_id))
    return parsed(project.episode_source(root, episode_id))


def details_digest(root: Path, episode_id: str) -> str:
    """A digest of every byte of episode.md; "" while it is not there."""
    known = episode_id in project.episode_ids(root)
    return _digest(project.episode_source(root, episode_id)) if known else ""


def parsed(text: str) -> Source:
    """The values of a text of an episode.md."""
    return Source(text, {**project.front_values(text), NOTES: project.notes_of(text)})


@contextmanager
def held(root: Path) -> Iterator[None]:
    """The right to change front matter, which one window of the desk has at a time."""
    with alone(root / LOCK):
        yield


def write(root: Path, episode_id: str, source: Source, text: str, *, zone: ZoneInfo, steps: Steps) -> Source:
    """The file with another text, in which nothing is wrong that was not wrong before.

    ProjectError with the model's own sentences, and the file stays, where something is. BusyError if
    somebody else wrote meanwhile.
    """
    known = Counter(map(_alike, mistakes(source.text, episode_id, zone)))
    new = []
    for problem in mistakes(text, episode_id, zone):
        known[_alike(problem)] -= 1
        if known[_alike(problem)] < 0 or steps_of(problem.where.field)[: len(steps)] == steps:
            new.append(problem)
    if new:
        raise ProjectError(new[0].message, where=new[0].where, problems=tuple(new), hint=new[0].hint)
    project.put_episode(root, episode_id, source.text, text)
    return parsed(text)


def _alike(problem: Problem) -> tuple[str, str]:
    """What is the same of a mistake when entries above it come and go."""
    return re.sub(r"\d+", "", problem.where.field), str(problem.message)


def mistakes(text: str, episode_id: str, zone: ZoneInfo) -> tuple[Problem, ...]:
    """What the model has to say about a text, in the words of a form."""
    try:
        project.refuse_mistakes(text, episode_id, zone)
    except ProjectError as error:
        return tuple(spoken(problem) for problem in error.problems)
    return ()


def steps_of(path: str) -> Steps:
    """`pictures.0.alt` or `pictures[0].alt` → its steps."""
    parts = re.findall(r"[^.\[\]]+", path)
    return tuple(int(part) if part.isdigit() else part for part in parts)


def path_of(steps: Steps) -> str:
    """The path of a place, as a form names it."""
    return ".".join(map(str, steps))


def field_path(named: str) -> str:
    """A field as problems name it, `pictures[0].alt`, by the path of the form."""
    return path_of(steps_of(named))


def spoken(problem: Problem) -> Problem:
    """A problem in the words of a form: fields are called as it calls them, and it has examples itself."""
    spec = spec_at(steps_of(problem.where.field))
    named = spec.label if spec else None
    hint = None if problem.hint and problem.hint.text == "Example: {example}" else problem.hint
    return replace(problem, message=_named(problem.message, named), hint=hint)


def _named(message: Message, name: Message | None) -> Message:
    if name is None or not any(key == "field" for key, _ in message.values):
        return message
    return replace(message, values=tuple((k, name if k == "field" else v) for k, v in message.values))


def zone_of(root: Path) -> ZoneInfo:
    """The time zone of the house; UTC while podcast.toml cannot be read."""
    try:
        return ZoneInfo(project.load_settings(root).show.time_zone)
    except HdwError:
        return ZoneInfo("UTC")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
