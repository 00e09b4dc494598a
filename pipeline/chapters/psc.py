"""Podlove Simple Chapters 1.2, as a file of their own or within a feed (https://podlove.org/simple-chapters/)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from pipeline.chapters import xml
from pipeline.chapters.values import Entry, plain, seconds, wrong
from pipeline.messages import msg
from pipeline.transcripts.vtt import time_text

NAMESPACE = "http://podlove.org/simple-chapters"


def looks(text: str) -> bool:
    """Whether it is XML with a list of chapters, whatever prefix its author chose."""
    return text.lstrip().startswith("<") and re.search(r"<(?:[\w.-]+:)?chapters[\s>]", text) is not None


def read(text: str) -> Iterator[Entry]:
    """The chapters of the first list in the file; a feed has one an episode."""
    found = xml.named(xml.parsed(text), "chapters")
    if not found:
        raise wrong(msg("there is no list of chapters in this file"), 1)
    for one in xml.named(found[0], "chapter"):
        line = one.sourceline or 1
        start = one.get("start")
        if start is None:
            raise wrong(msg("this chapter has no start"), line)
        href, image = one.get("href", "").strip(), one.get("image", "").strip()
        yield Entry(seconds(start, line), plain(one.get("title", "")), href, image, line)


def write(entries: Iterable[Entry], title: str, end_s: float | None) -> str:
    """A document of its own, with links and the addresses of pictures."""
    lines = (f"  <psc:chapter{''.join(_attributes(one))}/>\n" for one in entries)
    head = f'<psc:chapters version="1.2" xmlns:psc="{NAMESPACE}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{"".join(lines)}</psc:chapters>\n'


def _attributes(entry: Entry) -> Iterator[str]:
    values = {
        "start": time_text(entry.start_s),
        "title": entry.title,
        "href": entry.url,
        "image": entry.image,
    }
    return (f" {name}={quoteattr(value)}" for name, value in values.items() if value)
