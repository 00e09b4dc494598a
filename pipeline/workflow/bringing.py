"""What belongs to an imported episode and lies elsewhere: chapters, transcript, cover; fetched one by one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline import moving, project
from pipeline.errors import FetchError, TranscriptError
from pipeline.messages import clock_text, msg
from pipeline.models import Chapter, Review, Transcript
from pipeline.moving import Imported, Left, Offered
from pipeline.transcripts import FORMATS, importing, reviewing
from pipeline.workflow.settling import PICTURE_BYTES, id_of

TEXT_BYTES = 20_000_000
READ = {
    # MIME type as feeds write it: format, the most exact first
    "text/vtt": "vtt",
    "application/x-subrip": "srt",
    "application/srt": "srt",
    "text/srt": "srt",
    "application/json": "json",
}
_ORDER = ("vtt", "srt", "json")
MOST_REMEMBERED = 20
"""Pictures of 30 MB at most are kept while the import runs."""


@dataclass(frozen=True, slots=True)
class Brought:
    """Fields of the front matter, files of the folder by name, and what could not be had."""

    values: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    left: tuple[Left, ...] = ()


@dataclass(slots=True)
class Bringer:
    """Fetches what episodes name; a picture that many of them name is fetched once.

    `covers` are digests of pictures that need no copy: the show's own cover.
    """

    fetcher: moving.Fetcher
    language: str
    covers: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    _pictures: dict[str, project.Embedded | Left] = field(default_factory=dict)

    def bring(self, episode: Imported) -> Brought:
        """Everything of one episode; nothing that fails keeps the rest away."""
        parts = (self._chapters(episode), self._transcript(episode), self._cover(episode))
        return Brought(
            values={key: value for part in parts for key, value in part.values.items()},
            files={name: data for part in parts for name, data in part.files.items()},
            left=tuple(one for part in parts for one in part.left),
        )

    def _chapters(self, episode: Imported) -> Brought:
        chapters, pictures, left = episode.chapters, episode.pictures, list[Left]()
        if episode.chapters_address and not chapters:
            told = self._told(episode.chapters_address)
            chapters, pictures = told.chapters, told.pictures or {}
            left += told.left
        written = [chapter_row(chapter) for chapter in chapters]
        files = dict(self._chapter_pictures(chapters, pictures, written, left))
        return Brought({"chapters": written} if written else {}, files, tuple(left))

    def _told(self, address: str) -> moving.Chapters:
        try:
            return moving.of_json(self.fetcher.get(address, most=TEXT_BYTES).data)
        except FetchError as error:
            return moving.Chapters(left=(Left("podcast:chapters", address, error.message),))

    def _chapter_pictures(
        self,
        chapters: tuple[Chapter, ...],
        pictures: Mapping[float, str],
        written: list[dict[str, str]],
        left: list[Left],
    ) -> Iterator[tuple[str, bytes]]:
        for number, chapter in enumerate(chapters):
            address = pictures.get(chapter.start, "")
            picture = self._picture(address, square=False) if address else None
            if isinstance(picture, Left):
                left.append(replace(picture, tag="chapter image"))
            elif picture:
                name = f"kapitel-{hashlib.sha256(picture.data).hexdigest()[:8]}{picture.suffix}"
                written[number]["picture"] = name
                yield name, picture.data

    def _transcript(self, episode: Imported) -> Brought:
        offered = sorted(episode.transcripts, key=self._rank)
        left = []
        for place, one in enumerate(offered):
            if one.type not in READ and _suffix(one.address) not in _ORDER:
                why = msg("A transcript without times is not read.")
                left.append(Left("podcast:transcript", one.address, why))
                continue
            try:
                made = self._read(one)
            except (FetchError, TranscriptError) as error:
                left.append(Left("podcast:transcript", one.address, error.message))
                continue
            strange = (o for o in offered[place + 1 :] if o.language and o.language[:2] != self.language[:2])
            why = msg("The house has one transcript an episode, in its own language.")
            left += [Left("podcast:transcript", o.address, why) for o in strange]
            return Brought(
                files=project.transcript_files(made, reviewing.seen(Review(), made.cues)), left=tuple(left)
            )
        return Brought(left=tuple(left))

    def _rank(self, one: Offered) -> tuple[bool, int]:
        """The house's language first, then WebVTT before SRT before JSON."""
        kind = READ.get(one.type, _suffix(one.address))
        strange = bool(one.language) and one.language[:2] != self.language[:2]
        return strange, _ORDER.index(kind) if kind in _ORDER else len(_ORDER)

    def _read(self, one: Offered) -> Transcript:
        text = importing.decoded(self.fetcher.get(one.address, most=TEXT_BYTES).data).text
        kind = importing.format_of(f"transcript.{READ.get(one.type, _suffix(one.address))}", text)
        read = FORMATS[kind].read(text)
        if not read.cues:
            raise TranscriptError(msg("The file holds no sentence."))
        language = one.language or self.language
        return importing.brought(
            replace(read, language=language), self.names, named_in_text=kind == "srt", first=1
        )

    def _cover(self, episode: Imported) -> Brought:
        picture = self._picture(episode.cover, square=True) if episode.cover else None
        if isinstance(picture, Left):
            return Brought(left=(replace(picture, tag="itunes:image"),))
        if picture is None or hashlib.sha256(picture.data).hexdigest() in self.covers:
            return Brought()
        name = f"cover{picture.suffix}"
        left = (Left("itunes:image", episode.cover, picture.note),) if picture.note else ()
        said = {"cover_alt": episode.cover_alt} if episode.cover_alt else {}
        return Brought({"cover": name, **said}, {name: picture.data}, left)

    def _picture(self, address: str, *, square: bool) -> project.Embedded | Left:
        """A picture as apps take it; what is wrong with one is remembered, so that nobody asks twice."""
        if address not in self._pictures:
            found = self._fetched(address, square)
            if isinstance(found, Left) or len(self._pictures) < MOST_REMEMBERED:
                self._pictures[address] = found
            return found
        return self._pictures[address]

    def _fetched(self, address: str, square: bool) -> project.Embedded | Left:
        try:
            data = self.fetcher.get(address, most=PICTURE_BYTES).data
        except FetchError as error:
            return Left("", address, error.message)
        picture = project.embedded(data) if square else project.illustration(data)
        return picture if picture.data else Left("", address, picture.note)


def speakers(names: Mapping[str, str]) -> dict[str, str]:
    """Folded name → id of everybody whom the feed names."""
    return importing.by_name({id_: (name,) for id_, name in names.items()})


def people_of(episode: Imported) -> list[dict[str, str]]:
    """The people of an episode as its front matter names them."""
    return [{"person": id_of(one.name), "role": one.role} for one in episode.people if id_of(one.name)]


def chapter_row(chapter: Chapter) -> dict[str, str]:
    """A chapter as front matter writes it."""
    whole, thousandths = divmod(round(chapter.start * 1000), 1000)
    start = clock_text(whole) + (f".{thousandths:03}".rstrip("0") if thousandths else "")
    return {"start": start, "title": chapter.title, **({"url": chapter.url} if chapter.url else {})}


def _suffix(address: str) -> str:
    return address.partition("?")[0].rpartition(".")[2].lower()
