"""YAML front matter ↔ values (ruamel.yaml, YAML 1.2): quick to read, exact about lines, careful to write."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from pipeline.errors import Problem, ProjectError, Where
from pipeline.messages import msg
from pipeline.project import layout

FENCE = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)(.*)\Z", re.DOTALL | re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_FIRST_LINE = 2  # the line after the opening ---


@dataclass(frozen=True, slots=True)
class Document:
    """A file's front matter, parsed, its YAML text, the Markdown below, and the line where that begins."""

    values: Mapping[str, Any]
    yaml: str
    body: str
    body_line: int


def parse(text: str, file: str) -> Document:
    """Split and read a file with front matter; ProjectError with file and line if it cannot be read."""
    match = FENCE.match(text)
    if match is None:
        raise _mistake(
            file,
            1,
            msg("the front matter is missing: the file starts with a line --- and the next --- ends it"),
        )
    control = _CONTROL.search(match[1])
    if control:
        line = match[1].count("\n", 0, control.start()) + _FIRST_LINE
        raise _mistake(file, line, msg("an invisible control character stands here; delete it"))
    above = match.start(2) + len(match[2]) - len(match[2].lstrip())
    return Document(_read(match[1], file), match[1], match[2].strip(), text.count("\n", 0, above) + 1)


def line_of(yaml: str, path: tuple[str | int, ...]) -> int:
    """The line of a field in the file, counted from 1; the nearest one above it if the field is missing."""
    try:
        node: Any = _round_trip().load(yaml)
    except (YAMLError, ValueError):  # stricter than the quick reader, e.g. about tabs inside a line
        return _line_of_key(yaml, str(path[0]) if path else "")
    line = 1
    for step in path:
        try:
            line = (node.lc.key(step) if isinstance(node, CommentedMap) else node.lc.item(step))[
                0
            ] + _FIRST_LINE
            node = node[step]
        except (KeyError, IndexError, TypeError, AttributeError):
            break
        if not isinstance(node, CommentedMap | CommentedSeq):
            break
    return line


def _line_of_key(yaml: str, key: str) -> int:
    """The line of a key at the left margin, found without reading the YAML."""
    lines = enumerate(yaml.splitlines(), _FIRST_LINE)
    return next((number for number, line in lines if key and line.startswith(f"{key}:")), 1)


def line_of_json(text: str, path: tuple[str | int, ...]) -> int:
    """The same for a JSON file, which is YAML too."""
    return max(1, line_of(text, path) - _FIRST_LINE + 1)


def composed(yaml: str) -> Any:
    """The YAML as nodes that know where they stand in it; None where it is empty."""
    try:
        return _round_trip().compose(yaml)
    except MarkedYAMLError as error:  # stricter than the quick reader, e.g. about tabs inside a line
        line = (error.problem_mark.line if error.problem_mark else 0) + _FIRST_LINE
        raise _mistake(layout.FRONT_MATTER, line, _explained(error)) from error


def dump(values: Mapping[str, object]) -> str:
    """Values as YAML, keys in the order given; moments as people write them."""
    stream = io.StringIO()
    written = {k: f"{v:%Y-%m-%d %H:%M}" if isinstance(v, datetime.datetime) else v for k, v in values.items()}
    _round_trip().dump(written, stream)
    return stream.getvalue()


def _read(yaml: str, file: str) -> Mapping[str, Any]:
    try:
        values = YAML(typ="safe").load(yaml)
    except MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + _FIRST_LINE
        raise _mistake(file, line, _explained(error)) from error
    except (YAMLError, ValueError) as error:
        raise _mistake(
            file, 1, msg("this is not YAML: {reason}", reason=str(error).splitlines()[0])
        ) from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise _mistake(file, _FIRST_LINE, msg("front matter is a list of “key: value” lines"))
    return {str(key): value for key, value in values.items()}


def _explained(error: MarkedYAMLError) -> Any:
    problem = str(error.problem or "")
    if "duplicate key" in problem:
        return msg("this key stands here twice")
    if "mapping values are not allowed" in problem:
        return msg("a value with a colon needs quotation marks around it")
    if "found character '\\t'" in problem or "tab" in problem:
        return msg("a tab stands here; YAML is indented with spaces")
    return msg("this line is not YAML: {reason}", reason=problem or str(error).splitlines()[0])


def _mistake(file: str, line: int, message: Any) -> ProjectError:
    return ProjectError(message, problems=(Problem(message, Where(file, line)),), where=Where(file, line))


def _round_trip() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def read_yaml(path: Path) -> tuple[Any, Callable[[tuple[str | int, ...]], int]]:
    """A plain YAML or JSON file (no front matter), and how to find the line of a field in it."""
    text = layout.read_text(path)
    return parse_yaml(text, str(path)), lambda steps: max(1, line_of(text, steps) - 1)


def parse_yaml(text: str, file: str = "") -> Any:
    """Plain YAML; ProjectError with the line in `file` if it is none."""
    try:
        return YAML(typ="safe").load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise _mistake(file, line, _explained(error)) from error
    except (YAMLError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise _mistake(file, 0, msg("this is not YAML: {reason}", reason=reason)) from error
