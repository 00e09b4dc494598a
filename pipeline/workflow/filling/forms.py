"""An episode.md as a form: every field of the model, its value, its choices, what `hdw check` says of it."""

from __future__ import annotations

import mimetypes
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline import audio, catalog, project
from pipeline.errors import Problem, ProjectError
from pipeline.messages import Message, Translator, msg, size_text
from pipeline.models import Episode, House, Model, Recording
from pipeline.project import Steps
from pipeline.workflow import checking, days
from pipeline.workflow.filling import files, labels
from pipeline.workflow.filling.dates import EXAMPLE, day_text
from pipeline.workflow.filling.files import Source, path_of, spoken, steps_of
from pipeline.workflow.filling.people import consented, people, topics
from pipeline.workflow.filling.reading import Reader, seconds_text, shown
from pipeline.workflow.filling.specs import Kind, Spec, specs
from pipeline.workflow.filling.values import Choice, Field, Form, Item, Section
from pipeline.workflow.guessing import Found

_KINDS_OF_FILES = {"pictures": "image", "cover": "image", "chapters": "image", "tracks": "audio"}
_HIDDEN = (".", "_")


def form(root: Path, episode_id: str, language: str, *, now: datetime) -> Form:
    """The form of an episode, also where a file of the house has mistakes.

    MisuseError where there is no such episode; ProjectError where its file is no front matter at all.
    """
    source = files.read(root, episode_id)
    reader = Reader(language, files.zone_of(root))
    house, problems = _house(root, now)
    own = project.front_matter_of(episode_id)
    episode = next((one for one in house.episodes if one.id == episode_id), None) if house else None
    making = _Making(source, reader, _choices(root, episode_id, house, episode, language), house, episode)
    sections = making.sections(specs())
    here = [spoken(problem) for problem in problems if problem.where.file == own]
    sections, left = _with_problems(sections, here)
    recording = project.load_audio(root, episode_id).recording
    return Form(
        episode_id=episode_id,
        digest=source.digest,
        sections=sections,
        example_day=day_text(EXAMPLE, language),
        problems=left,
        elsewhere=() if house else tuple(p for p in problems if p.where.file != own),
        consent=consented(house, episode, days.local_day(house, now)) if house and episode else None,
        read=_read(recording) if recording else (),
        length_s=recording.duration_s if recording else None,
    )


def grouped(found: Iterable[Spec]) -> Iterator[tuple[str, Message, tuple[Spec, ...]]]:
    """Sections of specs; what no section names stands in the last one, so that no field is forgotten."""
    by_name = {one.name: one for one in found}
    *named, (last, heading, _) = labels.SECTIONS
    for id_, title, names in named:
        yield id_, title, tuple(by_name.pop(name) for name in names if name in by_name)
    yield last, heading, tuple(by_name.values())


