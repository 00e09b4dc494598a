"""The catalogue gives the same house as its files, and reads only what changed."""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sqlite3
import time
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import pytest

from pipeline import catalog, project
from pipeline.catalog import looking, packing
from pipeline.errors import ProjectError
from pipeline.models import AudioFacts, EpisodeFacts, House, Transcript

ID = "2026-11-20-smarte-stadt"
TRANSCRIPT = "WEBVTT\n\n1\n00:00:00.000 --> 00:00:04.000\n<v mira-beispiel>Der Turm steht.\n"
SECOND = """\
---
guid: zwei
title: Zweite Folge
date: 2026-11-21 12:00
status: ready
topics: [Turm]
people: [{person: mira-beispiel, role: host}]
chapters: [{start: "0:00", title: Anfang}]
links: [{url: "https://example.org", title: Quelle}]
---

Notizen.
"""


@pytest.fixture
def root(house_folder: Path) -> Path:
    """A house of two episodes, one with a transcript; nothing in it is young."""
    (house_folder / f"episodes/{ID}/transcript.vtt").write_text(TRANSCRIPT, encoding="utf-8")
    folder = house_folder / "episodes/zwei"
    folder.mkdir()
    (folder / "episode.md").write_text(SECOND, encoding="utf-8")
    _age(house_folder)
    return house_folder


def _age(root: Path) -> None:
    """As if all that was written had been there for a while."""
    for path in root.rglob("*"):
        if path.is_file():
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 60))


@pytest.fixture(autouse=True)
def no_margin(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test does not wait two seconds after each change."""
    monkeypatch.setattr(looking, "MARGIN_NS", 0)


def read(root: Path) -> tuple[House, frozenset[str]]:
    """The house out of the catalogue, and the episodes that were read anew."""
    time.sleep(0.02)  # the clock of a drive goes in steps
    files = catalog.opened(root)
    house = catalog.read(files)
    return house, files.read


def same(one: House, other: House) -> None:
    assert one.settings == other.settings
    assert (one.people, one.topics, one.series, one.pages) == (
        other.people,
        other.topics,
        other.series,
        other.pages,
    )
    assert (one.ledger, one.pictures, one.portraits) == (other.ledger, other.pictures, other.portraits)
    assert list(one.episodes) == list(other.episodes)
    for episode in other.episodes:
        for field in fields(EpisodeFacts):
            known = one.of(episode)
            assert getattr(known, field.name) == getattr(other.of(episode), field.name), field.name
        assert known.has_transcript == other.of(episode).has_transcript
        assert known.speakers == other.of(episode).speakers
        assert known.reviewed_on == other.of(episode).reviewed_on


def test_it_gives_the_house_that_its_files_say(root: Path) -> None:
    for _ in range(2):
        house, _ = read(root)
        same(house, project.load(root))


@pytest.mark.parametrize("at_once", [1, 200])
@pytest.mark.parametrize("open_", [True, False])
def test_what_was_just_read_stays_in_no_memory(
    root: Path, monkeypatch: pytest.MonkeyPatch, at_once: int, open_: bool
) -> None:
    monkeypatch.setattr("pipeline.catalog.files._AT_ONCE", at_once)
    there = len(_transcripts())
    files = catalog.Files(root, catalog.Store.of(root) if open_ else catalog.Store(None, ""))
    house = catalog.read(files)
    assert len(_transcripts()) == there
    same(house, project.load(root))
    for episode in house.episodes:  # a copy asks for no more than the first
        copy = house.of(episode).changed(editions_lost=("weg.mp3",))
        assert copy.editions_lost == ("weg.mp3",)
        assert copy.transcript == house.of(episode).transcript
        assert copy.changed(transcript=None).speakers == frozenset()
        without = house.of(episode).changed(audio=AudioFacts())
        assert (without.heard_s, without.formats) == (None, ())
        assert without.has_transcript == house.of(episode).has_transcript


def _transcripts() -> list[object]:
    gc.collect()
    return [one for one in gc.get_objects() if type(one) is Transcript]  # asked otherwise, some warn


@pytest.mark.parametrize("at_once", [1, 200])
def test_what_cannot_be_noted_is_not_taken_from_what_was_noted_before(
    root: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr("pipeline.catalog.files._AT_ONCE", at_once)
    monkeypatch.setattr("pipeline.catalog.store.PATIENCE_S", 0.0)
    read(root)
    (root / "episodes/zwei/episode.md").write_text(SECOND.replace("Quelle", "Brunnen"), encoding="utf-8")
    with closing(sqlite3.connect(root / project.CATALOG)) as other:
        other.execute("BEGIN IMMEDIATE")  # another command is writing
        house, anew = read(root)
        assert anew == {"zwei"}
        same(house, project.load(root))


def test_what_did_not_change_is_not_read_again(root: Path) -> None:
    assert read(root)[1] == {ID, "zwei"}
    assert read(root)[1] == set()
    (root / "episodes/zwei/episode.md").write_text(SECOND.replace("Zweite", "Dritte"), encoding="utf-8")
    house, anew = read(root)
    assert anew == {"zwei"}
    assert house.episodes[0].title == "Dritte Folge"
    same(house, project.load(root))


@pytest.mark.parametrize("name", ["audio.json", "transcript.vtt", "transcript.json", "bild.jpg"])
def test_any_file_of_a_folder_counts(root: Path, name: str, cover: bytes) -> None:
    read(root)
    data = {"audio.json": b"{}", "transcript.vtt": TRANSCRIPT.encode(), "transcript.json": b"{}"}
    (root / "episodes/zwei" / name).write_bytes(data.get(name, cover))
    house, anew = read(root)
    assert anew == {"zwei"}
    same(house, project.load(root))


def test_a_recording_that_comes_into_the_storage_counts(root: Path) -> None:
    (root / "archiv").mkdir()
    with (root / "podcast.toml").open("a", encoding="utf-8") as file:
        file.write('\n[storage]\nrecordings = "archiv"\n')
    path = root / "episodes/zwei/episode.md"
    path.write_text(SECOND.replace("topics", "audio: ton.mp3\ntopics"), encoding="utf-8")
    read(root)
    assert read(root)[1] == set()
    (root / "archiv/ton.mp3").write_bytes(b"sound")
    house, anew = read(root)
    assert anew == {"zwei"}
    assert house.of(house.episodes[0]).recording_present


def test_another_time_zone_dates_every_episode_anew(root: Path) -> None:
    read(root)
    path = root / "podcast.toml"
    text = path.read_text(encoding="utf-8").replace("[show]\n", '[show]\ntime_zone = "America/New_York"\n', 1)
    path.write_text(text, encoding="utf-8")
    house, anew = read(root)
    assert anew == {ID, "zwei"}
    same(house, project.load(root))


def test_episodes_that_are_gone_are_forgotten(root: Path) -> None:
    read(root)
    (root / "episodes/zwei/episode.md").unlink()
    assert [one.id for one in read(root)[0].episodes] == [ID]
    (root / "episodes/zwei/episode.md").write_text(SECOND, encoding="utf-8")
    assert read(root)[1] == {"zwei"}


def test_a_young_file_is_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "MARGIN_NS", 3600 * 10**9)
    read(root)
    assert read(root)[1] == {ID, "zwei"}


def test_mistakes_are_told_each_time_until_they_are_mended(root: Path) -> None:
    read(root)
    path = root / "episodes/zwei/episode.md"
    path.write_text(SECOND.replace("status: ready", "status: bereit"), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(ProjectError, match="status"):
            read(root)
    path.write_text(SECOND, encoding="utf-8")
    same(read(root)[0], project.load(root))


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 100, None])
def test_a_damaged_catalogue_is_thrown_away(root: Path, damage: bytes | None) -> None:
    read(root)
    path = root / project.CATALOG
    if damage is None:  # in the middle, as after a power cut
        data = bytearray(path.read_bytes())
        data[len(data) // 2 :] = b"\xff" * (len(data) - len(data) // 2)
        path.write_bytes(bytes(data))
    else:
        path.write_bytes(damage)
    for _ in range(2):
        same(read(root)[0], project.load(root))
    assert read(root)[1] == set()


def test_another_versions_catalogue_is_thrown_away(root: Path) -> None:
    read(root)
    with sqlite3.connect(root / project.CATALOG) as other:
        other.execute("UPDATE made_by SET program = 'older'")
    other.close()
    assert read(root)[1] == {ID, "zwei"}
    assert read(root)[1] == set()


def test_another_command_at_work_keeps_nobody_waiting_for_long(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog.store, "PATIENCE_S", 0.1)
    read(root)
    other = sqlite3.connect(root / project.CATALOG, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    same(read(root)[0], project.load(root))
    other.execute("ROLLBACK")
    other.close()
    assert read(root)[1] == set()


def test_a_house_that_can_only_be_read_is_read(root: Path) -> None:
    (root / ".hdw").write_text("no folder", encoding="utf-8")
    same(read(root)[0], project.load(root))


def test_what_is_looked_up_late_comes_from_the_files_where_the_catalogue_is_gone(root: Path) -> None:
    read(root)
    house, _ = read(root)
    (root / project.CATALOG).write_bytes(b"gone" * 1000)
    assert house.episodes[0].notes == "Notizen."
    assert house.episodes[0].chapters[0].title == "Anfang"


class Hostile:
    """What would run a command if anybody brought it back."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch hostile",)


