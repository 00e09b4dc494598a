"""QR codes (ISO/IEC 18004) as the path of an SVG: the only user of segno."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from pipeline.website.views.values import Code


def qr(text: str) -> Code:
    """The code of a text with its quiet zone; a seventh of it may be soiled (level M)."""
    import segno  # noqa: PLC0415 (only for the pages that show a code)

    rows = tuple(segno.make_qr(text, error="m").matrix_iter(border=4))
    return Code(len(rows), "".join(f"M{x} {y}.5h{n}" for y, row in enumerate(rows) for x, n in _dark(row)))


def _dark(row: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Where runs of dark modules start, and how long they are."""
    x = 0
    for dark, run in groupby(row, key=bool):
        length = len(tuple(run))
        if dark:
            yield x, length
        x += length
