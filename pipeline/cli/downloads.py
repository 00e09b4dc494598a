"""The tables of `hdw stats`, and what it says below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pipeline.cli.columns import GAP, cells, table, wrapped
from pipeline.cli.speaking import say, text
from pipeline.messages import Message, msg, msg_n

if TYPE_CHECKING:
    from pipeline.workflow import CountedEpisode, Downloads

APPS = 5
"""How many apps are named below a table."""
SHORTEST_TITLE = 24
NOTHING = "–"
_LEFT: dict[str, Callable[[int], Message]] = {
    # why it did not count: how that is said
    "robot": lambda n: msg_n("{n} request of a robot", "{n} requests of robots", n),
    "network": lambda n: msg_n(
        "{n} request from the excluded networks", "{n} requests from the excluded networks", n
    ),
    "watch": lambda n: msg_n(
        "{n} request of an Apple Watch, which loads what its telephone has loaded",
        "{n} requests of Apple Watches, which load what their telephones have loaded",
        n,
    ),
    "head": lambda n: msg_n(
        "{n} request that only asked whether the file is there",
        "{n} requests that only asked whether the file is there",
        n,
    ),
    "probe": lambda n: msg_n(
        "{n} request that only tried the first bytes", "{n} requests that only tried the first bytes", n
    ),
    "status": lambda n: msg_n(
        "{n} request that the server did not fulfil", "{n} requests that the server did not fulfil", n
    ),
    "short": lambda n: msg_n(
        "{n} person got less than a minute", "{n} times somebody got less than a minute", n
    ),
    "flood": lambda n: msg_n(
        "{n} episode for somebody who loaded over 100 in a day",
        "{n} episodes for somebody who loaded over 100 in a day",
        n,
    ),
    "unknown": lambda n: msg_n(
        "{n} request for sound that is no episode of this house",
        "{n} requests for sound that is no episode of this house",
        n,
    ),
}


def say_downloads(found: Downloads, by: str, logs: int) -> None:
    """The table with a line an episode, a day or an app (a key of `TABLES`), and what it was counted from."""
    TABLES[by](found)
    _say_rest(found, by, logs)


def _by_episode(found: Downloads) -> None:
    titles = (msg("1 day"), msg("7 days"), msg("30 days"), msg("All"))
    rows = [
        (_named(one), *map(_number, one.total.windows), _number(one.total.downloads))
        for one in found.episodes
        if one.total.downloads
    ]
    _say_table((text(msg("Episode")), *map(text, titles)), rows)
    rest = len(found.episodes) - len(rows)
    if rest and rows:
        say(msg_n("{n} more was not downloaded.", "{n} more were not downloaded.", rest))


def _by_day(found: Downloads) -> None:
    rows = [(day.isoformat(), _number(n)) for day, n in found.days]
    _say_table((text(msg("Day")), text(msg("Downloads"))), rows)


def _by_app(found: Downloads) -> None:
    rows = [(_app(app), _number(n), _share(n, found.total)) for app, n in found.apps]
    _say_table((text(msg("App")), text(msg("Downloads")), text(msg("Share"))), rows)


TABLES: dict[str, Callable[[Downloads], None]] = {"app": _by_app, "day": _by_day, "episode": _by_episode}


def _say_table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Numbers stand to the right of their column."""
    if not rows:
        return
    lines = [head, *rows]
    wide = [max(map(cells, column)) for column in zip(*lines, strict=True)]
    right = [
        (line[0], *(cell.rjust(w) for cell, w in zip(line[1:], wide[1:], strict=True))) for line in lines
    ]
    for line in table(right, grow=0, least=SHORTEST_TITLE):
        say(line)


def _say_rest(found: Downloads, by: str, logs: int) -> None:
    counted = found.counted
    if counted.first is None:
        say(msg("The logs hold nothing of these days."))
        return
    say("")
    say(
        msg_n(
            "{n} download from {first} to {last}; {lines} in {logs}.",
            "{n} downloads from {first} to {last}; {lines} in {logs}.",
            found.total,
            first=counted.first,
            last=counted.last,
            lines=msg_n("{n} line", "{n} lines", counted.lines),
            logs=msg_n("{n} log", "{n} logs", logs),
        )
    )
    if found.total and by != "app":
        say(wrapped(text(msg("Apps: {apps}", apps=_apps(found))), rest=GAP))
    if counted.left or counted.unreadable:
        _say_left(found)


def _say_left(found: Downloads) -> None:
    say(msg("Not counted:"))
    left = {str(why): n for why, n in found.counted.left.items()}
    for why, said in _LEFT.items():
        if why in left:
            say(f"{GAP}{text(said(left[why]))}")
    if found.counted.unreadable:
        said_lines = msg_n(
            "{n} line that cannot be read", "{n} lines that cannot be read", found.counted.unreadable
        )
        say(f"{GAP}{text(said_lines)}")


def _apps(found: Downloads) -> str:
    shown, rest = found.apps[:APPS], sum(n for _, n in found.apps[APPS:])
    named = [(_app(app), n) for app, n in shown] + ([(text(msg("others")), rest)] if rest else [])
    return ", ".join(f"{name} {_share(n, found.total)}" for name, n in named)


def _named(one: CountedEpisode) -> str:
    return f"{one.published:%Y-%m-%d}{GAP}{text(one.title)}"


def _app(app: str) -> str:
    return app or text(msg("unknown"))


def _number(n: int | None) -> str:
    return NOTHING if n is None else text(msg("{n}", n=n))


def _share(n: int, of: int) -> str:
    return text(msg("{n} %", n=round(100 * n / of)))
