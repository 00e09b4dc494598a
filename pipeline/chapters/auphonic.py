"""Chapters of an Auphonic production: its JSON from the API, its result file, or the list alone.

https://auphonic.com/help/api/details.html: `start` counts in what was uploaded, `start_output` in the
finished file, where intro and outro were added and pauses cut; the finished file is what is published.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.chapters import jsontext
from pipeline.chapters.values import Entry, plain, wrong
from pipeline.messages import msg

_STARTS = ("start_output_sec", "start_output", "start_sec", "start")
"""The keys of a moment, the surest first."""


def looks(text: str) -> bool:
    """Whether it is JSON with chapters that have a `start`."""
    return jsontext.looks(text) and '"start' in text


def read(text: str) -> Iterator[Entry]:
    """The production's chapters."""
    for number, one in enumerate(jsontext.listed(jsontext.parsed(text))):
        line = jsontext.line_of(text, number, "title")
        values: dict[str, Any] = one if isinstance(one, dict) else {}
        start = next((values[key] for key in _STARTS if values.get(key) not in (None, "")), None)
        if start is None:
            raise wrong(msg("chapter {n} has no start", n=number + 1), line)
        yield Entry(
            jsontext.moment(start, line),
            plain(jsontext.words(values.get("title"))),
            jsontext.words(values.get("url")),
            jsontext.words(values.get("image")),
            line,
        )
