"""What a build will write, as values: a page is a pure function of its template and the values here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.website.searching.bundles import Bundle


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
    """A file whose bytes are known: chapters, transcripts."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that is taken over as it is; its published name carries its content."""

    path: str
    source: Path


@dataclass(frozen=True, slots=True)
class Keyed:
    """A file that is made only where it is due: the same `key`, the same bytes."""

    path: str
    key: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is made once, from the folder of the theme's files: cards, pictures, books.

    Its name tells all that it was made from; where the name stays, the file's last bytes do: `mark`.
    """

    path: str
    make: Callable[[Path], bytes]
    mark: bytes = b""


Planned = Page | Document | Copy | Made | Keyed | Bundle
