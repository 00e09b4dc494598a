"""What a form needs to know about a field, from the one declaration of the field in `models`."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AwareDatetime
from pydantic.fields import FieldInfo

from pipeline.messages import Message
from pipeline.models import LICENCES, Episode, Model, fields, inner_models
from pipeline.models.fields import RelativeFile, Seconds
from pipeline.models.people import RESERVED, Licence
from pipeline.workflow.filling import labels


class Kind(StrEnum):
    """How a field is asked for."""

    TEXT = "text"
    LONG = "long"  # several lines
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    DAY = "day"
    MOMENT = "moment"  # day and time of day
    TIME = "time"  # a moment of the recording
    FILE = "file"
    FIXED = "fixed"  # shown, never changed here
    NAMES = "names"  # a list of texts
    GROUP = "group"  # fields that belong together
    LIST = "list"  # a list of groups


@dataclass(frozen=True, slots=True)
class Spec:
    """A field as a form asks for it; `path` has no numbers: `chapters.start`.

    `choices` are the values that the declaration itself allows; what it `refers` to is chosen from the house:
    person, topic, series, institution, episode. `default` holds while nothing is written. `most`:
    characters. `joined`: the key that is written instead where that is meant. `aside`: few need it.
    """

    path: str
    kind: Kind
    label: Message
    help: Message
    example: str = ""
    required: bool = False
    most: int | None = None
    choices: tuple[str, ...] = ()
    refers: str = ""
    inner: tuple[Spec, ...] = ()
    joined: str = ""
    default: str = ""
    aside: bool = False

    @property
    def name(self) -> str:
        """The last part of the path: the key in the file."""
        return self.path.rpartition(".")[2]


REFERS = {
    "institution": "institution",
    "people.person": "person",
    "pictures.people": "person",
    "related": "episode",
    "series": "series",
    "topics": "topic",
    "tracks.person": "person",
    "translation_of": "episode",
}
FIXED = frozenset({"audio", "guid"})  # `hdw replace` changes the recording; listeners' apps know the guid
LONG = frozenset({"notes", "quotation.text", "summary", "summary_easy", "transcript_exception.reason"})
JOINED = {"pictures.licence": "rights"}
"""Two keys of which one is written: a licence, or that all rights are reserved."""
_FILE, _SECONDS = get_args(RelativeFile)[-1], get_args(Seconds)[-1].func
_PLAIN = {bool: Kind.FLAG, datetime.date: Kind.DAY, int: Kind.NUMBER, AwareDatetime: Kind.MOMENT}


@lru_cache(maxsize=8)
def specs(model: type[Model] = Episode, above: str = "") -> tuple[Spec, ...]:
    """A spec for every declared field that people write, in the order of their declaration."""
    joined = {f"{path.rpartition('.')[0]}.{name}" for path, name in JOINED.items()}
    paths = ((f"{above}{name}", info) for name, info in fields(model) if name != "id" or above)
    return tuple(_spec(path, info) for path, info in paths if path not in joined)


def spec_at(steps: tuple[str | int, ...]) -> Spec | None:
    """The spec of a place like `("chapters", 2, "title")`; of `("chapters", 2)` that of the list."""
    found: Spec | None = None
    inner = specs()
    for step in steps:
        if isinstance(step, str):
            found = next((one for one in inner if one.name == step), None)
            inner = found.inner if found else ()
    return found


def _spec(path: str, info: FieldInfo) -> Spec:
    annotation, rules = _unwrapped(info.annotation, tuple(info.metadata))
    model = next((one for one in inner_models(info) if one is not Licence), None)
    return Spec(
        path=path,
        kind=_kind(path, annotation, rules),
        label=labels.label(path),
        help=labels.help_of(path, Message(info.description or "")),
        example=_example(info),
        required=info.is_required(),
        most=next((n for rule in rules if (n := getattr(rule, "max_length", None))), None),
        choices=_choices(path, annotation),
        refers=REFERS.get(path, ""),
        inner=specs(model, f"{path}.") if model else (),
        joined=JOINED.get(path, ""),
        default=info.default if isinstance(info.default, str) else "",
        aside=path in labels.ASIDE,
    )


def _unwrapped(annotation: Any, rules: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """The type itself, without `| None` and without what is annotated, and everything annotated."""
    while True:
        if get_origin(annotation) is Annotated:
            inner = get_args(annotation)
            annotation, rules = inner[0], (*rules, *inner[1:])
        elif get_origin(annotation) in {Union, UnionType}:
            (annotation,) = (one for one in get_args(annotation) if one is not NoneType)
        else:
            return annotation, rules


def _kind(path: str, annotation: Any, rules: tuple[Any, ...]) -> Kind:  # noqa: PLR0911 (a table of types)
    if path in FIXED:
        return Kind.FIXED
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if annotation is Licence or _choices(path, annotation) or (REFERS.get(path) and annotation is str):
        return Kind.CHOICE
    if get_origin(annotation) is tuple:
        held = get_args(annotation)[0]
        return Kind.LIST if isinstance(held, type) and issubclass(held, Model) else Kind.NAMES
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return Kind.GROUP
    if any(getattr(rule, "func", None) is _SECONDS for rule in rules):
        return Kind.TIME
    if _FILE in rules:
        return Kind.FILE
    return Kind.LONG if path in LONG else Kind.TEXT


def _choices(path: str, annotation: Any) -> tuple[str, ...]:
    if annotation is Licence:
        return (*LICENCES, *([RESERVED] if path in JOINED else []))
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return tuple(annotation)
    return labels.ROLES_OF.get(path, ())


def _example(info: FieldInfo) -> str:
    example = (info.examples or [""])[0]
    if isinstance(example, list) and example and isinstance(example[0], str):
        return ", ".join(example)
    return "" if isinstance(example, list | dict | bool) else str(example)
