"""Text in columns: the width there is, and cutting, padding and wrapping by the cells a terminal draws."""

from __future__ import annotations

import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence

USUAL_WIDTH = 80
GAP = "  "


def width() -> int:
    """Columns of the terminal; 80 through a pipe."""
    if not sys.stdout.isatty():
        return USUAL_WIDTH
    return shutil.get_terminal_size((USUAL_WIDTH, 24)).columns


def cells(text: str) -> int:
    """How many columns a text fills: wide characters two, combining ones none."""
    return sum(_cell(char) for char in text)


def cut(text: str, most: int) -> str:
    """The text, or its beginning with `…`, in at most so many columns."""
    if cells(text) <= most:
        return text
    kept, used = "", 1
    for char in text:
        used += _cell(char)
        if used > most:
            break
        kept += char
    return kept.rstrip() + "…"


def pad(text: str, to: int) -> str:
    """The text filled up with spaces to so many columns."""
    return text + " " * (to - cells(text))


def wrapped(text: str, *, first: str = "", rest: str = "") -> str:
    """The text in lines no wider than the terminal; no word is broken."""
    lines = textwrap.wrap(
        text,
        width(),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines) or first.rstrip()


def table(lines: Sequence[Sequence[str]], *, grow: int, least: int) -> Iterator[str]:
    """The lines in columns, two spaces apart and no wider than the terminal.

    The column `grow` is cut to the room that the others leave it, but never to fewer than `least` columns.
    """
    widths = [max(map(cells, column)) for column in zip(*lines, strict=True)]
    others = sum(widths) - widths[grow] + len(GAP) * (len(widths) - 1)
    widths[grow] = min(widths[grow], max(width() - others, least))
    for line in lines:
        yield GAP.join(pad(cut(cell, wide), wide) for cell, wide in zip(line, widths, strict=True)).rstrip()


def _cell(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
