"""One value in the front matter of an episode.md: set, taken out, added, moved; every other byte stays.

Where a value stands is told by the YAML parser's marks. What was made is read back: where it does not say
what was meant (anchors, an unusual layout), the whole key is written anew, with the ends of lines that are
there.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable, Mapping
from typing import Any

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString, SingleQuotedScalarString

from pipeline.errors import ProjectError
from pipeline.project import front_matter
from pipeline.project.rewriting import Steps, end_of, front_values, split, with_key

_QUOTED = {'"': DoubleQuotedScalarString, "'": SingleQuotedScalarString}
_FLOW_SIGNS = frozenset(",[]{}\n")

_Splice = Callable[["_Text"], tuple[int, int, str] | None]


class _Text:
    """The YAML of a file and its nodes."""

    def __init__(self, yaml: str) -> None:
        self.yaml = yaml
        self.root: Any = front_matter.composed(yaml)

    def at(self, steps: Steps) -> Node | None:
        """The node at a place; None where nothing stands there."""
        node: Any = self.root
        for step in steps:
            if isinstance(node, MappingNode):
                node = next((value for name, value in node.value if name.value == step), None)
            elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
            else:
                return None
        return node  # type: ignore[no-any-return]

    def line(self, index: int) -> int:
        """Where the line of a place begins."""
        return self.yaml.rfind("\n", 0, index) + 1

    def below(self, node: Node) -> int:
        """Where the line after a value begins."""
        return end_of(self.yaml, node)


def with_value(text: str, steps: Steps, value: object) -> str:
    """The file with a value set at a place; nothing (`None`, an empty text or list) takes the key out."""
    if value in (None, "", [], {}):
        return without(text, steps)
    wanted = _values(text)
    _set(wanted, steps, value)
    return _spliced(text, steps, wanted, lambda read: _setting(read, steps, value))


def without(text: str, steps: Steps) -> str:
    """The file without the key or entry at a place; what is empty then goes with it."""
    wanted = _values(text)
    if _got(wanted, steps) is None:
        return text
    while len(steps) > 1 and len(_got(wanted, steps[:-1])) == 1:
        steps = steps[:-1]
    del _got(wanted, steps[:-1])[steps[-1]]
    return _spliced(text, steps, wanted, lambda read: _removing(read, steps))


def with_entry(text: str, steps: Steps, at: int, value: object) -> str:
    """The file with another entry in a list, before the one that stood at `at`."""
    wanted = _values(text)
    listed = _got(wanted, steps)
    if not isinstance(listed, list) or not listed:
        return with_value(text, steps, [value])
    listed.insert(at, value)
    return _spliced(text, steps, wanted, lambda read: _inserting(read, steps, at, value))


def with_entry_moved(text: str, steps: Steps, at: int, to: int) -> str:
    """The file with an entry of a list at another place of it."""
    wanted = _values(text)
    listed = _got(wanted, steps)
    entry = listed.pop(at)
    listed.insert(to, entry)
    if at == to:
        return text
    return _spliced(text, steps, wanted, lambda read: _moving(read, steps, at, to))


def with_notes(text: str, notes: str) -> str:
    """The file with another text below its front matter."""
    found = front_matter.FENCE.search(text.lstrip("\ufeff"))
    assert found is not None  # noqa: S101 (loading has parsed this very text)
    body, mark = found[2], "\r\n" if "\r\n" in text else "\n"
    above = body[: len(body) - len(body.lstrip())] or mark
    written = notes.replace("\r\n", "\n").strip().replace("\n", mark)
    head = text[: len(text) - len(body)]
    head = head if head.endswith("\n") else head + mark
    return head + above + written + mark if written else head


def _values(text: str) -> dict[str, Any]:
    return copy.deepcopy(dict(front_values(text)))


def _spliced(text: str, steps: Steps, wanted: Mapping[str, Any], splice: _Splice) -> str:
    """The text with one stretch of its YAML replaced; its key written anew where that says something else."""
    start, yaml = split(text)
    try:
        found = splice(_Text(yaml))
        if found is not None:
            first, last, new = found
            new = new.replace("\n", "\r\n") if "\r\n" in yaml else new
            made = text[: start + first] + new + text[start + last :]
            if front_values(made) == wanted:
                return made
    except ProjectError:
        pass  # what was made cannot be read
    key = str(steps[0])
    made = with_key(text, key, _written(wanted.get(key)))
    return made if front_values(made) == wanted else with_key(text, key, wanted.get(key))


def _got(values: Any, steps: Steps) -> Any:
    for step in steps:
        known = isinstance(values, dict) or (isinstance(values, list) and isinstance(step, int))
        try:
            values = values[step] if known else None
        except (KeyError, IndexError):
            return None
    return values


def _set(values: Any, steps: Steps, value: object) -> None:
    for step, following in itertools.pairwise(steps):
        inner = _got(values, (step,))
        if not isinstance(inner, dict | list):
            inner = [] if isinstance(following, int) else {}
            values[step] = inner
        values = inner
    values[steps[-1]] = value


def _setting(read: _Text, steps: Steps, value: object) -> tuple[int, int, str] | None:
    node, parent = read.at(steps), read.at(steps[:-1])
    if isinstance(node, ScalarNode) and not isinstance(value, dict | list) and (node.value or node.style):
        flow = isinstance(parent, MappingNode | SequenceNode) and bool(parent.flow_style)
        indent = read.line(node.start_mark.index)
        indent = len(read.yaml[indent:]) - len(read.yaml[indent:].lstrip(" "))
        first = node.start_mark.index
        written = read.yaml[first : node.end_mark.index]
        return first, first + len(written.rstrip()), _scalar(value, node.style, indent, flow=flow)
    new_at_top = node is None and len(steps) == 1
    if new_at_top or isinstance(node, ScalarNode) or not isinstance(parent, MappingNode) or not parent.value:
        return None
    if node is not None:
        return _removed_and(read, steps, value)
    if parent.flow_style:
        end = parent.end_mark.index - 1
        return end, end, f", {steps[-1]}: {_scalar(value, None, 0, flow=True)}"
    column = parent.value[0][0].start_mark.column
    end = read.below(parent)
    return end, end, _indented(front_matter.dump({str(steps[-1]): _written(value)}), column)


def _removed_and(read: _Text, steps: Steps, value: object) -> tuple[int, int, str] | None:
    """A group or list in place of another."""
    found = _removing(read, steps)
    parent = read.at(steps[:-1])
    if found is None or not isinstance(parent, MappingNode) or parent.flow_style:
        return None
    key = next(name for name, _ in parent.value if name.value == steps[-1])
    entry = _indented(front_matter.dump({str(steps[-1]): value}), key.start_mark.column)
    lead = read.yaml[read.line(key.start_mark.index) : key.start_mark.index]
    return found[0], found[1], entry if not lead.strip() else entry.lstrip(" ")


def _removing(read: _Text, steps: Steps) -> tuple[int, int, str] | None:
    parent, step = read.at(steps[:-1]), steps[-1]
    if isinstance(parent, MappingNode):
        at = next(n for n, (name, _) in enumerate(parent.value) if name.value == step)
        spans = [(name.start_mark.index, value) for name, value in parent.value]
    elif isinstance(parent, SequenceNode) and isinstance(step, int):
        at, spans = step, [(one.start_mark.index, one) for one in parent.value]
    else:
        return None
    first, node = spans[at]
    if parent.flow_style:
        if at + 1 < len(spans):
            return first, spans[at + 1][0], ""
        return spans[at - 1][1].end_mark.index, node.end_mark.index, ""
    start = read.line(first)
    if isinstance(parent, MappingNode) and read.yaml[start:first].strip():  # after the hyphen of an entry
        return (first, spans[at + 1][0], "") if at + 1 < len(spans) else None
    return start, read.below(node), ""


def _inserting(read: _Text, steps: Steps, at: int, value: object) -> tuple[int, int, str] | None:
    node = read.at(steps)
    if not isinstance(node, SequenceNode):
        return None
    if node.flow_style:
        if isinstance(value, dict | list):
            return None
        new = _scalar(value, None, 0, flow=True)
        if at < len(node.value):
            return (place := node.value[at].start_mark.index), place, new + ", "
        return (place := node.value[-1].end_mark.index), place, ", " + new
    start = read.line(node.value[0].start_mark.index)
    indent = len(read.yaml[start:]) - len(read.yaml[start:].lstrip(" "))
    place = read.line(node.value[at].start_mark.index) if at < len(node.value) else read.below(node)
    lines = front_matter.dump({"-": [_written(value)]}).partition("\n")[2]
    return place, place, _indented(lines, indent - 2) if indent >= 2 else _outdented(lines)  # noqa: PLR2004


def _moving(read: _Text, steps: Steps, at: int, to: int) -> tuple[int, int, str] | None:
    node = read.at(steps)
    if not isinstance(node, SequenceNode) or node.flow_style:
        return None
    firsts = [read.line(one.start_mark.index) for one in node.value]
    start, end = firsts[at], read.below(node.value[at])
    if to < at:
        return firsts[to], end, read.yaml[start:end] + read.yaml[firsts[to] : start]
    last = read.below(node.value[to])
    return start, last, read.yaml[end:last] + read.yaml[start:end]


def _written(value: object) -> object:
    """A value whose texts of several lines are blocks, as people write them."""
    if isinstance(value, dict):
        return {key: _written(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_written(one) for one in value]
    return LiteralScalarString(value) if isinstance(value, str) and "\n" in value else value


def _scalar(value: object, style: str | None, indent: int, *, flow: bool) -> str:
    """A value as YAML writes it, with the quotation marks that stood there."""
    if isinstance(value, str):
        if flow and _FLOW_SIGNS & set(value):
            style = '"'
        quoted = _QUOTED.get(style or "") if "\n" not in value or flow else None
        value = quoted(value) if quoted else _written(value)
    dumped = front_matter.dump({"k": value}).removeprefix("k:").lstrip(" ").removesuffix("\n")
    first, *rest = dumped.split("\n")
    return "\n".join([first, *(" " * indent + line if line else line for line in rest)])


def _indented(lines: str, columns: int) -> str:
    return "".join(" " * columns + line if line.strip() else line for line in lines.splitlines(keepends=True))


def _outdented(lines: str) -> str:
    return "".join(line.removeprefix("  ") for line in lines.splitlines(keepends=True))
