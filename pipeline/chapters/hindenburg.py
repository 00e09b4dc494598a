"""Markers of a Hindenburg session (`.nhsx`): those of the type `Chapter`, as Podlove Publisher reads them.

`<Markers><Marker Id="1" Name="Anfang" Time="1.200" Type="Chapter" URL="…"/></Markers>`; times are seconds,
mm:ss or h:mm:ss. In a session without a single chapter its other markers are what the editor set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.chapters import xml
from pipeline.chapters.values import Entry, plain, seconds, wrong
from pipeline.messages import msg


def looks(text: str) -> bool:
    """Whether it is XML whose root is a session."""
    return re.match(r"\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*)*<Session[\s>]", text, re.DOTALL) is not None


def read(text: str) -> Iterator[Entry]:
    """The session's chapters; their order in the file does not count."""
    markers = xml.named(xml.parsed(text), "Marker")
    chapters = [one for one in markers if one.get("Type", "").casefold() == "chapter"]
    for one in chapters or [one for one in markers if not one.get("Type")]:
        line = one.sourceline or 1
        if one.get("Time") is None:
            raise wrong(msg("this chapter has no start"), line)
        yield Entry(
            seconds(one.get("Time"), line),
            plain(one.get("Name", "")),
            one.get("URL", "").strip(),
            line=line,
        )
