"""Values of a feed → values that the house's models take; what does not fit is left, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from pipeline.messages import msg
from pipeline.models import Model
from pipeline.moving.tree import Node
from pipeline.moving.values import Left

SAID_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Row:
    """A tag, the field it fills, and how its elements are read (a value, or None for nothing to say).

    Of several rows with one field the first that says something wins; lists are joined.
    """

    tag: str
    field: str
    read: Callable[[tuple[Node, ...]], Any]


def gathered(element: Node, rows: Iterable[Row]) -> dict[str, Any]:
    """What the rows find in an element, by field."""
    found: dict[str, Any] = {}
    for row in rows:
        nodes = element.all(row.tag)
        value = row.read(nodes) if nodes else None
        if value in (None, "", [], {}):
            continue
        if isinstance(value, list) and row.field in found:
            found[row.field] += [one for one in value if one not in found[row.field]]
        else:
            found.setdefault(row.field, value)
    return found


def fitted(
    model: type[Model], values: Mapping[str, Any], stand_ins: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[Left, ...]]:
    """The values that the model takes, each checked; `stand_ins` are for fields that come later."""
    kept, left = dict(values), list[Left]()
    while True:
        try:
            model.model_validate({**stand_ins, **kept})
        except ValidationError as error:
            left += _dropped(error, kept)
        else:
            return kept, tuple(left)


def _dropped(error: ValidationError, kept: dict[str, Any]) -> list[Left]:
    """Take out what is wrong: of a list the entry, else the field; an error elsewhere is ours, and raised."""
    places = {tuple(details["loc"][:2]) for details in error.errors(include_url=False)}
    left = []
    for key, *rest in sorted(places, key=str, reverse=True):
        value = kept.get(str(key))
        if value is None:
            raise error
        if isinstance(value, list) and rest and isinstance(rest[0], int):
            wrong = value[rest[0]]
            kept[str(key)] = [one for one in value if one is not wrong]
        else:
            wrong = kept.pop(str(key))
        left.append(Left(str(key), _said(wrong), msg("It is not written as the specification asks.")))
    return left


def _said(value: Any) -> str:
    if isinstance(value, dict):
        value = ", ".join(f"{key}: {one}" for key, one in value.items())
    return shortened(str(value))


def shortened(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= SAID_CHARACTERS else line[: SAID_CHARACTERS - 1].rstrip() + "…"


def unknown(element: Node, known: Iterable[str]) -> tuple[Left, ...]:
    """The elements that nobody here reads."""
    return tuple(
        Left(child.name, shortened(child.text) or _attributes(child))
        for child in element.children
        if child.name not in known
    )


def _attributes(node: Node) -> str:
    return shortened(" ".join(f'{key}="{value}"' for key, value in node.attributes.items()))
