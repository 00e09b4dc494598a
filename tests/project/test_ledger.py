"""The ledger's file: what is written is read again; what two clones wrote is told with a remedy."""

from __future__ import annotations

import time
import tomllib
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import project
from pipeline.errors import ProjectError
from pipeline.models import Ledger, LedgerEntry, PublishedEdition, PublishedFeed, PublishedShow
from pipeline.project.ledger import dump

GUID = "0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11"
NOW = datetime(2026, 11, 20, 12, tzinfo=timezone(timedelta(hours=1)))
FILE = "episodes/ledger.toml"

texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).map(str.strip).filter(bool)
zones = st.sampled_from([UTC, timezone(timedelta(hours=2)), timezone(-timedelta(minutes=210))])
moments = st.datetimes(timezones=zones)
editions = st.builds(
    PublishedEdition,
    url=st.just("https://podcast.example.org/audio/a.mp3"),
    bytes=st.integers(1, 10**12),
    sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
)
entries = st.builds(
    LedgerEntry,
    guid=texts,
    episode=texts,
    number=st.integers(0, 10**6),
    slug=texts,
    former=st.lists(texts, max_size=3).map(tuple),
    first_published=moments,
    date=st.none() | moments,
    editions=st.lists(editions, max_size=2).map(tuple),
    withdrawn=st.booleans(),
)
feeds = st.builds(PublishedFeed, url=st.just("https://podcast.example.org/feed.xml"), since=moments)
shows = st.builds(PublishedShow, guid=texts, feeds=st.lists(feeds, max_size=2).map(tuple))


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Any ledger, its entries in the order of their numbers."""
    found = draw(st.lists(entries, max_size=4, unique_by=lambda entry: entry.number))
    ordered = sorted(found, key=lambda entry: entry.number)
    return Ledger(show=draw(st.none() | shows), episodes=tuple(ordered))


@settings(deadline=None)
@given(ledgers())
def test_what_is_written_is_read_again(ledger: Ledger) -> None:
    assert Ledger.model_validate(tomllib.loads(dump(ledger))) == ledger


@settings(deadline=None)
@given(ledgers())
def test_the_order_of_entries_changes_no_byte(ledger: Ledger) -> None:
    assert dump(Ledger(show=ledger.show, episodes=ledger.episodes[::-1])) == dump(ledger)


def entry(**changed: object) -> LedgerEntry:
    known = {"guid": GUID, "episode": "2026-11-20-smarte-stadt", "number": 0, "slug": "smarte-stadt"}
    return LedgerEntry.model_validate({**known, "first_published": NOW, **changed})


def second(**changed: object) -> LedgerEntry:
    other = {"guid": "5f0c9b4e", "episode": "2026-11-27-daten", "number": 1, "slug": "daten"}
    return entry(**{**other, **changed})


def test_a_ledger_says_what_it_is_in_the_shows_language_and_is_left_alone_if_nothing_changed(
    tmp_path: Path,
) -> None:
    ledger = Ledger(episodes=(entry(),))
    assert project.save_ledger(tmp_path, ledger, "de")
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert text.startswith("# Was Hörerinnen und Hörer bekommen haben")
    assert text.endswith(
        f"""
[[episodes]]
guid = "{GUID}"
episode = "2026-11-20-smarte-stadt"
number = 0
slug = "smarte-stadt"
first_published = 2026-11-20T12:00:00+01:00
"""
    )
    assert not project.save_ledger(tmp_path, ledger, "de")
    assert project.load_ledger(tmp_path) == ledger


def test_where_nothing_was_published_the_ledger_is_empty(tmp_path: Path) -> None:
    assert project.load_ledger(tmp_path) == Ledger()


@pytest.mark.parametrize(
    ("twice", "line", "message", "hint"),
    [
        (second(number=0), "number = 0", "running number 0", "next free number: 1"),
        (second(guid=GUID), f'guid = "{GUID}"', f"the guid {GUID}", "the editions of both"),
        (second(slug="smarte-stadt"), 'slug = "smarte-stadt"', "address smarte-stadt", "another slug"),
        (second(former=("smarte-stadt",)), 'slug = "daten"', "address smarte-stadt", "another slug"),
    ],
)
def test_what_two_clones_gave_to_two_episodes_is_told_at_the_second(
    tmp_path: Path, twice: LedgerEntry, line: str, message: str, hint: str
) -> None:
    project.save_ledger(tmp_path, Ledger(episodes=(entry(), twice)), "en")
    with pytest.raises(ProjectError) as caught:
        project.load_ledger(tmp_path)
    (problem,) = caught.value.problems
    lines = (tmp_path / FILE).read_text(encoding="utf-8").splitlines()
    assert problem.where.line > lines.index("[[episodes]]", lines.index("[[episodes]]") + 1)
    assert lines[problem.where.line - 1] == line
    assert message in str(problem.message)
    assert hint in str(problem.hint)


@pytest.mark.parametrize("file", [FILE, "podcast.toml"])
def test_versions_that_git_could_not_join_are_told_as_such(house_folder: Path, file: str) -> None:
    text = "[show]\n<<<<<<< HEAD\nguid = 'a'\n=======\nguid = 'b'\n>>>>>>> theirs\n"
    (house_folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(ProjectError) as caught:
        project.load(house_folder)
    problem = next(p for p in caught.value.problems if p.where.file == file)
    assert problem.where.line == 2
    assert "git could not join" in str(problem.message)
    assert "Keep what both versions have" in str(problem.hint)


@pytest.mark.parametrize("lost", ["", "guid:\n"])
def test_a_lost_guid_is_told_with_the_one_that_listeners_know(house_folder: Path, lost: str) -> None:
    project.save_ledger(house_folder, Ledger(episodes=(entry(),)), "de")
    path = house_folder / "episodes/2026-11-20-smarte-stadt/episode.md"
    path.write_text(path.read_text(encoding="utf-8").replace(f"guid: {GUID}\n", lost), encoding="utf-8")
    with pytest.raises(ProjectError) as caught:
        project.load(house_folder)
    (problem,) = caught.value.problems
    assert str(problem.hint) == f"Write the old one again: guid: {GUID}"


def test_a_published_episode_keeps_its_address_unless_its_file_names_another(house_folder: Path) -> None:
    project.save_ledger(house_folder, Ledger(episodes=(entry(slug="alt"),)), "de")
    assert project.load(house_folder).episodes[0].address == "alt"
    path = house_folder / "episodes/2026-11-20-smarte-stadt/episode.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("status:", "slug: neu\nstatus:"), encoding="utf-8"
    )
    assert project.load(house_folder).episodes[0].address == "neu"


def test_a_long_ledger_is_read_in_time_that_grows_with_its_length(tmp_path: Path) -> None:
    entries = tuple(
        LedgerEntry(guid=f"g{n}", episode=f"e{n}", number=n, slug=f"s{n}", first_published=NOW)
        for n in range(1500)
    )
    project.save_ledger(tmp_path, Ledger(episodes=entries), "de")
    begun = time.process_time()
    assert project.load_ledger(tmp_path).episodes == entries
    assert time.process_time() - begun < 5