def test_nobodys_bytes_run_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    body = pickle.dumps(Hostile())
    with pytest.raises(packing.DamagedError):
        packing.unpacked(packing.checked(body))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("damage", [b"", b"\0" * 10, b"xxxx" + pickle.dumps("x")])
def test_other_bytes_are_damage(damage: bytes) -> None:
    with pytest.raises(packing.DamagedError):
        packing.unpacked(damage)


def test_digests_of_files_that_look_as_they_did_are_not_reckoned_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, reckoned, real = tmp_path / "output", list[str](), project.digest

    def reckon(path: Path) -> str:
        reckoned.append(path.name)
        return real(path)

    monkeypatch.setattr(project, "digest", reckon)
    site.mkdir()
    for name in ("a", "b"):
        (site / name).write_bytes(name.encode())
    time.sleep(0.02)
    first = catalog.digests(tmp_path, site, ("a", "b"))
    assert first["a"] == (hashlib.sha256(b"a").hexdigest(), 1)
    (site / "b").write_bytes(b"other")
    time.sleep(0.02)
    again = catalog.digests(tmp_path, site, ("a", "b"))
    assert (again["a"], again["b"].bytes) == (first["a"], 5)
    assert reckoned == ["a", "b", "b"]
    with pytest.raises(OSError, match="c"):
        catalog.digests(tmp_path, site, ("a", "c"))


def test_what_cannot_be_packed_leaves_nothing_half_done(root: Path) -> None:
    store = catalog.Store.of(root)
    with pytest.raises(TypeError):
        store.note("x", {"a": catalog.Memo("k", (one for one in "ab"))})
    store.note("x", {"b": catalog.Memo("k", 1)})
    assert catalog.Store.of(root).names("x") == {"b"}
