"""The index of the search: which episodes share one, when one is made again, and what stands in it."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pagefind_bin
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import project, workflow
from pipeline.errors import BuildError
from pipeline.models import Episode, House, Ledger, LedgerEntry, Settings
from pipeline.website import searching
from pipeline.website.searching import bundles, numbering, vocabulary

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
EPISODE = "episodes/2026-11-20-smarte-stadt/episode.md"


def _house(settings: Settings, count: int, published: tuple[int, ...] = ()) -> House:
    """Episodes of `count` days; those of `published` stand in the ledger, under numbers in that order."""
    episodes = [
        Episode(id=f"f{n}", guid=f"f{n}", title=f"F {n}", date=NOW + timedelta(days=n)) for n in range(count)
    ]
    entries = tuple(
        LedgerEntry(guid=f"f{n}", episode=f"f{n}", number=number, slug=f"f-{n}", first_published=NOW)
        for number, n in enumerate(published)
    )
    return House(settings=settings, episodes=tuple(reversed(episodes)), ledger=Ledger(episodes=entries))


@pytest.fixture
def settings(house_folder: Path) -> Settings:
    return project.load(house_folder).settings


def _ids(house: House) -> list[list[str]]:
    return [[episode.id for _, episode in block.episodes] for block in searching.blocks(house)]


@given(st.integers(0, 3000))
def test_blocks_cover_every_number_once_and_only_the_newest_is_not_full(count: int) -> None:
    spans = list(numbering._spans(count))
    assert [number for span in spans for number in span] == list(range(count))
    assert all(len(span) in numbering.SIZES for span in spans[:-1])
    assert len(spans) <= count // numbering.SIZES[0] + 5
    assert all(len(older) >= len(newer) for older, newer in pairwise(spans))


@given(st.integers(0, 3000))
def test_one_number_more_changes_one_block_or_fills_one_up(count: int) -> None:
    before, after = set(numbering._spans(count)), set(numbering._spans(count + 1))
    assert len(after - before) == 1


def test_episodes_are_numbered_by_date_and_blocks_stand_newest_first(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbering, "SIZES", (2,))
    assert _ids(_house(settings, 5)) == [["f4"], ["f3", "f2"], ["f1", "f0"]]


def test_the_ledgers_numbers_go_before_dates(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbering, "SIZES", (2,))
    assert _ids(_house(settings, 4, published=(3, 1))) == [["f2", "f0"], ["f1", "f3"]]


def test_a_withdrawn_episode_moves_no_other(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbering, "SIZES", (2,))
    house = _house(settings, 5, published=(0, 1, 2, 3, 4))
    without = replace(house, episodes=tuple(one for one in house.episodes if one.id != "f0"))
    assert _ids(without) == [["f4"], ["f3", "f2"], ["f1"]]


def test_a_house_without_episodes_has_no_block(settings: Settings) -> None:
    assert searching.blocks(_house(settings, 0)) == ()


def test_accents_and_spellings_fold_to_one() -> None:
    assert vocabulary.fold("Büchelberg") == vocabulary.fold("buechelberg") == "buchelberg"
    assert vocabulary.fold("STRASSE") == vocabulary.fold("Straße") == "strasse"
    assert vocabulary.fold("Küçük") == "kucuk"


@given(st.sampled_from((1, 16, 64, 256)))
def test_a_word_stands_where_each_of_its_later_parts_looks(count: int) -> None:
    files = vocabulary.files(["Der Förderturm an der Volkshochschule."], count)
    for part in ("turm", "hochschule", "schule"):
        word = "Förderturm" if part == "turm" else "Volkshochschule"
        assert word in files[vocabulary.shard(part, count)]


def test_short_words_hold_no_others_and_frequent_ones_come_first() -> None:
    (words,) = vocabulary.files(
        ["Rathaus. Marktplatz, Bahnhof Bahnhofsplatz", "bahnhofsplatz Bahnhofsplatz"], 1
    )
    assert words == ("Bahnhofsplatz", "Marktplatz")


def _build(root: Path, **options: Any) -> tuple[set[str], workflow.BuildReport]:
    """The folders of the index after a build."""
    report = workflow.build(root, output=root / "output", now=NOW, **options)
    return {path.name for path in (root / "output/suche/index").iterdir()}, report


def _more(root: Path, number: int) -> None:
    folder = root / f"episodes/more-{number}"
    folder.mkdir()
    text = f"---\nguid: more-{number}\ntitle: Mehr {number}\ndate: 2026-11-{number:02}\nstatus: ready\n---\n"
    (folder / "episode.md").write_text(text, encoding="utf-8")


def test_an_unchanged_house_is_not_indexed_again(house_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, _ = _build(house_folder)
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: Path("/nowhere"))
    after, report = _build(house_folder)
    assert after == before
    assert report.written == 0


def test_one_episode_more_makes_one_block(house_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbering, "SIZES", (2,))
    for number in (1, 2, 3):
        _more(house_folder, number)
    before, _ = _build(house_folder)
    text = (house_folder / EPISODE).read_text(encoding="utf-8")
    later = house_folder / "episodes/later"
    later.mkdir()
    (later / "episode.md").write_text(
        text.replace("guid: 0b", "guid: 0c").replace("-20", "-21"), encoding="utf-8"
    )
    after, _ = _build(house_folder)
    assert len(before) == 1 + 2
    assert len(before - after) == 0
    assert len(after - before) == 1


def test_a_correction_makes_its_block_again(house_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbering, "SIZES", (2,))
    for number in (1, 2, 3):
        _more(house_folder, number)
    before, _ = _build(house_folder)
    episode = house_folder / "episodes/more-1/episode.md"
    episode.write_text(episode.read_text(encoding="utf-8").replace("Mehr 1", "Anders"), encoding="utf-8")
    after, _ = _build(house_folder)
    assert len(before - after) == len(after - before) == 1


def test_the_same_house_gives_the_same_index_bytes(house_folder: Path) -> None:
    for number in range(1, 9):  # enough for what a hash table may shuffle
        _more(house_folder, number)

    def files() -> dict[str, bytes]:
        _build(house_folder)
        folder = house_folder / "output/suche"
        made = {one.as_posix(): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}
        for name in made:
            Path(name).unlink()
        return made

    assert files() == files()


def test_a_folder_that_a_kill_left_without_its_last_file_is_made_again(house_folder: Path) -> None:
    _build(house_folder)
    entries = sorted((house_folder / "output/suche/index").glob(f"*/{bundles.ENTRY}"))
    for entry in entries:
        entry.unlink()
    _build(house_folder)
    assert [entry.is_file() for entry in entries] == [True, True]


def test_a_program_that_fails_is_an_error_that_says_why(
    house_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: Path("/nowhere"))
    with pytest.raises(BuildError, match=r"The search index cannot be made: .*nowhere"):
        _build(house_folder)


def _indexed(root: Path) -> str:
    """Everything that browsers may show of the index."""
    files = sorted((root / "output/suche/index").rglob("*.pf_fragment"))
    return "\n".join(gzip.decompress(file.read_bytes()).decode() for file in files)


def test_a_house_without_transcripts_is_searched_by_titles_people_and_notes(house_folder: Path) -> None:
    _build(house_folder)
    indexed = _indexed(house_folder)
    for words in (
        "Was ist eine smarte Stadt?",
        "Mira Beispiel",
        "Wie Bochum Daten teilt.",
        "Die Notizen zur Folge.",
    ):
        assert words in indexed


def _draft(root: Path) -> None:
    path = root / EPISODE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("status: ready", "status: draft"), encoding="utf-8")


def test_drafts_are_searched_in_the_preview_only(house_folder: Path) -> None:
    path = house_folder / EPISODE
    path.write_text(
        path.read_text(encoding="utf-8").replace("status: ready", "status: draft"), encoding="utf-8"
    )
    _build(house_folder)
    assert "smarte Stadt" not in _indexed(house_folder)
    _build(house_folder, drafts=True)
    assert "smarte Stadt" in _indexed(house_folder)


def test_a_house_without_public_episodes_has_a_search_page_that_finds_nothing(
    house_folder: Path, build_site: Any
) -> None:
    path = house_folder / EPISODE
    path.write_text(
        path.read_text(encoding="utf-8").replace("status: ready", "status: draft"), encoding="utf-8"
    )
    page = build_site(house_folder).trees["suche/index.html"]
    assert json.loads(page.findtext(".//script[@id='page']"))["blocks"] == []
