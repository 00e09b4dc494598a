"""What a form is made of: sections, fields, choices, and what is wrong with each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.errors import Problem
from pipeline.messages import Message
from pipeline.workflow.filling import labels
from pipeline.workflow.filling.reading import Shown, moment_parts
from pipeline.workflow.filling.specs import Kind, Spec
from pipeline.workflow.guessing import Found


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that a field may have: as it is written, what people call it, what tells it apart."""

    value: str
    label: Message | str
    hint: Message | str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list: what it is called, its fields; `note` is what is known about its file."""

    title: str
    fields: tuple[Field, ...]
    note: Message | str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form. `path` is that of the file, `pictures.0.alt`; `value` as people type it.

    `digest` tells whether the file holds another value by now (of a whole list, so that numbers in paths
    mean what they meant); inner fields have that of their key. `problems` are those of `hdw check` about
    this very field. `blank` are the fields of an entry that is still to be made.
    """

    path: str
    spec: Spec
    value: Shown
    digest: str
    choices: tuple[Choice, ...] = ()
    fields: tuple[Field, ...] = ()
    items: tuple[Item, ...] = ()
    blank: tuple[Field, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def kind(self) -> Kind:
        """How it is asked for."""
        return self.spec.kind

    @property
    def empty(self) -> bool:
        """Whether nothing is entered."""
        return not (self.items or self.value or any(not one.empty for one in self.fields))

    @property
    def nothing(self) -> Message:
        """What it is called to choose nothing."""
        return labels.nothing(self.spec.path)

    @property
    def optional(self) -> bool:
        """Whether an episode can be published without it, as far as that is the field's own matter."""
        return not self.spec.required and self.spec.path not in labels.EXPECTED

    @property
    def parts(self) -> tuple[str, str]:
        """Day and time of a moment, each as typed."""
        return moment_parts(str(self.value))

    def walk(self) -> Iterator[Field]:
        """The field and everything in it."""
        yield self
        for one in (*self.fields, *(inner for item in self.items for inner in item.fields)):
            yield from one.walk()


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one heading."""

    id: str
    title: Message
    fields: tuple[Field, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong in it."""
        return tuple(p for one in self.fields for inner in one.walk() for p in inner.problems)

    @property
    def count(self) -> int:
        """How many entries it has, where it is one list and nothing else."""
        return len(self.fields[0].items) if len(self.fields) == 1 else 0

    @property
    def empty(self) -> bool:
        """Whether nothing is entered in it."""
        return all(one.empty for one in self.fields)


@dataclass(frozen=True, slots=True)
class Consented:
    """Whose consent lies in `private/` and whose does not; no more of it leaves that folder.

    `here` is False where the folder is not on this computer, and so nothing is known.
    """

    here: bool
    having: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """Everything that can be entered about an episode, as it stands in episode.md now.

    `digest` is that of the whole file. `problems` are about the file as a whole; `elsewhere` are mistakes in
    other files of the house, because of which the rules could not be asked. `read` and `length_s` were
    measured of the recording. `example_day` is how a day is typed.
    """

    episode_id: str
    digest: str
    sections: tuple[Section, ...]
    example_day: str
    problems: tuple[Problem, ...] = ()
    elsewhere: tuple[Problem, ...] = ()
    consent: Consented | None = None
    read: tuple[Found, ...] = ()
    length_s: float | None = None

    def field(self, path: str) -> Field | None:
        """The field of a path."""
        return next((one for top in self.fields for one in top.walk() if one.path == path), None)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field at the top."""
        return tuple(one for section in self.sections for one in section.fields)


@dataclass(frozen=True, slots=True)
class Filled:
    """A value stands in the file: as the form shows it now; `at` is the place of its entry in the list.

    `digest` is that of the field's key, `before` what it was, `file` that of the file. `written` is False
    where it stood there.
    """

    value: Shown
    digest: str
    before: str
    file: str
    at: int | None = None
    written: bool = True


@dataclass(frozen=True, slots=True)
class Conflict:
    """The field was changed outside in the meantime; nothing was written. `value` is what stands there."""

    value: Shown
    digest: str
    file: str
