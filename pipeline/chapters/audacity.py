"""Audacity's label track as text: start, end and label, separated by tabs, in seconds.

https://manual.audacityteam.org/man/importing_and_exporting_labels.html: a range has two moments, a point the
same one twice; a line that begins with a backslash holds the frequencies of the label above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.chapters.values import Entry, first_line, plain, seconds, shown, wrong
from pipeline.messages import msg

_LINE = re.compile(r"(\d+(?:[.,]\d+)?)[\t ]+(\d+(?:[.,]\d+)?)(?:[\t ]+(.*))?")


def looks(text: str) -> bool:
    """Whether the first line holds two numbers of seconds, the first not after the second."""
    found = _LINE.fullmatch(first_line(text))
    return found is not None and seconds(found[1], 1) <= seconds(found[2], 1)


def read(text: str) -> Iterator[Entry]:
    """A label a line; where a range ends does not count, as a chapter runs to the next one."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("\\"):
            continue
        found = _LINE.fullmatch(line.strip())
        if found is None:
            raise wrong(msg("this line is no label: “{text}”", text=shown(line)), number)
        yield Entry(seconds(found[1], number), plain(found[3] or ""), line=number)


def write(entries: Iterable[Entry], title: str, end_s: float | None) -> str:
    """Labels at a point."""
    return "".join(f"{one.start_s:.6f}\t{one.start_s:.6f}\t{one.title}\n" for one in entries)
