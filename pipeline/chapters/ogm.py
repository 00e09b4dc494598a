"""The chapter text of OGM and Matroska tools: `CHAPTER01=00:00:00.000`, `CHAPTER01NAME=Anfang`.

https://mkvtoolnix.download/doc/mkvmerge.html, section “The simple chapter format”; the same names stand in
Vorbis comments (https://wiki.xiph.org/Chapter_Extension).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.chapters.values import Entry, plain, seconds, shown, wrong
from pipeline.messages import msg
from pipeline.transcripts.vtt import time_text

_LINE = re.compile(r"CHAPTER(\d{1,4})(NAME|URL)?=(.*)", re.IGNORECASE)


def looks(text: str) -> bool:
    """Whether it begins with the moment of a chapter."""
    return re.match(r"\s*CHAPTER\d{1,4}=", text, re.IGNORECASE) is not None


def read(text: str) -> Iterator[Entry]:
    """The chapters by their numbers."""
    found = dict[str, Entry]()
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.fullmatch(line.strip())
        if match is None:
            if line.strip():
                raise wrong(msg("this line is no chapter: “{text}”", text=shown(line)), number)
            continue
        _put(found, match, number)
    yield from found.values()


def _put(found: dict[str, Entry], match: re.Match[str], number: int) -> None:
    key, kind, value = match[1], (match[2] or "").upper(), match[3]
    if not kind:
        found[key] = Entry(seconds(value, number), "", line=number)
    elif key not in found:
        raise wrong(msg("chapter {number} has no moment above this line", number=key), number)
    elif kind == "NAME":
        found[key] = replace(found[key], title=plain(value))
    else:
        found[key] = replace(found[key], url=value.strip())


def write(entries: Iterable[Entry], title: str, end_s: float | None) -> str:
    """Two lines a chapter, a third for its link."""
    return "".join(
        f"CHAPTER{n:02}={time_text(one.start_s)}\nCHAPTER{n:02}NAME={one.title}\n"
        + (f"CHAPTER{n:02}URL={one.url}\n" if one.url else "")
        for n, one in enumerate(entries, 1)
    )
