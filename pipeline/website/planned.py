"""What a build will write, as values: a page is a pure function of its template and the values here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.website.searching.bundles import Bundle
from pipeline.website.views.values import Translation


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page or XML file made from a template of the theme."""

    path: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)


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


@dataclass(frozen=True, slots=True)
class Listed:
    """What the site's own overviews say of a page: its title, when it changed last, its versions.

    `changed` is the day its contents changed last; None where nobody knows. `translations` are all versions
    in several languages, itself among them. `mapped`: it stands in the sitemap.
    """

    path: str
    title: str
    changed: date | None = None
    translations: tuple[Translation, ...] = ()
    mapped: bool = True


@dataclass(frozen=True, slots=True)
class Unit:
    """Files that are made together from the same inputs: where these are as they were, so are the files.

    `inputs` are digests or short values by what they are; what is made looks at nothing else. `templates` are
    the templates that render it. `page` is what overviews say of it, where it is a page. What is `late` takes
    long and is needed by one page alone: it comes after all the others.
    """

    name: str
    inputs: Mapping[str, str]
    make: Callable[[], Iterable[Planned]]
    templates: tuple[str, ...] = ()
    page: Listed | None = None
    late: bool = False


Planned = Page | Document | Copy | Made | Keyed | Bundle
