"""A house on disk → one `House`: every file is read before anything is said about mistakes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import HdwError, Problem, ProjectError, Where
from pipeline.messages import msg
from pipeline.models import (
    Episode,
    EpisodeFacts,
    Glossary,
    House,
    Ledger,
    Model,
    Page,
    Person,
    PictureFacts,
    Private,
    Series,
    Settings,
    Topic,
)
from pipeline.project import facts, front_matter, layout, mistakes, pictures, settings
from pipeline.project.ledger import load_ledger
from pipeline.project.private import load_private

CONTENT_MODELS: dict[str, type[Model]] = {"page": Page, "person": Person, "series": Series, "topic": Topic}
USUAL_HOUR = datetime.time(12)
_MOMENT: TypeAdapter[datetime.datetime] = TypeAdapter(datetime.datetime)


@dataclass(slots=True)
class _Reader:
    """Reads file by file and keeps what is wrong, so that all of it can be told at once."""

    root: Path
    problems: list[Problem] = field(default_factory=list)

    def attempt(self, read: Any, *arguments: Any) -> Any:
        try:
            return read(*arguments)
        except ProjectError as error:
            self.problems.extend(error.problems)
        except HdwError as error:
            where = Where(layout.shown(Path(error.where.file), self.root), error.where.line)
            self.problems.append(Problem(error.message, where, error.hint))
        return None


class Files:
    """Reads a house file by file, each time anew; the catalogue reads what did not change from what it keeps.

    `verify` reads every recording whole to see whether it was altered.
    """

    def __init__(self, root: Path, *, verify: bool = False) -> None:
        self.root, self.verify = root, verify

    def ledger(self) -> Ledger:
        """What listeners were given."""
        return load_ledger(self.root)

    def content(self, path: Path, kind: str) -> Model:
        """A person's, topic's, series' or page's file; ProjectError with every mistake in it."""
        return parse_content(layout.read_text(path), kind, path.stem, layout.shown(path, self.root))

    def picture(self, path: Path) -> PictureFacts | None:
        """What a picture outside the episodes holds; None if it is missing or none that can be opened."""
        return pictures.measure(path)

    def ahead(self, ids: Collection[str], config: Settings | None) -> None:
        """These episodes will be asked for next."""

    def episode(self, id_: str, config: Settings | None) -> tuple[Episode, EpisodeFacts]:
        """An episode as people wrote it, and what is known of it; HdwError if a file of it has mistakes."""
        episode = load_episode(self.root, id_, ZoneInfo(config.show.time_zone if config else "UTC"))
        return episode, facts.load(self.root, episode, config, self.verify)


def load(
    root: Path, *, verify: bool = False, only: Collection[str] | None = None, files: Files | None = None
) -> House:
    """Everything in a house; ProjectError carries every mistake of every file at once.

    `only` names the episodes that are needed, by id: the others are not read. `files` reads.
    """
    files = files or Files(root, verify=verify)
    reader = _Reader(root)
    config: Settings | None = reader.attempt(settings.load_settings, root)
    glossary: Glossary | None = reader.attempt(settings.load_glossary, root)
    ledger: Ledger | None = reader.attempt(files.ledger)
    private: Private | None = reader.attempt(load_private, root)
    content = {kind: _content(reader, files, kind) for kind in CONTENT_MODELS}
    ids = layout.episode_ids(root) if only is None else sorted(only)
    files.ahead(ids, config)
    read = [found for id_ in ids if (found := reader.attempt(files.episode, id_, config))]
    if reader.problems or config is None or ledger is None or glossary is None:
        raise _all_of([_with_known_guid(problem, ledger) for problem in reader.problems])
    episodes = [_addressed(episode, ledger) for episode, _ in read]
    return House(
        settings=config,
        people=content["person"],
        topics=content["topic"],
        series=content["series"],
        pages=content["page"],
        episodes=tuple(sorted(episodes, key=lambda e: (-e.date.timestamp(), e.id))),
        ledger=ledger,
        glossary=glossary,
        facts={episode.id: known for episode, known in read},
        pictures=_covers(files, config, content["series"]),
        portraits=_portraits(files, content["person"]),
        private=private,
    )


def _addressed(episode: Episode, ledger: Ledger) -> Episode:
    """The episode at the address that it was published at, unless its file names another one."""
    entry = ledger.entry(episode.guid)
    return episode.model_copy(update={"slug": entry.slug}) if entry and not episode.slug else episode


def _with_known_guid(problem: Problem, ledger: Ledger | None) -> Problem:
    """A guid that is missing or unreadable is told with the one that listeners know."""
    files = {layout.front_matter_of(entry.episode): entry for entry in (ledger.episodes if ledger else ())}
    entry = files.get(problem.where.file) if problem.where.field == "guid" else None
    if entry is None:
        return problem
    return replace(problem, hint=msg("Write the old one again: guid: {guid}", guid=entry.guid))


def load_episode(root: Path, episode_id: str, zone: ZoneInfo) -> Episode:
    """One episode's front matter and show notes; ProjectError with every mistake in the file."""
    path = layout.episode_folder(root, episode_id) / layout.FRONT_MATTER
    file = layout.shown(path, root)
    document = front_matter.parse(layout.read_text(path), file)
    values = {**document.values, "notes": document.body}
    return episode_of(
        values, episode_id, zone, file=file, line_of=lambda p: front_matter.line_of(document.yaml, p)
    )


