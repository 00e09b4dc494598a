"""What `hdw transcript compare` asks for and says."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.columns import pad, width
from pipeline.cli.speaking import say, say_json
from pipeline.messages import clock_text, msg, msg_n

if TYPE_CHECKING:
    from pipeline.workflow import Comparison

GAP = "  "


@click.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def compare(a: str, b: str, as_json: bool) -> None:
    """Show how far two texts of one recording differ.

    A is taken as right. Each is an episode, a file of its asr/ folder, or a VTT, SRT, JSON or text file. Case
    and punctuation do not count. --json gives words, error_rate, substitutions, insertions, deletions,
    offset_s (median), spread_s (of 95 in 100 words) and places (start_s, a, b).
    """
    from pipeline import workflow  # noqa: PLC0415

    found = workflow.compare(workflow.find(Path.cwd()), a, b)
    (_say_json if as_json else _say)(found)


def _say(found: Comparison) -> None:
    count = msg_n("{n} word", "{n} words", found.words)
    say(msg("Word error rate {rate} % of {count}", rate=100 * found.error_rate, count=count))
    say(
        msg(
            "{s} other words, {i} more, {d} left out",
            s=found.substitutions,
            i=found.insertions,
            d=found.deletions,
        )
    )
    if found.offset_s is not None and found.spread_s is not None:
        milliseconds = {"median": round(found.offset_s * 1000), "most": round(found.spread_s * 1000)}
        say(msg("Times: {median} ms later in the middle, 95 of 100 words within {most} ms", **milliseconds))
    if found.places:
        say("")
    for place in found.places:
        _say_place(place.start_s, place.a, place.b)


def _say_place(start_s: float, a: str, b: str) -> None:
    """Both texts side by side, in columns of equal width."""
    clock = clock_text(start_s)
    wide = (width() - len(clock) - 2 * len(GAP)) // 2
    lines = zip_longest(textwrap.wrap(a, wide) or ["–"], textwrap.wrap(b, wide) or ["–"], fillvalue="")
    for number, (left, right) in enumerate(lines):
        moment = clock if not number else " " * len(clock)
        say(f"{moment}{GAP}{pad(left, wide)}{GAP}{right}".rstrip())


def _say_json(found: Comparison) -> None:
    offset, spread = found.offset_s, found.spread_s
    say_json(
        {
            "words": found.words,
            "error_rate": round(found.error_rate, 4),
            "substitutions": found.substitutions,
            "insertions": found.insertions,
            "deletions": found.deletions,
            "offset_s": None if offset is None else round(offset, 3),
            "spread_s": None if spread is None else round(spread, 3),
            "places": [{"start_s": round(p.start_s, 3), "a": p.a, "b": p.b} for p in found.places],
        }
    )
