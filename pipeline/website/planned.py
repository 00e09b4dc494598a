"""What a build will write, as values: a page is a pure function of its template and the values here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page or XML file made from a template of the theme.

    `changed` is the day its contents changed last, as the sitemap says it; None where nobody knows.
    """

    path: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    changed: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file whose bytes are known: feed, chapters, transcripts."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that is taken over as it is; `sha256` is that of its content."""

    path: str
    source: Path
    sha256: str


Planned = Page | Document | Copy
