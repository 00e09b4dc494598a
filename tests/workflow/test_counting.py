"""Which paths belong to which episode, and how much of a file its first minute takes."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline import audio, project, workflow
from pipeline.errors import LogError
from pipeline.models import Ledger, LedgerEntry, PublishedEdition, PublishedFeed
from pipeline.stats import Left
from tests.published import ADDRESS, KEPT, NOW, swap
from tests.stats.logs import line

FOLDER = '[publish.klang]\nkind = "folder"\npath = "../k"\n'
OLD = "https://alt.example.org/cast/"
GONE = PublishedEdition(url=f"{OLD}audio/frueher.00000000.mp3", bytes=5000, sha256="0" * 64)


def entry_of(house: Path) -> LedgerEntry:
    return next(one for one in project.load_ledger(house).episodes if one.episode == KEPT[0])


def change(house: Path, **changes: object) -> None:
    """The ledger with another entry for the first episode."""
    ledger = project.load_ledger(house)
    wanted = entry_of(house)
    entries = tuple(
        one.model_copy(update=changes) if one.guid == wanted.guid else one for one in ledger.episodes
    )
    project.save_ledger(house, ledger.model_copy(update={"episodes": entries}), "de")


def count(house: Path, lines: Sequence[str], **options: object) -> workflow.Downloads:
    log = house.parent / "access.log"
    log.write_text("\n".join(lines), encoding="utf-8")
    return workflow.count(house, [str(log)], **options)  # type: ignore[arg-type]


def downloads(house: Path, path: str, sent: int) -> dict[str, int]:
    """By episode, what one request with this path and so many bytes is."""
    found = count(house, [line(path=path, sent=sent)])
    return {one.id: one.total.downloads for one in found.episodes if one.total.downloads}


@pytest.mark.parametrize(
    ("more", "root"),
    [
        ("", "/"),
        ("", "/audio/../"),
        ('[publish.klang]\nkind = "s3"\nbucket = "b"\nprefix = "hdw/a"\n', "/hdw/a/"),
        (
            '[publish.klang]\nkind = "folder"\npath = "../k"\naddress = "https://k.example.org/ton/"\n',
            "/ton/",
        ),
    ],
)
def test_audio_is_found_below_every_root_that_it_may_have(house: Path, more: str, root: str) -> None:
    entry = entry_of(house)
    path = entry.editions[0].url.removeprefix(ADDRESS)
    if "klang" in more:
        swap(house / "podcast.toml", "[publish.web]\n", f'{more}\n[publish.web]\naudio = "klang"\n')
        if "s3" in more:
            swap(
                house / "podcast.toml", 'bucket = "b"\n', 'bucket = "b"\naddress = "https://k.example.org/"\n'
            )
    expected = {} if ".." in root else {KEPT[0]: 1}
    assert downloads(house, root + path, entry.editions[0].bytes) == expected


def test_a_site_below_a_path_and_one_that_moved_are_found(house: Path) -> None:
    entry = entry_of(house)
    path, size = entry.editions[0].url.removeprefix(ADDRESS), entry.editions[0].bytes
    ledger = project.load_ledger(house)
    assert ledger.show
    feeds = (PublishedFeed(url=f"{OLD}feed.xml", since=NOW - timedelta(days=900)), *ledger.show.feeds)
    show = ledger.show.model_copy(update={"feeds": feeds})
    project.save_ledger(house, ledger.model_copy(update={"show": show}), "de")
    change(house, editions=(GONE, *entry.editions))
    assert downloads(house, f"/cast/{path}", size) == {KEPT[0]: 1}
    assert downloads(house, "/cast/audio/frueher.00000000.mp3", 5000) == {KEPT[0]: 1}
    assert downloads(house, "/audio/frueher.00000000.mp3", 5000) == {KEPT[0]: 1}
    swap(house / "podcast.toml", ADDRESS, f"{ADDRESS}podcast/")
    assert downloads(house, f"/podcast/{path}", size) == {KEPT[0]: 1}
    assert downloads(house, f"/{path}", size) == {KEPT[0]: 1}


def test_a_new_edition_that_no_feed_has_named_yet_is_found(house: Path) -> None:
    entry = entry_of(house)
    project.save_ledger(house, Ledger(), "de")
    assert downloads(house, entry.editions[0].url.removeprefix(ADDRESS[:-1]), entry.editions[0].bytes) == {
        KEPT[0]: 1
    }


def test_what_was_withdrawn_is_named_by_its_number_and_counts(house: Path) -> None:
    entry = entry_of(house)
    change(house, withdrawn=True)
    shutil.rmtree(house / "episodes" / KEPT[0])
    path = entry.editions[0].url.removeprefix(ADDRESS[:-1])
    found = count(house, [line(path=path, sent=entry.editions[0].bytes)])
    (one,) = [one for one in found.episodes if one.total.downloads]
    assert (one.guid, one.id) == (entry.guid, KEPT[0])
    assert str(one.title) == f"withdrawn, number {entry.number}"


def test_a_minute_is_the_head_and_a_minute_of_its_sound(house: Path) -> None:
    """The sample lasts 40 s, so it is told that it lasts 400 s; its head is as large as it is."""
    entry, folder = entry_of(house), house / "episodes" / KEPT[0]
    facts = project.load_audio(house, KEPT[0])
    (edition,) = facts.editions
    longer = edition.model_copy(update={"duration_s": 400.0})
    project.save_audio(house, KEPT[0], facts.model_copy(update={"editions": (longer,)}))
    head = audio.head_bytes(folder / edition.file)
    assert head > 10_000
    path = entry.editions[0].url.removeprefix(ADDRESS[:-1])
    needed = head + round((edition.bytes - head) * 60 / 400)
    assert downloads(house, path, needed) == {KEPT[0]: 1}
    assert downloads(house, path, needed - 1) == {}
    (folder / edition.file).unlink()  # a clone without the sound
    share = round(edition.bytes * 60 / 400)
    assert downloads(house, path, share) == {KEPT[0]: 1}
    assert downloads(house, path, share - 1) == {}


def test_a_file_of_before_takes_a_minute_by_the_length_of_today(house: Path) -> None:
    facts = project.load_audio(house, KEPT[0])
    longer = facts.editions[0].model_copy(update={"duration_s": 600.0})
    project.save_audio(house, KEPT[0], facts.model_copy(update={"editions": (longer,)}))
    change(house, editions=(GONE, *entry_of(house).editions))
    assert downloads(house, "/cast/audio/frueher.00000000.mp3", 500) == {KEPT[0]: 1}
    assert downloads(house, "/cast/audio/frueher.00000000.mp3", 499) == {}


def test_several_logs_are_one_and_days_and_networks_can_be_left_out(house: Path, tmp_path: Path) -> None:
    entry = entry_of(house)
    path, size = entry.editions[0].url.removeprefix(ADDRESS[:-1]), entry.editions[0].bytes
    logs = []
    for day in (26, 24, 25):
        log = tmp_path / f"{day}.log"
        moments = [
            line(path=path, sent=size, at=f"{day}/Nov/2026:12:00:00 +0100", ip=f"192.0.2.{n}") for n in (1, 2)
        ]
        log.write_text("\n".join(moments), encoding="utf-8")
        logs.append(str(log))
    told: list[tuple[str, int]] = []
    found = workflow.count(house, logs, told=lambda log, done: told.append((log, done)))
    assert [n for _, n in found.days] == [2, 2, 2]
    assert {log for log, _ in told} == set(logs)
    (one,) = [one for one in found.episodes if one.total.downloads]
    assert (one.published, one.total.windows) == (date(2026, 11, 24), (2, None, None))
    networks = tmp_path / "netze.txt"
    networks.write_text("192.0.2.1 # Rechenzentrum\n", encoding="utf-8")
    found = workflow.count(house, logs, since=date(2026, 11, 25), excluded=networks)
    assert (found.days, found.counted.left) == (
        ((date(2026, 11, 25), 1), (date(2026, 11, 26), 1)),
        {Left.NETWORK: 2},
    )
    with pytest.raises(LogError, match="list of networks"):
        workflow.count(house, logs, excluded=tmp_path / "nirgends")
