"""podcast.toml, the glossary and the ledger ↔ values (tomllib), with the line of every key."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from pipeline.errors import Problem, ProjectError, Where
from pipeline.messages import msg
from pipeline.models import Glossary, Ledger, Model, Settings
from pipeline.project import layout, mistakes

T = TypeVar("T", bound=Model)


def load_settings(root: Path) -> Settings:
    """podcast.toml, whole; ProjectError with every mistake in it."""
    return _load(root, layout.SETTINGS, Settings)


def load_ledger(root: Path) -> Ledger:
    """What listeners were given; an empty ledger where nothing was published yet."""
    return _load(root, layout.LEDGER, Ledger) if (root / layout.LEDGER).is_file() else Ledger()


def load_glossary(root: Path) -> Glossary:
    """The house's own words; an empty glossary where there is no file."""
    return _load(root, layout.GLOSSARY, Glossary) if (root / layout.GLOSSARY).is_file() else Glossary()


def _load(root: Path, file: str, model: type[T]) -> T:
    text = layout.read_text(root / file)
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


def line_of(text: str, path: tuple[Any, ...]) -> int:
    """The line of a key, from 1: `("show", "institutions", 1, "name")`; of its table if it is missing."""
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
            best = number if table and names[: len(table)] == table else best
        elif key and table and names[: len(table) + 1] == [*table, key[1]]:
            return number
    return best
