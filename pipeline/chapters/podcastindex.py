"""Chapters as PodcastIndex JSON, 1.0 to 1.2 (podcast-namespace, docs/examples/chapters/jsonChapters.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from pipeline.chapters import jsontext
from pipeline.chapters.values import Entry, plain, wrong
from pipeline.messages import msg

VERSION = "1.2.0"


def looks(text: str) -> bool:
    """Whether it is JSON whose chapters have a `startTime`."""
    return jsontext.looks(text) and ('"startTime"' in text or '"version"' in text)


def read(text: str) -> Iterator[Entry]:
    """The chapters; `endTime` does not count, as a chapter runs to the next one, nor does `location`."""
    for number, one in enumerate(jsontext.listed(jsontext.parsed(text))):
        line = jsontext.line_of(text, number, "startTime")
        if not isinstance(one, dict) or "startTime" not in one:
            raise wrong(msg("chapter {n} has no startTime", n=number + 1), line)
        title = plain(jsontext.words(one.get("title")))
        yield Entry(
            jsontext.moment(one["startTime"], line),
            title,
            jsontext.words(one.get("url")),
            jsontext.words(one.get("img")),
            line,
            silent=one.get("toc") is False,
        )


def write(entries: Iterable[Entry], title: str, end_s: float | None) -> str:
    """The file that `<podcast:chapters>` names; links and pictures are absolute addresses."""
    document = {"version": VERSION, "title": title, "chapters": [_written(one) for one in entries]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _written(entry: Entry) -> dict[str, object]:
    start = int(entry.start_s) if entry.start_s == int(entry.start_s) else round(entry.start_s, 3)
    values = {"startTime": start, "title": entry.title, "url": entry.url, "img": entry.image}
    return {key: value for key, value in values.items() if value != ""}
