"""Reads a house as `project` does, but only those files and folders that changed since the last look."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import closing
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from pipeline import project
from pipeline.catalog import looking
from pipeline.catalog.forking import each, hands
from pipeline.catalog.kept import Heavy, Light, Rest, heavy, kept, light
from pipeline.catalog.packing import DamagedError, packed, unpacked
from pipeline.catalog.store import Row, Store
from pipeline.errors import HdwError
from pipeline.models import Episode, EpisodeFacts, Ledger, Model, PictureFacts, Review, Settings, Transcript

EPISODE, FILE = "episode", "file"
TRANSCRIPTS, FURTHER = 8, 256
"""As many transcripts, and further parts of episodes, stay in memory; those of an archive would fill it."""
_AT_ONCE = 200
"""After so many episodes that were read anew they are noted."""
_THERE = ("recording_present", "recording_altered", "editions_lost", "editions_altered", "edition_chapters")
T = TypeVar("T")


class Marks(NamedTuple):
    """Digests of what an episode's folder says: beside its transcript, and in that (with what was heard)."""

    front: str
    spoken: str


class _Known(NamedTuple):
    """What is kept of an episode: its folder for recordings then, files elsewhere, what is at hand."""

    settings: str
    outside: tuple[str, ...]
    marks: Marks
    light: Light

    def packed(self) -> bytes:
        return packed((self.settings, self.outside, tuple(self.marks), tuple(self.light)))


class _Read(NamedTuple):
    """What is to be kept of an episode that was read anew."""

    marks: Marks
    elsewhere: looking.Elsewhere
    heavy: bytes
    row: Row
    light: Light


