"""A book → EPUB (EPUB 3.3; Accessibility 1.1): a zip whose bytes follow from the book alone.

Written with the standard library's zipfile: the format is a handful of files, and each of them is ours.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.messages import Message, Translator
from pipeline.models import Version
from pipeline.website.drawing import Card
from pipeline.website.scaling import Scaled
from pipeline.website.views import ChapterView, Figure

MIME_TYPE = "application/epub+zip"
_TEMPLATES = Path(__file__).parent / "epub"
_MEDIA = {".jpg": "image/jpeg", ".png": "image/png"}
_PAGES = ("cover.xhtml", "title.xhtml", "pictures.xhtml", "nav.xhtml", "package.opf", "style.css")
_STORED = {"mimetype", *_MEDIA}
_DAY = (1980, 1, 1, 0, 0, 0)  # zip knows no earlier one
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")  # XML 1.0, 2.2


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture of a book: what is said about it, the digest of its file, the version that goes in."""

    figure: Figure
    sha256: str
    version: Version

    @property
    def file(self) -> str:
        """Its name inside the book."""
        return f"bilder/{self.sha256[:16]}{self.version.suffix}"

    @property
    def media(self) -> str:
        """Its MIME type."""
        return _MEDIA[self.version.suffix]


@dataclass(frozen=True, slots=True)
class Book:
    """An episode's transcript as a book; dates are ISO 8601, `creators` are names and how they are filed.

    `facts` are lines of the title page. Without a plate the card is the cover.
    """

    identifier: str
    title: str
    subtitle: str
    language: str
    creators: tuple[tuple[str, str], ...]
    publisher: str
    date: str
    modified: str
    description: str
    licence: str
    licence_href: str
    address: str
    facts: tuple[str, ...]
    chapters: tuple[ChapterView, ...]
    plates: tuple[Plate, ...]
    card: Card
    cover: Plate | None = None

    @property
    def mark(self) -> bytes:
        """The digest of all that the book is made from; it stands at the end of the file."""
        made_from = repr(self).encode() + b"".join(_templates())
        return hashlib.sha256(made_from).hexdigest().encode()


@dataclass(frozen=True, slots=True)
class Bound:
    """Makes the book; `sources` are the files of its pictures, by the digest of their content."""

    book: Book
    sources: Mapping[str, Path]

    def __call__(self, static: Path) -> bytes:
        """The EPUB's bytes."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.comment = self.book.mark
            for name, data in self._files(static):
                info = zipfile.ZipInfo(name, _DAY)
                info.create_system = 3
                info.external_attr = 0o644 << 16
                stored = {name, Path(name).suffix} & _STORED
                info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                archive.writestr(info, data)
        return stream.getvalue()

    def _files(self, static: Path) -> Iterator[tuple[str, bytes]]:
        """Names and contents, the MIME type first (EPUB 3.3, 4.2.2 OCF ZIP container media type)."""
        yield "mimetype", MIME_TYPE.encode()
        yield "META-INF/container.xml", (_TEMPLATES / "container.xml").read_bytes()
        for template, name, values in _pages(self.book):
            yield f"EPUB/{name}", _rendered(self.book, template, values)
        cover = self.book.cover
        if not cover:
            yield "EPUB/bilder/cover.png", self.book.card.draw(static)
        plates = {plate.file: plate for plate in (*self.book.plates, *([cover] if cover else []))}
        for file, plate in plates.items():
            yield f"EPUB/{file}", Scaled(self.sources[plate.sha256], plate.sha256, plate.version)(static)


def _pages(book: Book) -> Iterator[tuple[str, str, dict[str, object]]]:
    for name in _PAGES:
        if name != "pictures.xhtml" or book.plates:
            yield name, name, {}
    for number, chapter in enumerate(book.chapters, 1):
        yield "chapter.xhtml", f"chapter-{number}.xhtml", {"chapter": chapter}


def _rendered(book: Book, template: str, values: Mapping[str, object]) -> bytes:
    translate = Translator(book.language.partition("-")[0])

    def t(text: str, **places: object) -> str:
        return translate(Message(text, tuple(places.items())))

    plates = {plate.file: plate for plate in book.plates}.values()
    text = _environment().get_template(template).render(book=book, files=plates, t=t, **values)
    return _NOT_XML.sub("", text).encode()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@lru_cache(maxsize=1)
def _templates() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(_TEMPLATES.iterdir()))
