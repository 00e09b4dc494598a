"""Lines of access logs as servers write them, and what is counted from them."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from pipeline import stats
from pipeline.stats.hits import reader

APP = "AntennaPod/3.4.0"
MINUTE = 480_000
"""Bytes that the head and the first minute of the episodes take."""
PATHS = {f"/audio/{guid}.mp3": stats.Sound(guid, MINUTE) for guid in ("eins", "zwei")}
BERLIN = ZoneInfo("Europe/Berlin")


def line(
    *,
    ip: str = "192.0.2.7",
    at: str = "24/Nov/2026:12:00:00 +0100",
    method: str = "GET",
    path: str = "/audio/eins.mp3",
    status: int = 200,
    sent: int = MINUTE,
    agent: str = APP,
) -> str:
    """A line of nginx's and Apache's `combined`."""
    return f'{ip} - - [{at}] "{method} {path} HTTP/1.1" {status} {sent} "-" "{agent}"'


def counted(
    lines: Iterable[str],
    days: stats.Days | None = None,
    sounds: dict[str, stats.Sound] | None = None,
    excluded: Iterable[stats.Network] = (),
) -> stats.Counted:
    counting = stats.Counting(sounds or PATHS, days or stats.Days(BERLIN), excluded=excluded)
    known = list(lines)
    read = reader(known)
    assert read
    for one in known:
        counting.add(read(one))
    return counting.counted()


def downloads(*lines: str) -> int:
    """How many downloads these lines are."""
    return sum(one.downloads for one in counted(lines).counts)