def sections_of(model: type[Model]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Section and names of the fields of a model, as a form shows them."""
    return tuple((id_, tuple(one.name for one in found)) for id_, _, found in grouped(specs(model)))


def _house(root: Path, now: datetime) -> tuple[House | None, tuple[Problem, ...]]:
    """The house and what the rules find, or every mistake that keeps it from being read."""
    files = catalog.opened(root)
    try:
        house = catalog.read(files)
    except ProjectError as error:
        return None, error.problems
    return house, checking.known_findings(files, house, now)


def _read(recording: Recording) -> tuple[Found, ...]:
    """What was measured of the recording."""
    loudness = recording.loudness_lufs
    fits = msg("fits") if audio.fit(recording) else msg("is adjusted when it is published")
    return (
        Found(msg("File"), recording.file, Message("")),
        Found(msg("Length"), seconds_text(int(recording.duration_s)), Message("")),
        Found(msg("Size"), size_text(recording.bytes), Message("")),
        *([Found(msg("Loudness"), msg("{n} LUFS", n=loudness), fits)] if loudness is not None else []),
    )


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes fields of specs, from one file."""

    source: Source
    reader: Reader
    choices: Mapping[str, tuple[Choice, ...]]
    house: House | None = None
    episode: Episode | None = None

    def sections(self, found: tuple[Spec, ...]) -> tuple[Section, ...]:
        return tuple(
            Section(id_, title, tuple(self.field(one, (one.name,)) for one in inside))
            for id_, title, inside in grouped(found)
        )

    def field(self, spec: Spec, steps: Steps) -> Field:
        written = self.source.written(spec, steps)
        made = Field(
            path=path_of(steps),
            spec=spec,
            value="" if spec.kind in {Kind.GROUP, Kind.LIST} else shown(spec, written, self.reader),
            digest=self.source.digest_of(str(steps[0])),
            choices=self._chosen(spec, written),
        )
        if spec.kind is Kind.GROUP:
            return replace(made, fields=self._fields(spec, steps))
        if spec.kind is Kind.LIST:
            count = len(written) if isinstance(written, list) else int(isinstance(written, dict))
            items = tuple(self._item(spec, (*steps, at)) for at in range(count))
            return replace(made, items=items, blank=self._fields(spec, (*steps, count)))
        return made

    def _fields(self, spec: Spec, steps: Steps) -> tuple[Field, ...]:
        return tuple(self.field(one, (*steps, one.name)) for one in spec.inner)

    def _item(self, spec: Spec, steps: Steps) -> Item:
        inner = self._fields(spec, steps)
        return Item(_title(inner), inner, self._note(inner))

    def _note(self, inner: tuple[Field, ...]) -> Message | str:
        """How large a picture is, where it is one."""
        name = next((str(one.value) for one in inner if one.kind is Kind.FILE), "")
        facts = self.house.of(self.episode).pictures.get(name) if self.house and self.episode else None
        return msg("{w} × {h}", w=str(facts.width), h=str(facts.height)) if facts else ""

    def _chosen(self, spec: Spec, written: Any) -> tuple[Choice, ...]:
        """What can be chosen; what stands there can stay although it is none of it."""
        known = self.choices.get(spec.path) or tuple(
            Choice(value, labels.choice(spec.path, value)) for value in spec.choices
        )
        value = shown(spec, written, self.reader)
        stays = spec.kind in {Kind.CHOICE, Kind.FILE} and value not in {"", *(one.value for one in known)}
        return (*known, Choice(str(value), str(value))) if stays else known


def _title(inner: tuple[Field, ...]) -> str:
    """What an entry is called: its person's name, its title, else whatever it says first."""
    values = {one.spec.name: one for one in inner}
    for name in ("person", "title", "name", "file", *values):
        one = values.get(name)
        if one and isinstance(one.value, str) and one.value:
            chosen = next((c.label for c in one.choices if c.value == one.value), one.value)
            return str(chosen)
    return ""


def _with_problems(
    sections: tuple[Section, ...], found: list[Problem]
) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """Every problem at the field that it is about, or at the nearest one above; and those of no field."""
    paths = {one.path for section in sections for top in section.fields for one in top.walk()}
    by_path: dict[str, list[Problem]] = {}
    for problem in found:
        steps = steps_of(_asked(problem.where.field))
        while steps and path_of(steps) not in paths:
            steps = steps[:-1]
        by_path.setdefault(path_of(steps), []).append(problem)
    told = tuple(
        replace(one, fields=tuple(_told(inner, by_path) for inner in one.fields)) for one in sections
    )
    return told, tuple(by_path.get("", ()))


def _told(one: Field, by_path: Mapping[str, list[Problem]]) -> Field:
    return replace(
        one,
        problems=tuple(by_path.get(one.path, ())),
        fields=tuple(_told(inner, by_path) for inner in one.fields),
        items=tuple(
            replace(item, fields=tuple(_told(inner, by_path) for inner in item.fields)) for item in one.items
        ),
    )


def _asked(path: str) -> str:
    """The field at which a key is asked for that has none of its own: rights, at the licence."""
    joined = {one.joined: one.name for top in specs() for one in top.inner if one.joined}
    above, _, name = path.rpartition(".")
    return f"{above}.{joined[name]}" if above and name in joined else path


def _choices(
    root: Path, episode_id: str, house: House | None, episode: Episode | None, language: str
) -> dict[str, tuple[Choice, ...]]:
    """What can be chosen where the declaration does not say it: what there is in the house."""
    made = {
        spec.path: _files(root, episode_id, spec.path) for spec in _every(specs()) if spec.kind is Kind.FILE
    }
    made["people.role"] = _roles(house, language)
    if house is None:
        return made
    of_house: dict[str, Callable[[], tuple[Choice, ...]]] = {
        "episode": lambda: tuple(
            Choice(one.id, one.title, one.id) for one in house.episodes if one.id != episode_id
        ),
        "institution": lambda: tuple(Choice(one.id, one.name) for one in house.settings.show.institutions),
        "person": lambda: people(house, episode),
        "series": lambda: tuple(Choice(one.id, one.title) for one in house.series.values()),
        "topic": lambda: topics(house, episode),
    }
    chosen = {kind: make() for kind, make in of_house.items()}
    return made | {spec.path: chosen[spec.refers] for spec in _every(specs()) if spec.refers}


def _every(found: Iterable[Spec]) -> Iterator[Spec]:
    for one in found:
        yield one
        yield from _every(one.inner)


def _files(root: Path, episode_id: str, path: str) -> tuple[Choice, ...]:
    """Files of the fitting kind in the episode's folder."""
    wanted = _KINDS_OF_FILES.get(path.partition(".")[0], "video")
    folder = project.episode_folder(root, episode_id)
    names = sorted(one.name for one in folder.iterdir() if not one.name.startswith(_HIDDEN))
    return tuple(
        Choice(name, name) for name in names if (mimetypes.guess_type(name)[0] or "").startswith(wanted + "/")
    )


def _roles(house: House | None, language: str) -> tuple[Choice, ...]:
    """The roles, those that the house gives most often first."""
    used = Counter(c.role for one in (house.episodes if house else ()) for c in one.people)
    translate = Translator(language)
    named = [(role, labels.choice("people.role", role)) for role in labels.ROLES_OF["people.role"]]
    ordered = sorted(named, key=lambda one: (-used[one[0]], translate(one[1]).casefold()))
    return tuple(Choice(role, name) for role, name in ordered)
