"""podcast.toml and the glossary → values (tomllib), with the line of every key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from pipeline.errors import Problem, ProjectError, Where
from pipeline.messages import msg
from pipeline.models import Glossary, Model, Settings
from pipeline.project import layout, mistakes

T = TypeVar("T", bound=Model)
_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*([\w-]+)\s*=")


def load_settings(root: Path) -> Settings:
    """podcast.toml, whole; ProjectError with every mistake in it."""
    return load_toml(root, layout.SETTINGS, Settings)


def load_glossary(root: Path) -> Glossary:
    """The house's own words; an empty glossary where there is no file."""
    return load_toml(root, layout.GLOSSARY, Glossary) if (root / layout.GLOSSARY).is_file() else Glossary()


def load_toml(root: Path, file: str, model: type[T]) -> T:
    """A TOML file as a value; ProjectError with every mistake in it, each with its line."""
    text = layout.read_text(root / file)
    _refuse_conflict(text, file)
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        where = Where(file, int(found[1]) if found else 0)
        message = msg("this line is not TOML: {reason}", reason=str(error).partition(" (at")[0])
        raise ProjectError(message, where=where, problems=(Problem(message, where),)) from error
    except ValidationError as error:
        found_problems = mistakes.problems(error, model, file, lambda path: line_of(text, path))
        raise ProjectError(
            msg("{file} has mistakes.", file=file), where=file, problems=found_problems
        ) from error


def _refuse_conflict(text: str, file: str) -> None:
    """What git leaves in a file that two people changed in the same place."""
    lines = (number for number, line in enumerate(text.splitlines(), 1) if line.startswith("<<<<<<< "))
    line = next(lines, 0)
    if not line:
        return
    where = Where(file, line)
    message = msg("Two versions of this file meet here, and git could not join them.")
    hint = msg("Keep what both versions have, delete the lines <<<<<<<, ======= and >>>>>>>, then: hdw check")
    raise ProjectError(message, where=where, hint=hint, problems=(Problem(message, where, hint),))


def line_of(text: str, path: tuple[Any, ...]) -> int:
    """The line of a key, from 1: `("show", "institutions", 1, "name")`; of its table if it is missing.

    `("publish",)`, which has tables of its own alone, is the first of them.
    """
    names = tuple(step for step in path if isinstance(step, str))
    index = next((step for step in path if isinstance(step, int)), 0)
    tables = _tables(text)
    above = [one for size in range(1, len(names) + 1) for one in _at(tables.get(names[:size], ()), index)]
    keys = [(one.keys, names[len(one.names)]) for one in above if len(one.names) < len(names)]
    lines = [of_table[key] for of_table, key in keys if key in of_table]
    if lines:
        return min(lines)
    if above:
        return max(one.line for one in above)
    longer = (of_name for name, of_name in tables.items() if name[: len(names)] == names)
    return min((one.line for of_name in longer for one in _at(of_name, index)), default=1)


def _at(tables: Sequence[_Table], index: int) -> Sequence[_Table]:
    """Of tables with one name that at an index, where they are in a list."""
    listed = tables[index : index + 1]
    return listed if listed and listed[0].at == index else [one for one in tables if one.at is None]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of a TOML file: its line, its name, its place in a list (`[[name]]`), the lines of its keys."""

    line: int
    names: tuple[str, ...]
    at: int | None
    keys: dict[str, int] = field(default_factory=dict)


@lru_cache(maxsize=4)
def _tables(text: str) -> Mapping[tuple[str, ...], Sequence[_Table]]:
    """The tables of a file by name; thousands of findings ask for lines of one ledger."""
    found: dict[tuple[str, ...], list[_Table]] = {}
    table = None
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            names = tuple(header[2].split("."))
            of_name = found.setdefault(names, [])
            table = _Table(number, names, len(of_name) if header[1] == "[[" else None)
            of_name.append(table)
        elif table and (key := _KEY.match(line)):
            table.keys.setdefault(key[1], number)
    return found
