"""What was published stays: guids, numbers and addresses, through any sequence of edits."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline import catalog, checks, feed, project, website
from pipeline.errors import Level
from pipeline.models import FEED, Edition, House, Ledger, public
from pipeline.workflow import checking, editions, planning, preparing
from pipeline.workflow.identifying import record
from pipeline.workflow.knowing import Known
from tests.small_house import PODCAST_TOML

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
FIRST, SECOND = "2026-11-20-smarte-stadt", "2026-11-23-daten"
IDENTITY = {rule.name for rule in checks.identity.RULES}


@pytest.fixture(scope="module")
def cover_file(tmp_path_factory: pytest.TempPathFactory, cover: bytes) -> Path:
    """A cover that every app takes."""
    path = tmp_path_factory.mktemp("cover") / "cover.jpg"
    path.write_bytes(cover)
    return path


@pytest.fixture
def root(tmp_path: Path, cover_file: Path) -> Path:
    """A house with two episodes that are ready to be published."""
    return _small_house(tmp_path, cover_file)


def _small_house(root: Path, cover: Path) -> Path:
    (root / "content").mkdir()
    (root / "content/cover.jpg").hardlink_to(cover)
    (root / "podcast.toml").write_text(PODCAST_TOML, encoding="utf-8")
    write(root, FIRST, title="Smarte Stadt")
    write(root, SECOND, title="Daten", date="2026-11-23 12:00")
    return root


def write(root: Path, folder: str, **values: str) -> None:
    """An episode with a transcript, chapters and a published audio file, whose recording is elsewhere."""
    path = root / "episodes" / folder
    known = {"guid": f"guid-{folder}", "title": folder, "status": "ready", "date": "2026-11-20 12:00"}
    chapters = '[{start: "0:00", title: Anfang}]'
    lines = [f"{key}: {value}" for key, value in {**known, **values, "chapters": chapters}.items()]
    sound = folder.encode()
    edition = {"file": "published/a.mp3", "type": "audio/mpeg", "bytes": len(sound), "bit_rate": 64000}
    edition |= {"sha256": hashlib.sha256(sound).hexdigest(), "duration_s": 60.0, "inputs": "x"}
    (path / "published").mkdir(parents=True, exist_ok=True)
    (path / "episode.md").write_text("\n".join(("---", *lines, "---", "")), encoding="utf-8")
    (path / "transcript.vtt").write_text("WEBVTT\n\n1\n00:01.000 --> 00:02.000\nHallo.\n", encoding="utf-8")
    (path / "audio.json").write_text(json.dumps({"editions": [edition]}), encoding="utf-8")
    (path / "published/a.mp3").write_bytes(sound)


def change(root: Path, folder: str, old: str, new: str) -> None:
    path = root / "episodes" / folder / "episode.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def public_house(root: Path) -> House:
    return public(preparing.chosen(project.load(root), drafts=False, now=NOW), "Gast")


def publish(root: Path, now: datetime = NOW) -> Ledger:
    """What publishing does with the ledger after it has sent the site."""
    house = public_house(root)
    made = {id_: (edition,) for id_, edition in editions.editions(house).items()}
    ledger = record(house, made, now)
    project.save_ledger(root, ledger, "de")
    return ledger


def planned(root: Path) -> dict[str, website.Planned]:
    files = catalog.opened(root)
    house = public(preparing.chosen(catalog.read(files), drafts=False, now=NOW), "Gast")
    feeds = (website.Document(path, data) for path, data in planning.feed_files(house).items())
    known = Known(planning.context(root, house), files)
    return {one.path: one for one in (*feeds, *planning.plan(root, known))}


def lasting(root: Path) -> set[str]:
    """What is planned, without the files that are named by what they show."""
    return {path for path in planned(root) if not path.startswith(("bilder/karte-", "suche/index/"))}


def enclosures(root: Path) -> list[str]:
    document = planned(root)[FEED]
    assert isinstance(document, website.Document)
    return [str(url) for url in etree.fromstring(document.data).xpath("//enclosure/@url")]


def test_the_first_publication_gives_numbers_by_date_and_freezes_what_feeds_named(root: Path) -> None:
    ledger = publish(root, NOW + timedelta(microseconds=7))
    first, second = ledger.episodes
    assert (first.number, first.episode, first.slug, first.guid) == (
        0,
        FIRST,
        "smarte-stadt",
        f"guid-{FIRST}",
    )
    assert (second.number, second.slug) == (1, "daten")
    assert first.first_published == NOW
    assert first.date == datetime(2026, 11, 20, 11, tzinfo=UTC)
    assert [one.url for one in first.editions] == [enclosures(root)[1]]
    assert first.editions[0].bytes == len(FIRST)
    assert ledger.show is not None
    assert ledger.show.guid == feed.guid_of("https://podcast.example.org/feed.xml")
    assert [(one.url, one.since) for one in ledger.show.feeds] == [
        ("https://podcast.example.org/feed.xml", NOW)
    ]


def test_publishing_again_changes_nothing(root: Path) -> None:
    first = publish(root)
    assert publish(root, NOW + timedelta(days=1)) == first


def test_an_old_episode_found_late_gets_the_next_number(root: Path) -> None:
    publish(root)
    write(root, "2020-01-01-alt", date="2020-01-01 12:00")
    assert [(e.number, e.episode) for e in publish(root).episodes][2:] == [(2, "2020-01-01-alt")]


def test_a_deleted_episode_leaves_its_number_behind(root: Path) -> None:
    before = publish(root).episodes[1]
    shutil.rmtree(root / "episodes" / SECOND)
    write(root, "2026-11-24-neu", date="2026-11-24 12:00")
    after = publish(root).episodes
    assert after[1] == before
    assert after[2].number == 2


def test_an_episode_without_audio_was_not_published(root: Path) -> None:
    (root / "episodes" / SECOND / "audio.json").unlink()
    assert [e.episode for e in publish(root).episodes] == [FIRST]


def test_a_new_title_changes_neither_page_nor_audio_address(root: Path) -> None:
    publish(root)
    paths, urls = lasting(root), enclosures(root)
    change(root, FIRST, "title: Smarte Stadt", "title: Kluge Stadt")
    assert (lasting(root), enclosures(root)) == (paths, urls)


def test_a_new_slug_moves_the_page_and_leaves_files_and_redirect_behind(root: Path) -> None:
    publish(root)
    urls = enclosures(root)
    change(root, FIRST, "status: ready", "status: ready\nslug: kluge-stadt")
    files = planned(root)
    for name in ("transkript.vtt", "transkript.srt", "transkript.json", "kapitel.json"):
        old, new = files[f"folgen/smarte-stadt/{name}"], files[f"folgen/kluge-stadt/{name}"]
        assert isinstance(old, website.Document)
        assert isinstance(new, website.Document)
        assert old.data == new.data
    assert getattr(files["folgen/smarte-stadt/index.html"], "template", "") == "moved.html"
    assert getattr(files["folgen/kluge-stadt/index.html"], "template", "") == "episode.html"
    assert enclosures(root) == urls
    entry = publish(root).episodes[0]
    assert (entry.slug, entry.former, [one.url for one in entry.editions]) == (
        "kluge-stadt",
        ("smarte-stadt",),
        [urls[1]],
    )
    assert set(planned(root)) == set(files)


def test_a_slug_taken_back_needs_no_redirect_from_itself(root: Path) -> None:
    publish(root)
    change(root, FIRST, "status: ready", "status: ready\nslug: kluge-stadt")
    publish(root)
    change(root, FIRST, "slug: kluge-stadt", "slug: smarte-stadt")
    entry = publish(root).episodes[0]
    assert (entry.slug, entry.former) == ("smarte-stadt", ("kluge-stadt",))
    assert getattr(planned(root)["folgen/smarte-stadt/index.html"], "template", "") == "episode.html"


def test_a_published_episode_does_not_vanish_by_a_date_to_come(root: Path) -> None:
    publish(root)
    change(root, FIRST, "date: 2026-11-20", "date: 2027-11-20")
    assert "folgen/smarte-stadt/index.html" in planned(root)


def test_a_withdrawn_episode_is_never_built_or_recorded_again(root: Path) -> None:
    ledger = publish(root)
    first = ledger.episodes[0].model_copy(update={"withdrawn": True})
    ledger = ledger.model_copy(update={"episodes": (first, ledger.episodes[1])})
    project.save_ledger(root, ledger, "de")
    change(root, FIRST, "title: Smarte Stadt", "title: Kluge Stadt\nslug: neu")
    known = [path for path in planned(root) if "smarte-stadt" in path or "folgen/neu" in path]
    left = [path for path in known if not path.endswith(".gone")]  # its notice, and marks for the web server
    assert left == ["folgen/smarte-stadt/index.html", "folgen/smarte-stadt/einbetten/index.html"]
    house_with_all = replace(project.load(root))
    made = {id_: (edition,) for id_, edition in editions.editions(house_with_all).items()}
    assert record(house_with_all, made, NOW) == ledger


def test_a_site_that_moves_keeps_its_guid_and_its_audio_paths(root: Path) -> None:
    before = publish(root)
    urls = enclosures(root)
    toml = root / "podcast.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace("podcast.example", "neu.example"), encoding="utf-8"
    )
    assert enclosures(root) == [url.replace("podcast.example", "neu.example") for url in urls]
    later = NOW + timedelta(days=1)
    after = publish(root, later)
    assert after.show is not None
    assert before.show is not None
    assert after.show.guid == before.show.guid
    assert [(one.url, one.since) for one in after.show.feeds] == [
        ("https://podcast.example.org/feed.xml", NOW),
        ("https://neu.example.org/feed.xml", later),
    ]
    assert after.episodes == before.episodes


def test_audio_that_lies_on_another_server_keeps_its_address_and_is_not_copied(root: Path) -> None:
    ledger = publish(root)
    elsewhere = ledger.episodes[0].editions[0].model_copy(update={"url": "https://cdn.example.net/a.mp3"})
    first = ledger.episodes[0].model_copy(update={"editions": (elsewhere,)})
    project.save_ledger(root, ledger.model_copy(update={"episodes": (first, ledger.episodes[1])}), "de")
    assert enclosures(root)[1] == "https://cdn.example.net/a.mp3"
    assert [path for path in planned(root) if path.startswith("audio/") or "cdn" in path] == [
        enclosures(root)[0].removeprefix("https://podcast.example.org/")
    ]
    assert publish(root).episodes[0] == first


def test_every_further_format_is_recorded_once(root: Path) -> None:
    known = editions.editions(public_house(root))[FIRST]
    opus = Edition.model_validate({**known.model_dump(), "file": "published/a.opus", "sha256": "ab" * 32})
    ledger = record(public_house(root), {FIRST: (known, opus)}, NOW)
    assert [one.url.rpartition(".")[2] for one in ledger.episodes[0].editions] == ["mp3", "opus"]
    again = record(replace(public_house(root), ledger=ledger), {FIRST: (opus, known)}, NOW)
    assert again == ledger


WORDS = st.sampled_from(["Anfang", "Mitte", "Ende", "Stadt", "Daten"])
DAYS = st.integers(1, 28).map(lambda day: f"2026-12-{day:02} 12:00")
Act = Callable[[Path, list[str]], None]


def _edit(at: int, field: str, value: str) -> Act:
    def act(root: Path, folders: list[str]) -> None:
        path = root / "episodes" / folders[at % len(folders)] / "episode.md"
        if path.is_file():
            lines = [
                one
                for one in path.read_text(encoding="utf-8").splitlines()
                if not one.startswith(f"{field}:")
            ]
            path.write_text("\n".join((lines[0], f"{field}: {value}", *lines[1:], "")), encoding="utf-8")

    return act


def _new(title: str) -> Act:
    def act(root: Path, folders: list[str]) -> None:
        folders.append(f"folge-{len(folders)}")
        write(root, folders[-1], title=title)

    return act


def _delete(at: int) -> Act:
    return lambda root, folders: shutil.rmtree(
        root / "episodes" / folders[at % len(folders)], ignore_errors=True
    )


PLACES = st.integers(0, 5)
ACTS = st.one_of(
    st.builds(_edit, PLACES, st.just("title"), WORDS),
    st.builds(_edit, PLACES, st.just("date"), DAYS),
    st.builds(_edit, PLACES, st.just("slug"), WORDS.map(str.lower)),
    st.builds(_edit, PLACES, st.just("guid"), WORDS),
    st.builds(_edit, PLACES, st.just("status"), st.sampled_from(["draft", "ready"])),
    st.builds(_new, WORDS),
    st.builds(_delete, PLACES),
)


def _publishable(root: Path) -> bool:
    problems = checking.findings(root, project.load(root), NOW)
    return not any(p.level is Level.REQUIRED and p.rule in IDENTITY for p in problems)


@settings(max_examples=20, deadline=None)
@example([[_edit(0, "slug", "anfang")]])  # its player for other sites moves with it
@given(st.lists(st.lists(ACTS, max_size=3), max_size=4))
def test_no_sequence_of_edits_loses_what_was_published(
    tmp_path_factory: pytest.TempPathFactory, cover_file: Path, edits: list[list[Act]]
) -> None:
    root = _small_house(tmp_path_factory.mktemp("haus"), cover_file)
    folders = [FIRST, SECOND]
    ledger, answering = publish(root), lasting(root)
    for acts in edits:
        before = root.with_name(f"{root.name}-vorher")
        shutil.rmtree(before, ignore_errors=True)
        shutil.copytree(root, before)
        for act in acts:
            act(root, folders)
        if not _publishable(root):  # hdw publish refuses; git brings the last state back
            shutil.rmtree(root)
            shutil.copytree(before, root)
            continue
        known, ledger = ledger, publish(root)
        assert [(e.guid, e.number) for e in known.episodes] == [
            (e.guid, e.number) for e in ledger.episodes[: len(known.episodes)]
        ]
        now_there = planned(root)
        assert {path for path in answering if path.startswith(("folgen/", "audio/"))} <= set(now_there)
        assert {url.partition("//")[2].partition("/")[2] for url in enclosures(root)} <= set(now_there)
        answering |= set(now_there)
