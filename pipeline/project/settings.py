"""podcast.toml and the glossary → values (tomllib), with the line of every key."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from pipeline.errors import Problem, ProjectError, Where
from pipeline.messages import msg
from pipeline.models import Glossary, Model, Settings
from pipeline.project import layout, mistakes

T = TypeVar("T", bound=Model)


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
    names = [step for step in path if isinstance(step, str)]
    index = next((step for step in path if isinstance(step, int)), 0)
    table: list[str] = []
    seen: dict[str, int] = {}
    best = 1
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*(\[\[?)\s*([\w.-]+)\s*\]", line)
        key = re.match(r"\s*([\w-]+)\s*=", line)
        if header:
            seen[header[2]] = seen.get(header[2], -1) + 1
            table = header[2].split(".") if header[1] == "[" or seen[header[2]] == index else []
            if table and (names[: len(table)] == table or (best == 1 and table[: len(names)] == names)):
                best = number
        elif key and table and names[: len(table) + 1] == [*table, key[1]]:
            return number
    return best
