"""Recordings from an old host: one after the other, each resumed where it stopped, none taken undecoded."""

from __future__ import annotations

import errno
import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pipeline import audio, moving, project
from pipeline.errors import AudioError, FetchError
from pipeline.files import write_atomic
from pipeline.messages import msg
from pipeline.models import AudioFacts, House, Recording
from pipeline.moving import Imported, Left
from pipeline.workflow.bringing import chapter_row

FOLDER = "import"
MOST_BYTES = 4_000_000_000
TRIES = 5
Told = Callable[[int, int], None]
"""Called with the bytes that are here and the bytes there are (0 where nobody knows)."""


@dataclass(slots=True)
class Downloader:
    """Fetches recordings into a house; what has come lies below .hdw/ until it is whole."""

    root: Path
    house: House
    fetcher: moving.Fetcher

    def download(
        self, episode: Imported, episode_id: str, name: str, told: Told
    ) -> tuple[bool, tuple[Left, ...]]:
        """Bring an episode's recording; whether it came, and what is wrong with it."""
        target = self._place(episode_id) / name
        part = self._part(episode.sound.address)
        try:
            said = self._fetched(episode, part, told)
            facts = audio.measure(part).model_copy(update={"file": name})
        except FetchError as error:
            return False, (Left("enclosure", episode.sound.address, error.message),)
        except AudioError as error:
            part.unlink(missing_ok=True)
            return False, (Left("enclosure", episode.sound.address, error.message),)
        _moved(part, target, facts)
        self._entered(episode, episode_id, facts)
        return True, said

    def _place(self, episode_id: str) -> Path:
        storage = project.storage_folder(self.root, self.house.settings)
        if storage is None:
            return project.episode_folder(self.root, episode_id)
        project.storage_ready(storage, self.root)
        return storage

    def _part(self, address: str) -> Path:
        key = hashlib.sha256(address.encode()).hexdigest()[:24]
        part = self.root / project.CACHE / FOLDER / f"{key}.part"
        part.parent.mkdir(parents=True, exist_ok=True)
        return part

    def _fetched(self, episode: Imported, part: Path, told: Told) -> tuple[Left, ...]:
        """All of the file, in as many pieces as it takes; FetchError if nothing more arrives."""
        for attempt in range(1, TRIES + 1):
            before = _size(part)
            try:
                total = self._piece(episode.sound.address, part, told)
                return _length_said(episode, total)
            except FetchError as error:
                moved = _size(part) > before
                if not error.passing or (attempt == TRIES and not moved):
                    raise
                self.fetcher.sleep(attempt)
        raise FetchError(
            msg("The connection breaks off again and again."), where=episode.sound.address, passing=True
        )

    def _piece(self, address: str, part: Path, told: Told) -> int:
        """Fetch what is missing; the size of the whole. FetchError(passing) if it broke off."""
        have, mark = _size(part), part.with_suffix(".mark")
        asked = {"Accept-Encoding": "identity"}
        known = mark.read_text(encoding="utf-8") if mark.is_file() else ""
        if have and known:
            asked |= {"Range": f"bytes={have}-", "If-Range": known}
        try:
            with self.fetcher.open(address, asked) as (response, found):
                extent = _extent(response, have)
                total = extent[1]
                _room(total, part, found)
                write_atomic(mark, _mark(response).encode())
                _poured(response, part, extent, told, found)
        except FetchError as error:
            if error.status == WRONG_RANGE:
                part.unlink(missing_ok=True)
                raise FetchError(error.message, where=address, passing=True) from error
            raise
        if total and _size(part) != total:
            raise FetchError(msg("The connection broke off."), where=address, passing=True)
        mark.unlink(missing_ok=True)
        return total or _size(part)

    def _entered(self, episode: Imported, episode_id: str, facts: Recording) -> None:
        """audio.json, and in the front matter what only the file says: its name, its chapters."""
        known = project.load_audio(self.root, episode_id)
        editions = tuple(one for one in known.editions if one.url is None)
        project.save_audio(
            self.root, episode_id, AudioFacts(recording=facts, tracks=known.tracks, editions=editions)
        )
        values: dict[str, object] = {"audio": facts.file}
        if not episode.chapters and not episode.chapters_address:
            inside = audio.read_tags(self._place(episode_id) / facts.file).chapters
            values |= {"chapters": [chapter_row(one) for one in inside]} if inside else {}
        project.complete(self.root, episode_id, values, ZoneInfo(self.house.settings.show.time_zone))


WRONG_RANGE = 416
PARTIAL = 206


def _size(part: Path) -> int:
    return part.stat().st_size if part.is_file() else 0


def _mark(response: Any) -> str:
    """What tells that the file on the server is still the same (RFC 9110 § 13.1.5); weak marks do not."""
    tag = str(response.headers.get("ETag", ""))
    return tag if tag.startswith('"') else str(response.headers.get("Last-Modified", ""))


def _extent(response: Any, have: int) -> tuple[int, int]:
    """Where the answer begins, and how large the whole is (0 where the server does not say)."""
    if response.status == PARTIAL:
        said = str(response.headers.get("Content-Range", ""))
        span, _, total = said.removeprefix("bytes ").partition("/")
        start = span.partition("-")[0]
        if start.isdecimal() and int(start) == have:
            return have, int(total) if total.isdecimal() else 0
        raise FetchError(msg("The server sends another part than was asked for."))
    length = str(response.headers.get("Content-Length", ""))
    return 0, int(length) if length.isdecimal() else 0


def _room(total: int, part: Path, address: str) -> None:
    if total > MOST_BYTES:
        raise FetchError(msg("This is larger than {n} MB.", n=MOST_BYTES // 1_000_000), where=address)
    if total > shutil.disk_usage(part.parent).free:
        raise OSError(errno.ENOSPC, "no space", str(part))


def _poured(response: Any, part: Path, extent: tuple[int, int], told: Told, address: str) -> None:
    """Append what arrives; a connection that breaks off leaves it there."""
    start, total = extent
    size = start
    with part.open("r+b" if start else "wb") as file:
        file.seek(start)
        for piece in moving.pieces(response, address):
            file.write(piece)
            size += len(piece)
            if size > MOST_BYTES:
                raise FetchError(msg("This is larger than {n} MB.", n=MOST_BYTES // 1_000_000), where=address)
            told(size, total)
        file.truncate()


def _length_said(episode: Imported, total: int) -> tuple[Left, ...]:
    """A note where the feed announces another size than the file has: listeners' apps may have noticed."""
    said = episode.sound.bytes
    if said in {0, total}:
        return ()
    why = msg("The feed says {said} bytes; the file has {n}.", said=said, n=total)
    return (Left("enclosure length", episode.sound.address, why),)


def _moved(part: Path, target: Path, facts: Recording) -> None:
    """Into its place: at once on one drive, else copied whole."""
    try:
        part.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        project.bring_recording(part, target, facts, link=False)
        part.unlink()
