from __future__ import annotations

import multiprocessing
import os
import threading
from pathlib import Path

import pytest

from pipeline import files


def test_a_file_is_written_once_and_left_alone_where_it_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a/b.txt"
    assert files.write_atomic(path, b"1")
    before = path.stat().st_mtime_ns
    assert not files.write_atomic(path, b"1")
    assert path.stat().st_mtime_ns == before
    assert files.write_atomic(path, b"2")
    assert path.read_bytes() == b"2"


def _interrupted(path: Path, durable: bool) -> None:
    with files.whole(path, durable=durable) as part:
        part.write_bytes(b"half")
        raise KeyboardInterrupt


@pytest.mark.parametrize("durable", [True, False])
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path, durable: bool) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        _interrupted(path, durable)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def _overtaken(path: Path) -> None:
    with files.whole(path, durable=False, new=True) as part:
        part.write_bytes(b"mine")
        path.write_bytes(b"somebody was quicker")


def test_what_is_new_never_takes_the_place_of_another_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with pytest.raises(FileExistsError):
        _overtaken(path)
    assert path.read_bytes() == b"somebody was quicker"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_stands_alone_at_its_place(tmp_path: Path) -> None:
    with files.whole(tmp_path / "a.txt", durable=True, new=True) as part:
        part.write_bytes(b"mine")
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").stat().st_nlink == 1


@pytest.mark.parametrize("durable", [True, False])
def test_only_what_cannot_be_made_again_waits_for_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, durable: bool
) -> None:
    synced = []
    monkeypatch.setattr(os, "fsync", synced.append)
    files.write_atomic(tmp_path / "a", b"1", durable=durable)
    assert len(synced) == (2 if durable else 0)  # the file and its name


def _killed(path: Path) -> None:
    with files.whole(path, durable=True) as part:
        part.write_bytes(b"half")
        os._exit(9)  # as SIGKILL: nothing is tidied up


def test_what_a_killed_writer_left_is_cleared_away_by_the_next_one(tmp_path: Path) -> None:
    path, other = tmp_path / "a[1].json", tmp_path / ".andere.json.part"
    other.write_bytes(b"not ours")
    child = multiprocessing.get_context("spawn").Process(target=_killed, args=(path,))
    child.start()
    child.join()
    assert len(list(tmp_path.iterdir())) == 2
    files.write_atomic(path, b"whole")
    assert sorted(tmp_path.iterdir()) == [other, path]


def test_what_another_writer_is_at_work_on_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with files.whole(path, durable=True) as part:
        part.write_bytes(b"slow")
        files.write_atomic(path, b"quick")
        assert part.read_bytes() == b"slow"
    assert path.read_bytes() == b"slow"
    assert list(tmp_path.iterdir()) == [path]


def test_everybody_may_read_what_was_written(tmp_path: Path) -> None:
    files.write_atomic(tmp_path / "a", b"1")
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644


def test_a_second_one_waits_until_the_first_is_done(tmp_path: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with files.alone(tmp_path / "lock"):
            order.append("second")

    with files.alone(tmp_path / "lock"):
        waiting = threading.Thread(target=second)
        waiting.start()
        waiting.join(0.2)
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]
