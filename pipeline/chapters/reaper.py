"""Reaper's list of markers and regions as CSV: `#,Name,Start,End,Length` (Region/Marker Manager, Export)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from pipeline.chapters.values import Entry, plain, seconds, wrong
from pipeline.messages import msg


def looks(text: str) -> bool:
    """Whether the head of the table is Reaper's."""
    return re.match(r"#[,;\t]Name[,;\t]Start\b", text) is not None


def read(text: str) -> Iterator[Entry]:
    """Markers (M1, M2 …) and regions (R1 …) as chapters; times as minutes and seconds, or as seconds."""
    lines = text.split("\n")
    reader = csv.DictReader(lines, delimiter=lines[0][1])
    try:
        for row in reader:
            if row.get("Start"):
                yield Entry(
                    seconds(row["Start"], reader.line_num), plain(row["Name"] or ""), line=reader.line_num
                )
    except csv.Error as error:
        raise wrong(msg("this line is no row of the table"), reader.line_num) from error