def parse_episode(text: str, episode_id: str, zone: ZoneInfo) -> Episode:
    """The text of an episode.md that is not written yet; ProjectError with every mistake, by field alone."""
    document = front_matter.parse(text, "")
    values = {**document.values, "notes": document.body}
    return episode_of(values, episode_id, zone, file="", line_of=lambda _: 0)


def episode_of(
    values: Mapping[str, Any],
    episode_id: str,
    zone: ZoneInfo,
    *,
    file: str,
    line_of: Callable[[mistakes.Path], int],
) -> Episode:
    """An episode from values that came out of `file`; ProjectError with every mistake and its line."""
    dated = {"date": moment(values["date"], zone)} if "date" in values else {}
    try:
        return Episode.model_validate({**values, **dated, "id": episode_id})
    except ValidationError as error:
        found = mistakes.problems(error, Episode, file, line_of)
        raise ProjectError(msg("{file} has mistakes.", file=file), where=file, problems=found) from error


def _content(reader: _Reader, files: Files, kind: str) -> dict[str, Any]:
    read = [reader.attempt(files.content, path, kind) for path in layout.content_files(reader.root, kind)]
    return {value.id: value for value in read if value is not None}


def parse_content(text: str, kind: str, id_: str, file: str) -> Model:
    """The text of a person's, topic's, series' or page's file; ProjectError with every mistake in it."""
    model, document = CONTENT_MODELS[kind], front_matter.parse(text, file)
    try:
        return model.model_validate({**document.values, "id": id_, "about": document.body})
    except ValidationError as error:
        found = mistakes.problems(error, model, file, lambda p: front_matter.line_of(document.yaml, p))
        raise ProjectError(msg("{file} has mistakes.", file=file), where=file, problems=found) from error


def moment(value: object, zone: ZoneInfo) -> object:
    """A date as people write it → aware datetime: without zone the show's, without time the usual hour.

    What is no date comes back as it is, for the model to complain about.
    """
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return datetime.datetime.combine(value, USUAL_HOUR, zone)
    try:
        read = _MOMENT.validate_python(value)
    except ValidationError:
        return value
    if isinstance(value, str) and len(value.strip()) == len("2026-11-20"):
        read = datetime.datetime.combine(read.date(), USUAL_HOUR)
    return read if read.tzinfo else read.replace(tzinfo=zone)


def _covers(files: Files, config: Settings, series: Mapping[str, Series]) -> dict[str, PictureFacts]:
    named = {config.show.cover, *(one.cover for one in series.values() if one.cover)}
    measured = {file: files.picture(files.root / file) for file in sorted(named)}
    return {file: found for file, found in measured.items() if found}


def _portraits(files: Files, people: Mapping[str, Person]) -> dict[str, PictureFacts]:
    paths = {person.id: layout.portrait(files.root, person) for person in people.values()}
    measured = {id_: files.picture(path) for id_, path in paths.items() if path}
    return {id_: found for id_, found in measured.items() if found}


def _all_of(problems: list[Problem]) -> ProjectError:
    files = {problem.where.file for problem in problems}
    return ProjectError(
        msg("{n} mistakes in {files} files.", n=len(problems), files=len(files)),
        problems=tuple(sorted(problems, key=lambda p: (p.where.file, p.where.line))),
    )
