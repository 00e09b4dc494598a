"""Overwriting in place, over a store in memory that breaks off wherever it is told to."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.deploy import Release, Sent, following, state
from pipeline.deploy.in_place import Found, InPlace
from pipeline.deploy.state import CURRENT, OURS, Kept, Shown, Spot, State
from pipeline.errors import DeployError
from pipeline.messages import msg

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
KEEP = 3


class BrokenError(Exception):
    """The process was killed here."""


@dataclass
class Memory:
    """A store like any other: with versions it forgets none, and removing without a mark hides them."""

    versions: bool
    files: dict[str, list[tuple[str, bytes | None]]] = field(default_factory=dict)
    written: int = 0
    asked: list[str] = field(default_factory=list)
    breaks: int = -1
    where: str = "memory:"
    at_once: int = 1

    @contextmanager
    def held(self, holder: str) -> Iterator[Callable[[], None]]:
        yield lambda: None

    def prepare(self) -> None:
        self._step("prepare")

    def read(self, spot: Spot) -> Found | None:
        self._step(f"read {spot.path}")
        found = self._at(spot)
        return None if found is None or found[1] is None else Found(found[1], found[0])

    def put(self, path: str, source: Path | bytes, sha256: str) -> str:
        self._step(f"put {path}")
        data = source.read_bytes() if isinstance(source, Path) else source
        assert hashlib.sha256(data).hexdigest() == sha256
        return self._write(path, data)

    def tidy(self, ours: Callable[[str], bool]) -> None:
        self._step("tidy")

    def copy(self, spot: Spot, path: str, file: Sent) -> str | None:
        self._step(f"copy {path}")
        found = self._at(spot)
        if found is None or found[1] is None:
            return None
        assert hashlib.sha256(found[1]).hexdigest() == file.sha256
        return self._write(path, found[1])

    def has(self, path: str, file: Sent) -> str | None:
        self._step(f"has {path}")
        found = self._at(Spot(path))
        same = found and found[1] is not None and hashlib.sha256(found[1]).hexdigest() == file.sha256
        return found[0] if found and same else None

    def remove(self, spots: Sequence[Spot]) -> None:
        for spot in spots:
            self._step(f"remove {spot.path}")
            if spot.mark:
                self.files[spot.path] = [one for one in self.files[spot.path] if one[0] != spot.mark]
            elif self.versions and spot.path in self.files:
                self._write(spot.path, None)
            else:
                self.files.pop(spot.path, None)

    def public(self) -> dict[str, bytes]:
        """What readers see."""
        found = {path: self._at(Spot(path)) for path in self.files if not path.startswith(OURS)}
        return {path: one[1] for path, one in found.items() if one and one[1] is not None}

    def _at(self, spot: Spot) -> tuple[str, bytes | None] | None:
        there = [one for one in self.files.get(spot.path, []) if spot.mark in {"", one[0]}]
        return there[-1] if there else None

    def _write(self, path: str, data: bytes | None) -> str:
        self.written += 1
        mark = str(self.written) if self.versions else ""
        self.files[path] = [*(self.files.get(path, []) if self.versions else []), (mark, data)]
        return mark

    def _step(self, said: str) -> None:
        self.asked.append(said)
        self.breaks -= 1
        if self.breaks == -1:
            raise BrokenError


def sent(site: Mapping[str, bytes]) -> dict[str, Sent]:
    return {path: Sent(hashlib.sha256(data).hexdigest(), len(data)) for path, data in site.items()}


def publish(place: InPlace, site: Mapping[str, bytes], now: datetime) -> Release:
    release = following(place.current(), sent(site), now)
    with tempfile.TemporaryDirectory() as folder:
        for path, data in site.items():
            (Path(folder) / path).write_bytes(data)
        with place.held("jemand"):
            place.send(release, Path(folder), lambda _: None)
    return release


PATHS = ("a.mp3", "a.html", "b.html", "feed.xml")
SITES = st.dictionaries(st.sampled_from(PATHS), st.sampled_from([b"1", b"2", b"3"]), min_size=1)
STEPS = st.tuples(SITES, st.integers(0, 30), st.sampled_from([0.5, 8.0]), st.booleans())


@settings(max_examples=100, deadline=None)
@given(st.booleans(), st.lists(STEPS, min_size=2, max_size=7))
def test_wherever_it_breaks_off_every_release_can_be_had_and_nothing_is_left_over(
    versions: bool, steps: list[tuple[dict[str, bytes], int, float, bool]]
) -> None:
    """Sites of any kind follow each other; each is sent until it is killed, then perhaps another comes."""
    store = Memory(versions)
    place, now, wanted = InPlace(store, KEEP), NOW, dict[str, dict[str, bytes]]()
    for site, breaks, days, again in steps:
        now += timedelta(days=days)
        store.breaks = breaks
        try:
            publish(place, site, now)
        except BrokenError:
            store.breaks = -1
            place = InPlace(store, KEEP)
            assert_readable(place, wanted)
            if not again:
                continue
            publish(place, site, now)
        store.breaks = -1
        current = place.current()
        assert current
        wanted[current.id] = dict(site)
        assert {path: store.public()[path] for path in site} == site
        assert_readable(place, wanted)
        gone = {path: file for path, file in current.files.items() if file.gone}
        for path, file in gone.items():
            assert hashlib.sha256(store.public()[path]).hexdigest() == file.sha256
    for site in ({"a.html": b"1"}, {"a.html": b"1", "feed.xml": b"1"}, {"a.html": b"1"}):
        now += timedelta(days=8)
        publish(place, site, now)
    now += timedelta(days=8)
    publish(place, {"a.html": b"1"}, now)
    assert store.public() == {"a.html": b"1"}
    with place.held("jemand"):
        place.forget()
    assert len(place.releases()) == 1
    left = {path for path in store.files if store.read(Spot(path))}
    if versions:  # the mark of a note that was written just before a kill is not known to anybody
        left = {path for path in left if not path.startswith(f"{OURS}releases/")}
    assert left - {state.note(place.releases()[0].id)} == {"a.html", CURRENT}


@pytest.mark.parametrize("first", [{}, {"a.html": b"0"}])
def test_of_a_publication_that_broke_off_nothing_need_be_left(first: dict[str, bytes]) -> None:
    """Also where it was the first: an episode may have been withdrawn since."""
    for breaks in range(60):
        store = Memory(versions=False)
        if first:
            publish(InPlace(store, KEEP), first, NOW)
        store.breaks = breaks
        try:
            publish(InPlace(store, KEEP), dict.fromkeys(PATHS, b"1"), NOW + timedelta(days=1))
        except BrokenError:
            store.breaks = -1
            place = InPlace(store, KEEP)
            current = place.current()
            with place.held("jemand"):
                place.forget()
            ours = {CURRENT, *([state.note(current.id)] if current else [])}
            assert store.files.keys() - ours == (current.files.keys() if current else set())
        else:
            break
    else:
        pytest.fail("it never came to its end")


def test_a_version_that_is_shown_again_after_a_kill_is_not_taken_for_an_old_one() -> None:
    store = Memory(versions=True)
    publish(InPlace(store, KEEP), {"a.html": b"1"}, NOW)
    store.breaks = 4  # noted, but nothing written yet
    with pytest.raises(BrokenError):
        publish(InPlace(store, KEEP), {"a.html": b"2"}, NOW + timedelta(days=1))
    assert store.public() == {"a.html": b"1"}
    assert InPlace(store, KEEP)._state()[0].touched == {"a.html"}
    for n in range(2 * KEEP):
        publish(InPlace(store, KEEP), {"a.html": b"1", "feed.xml": b"%d" % n}, NOW + timedelta(days=2 + n))
    assert store.public()["a.html"] == b"1"


def test_a_note_says_everything() -> None:
    kept = {"0" * 64: Kept(Spot("a", "1"), "2026-11-24T120000Z")}
    known = State({"2026-11-24T120000Z": "7"}, kept, "x", frozenset("ab"), {"c": NOW}, (Spot("d"),))
    assert state.from_note(state.to_note(known)) == known
    shown = Shown(Release("2026-11-24T120000Z", {"a": Sent("0" * 64, 1)}), {"a": "1"})
    assert state.from_release_note(state.to_release_note(shown)) == shown


@pytest.mark.parametrize("damaged", [b"", b"{}", state.to_release_note(Shown(Release("x", {})))])
def test_a_damaged_note_is_named(damaged: bytes) -> None:
    store = Memory(versions=False, files={CURRENT: [("", damaged)]})
    with pytest.raises(DeployError, match="cannot be read"):
        InPlace(store, KEEP).current()


@pytest.mark.parametrize(("when", "shown"), [(0, b"1"), (1, b"1"), (2, b"2")])
def test_whoever_lost_the_right_to_publish_stops_before_the_next_wave(when: int, shown: bytes) -> None:
    """Before new pages, before the feed, before it is noted and anything is removed."""
    store = Memory(versions=False)
    place = InPlace(store, KEEP)
    first = publish(place, {"a.html": b"1", "feed.xml": b"1"}, NOW)
    left = [when]

    def sure() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise DeployError(msg("The storage has no more room."))

    store.held = lambda _: nullcontext(sure)  # type: ignore[method-assign]
    with pytest.raises(DeployError):
        publish(place, {"b.html": b"2", "feed.xml": b"2"}, NOW + timedelta(days=1))
    assert store.public()["feed.xml"] == shown
    assert place.current() == first


def assert_readable(place: InPlace, wanted: Mapping[str, Mapping[str, bytes]]) -> None:
    for release in place.releases():
        if release.id in wanted:
            found = {path: place.read(path, release.id) for path in wanted[release.id]}
            assert found == wanted[release.id]
