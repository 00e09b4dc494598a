"""Changes in the text of an episode.md that leave every other byte of it: comments, order, ends of lines.

Where a value stands is told by the YAML parser's own marks, so nothing is searched for by its looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from pipeline.errors import BusyError
from pipeline.files import write_atomic
from pipeline.messages import msg
from pipeline.project import front_matter, layout, loading

Steps = tuple[str | int, ...]


def episode_source(root: Path, episode_id: str) -> str:
    """episode.md as it stands, with its own ends of lines."""
    return _path(root, episode_id).read_bytes().decode()


def change_episode(root: Path, episode_id: str, was: str, text: str, zone: ZoneInfo) -> bool:
    """Write episode.md in place of what was read from it.

    BusyError if somebody else wrote meanwhile; ProjectError, and nothing written, if it would have mistakes.
    """
    refuse_mistakes(text, episode_id, zone)
    return put_episode(root, episode_id, was, text)


def put_episode(root: Path, episode_id: str, was: str, text: str) -> bool:
    """The same for a text that may have mistakes: those that it had."""
    path = _path(root, episode_id)
    if path.read_bytes() != was.encode():
        raise BusyError(
            msg("The file was changed by somebody else in the meantime."),
            where=layout.shown(path, root),
            hint=msg("Nothing was written. The same command again works on the new text."),
        )
    return write_atomic(path, text.encode())


def complete(root: Path, episode_id: str, values: Mapping[str, object], zone: ZoneInfo) -> bool:
    """Write keys into an episode.md that it does not have; what stands there stays. False if it had them all.

    HdwError, and nothing is written, if the file would have mistakes then.
    """
    was = made = episode_source(root, episode_id)
    has = front_values(was)
    for key, value in values.items():
        if key not in has:
            made = with_key(made, key, value)
    return made != was and change_episode(root, episode_id, was, made, zone)


def refuse_mistakes(text: str, episode_id: str, zone: ZoneInfo) -> None:
    """ProjectError if a text is no front matter that can be read."""
    loading.parse_episode(text.lstrip("\ufeff"), episode_id, zone)


def front_values(text: str) -> Mapping[str, Any]:
    """What the front matter of a file says, as it is written there."""
    return front_matter.parse(text.lstrip("\ufeff"), layout.FRONT_MATTER).values


def notes_of(text: str) -> str:
    """The text below the front matter."""
    return front_matter.parse(text.lstrip("\ufeff"), layout.FRONT_MATTER).body


def with_key(text: str, key: str, value: object) -> str:
    """The file with a key of its front matter set: added at the end, or in place of what stood there.

    Nothing (`None`, an empty text or list) takes the key out.
    """
    start, yaml = split(text)
    node = front_matter.composed(yaml)
    written = "" if value in (None, "", [], {}) else front_matter.dump({key: value})
    written = written.replace("\n", "\r\n") if "\r\n" in yaml else written
    for name, values in node.value if node else ():
        if name.value == key:
            alias = values.start_mark.index < name.start_mark.index
            first = yaml.rfind("\n", 0, name.start_mark.index) + 1
            last = end_of(yaml, name if alias else values)
            return text[: start + first] + written + text[start + last :]
    at = start + len(yaml)
    return text[:at] + written + text[at:]


def with_values(text: str, values: Mapping[Steps, str]) -> str:
    """The file with other scalars at some places of its front matter, each quoted as it was there."""
    start, yaml = split(text)
    node = front_matter.composed(yaml)
    changes = sorted(
        ((_scalar(node, steps), new) for steps, new in values.items()), key=lambda one: _at(one[0])
    )
    for found, new in reversed(changes):
        first, last = start + found.start_mark.index, start + found.end_mark.index
        text = text[:first] + _quoted(new, found.style) + text[last:]
    return text


def _path(root: Path, episode_id: str) -> Path:
    return layout.episode_folder(root, episode_id) / layout.FRONT_MATTER


def split(text: str) -> tuple[int, str]:
    """Where the YAML begins in the file, and the YAML; the file was read before and has one."""
    found = front_matter.FENCE.search(text.lstrip("\ufeff"))
    assert found is not None  # noqa: S101 (loading has parsed this very text)
    return found.start(1) + len(text) - len(text.lstrip("\ufeff")), found[1]


def _scalar(node: Any, steps: Steps) -> ScalarNode:
    for step in steps:
        pairs = node.value if isinstance(node, MappingNode) else ()
        node = (
            next(value for name, value in pairs if name.value == step)
            if isinstance(step, str)
            else node.value[step]
        )
    return node  # type: ignore[no-any-return]


def _at(node: ScalarNode) -> int:
    return int(node.start_mark.index)


def end_of(yaml: str, node: Node) -> int:
    """Where the line ends in which the last part of a value stands; comments below it are not its own.

    A block of text ends, as the parser marks it, where the next key begins.
    """
    first, last = int(node.start_mark.index), max(int(one.end_mark.index) for one in _leaves(node))
    last = first + len(yaml[first:last].rstrip())
    end = yaml.find("\n", last)
    return end + 1 if end >= 0 else len(yaml)


def _leaves(node: Node) -> Iterator[Node]:
    """The parts of a value whose marks tell where they end: a block's own mark stands below its comments."""
    if isinstance(node, SequenceNode | MappingNode) and not node.flow_style:
        for child in node.value:
            for one in child if isinstance(child, tuple) else (child,):
                yield from _leaves(one)
    else:
        yield node


def _quoted(text: str, style: str | None) -> str:
    if style in {'"', "'"}:
        return f"{style}{text}{style}"
    return text if re.fullmatch(r"[A-Za-z0-9][\w.:/-]*", text) and not text.endswith(":") else f'"{text}"'
