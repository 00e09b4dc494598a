"""Archives for a web team that uploads the site by itself; sound lies beside them, a file each.

2026-11-24T120000Z.zip    the site without sound, in the order in which it is to be unpacked
2026-11-24T120000Z.json   what the release consists of; with it the release is there
audio/                    sound: only added to, for each name tells its content
README.txt                what to upload, in which order, and what may be deleted
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, ZipInfo

from lxml import etree

from pipeline.deploy import failures, local, releases
from pipeline.deploy.headers import TEXT
from pipeline.deploy.releases import Release, Sent
from pipeline.errors import DeployError
from pipeline.files import PART, whole, write_atomic
from pipeline.messages import LANGUAGES, Message, Translator, msg
from pipeline.models import FEED, ZipTarget

AUDIO = "audio/"
README = msg("README.txt")
_OURS = msg(
    "This folder comes from hdw publish. It is written anew with each publication; please leave it as it"
    " is and upload copies."
)
_DAY = (1980, 1, 1, 0, 0, 0)  # zip knows no earlier one
_UNIX, _FILE = 3, 0o100644
_PIECE = 1 << 20

Member = tuple[ZipFile, str]
"""An open archive, and the name of a file in it."""


def place(target: ZipTarget, root: Path) -> Zip:
    """The folder of a table [publish.NAME]."""
    return Zip(local.path_of(root, target.path), target.keep)


@dataclass(frozen=True, slots=True)
class Zip:
    """A folder with an archive for each release."""

    path: Path
    keep: int

    def held(self, holder: str) -> AbstractContextManager[None]:
        """The right to publish; it ends with the process, so a dead holder holds nothing."""
        return local.held(self.path, holder)

    def releases(self) -> tuple[Release, ...]:
        """Those whose archive is there, the newest first."""
        notes = sorted(self.path.glob("*.json"), reverse=True)
        ours = (note for note in notes if releases.is_name(note.stem) and self._archive(note.stem).is_file())
        return tuple(local.noted(note) for note in ours)

    def current(self) -> Release | None:
        """The newest: the one that is to be uploaded."""
        return next(iter(self.releases()), None)

    def read(self, path: str, release: str = "") -> bytes | None:
        """A file of a release, out of its archive; sound from beside it."""
        found = next((one for one in self.releases() if release in {"", one.id}), None)
        if found is None or path not in found.files:
            return None
        if path.startswith(AUDIO):
            return (self.path / path).read_bytes() if (self.path / path).is_file() else None
        with _readable(self._archive(found.id)), ZipFile(self._archive(found.id)) as archive:
            return archive.read(path)

    def send(self, release: Release, site: Path | None, told: Callable[[int], object]) -> None:
        """Add the sound that is new, pack the archive, note it; then the release is there."""
        with local.writing(self.path):
            current = self.current()
            if current is None or current.id != release.id:
                self._refuse_strange(current)
                self._clear(current.id if current else "")
                self._add_sound(release, site, told)
                self._pack(release, site, told)
                write_atomic(self.path / f"{release.id}.json", releases.to_json(release))
            self._explain()
            self._remove(self.releases()[self.keep :])

    def forget(self) -> None:
        """Remove every release but the newest, and the sound that only they have."""
        with local.writing(self.path):
            shown = self.current()
            self._clear(shown.id if shown else "")
            self._remove(self.releases()[1:])
            self._explain()

    def _archive(self, release: str) -> Path:
        return self.path / f"{release}.zip"

    def _clear(self, shown: str) -> None:
        """Remove what killed calls left: archives without a note, and hidden parts."""
        for left in sorted(self.path.iterdir()):
            ours = left.suffix in {".zip", ".json"} and releases.is_name(left.stem)
            if (ours and left.stem > shown) or (left.suffix == PART and left.name.startswith(".")):
                left.unlink()
        for left in sorted((self.path / AUDIO).glob(f".*{PART}")):
            left.unlink()

    def _add_sound(self, release: Release, site: Path | None, told: Callable[[int], object]) -> None:
        for path, file in sorted(release.files.items()):
            target = self.path / path
            if not path.startswith(AUDIO):
                continue
            if not target.is_file() or target.stat().st_size != file.bytes:
                source = site / path if site else None
                if source is None or not source.is_file():
                    raise failures.missing(target)
                local.brought(source, target, file.sha256)
            told(file.bytes)

    def _pack(self, release: Release, site: Path | None, told: Callable[[int], object]) -> None:
        with ExitStack() as opened, whole(self._archive(release.id), durable=True) as part:
            known = dict(self._known(opened))
            with ZipFile(part, "w") as archive:
                for path in sorted(release.files, key=_order):
                    file = release.files[path]
                    if not path.startswith(AUDIO):
                        self._put(path, file, archive, known, site)
                        told(file.bytes)

    def _known(self, opened: ExitStack) -> Iterator[tuple[str, Member]]:
        """Where each content lies in the archives that are there, by SHA-256."""
        for release in reversed(self.releases()):
            with _readable(self._archive(release.id)):
                archive = opened.enter_context(ZipFile(self._archive(release.id)))
            for path, file in release.files.items():
                if not path.startswith(AUDIO):
                    yield file.sha256, (archive, path)

    def _put(
        self, path: str, file: Sent, archive: ZipFile, known: Mapping[str, Member], site: Path | None
    ) -> None:
        """A file into the archive: out of one that is there, else from the site."""
        there = known.get(file.sha256)
        if there is None and site is None:
            raise failures.missing(self.path / path)
        if there is None and site and not (site / path).is_file():
            raise failures.changed(site / path)
        passed = hashlib.sha256()
        entry = _entry(path, file.bytes)
        with (
            _readable(there[0].filename if there else path),
            there[0].open(there[1]) if there else (site or self.path).joinpath(path).open("rb") as source,
            archive.open(entry, "w") as packed,
        ):
            while data := source.read(_PIECE):
                passed.update(data)
                packed.write(data)
        if passed.hexdigest() != file.sha256:
            raise failures.changed(there[0].filename or path if there else path)

    def _remove(self, old: tuple[Release, ...]) -> None:
        """Remove releases, and the sound that no other one names."""
        gone = {one.id for one in old}
        stays = {path for one in self.releases() if one.id not in gone for path in one.files}
        for release in old:
            (self.path / f"{release.id}.json").unlink(missing_ok=True)
            self._archive(release.id).unlink(missing_ok=True)
            for path in release.files:
                if path.startswith(AUDIO) and path not in stays:
                    (self.path / path).unlink(missing_ok=True)

    def _refuse_strange(self, current: Release | None) -> None:
        """DeployError before the first publication, where a text of others would be written over."""
        for say in map(Translator, LANGUAGES):
            text = self.path / say(README)
            known = text.read_text(encoding="utf-8", errors="replace") if text.is_file() else ""
            if current is None and known and not known.startswith(say(_OURS)):
                raise DeployError(
                    msg("Here lies a text of others that would be written over."),
                    where=text,
                    hint=msg("Publish into a folder of its own, or move this away."),
                )

    def _explain(self) -> None:
        """Write what to do, in the language of the show."""
        current, *before = self.releases() or (None,)
        if current is None:
            return
        say = Translator(_language(self.read(FEED)))
        there = {path for one in before[:1] for path in one.files}
        fresh = sorted(path for path in current.files if path.startswith(AUDIO) and path not in there)
        text = "\n\n".join(say(one) for one in _steps(self._archive(current.id).name, len(fresh)))
        write_atomic(self.path / say(README), "\n".join((text, *fresh, "")).encode())


@contextmanager
def _readable(archive: Path | str | None) -> Iterator[None]:
    """DeployError where an archive is none, or not whole."""
    try:
        yield
    except (KeyError, zipfile.BadZipFile, zlib.error) as error:
        raise failures.broken(archive or "", error) from error


def _order(path: str) -> tuple[int, str]:
    """Pages after what they show, feeds last: so it may be unpacked where readers are."""
    return (path.endswith(".html") + 2 * path.endswith(".xml") + (path == FEED), path)


def _entry(path: str, size: int) -> ZipInfo:
    """Nothing in it depends on when or where it was made; what is packed already is stored."""
    entry = ZipInfo(path, _DAY)
    entry.file_size = size  # from 2 GB on the archive has to know before
    entry.create_system, entry.external_attr = _UNIX, _FILE << 16
    entry.compress_type = zipfile.ZIP_DEFLATED if PurePosixPath(path).suffix in TEXT else zipfile.ZIP_STORED
    return entry


def _language(feed: bytes | None) -> str:
    """The language of the show, as its feed says; English where there is none."""
    with suppress(etree.XMLSyntaxError):
        if feed:
            return (etree.fromstring(feed).findtext("channel/language") or "en")[:2]
    return "en"


def _steps(archive: str, fresh: int) -> Iterator[Message]:
    yield _OURS
    yield msg(
        "1. Sound first: upload what is new in the folder audio into the folder audio of the website. These"
        " files never change, so what is there already need not be uploaded again."
    )
    yield msg(
        "2. Then the pages: unpack {archive} and upload everything over what is there: feeds last, that is"
        " all files that end in .xml, and of those feed.xml at the very end. The archive has that order.",
        archive=archive,
    )
    yield msg(
        "3. Delete on the server what was taken back: each file beside which lies one with the same name and"
        " .gone at its end."
    )
    yield msg("4. Does everything answer? hdw verify tells it, on the computer that the podcast is made on.")
    yield msg(
        "May be deleted on the server: what the newest archive does not hold, for it keeps for a week what"
        " vanished; but nothing in the folder audio, for which listeners' apps ask for years."
    )
    yield msg("New sound since the archive before: {n}", n=fresh)