class Files(project.Files):
    """Files of a house, out of the catalogue where nothing changed; `save` notes what was read anew."""

    def __init__(self, root: Path, store: Store) -> None:
        super().__init__(root)
        self.store, self.marks = store, dict[str, Marks]()
        self._now_ns = time.time_ns()
        self._read: dict[str, dict[str, Row]] = {EPISODE: {}, FILE: {}}
        self._heavy, self._ahead = dict[str, bytes](), dict[str, Light]()
        self._outside: dict[str, looking.Elsewhere] = {}
        self._seen: dict[str, looking.Look] = {}
        self._settings: Settings | None = None
        self._spoken = lru_cache(maxsize=TRANSCRIPTS)(self._load_spoken)
        self._further = lru_cache(maxsize=FURTHER)(self._load_further)

    @cached_property
    def _episodes(self) -> dict[str, Row]:
        return self.store.rows(EPISODE)

    @cached_property
    def _files(self) -> dict[str, Row]:
        return self.store.rows(FILE)

    @property
    def read(self) -> frozenset[str]:
        """The ids of the episodes that were read anew."""
        return frozenset(self._read[EPISODE])

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all episodes that there are."""
        return frozenset(project.episode_ids(self.root))

    @cached_property
    def looks(self) -> dict[str, looking.Look]:
        """How every episode's folder looks."""
        return {id_: self._look(id_) for id_ in self.ids}

    def _look(self, id_: str) -> looking.Look:
        if id_ not in self._seen:
            self._seen[id_] = looking.look(project.episode_folder(self.root, id_))
        return self._seen[id_]

    def young(self, seen: looking.Look) -> bool:
        """Whether what was seen, or was read since, changed so short before that it may change unseen."""
        read = (row for rows in self._read.values() for row in rows.values())
        return seen.young(self._now_ns) or any(row.young for row in read)

    @property
    def outside(self) -> tuple[looking.Elsewhere, ...]:
        """How recordings and videos look that lie, or would lie, outside the episodes' folders."""
        return tuple(sorted(self._outside.values()))

    def ledger(self) -> Ledger:
        """What listeners were given."""
        found: Ledger = self._file(self.root / project.LEDGER, super().ledger)
        return found

    def content(self, path: Path, kind: str) -> Model:
        """A person's, topic's, series' or page's file."""
        found: Model = self._file(path, partial(super().content, path, kind))
        return found

    def picture(self, path: Path) -> PictureFacts | None:
        """What a picture outside the episodes holds."""
        found: PictureFacts | None = self._file(path, partial(super().picture, path))
        return found

    def ahead(self, ids: Collection[str], config: Settings | None) -> None:
        """Look at many episodes; those that changed are read, by several processes where that pays."""
        if config is None:
            return
        self._settings, due = config, []
        for id_ in ids:
            at_hand = self._recalled(id_, config)
            if at_hand:
                self._ahead[id_] = at_hand
            else:
                due.append(id_)
        if hands(len(due)) > 1:
            with closing(each(due, partial(self._read_apart, config), self.store.again)) as parts:
                for part in parts:
                    self._ahead.update((id_, self._take(id_, read)) for id_, read in part.items() if read)

    def episode(self, id_: str, config: Settings | None) -> tuple[Episode, EpisodeFacts]:
        """An episode and its facts, the further parts of which come on first use."""
        self._settings = config
        if config is None:
            return super().episode(id_, config)
        at_hand = self._ahead.pop(id_, None) or self._recalled(id_, config)
        return kept(at_hand or self._take(id_, self._read_anew(config, id_)), self._rest(id_))

    def _recalled(self, id_: str, config: Settings) -> Light | None:
        """What is at hand of an episode that did not change."""
        row = self._episodes.get(id_)
        known = _known(row) if row and not row.young else None
        if row and known and known.settings == _of_settings(config) and self._same(row, id_, known.outside):
            self.marks[id_] = known.marks
            return known.light
        return None

    def _read_apart(self, config: Settings, id_: str) -> _Read | None:
        """Read an episode; None for one with mistakes: whoever asks for it is told of them."""
        try:
            return self._read_anew(config, id_)
        except HdwError:
            return None

    def _read_anew(self, config: Settings, id_: str) -> _Read:
        before = self._look(id_)
        episode, facts = super().episode(id_, config)
        folder, outside = project.episode_folder(self.root, id_), _outside(self.root, episode, config)
        marks = Marks(_front(self.root, id_, facts), _spoken(self.root, id_))
        seen, elsewhere = looking.look(folder), looking.elsewhere(map(str, outside))
        meanwhile = seen.signature != before.signature  # somebody wrote while it was read
        at_hand = light(episode, facts)
        known = _Known(_of_settings(config), elsewhere.paths, marks, at_hand)
        young = meanwhile or seen.young(self._now_ns) or elsewhere.young(self._now_ns)
        row = Row(before.signature + elsewhere.signature, young, known.packed())
        return _Read(marks, elsewhere, packed(heavy(episode, facts)), row, at_hand)

    def _take(self, id_: str, read: _Read) -> Light:
        """Keep what was read; what is at hand of it."""
        self.marks[id_], self._outside[id_], self._heavy[id_] = read.marks, read.elsewhere, read.heavy
        self._read[EPISODE][id_] = read.row
        if len(self._heavy) % _AT_ONCE == 0:
            self._keep()
        return read.light

    def remarked(self, id_: str, facts: EpisodeFacts) -> None:
        """Facts of an episode were written: its mark is that of what lies there now."""
        self.marks[id_] = Marks(_front(self.root, id_, facts), self.marks[id_].spoken)

    def save(self) -> None:
        """Note what was read anew, and what is gone."""
        gone = self._episodes.keys() - self.ids
        self._keep(gone)
        missing = {name for name in self._files if not (self.root / name).is_file()}
        self.store.keep(FILE, self._read[FILE], {}, missing)

    def _keep(self, gone: Iterable[str] = ()) -> None:
        rows = {id_: self._read[EPISODE][id_] for id_ in self._heavy}
        if self.store.keep(EPISODE, rows, self._heavy, gone):
            self._heavy.clear()

    def _same(self, row: Row, id_: str, outside: tuple[str, ...]) -> bool:
        elsewhere = self._outside[id_] = looking.elsewhere(outside)
        return self._look(id_).signature + elsewhere.signature == row.signature

    def _load_spoken(self, id_: str) -> tuple[Transcript | None, Review]:
        return project.load_transcript(self.root, id_), project.load_review(self.root, id_)

    def _load_further(self, id_: str) -> Heavy:
        try:
            known = self._heavy.get(id_)
            found: Heavy = unpacked(known) if known else self.store.heavy(f"{EPISODE}/{id_}")
        except DamagedError:
            found = heavy(*project.Files(self.root).episode(id_, self._settings))
        return found

    def _rest(self, id_: str) -> Rest:
        return Rest(partial(self._further, id_), partial(self._spoken, id_))

    def _file(self, path: Path, read: Callable[[], T]) -> T:
        name = project.shown(path, self.root)
        row, seen = self._files.get(name), looking.look(None, (path,))
        if row and not row.young and row.signature == seen.signature:
            try:
                value: T = unpacked(row.value)
            except DamagedError:
                pass
            else:
                return value
        value = read()
        self._read[FILE][name] = Row(seen.signature, seen.young(self._now_ns), packed(value))
        return value


def _known(row: Row) -> _Known | None:
    try:
        settings, outside, marks, at_hand = unpacked(row.value)
        return _Known(settings, outside, Marks(*marks), Light(*at_hand))
    except (DamagedError, TypeError):
        return None


def _of_settings(config: Settings | None) -> str:
    """What podcast.toml says about how episodes are read."""
    return repr((config.show.time_zone, config.storage)) if config else ""


def _outside(root: Path, episode: Episode, config: Settings) -> list[Path]:
    """Where the recording and the video would lie outside the episode's folder."""
    storage = project.storage_folder(root, config)
    named = [name for name in (episode.audio, episode.sign_language) if name]
    return [storage / name for name in named] if storage else []


def _front(root: Path, id_: str, facts: EpisodeFacts) -> str:
    """The digest of what stands beside the transcript, and of what is there."""
    folder = project.episode_folder(root, id_)
    there = (*(getattr(facts, name) for name in _THERE), sorted(facts.pictures.items()), facts.sign_language)
    return _digest((folder / project.FRONT_MATTER, folder / project.AUDIO), repr(there))


def _spoken(root: Path, id_: str) -> str:
    """The digest of the transcript, of who checked it, and of all that machines heard."""
    return _digest(project.spoken_files(root, id_))


def _digest(files: Iterable[Path], also: str = "") -> str:
    digest = hashlib.sha256(also.encode())
    for path in files:
        data = path.read_bytes() if path.is_file() else b""
        digest.update(f"\0{path.name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()
