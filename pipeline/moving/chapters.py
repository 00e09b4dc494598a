"""Chapters from elsewhere: Podlove Simple Chapters, and the JSON of the Podcast Index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from pipeline.messages import msg
from pipeline.models import Chapter
from pipeline.moving.notes import plain
from pipeline.moving.tree import Node
from pipeline.moving.values import Left

MOST = 1000


@dataclass(frozen=True, slots=True)
class Chapters:
    """In the order of time; `pictures` by start in seconds; what could not be read."""

    chapters: tuple[Chapter, ...] = ()
    pictures: Mapping[float, str] | None = None
    left: tuple[Left, ...] = ()


def of_item(item: Node) -> Chapters:
    """`<psc:chapters>` of an item (podlove.org/simple-chapters)."""
    nodes = (chapter for group in item.all("psc:chapters") for chapter in group.all("psc:chapter"))
    rows = ({key: node.get(key) for key in ("start", "title", "href", "image")} for node in nodes)
    return _collected("psc:chapter", rows)


def of_json(data: bytes) -> Chapters:
    """A chapters file (podcast-namespace, jsonChapters.md); one that is none is left behind as a whole."""
    try:
        document = json.loads(data.decode("utf-8-sig"))
        listed = document["chapters"]
        rows = [_row(one) for one in listed]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Chapters(
            left=(Left("podcast:chapters", why=msg("The file is no chapters of the Podcast Index.")),)
        )
    return _collected("podcast:chapters", (row for row in rows if row))


def _row(entry: Mapping[str, Any]) -> dict[str, str] | None:
    """One entry; those that are for apps alone (`toc: false`) are none."""
    if entry.get("toc") is False:
        return None
    given = {"start": "startTime", "title": "title", "href": "url", "image": "img"}
    return {key: str(entry.get(name) if entry.get(name) is not None else "") for key, name in given.items()}


def _collected(tag: str, rows: Iterable[Mapping[str, str]]) -> Chapters:
    left: list[Left] = []
    found = dict(_read(tag, rows, left))
    ordered = sorted(found)[:MOST]
    pictures = {start: found[start][1] for start in ordered if found[start][1]}
    return Chapters(tuple(found[start][0] for start in ordered), pictures, tuple(left))


def _read(
    tag: str, rows: Iterable[Mapping[str, str]], left: list[Left]
) -> Iterator[tuple[float, tuple[Chapter, str]]]:
    for row in rows:
        title, said = plain(row["title"]), f"{row['start']} {row['title']}".strip()
        try:
            chapter = Chapter.model_validate({"start": row["start"], "title": title})
        except ValidationError:
            left.append(Left(tag, said, msg("A chapter needs a time and a title.")))
            continue
        try:
            chapter = Chapter.model_validate(
                {"start": chapter.start, "title": title, "url": row["href"] or None}
            )
        except ValidationError:
            left.append(Left(tag, row["href"], msg("This is no web address.")))
        yield chapter.start, (chapter, row["image"])
