"""The text of mp4chaps, which most programs read: a moment, a title, perhaps a link in angle brackets.

`00:12:30.000 Mitmachen <https://www.bochum.de>` (Podlove Publisher and Ultraschall write links so).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.chapters.values import TIME, Entry, first_line, plain, seconds, shown, wrong
from pipeline.messages import msg
from pipeline.transcripts.vtt import time_text

_LINE = re.compile(rf"[(\[]?({TIME})[)\]]?(?:\s*[-–—]\s+|\s+)(.*)")
_LINK = re.compile(r"<([^<>\s]+)>\s*$")


def looks(text: str) -> bool:
    """Whether the first line with something in it is a moment and a title."""
    return _LINE.fullmatch(first_line(text)) is not None


def read(text: str) -> Iterator[Entry]:
    """A chapter a line; empty lines do not count."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line.strip())
        if found is None:
            raise wrong(msg("this line is no chapter: “{text}”", text=shown(line)), number)
        link = _LINK.search(found[2])
        title = found[2][: link.start()] if link else found[2]
        yield Entry(seconds(found[1], number), plain(title), link[1] if link else "", line=number)


def write(entries: Iterable[Entry], title: str, end_s: float | None) -> str:
    """A line a chapter."""
    return "".join(
        f"{time_text(one.start_s)} {one.title}" + (f" <{one.url}>" if one.url else "") + "\n"
        for one in entries
    )
