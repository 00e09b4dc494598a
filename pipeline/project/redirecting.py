"""The line that leads from the address of before to a page, in the file that the page is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from ruamel.yaml.comments import CommentedSeq

from pipeline.files import write_atomic
from pipeline.project import front_matter, layout, loading, rewriting

FORMER, SLUG = "former_ids", "slug"


@dataclass(frozen=True, slots=True)
class Line:
    """What has to stand in which file, below the root: a line of its front matter, or all of a new file."""

    file: str
    text: str
    new: bool = False


def content_file(root: Path, kind: str, id_: str) -> Path:
    """Where a person, topic, series or page is described, if at all."""
    return root / layout.CONTENT[kind] / f"{id_}.md"


def former_line(root: Path, kind: str, id_: str, title: str, old: Sequence[str]) -> Line:
    """Names of before, beside those that the file knows; a topic that nobody has described gets a file."""
    path = content_file(root, kind, id_)
    file = layout.shown(path, root)
    if not path.is_file():
        return Line(file, _described(title, old), new=True)
    known = rewriting.front_values(layout.read_text(path)).get(FORMER, ())
    return Line(file, front_matter.dump({FORMER: _list((*known, *old))}).strip())


def add_former(root: Path, kind: str, id_: str, title: str, old: Sequence[str]) -> None:
    """Write that line. ProjectError, and nothing is written, if the file would have mistakes then."""
    path = content_file(root, kind, id_)
    text = _described(title, old)
    if path.is_file():
        was = path.read_bytes().decode()
        known = rewriting.front_values(was).get(FORMER, ())
        text = rewriting.with_key(was, FORMER, _list((*known, *old)))
    loading.parse_content(text.lstrip("\ufeff"), kind, id_, layout.shown(path, root))
    write_atomic(path, text.encode())


def slug_line(episode_id: str, old: str) -> Line:
    """The address of before, for an episode that goes back to it."""
    return Line(layout.front_matter_of(episode_id), f"{SLUG}: {old}")


def add_slug(root: Path, episode_id: str, old: str, zone: ZoneInfo) -> None:
    """Write that line. HdwError, and nothing is written, if the file would have mistakes then."""
    was = rewriting.episode_source(root, episode_id)
    rewriting.change_episode(root, episode_id, was, rewriting.with_key(was, SLUG, old), zone)


def _described(title: str, old: Sequence[str]) -> str:
    return f"---\n{front_matter.dump({'title': title, FORMER: _list(old)})}---\n"


def _list(names: Sequence[str]) -> CommentedSeq:
    """In one line, each name once."""
    made = CommentedSeq(dict.fromkeys(names))
    made.fa.set_flow_style()
    return made
