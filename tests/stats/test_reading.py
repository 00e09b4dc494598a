"""Logs are read packed and plain, whole and split, and what is none is refused."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import stats
from pipeline.errors import LogError
from pipeline.stats import Days
from tests.stats.logs import BERLIN, PATHS, counted, line

LINES = [line(ip=f"192.0.2.{n % 50}", at=f"{20 + n % 9}/Nov/2026:12:00:00 +0100") for n in range(300)]


def of_files(*files: Path) -> stats.Counted:
    counting = stats.Counting(PATHS, Days(BERLIN))
    for file in files:
        for hit in stats.read(str(file)):
            counting.add(hit)
    return counting.counted()


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_log_says_the_same(pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    text = "\n".join(LINES).encode()
    assert of_files(written(tmp_path / "log", pack(text))) == counted(LINES)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.integers(0, len(LINES)), max_size=4), st.randoms(use_true_random=False))
def test_how_a_log_is_split_and_in_which_order_does_not_matter(
    tmp_path: Path, cuts: list[int], chance: object
) -> None:
    borders = sorted({0, *cuts, len(LINES)})
    files = [
        written(tmp_path / f"{start}.log", "\n".join(LINES[start:end]).encode())
        for start, end in pairwise(borders)
    ]
    chance.shuffle(files)  # type: ignore[attr-defined]
    assert of_files(*files) == counted(LINES)


def test_empty_lines_and_comments_are_no_lines_and_others_are_counted(tmp_path: Path) -> None:
    text = "\n".join(["# ein Kopf", "", *LINES[:3], "Unsinn", "\0\0\0", "x" * 200_000]) + "\n"
    found = of_files(written(tmp_path / "log", text.encode() + b"\xff\xfe\n"))
    assert (found.lines, found.unreadable) == (3, 7)


def test_an_empty_log_holds_nothing(tmp_path: Path) -> None:
    assert of_files(written(tmp_path / "log", b"")).lines == 0
    assert of_files(written(tmp_path / "log.gz", gzip.compress(b""))).lines == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"2026/11/24 12:00:00 [error] 7#7: *1 open() failed\n" * 5, "no access log"),
        (bytes(range(256)) * 50, "no access log"),
        (b"x" * 300_000, "no access log"),
        (gzip.compress("\n".join(LINES).encode())[:-20], "breaks off"),
        (gzip.compress("\n".join(LINES).encode())[:40] + b"kaputt" * 20, "breaks off"),
    ],
)
def test_what_is_no_log_is_refused(data: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(LogError, match=said):
        of_files(written(tmp_path / "log", data))


def test_a_log_that_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nirgends"):
        with pytest.raises(LogError, match="cannot be read"):
            of_files(path)


def test_how_far_it_is_read_is_told(tmp_path: Path) -> None:
    file = written(tmp_path / "log", "\n".join(LINES * 100).encode())
    told: list[int] = []
    assert sum(1 for _ in stats.read(str(file), told.append)) == len(LINES) * 100
    assert told == sorted(told)
    assert file.stat().st_size // 2 < told[-1] <= file.stat().st_size
