"""A metadata file (YAML, JSON, the row of a CSV) → fields of an episode, checked before anything is made."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pipeline import project
from pipeline.errors import MisuseError, Problem, ProjectError, Where
from pipeline.messages import msg
from pipeline.models import slug
from pipeline.workflow.guessing import name_and_role

FILE = "file"  # the column that names the recording
OURS = ("audio", "id")  # fields that adding fills in itself
_REQUIRED = {
    "date": "2026-01-01",
    "guid": "-",
    "title": "-",
}  # stand in where the file leaves them to the tags
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_TEXTS = {"notes", "subtitle", "summary", "summary_easy", "title"}  # may start with a bracket
_PAIRS = {"chapters": "start", "links": "url"}  # entries written as this, a space, the title
_LISTS = {
    # fields that a cell of a CSV holds as a list, and what stands between its entries
    "chapters": r"\n|\|",
    "links": r"\n|\|",
    "related": r"[,;\n]",
    "topics": r"[,;\n]",
}


@dataclass(frozen=True, slots=True)
class _Source:
    """A file's values, and where each of them stands."""

    values: Mapping[str, Any]
    line_of: Callable[[tuple[str | int, ...]], int]


def metadata(path: Path, recording: str) -> dict[str, object]:
    """The fields that a metadata file gives for a recording; any field of the front matter, and `notes`.

    ProjectError names every unknown field and every wrong value, with file and line.
    """
    source = _row(path, recording) if path.suffix.lower() in {".csv", ".tsv"} else _tree(path)
    given = {key: _clean(value) for key, value in source.values.items() if value not in (None, "")}
    ours = [key for key in OURS if key in given]
    if ours:
        where = Where(str(path), source.line_of((ours[0],)), ours[0])
        problem = Problem(msg("{field} is filled in by hdw add itself; leave it out.", field=ours[0]), where)
        raise ProjectError(problem.message, where=where, problems=(problem,))
    checked = {**_REQUIRED, **given, **_ids(given)}
    episode = project.episode_of(checked, "x", ZoneInfo("UTC"), file=str(path), line_of=source.line_of)
    return {key: _typed(value, getattr(episode, key)) for key, value in given.items()}


def _tree(path: Path) -> _Source:
    values, line_of = project.read_yaml(path)  # JSON is YAML
    if not isinstance(values, dict):
        raise MisuseError(msg("A metadata file is a list of “key: value” lines."), where=path)
    return _Source({str(key): value for key, value in values.items()}, line_of)


def _row(path: Path, recording: str) -> _Source:
    lines = project.read_text(path).splitlines(keepends=True)
    first = lines[0] if lines else ""
    reader = csv.DictReader(lines, delimiter=max(",;\t", key=first.count), restkey="", strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise MisuseError(
            msg("This is no CSV table: {reason}.", reason=str(error)), where=Where(str(path), reader.line_num)
        ) from error
    number, row = _of(path, [(n, _cells(r, path, n)) for n, r in rows], recording)
    where = Where(str(path), number)
    return _Source({k: _cell(k, text, where) for k, text in row.items() if k != FILE}, lambda _: number)


def _cells(row: Mapping[str, Any], path: Path, line: int) -> dict[str, str]:
    if row.get(""):
        raise MisuseError(
            msg("This row has more cells than the table has columns."), where=Where(str(path), line)
        )
    return {key.strip().casefold(): (text or "").strip() for key, text in row.items()}


def _of(path: Path, rows: list[tuple[int, dict[str, str]]], recording: str) -> tuple[int, dict[str, str]]:
    """The row that names the recording; a table of one row without such a column needs no name."""
    if len(rows) == 1 and FILE not in rows[0][1]:
        return rows[0]
    found = [one for one in rows if _same(one[1].get(FILE, ""), recording)]
    if len(found) != 1:
        raise MisuseError(
            msg("{n} rows name the recording {name}; one is needed.", n=len(found), name=recording),
            where=path,
            hint=msg("The column “file” holds the recording's name."),
        )
    return found[0]


def _same(one: str, other: str) -> bool:
    """Whether two file names mean the same; a Mac writes umlauts in two characters."""
    names = (unicodedata.normalize("NFC", name).casefold() for name in (one, other))
    return len(set(names)) == 1


def _cell(key: str, text: str, where: Where) -> Any:
    """A cell's value: a list where the field is one, YAML where it starts with a bracket."""
    if text[:1] in {"[", "{"} and key not in _TEXTS:
        try:
            return project.parse_yaml(text)
        except ProjectError as error:
            message = msg("{field}: {expected}.", field=key, expected=error.message)
            raise ProjectError(message, where=where) from error
    if key not in _LISTS:
        return text
    parts = [part.strip() for part in re.split(_LISTS[key], text) if part.strip()]
    return [_pair(_PAIRS[key], part) for part in parts] if key in _PAIRS else parts


def _pair(name: str, text: str) -> dict[str, str]:
    first, _, title = text.partition(" ")
    return {name: first, "title": title.strip()}


def _ids(given: Mapping[str, Any]) -> dict[str, object]:
    """People and series, as names or ids, as the model checks them; who is meant the house will tell."""
    people, series = given.get("people"), given.get("series")
    names = re.split(r"[,;\n]", people) if isinstance(people, str) else people
    listed = [_contribution(one) for one in names if one != ""] if isinstance(names, list) else people
    return {
        **({"people": listed} if people is not None else {}),
        **({"series": slug(series) or "x"} if isinstance(series, str) else {}),
    }


def _contribution(one: object) -> object:
    if isinstance(one, str):
        name, role = name_and_role(one)
        return {"person": slug(name) or "person", "role": role}
    if isinstance(one, dict) and isinstance(one.get("person"), str):
        return {**one, "person": slug(one["person"]) or "person"}
    return one


def _clean(value: Any) -> Any:
    """Text without the control characters that XML forbids, at any depth."""
    match value:
        case str():
            return _CONTROL.sub("", value)
        case list():
            return [_clean(one) for one in value]
        case dict():
            return {str(key): _clean(one) for key, one in value.items()}
        case _:
            return value


def _typed(written: Any, read: Any) -> Any:
    """A cell's number, day or yes as such, so that front matter does not hold it as text."""
    plain = isinstance(read, bool | int | date) and not isinstance(read, datetime)
    return read if isinstance(written, str) and plain else written
