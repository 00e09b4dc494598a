"""Chapter formats, a file each, and the chapters of an episode as files for other programs have them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from pipeline.chapters.values import Chapters, Entry, tidy
from pipeline.errors import ChaptersError, TranscriptError, Where
from pipeline.messages import msg
from pipeline.models import Addresses, Episode, House
from pipeline.transcripts import importing


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, what people call it, whether it is written here too, the module that knows it."""

    name: str
    title: str
    writes: bool
    module: str

    def looks(self, text: str) -> bool:
        """Whether a text is of this format, by its beginning and its most telling words."""
        return bool(self._module.looks(text))

    def read(self, text: str) -> Chapters:
        """Text → chapters; ChaptersError with the line if it is not of this format."""
        return tidy(self._module.read(text))

    def write(self, entries: tuple[Entry, ...], title: str, end_s: float | None) -> str:
        """Chapters → text; `title` is the episode's, `end_s` where the recording ends (None: not known)."""
        return str(self._module.write(entries, title, end_s))

    @property
    def _module(self) -> Any:
        return import_module(self.module)


FORMATS: dict[str, Format] = {
    # in the order in which a text is asked what it is
    row.name: row
    for row in (
        Format("vtt", "WebVTT", True, "pipeline.chapters.vtt"),
        Format("hindenburg", "Hindenburg", False, "pipeline.chapters.hindenburg"),
        Format("psc", "Podlove Simple Chapters", True, "pipeline.chapters.psc"),
        Format("json", "Podcast Index", True, "pipeline.chapters.podcastindex"),
        Format("auphonic", "Auphonic", False, "pipeline.chapters.auphonic"),
        Format("ogm", "OGM", True, "pipeline.chapters.ogm"),
        Format("reaper", "Reaper", False, "pipeline.chapters.reaper"),
        Format("audacity", "Audacity", True, "pipeline.chapters.audacity"),
        Format("mp4chaps", "mp4chaps", True, "pipeline.chapters.mp4chaps"),
    )
}
_KNOWN = msg(
    "Known are the chapters of Podlove, the Podcast Index, Auphonic, Audacity, Hindenburg and Reaper, "
    "WebVTT, and lines like: 0:12:30 Title"
)
WRITABLE: tuple[str, ...] = tuple(sorted(row.name for row in FORMATS.values() if row.writes))


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds: its chapters, the format, and how its letters were coded; `guessed`: most likely."""

    chapters: Chapters
    format: Format
    coding: str
    guessed: bool = False


def read(data: bytes, file: str) -> Read:
    """A file's bytes → chapters, whatever its format and coding; ChaptersError with the line of the mistake.

    `file` is only named in errors: what stands in it tells the format, since half of them end in .txt.
    """
    try:
        decoded = importing.decoded(data)
        text = decoded.text.lstrip("\ufeff")
        found = next((row for row in FORMATS.values() if row.looks(text)), None)
        if found is None:
            raise ChaptersError(msg("The file holds no chapters of a known kind."), hint=_KNOWN)
        made = found.read(text)
    except (ChaptersError, TranscriptError) as error:
        raise ChaptersError(error.message, where=Where(file, error.where.line), hint=error.hint) from error
    if not made.entries:
        raise ChaptersError(msg("The file holds no chapter."), where=file)
    return Read(made, found, decoded.coding, decoded.guessed)


def entries(episode: Episode, house: House) -> tuple[Entry, ...]:
    """An episode's chapters as other programs get them: links and pictures are absolute addresses."""
    addresses, pictures = Addresses.of(house), house.of(episode).pictures

    def image(name: str | None) -> str:
        facts = pictures.get(name or "")
        return addresses.absolute(addresses.single(facts)) if facts else ""

    return tuple(Entry(one.start, one.title, one.url or "", image(one.picture)) for one in episode.chapters)


def document(episode: Episode, house: House) -> bytes:
    """The chapter file that `<podcast:chapters>` names: PodcastIndex JSON, in UTF-8."""
    return FORMATS["json"].write(entries(episode, house), episode.title, None).encode()


__all__ = [
    "FORMATS",
    "WRITABLE",
    "Chapters",
    "ChaptersError",
    "Entry",
    "Format",
    "Read",
    "document",
    "entries",
    "read",
]
