"""pydantic's findings → problems an editor understands: file, line, field, what was expected, an example."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable
from typing import Any, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pipeline.errors import Problem, Where
from pipeline.messages import Message, msg
from pipeline.models import Model, fields, inner_models

Path = tuple[str | int, ...]

_EXPECTED: dict[str, Message] = {
    # pydantic error type: what was expected
    "bool_parsing": msg("true or false is expected"),
    "bool_type": msg("true or false is expected"),
    "date_from_datetime_parsing": msg("a date is expected, written year-month-day"),
    "date_parsing": msg("a date is expected, written year-month-day"),
    "date_type": msg("a date is expected, written year-month-day"),
    "datetime_from_date_parsing": msg("a date with time is expected, written year-month-day hour:minute"),
    "datetime_parsing": msg("a date with time is expected, written year-month-day hour:minute"),
    "datetime_type": msg("a date with time is expected, written year-month-day hour:minute"),
    "dict_type": msg("a group of keys is expected"),
    "float_parsing": msg("a number is expected"),
    "float_type": msg("a number is expected"),
    "int_from_float": msg("a whole number is expected"),
    "int_parsing": msg("a whole number is expected"),
    "int_type": msg("a whole number is expected"),
    "missing": msg("is missing"),
    "model_type": msg("a group of keys is expected"),
    "string_too_short": msg("is empty"),
    "string_type": msg("text is expected; put quotation marks around it if it looks like a number or a date"),
    "timezone_aware": msg("a date with time zone is expected"),
    "tuple_type": msg("a list is expected, an entry a line with a hyphen in front"),
}
_NO_KIND = {"union_tag_invalid", "union_tag_not_found"}
"""pydantic's errors about a table that may be one of several models."""


def problems(
    error: ValidationError, model: type[Model], file: str, line_of: Callable[[Path], int]
) -> tuple[Problem, ...]:
    """Every mistake that pydantic found in one file, in the order of lines."""
    found = [_problem(details, model, file, line_of) for details in error.errors(include_url=False)]
    return tuple(sorted(found, key=lambda problem: problem.where.line))


def _problem(details: ErrorDetails, model: type[Model], file: str, line_of: Callable[[Path], int]) -> Problem:
    path, owner = _walked(model, tuple(details["loc"]))
    if details["type"] in _NO_KIND:
        path = (*path, "kind")
    name = field_name(path)
    where = Where(file, line_of(path), name)
    if details["type"] == "extra_forbidden":
        return Problem(msg("{field} is not a field here.", field=name), where, _closest(owner, path))
    expected = _expected(details)
    message = msg("{field}: {expected}.", field=name, expected=expected)
    if details["type"] in {"missing", "union_tag_not_found"}:
        message = msg("{field} is missing.", field=name)
    return Problem(message, where, _example(owner, path))


def field_name(path: Path) -> str:
    """A field as messages name it: `pictures[0].alt`."""
    parts = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(parts).lstrip(".")


def _expected(details: ErrorDetails) -> Message:
    kind, context = details["type"], details.get("ctx", {})
    if kind.startswith("hdw_"):
        return context["message"] if isinstance(context.get("message"), Message) else msg("is not valid")
    if kind in {"enum", "literal_error", "union_tag_invalid"}:
        choices = context.get("expected", context.get("expected_tags", ""))
        return msg("one of these is expected: {choices}", choices=str(choices))
    if kind == "string_too_long":
        return msg("at most {n} characters are expected", n=int(context.get("max_length", 0)))
    if kind in {"greater_than", "greater_than_equal"}:
        return msg("a number of at least {n} is expected", n=str(context.get("ge", context.get("gt", 0))))
    if kind == "string_pattern_mismatch":
        return msg("is not written as expected")
    return _EXPECTED.get(kind, msg("is not valid"))


def _walked(model: type[Model], path: Path) -> tuple[Path, type[Model] | None]:
    """The path as it is written, and the model that declares its last named step (None if it has none).

    Where a table may be one of several models, pydantic's path names the kind, which nobody wrote there.
    """
    written: list[str | int] = []
    owner: type[Model] | None = model
    ahead = list(path)
    while ahead:
        written.append(step := ahead.pop(0))
        info = owner.model_fields.get(step) if owner and isinstance(step, str) else None
        if info is None:
            continue
        inner = inner_models(info)
        if ahead and get_origin(info.annotation) is dict:  # [publish.NAME]
            written.append(ahead.pop(0))
        if ahead and len(inner) > 1:
            kind = ahead.pop(0)
            inner = tuple(one for one in inner if kind in get_args(one.model_fields["kind"].annotation))
        if any(isinstance(one, str) for one in ahead):
            owner = inner[0] if inner else None
    return tuple(written), owner


def _example(owner: type[Model] | None, path: Path) -> Message | None:
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    if owner is None or name not in owner.model_fields:
        return None
    examples = owner.model_fields[name].examples or [""]
    if examples[0] in ("", {}, []):
        return None
    return msg("Example: {example}", example=f"{name}: {_written(examples[0])}")


def _written(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _closest(owner: type[Model] | None, path: Path) -> Message | None:
    if owner is None:
        return None
    names = [name for name, _ in fields(owner)]
    close = difflib.get_close_matches(str(path[-1]), names, n=1, cutoff=0.5)
    if close:
        return msg("Perhaps {name} is meant.", name=close[0])
    return msg("Fields here: {names}", names=", ".join(names))
