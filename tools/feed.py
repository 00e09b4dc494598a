"""`make docs`: the tables of docs/feed.md, from the rows of tags and rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline import feed
from pipeline.errors import Level
from pipeline.feed.rows import Row

PAGE = Path(__file__).resolve().parent.parent / "docs" / "feed.md"
BEGIN, END = "<!-- tables: make docs -->\n", "<!-- /tables -->\n"
WEIGHTS = {Level.REQUIRED: "required", Level.RECOMMENDED: "recommended"}


def main() -> None:
    """Put the tables between the page's two markers."""
    PAGE.write_text(updated(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def updated(page: str) -> str:
    """The page with its tables as they are now; ValueError if a marker is missing."""
    before, _, rest = page.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"docs/feed.md lost its marker {BEGIN!r} or {END!r}")
    return before + BEGIN + "\n".join(_lines()) + "\n" + END + after


def _lines() -> Iterator[str]:
    yield from ("", "## Tags of the channel", "", *_tags(feed.CHANNEL))
    yield from ("", "## Tags of an item", "", *_tags(feed.ITEM))
    yield from ("", "## Rules", "", "| Rule | Weight | Source | Concerns |", "|---|---|---|---|")
    for rule in feed.FEED_RULES:
        yield f"| `{rule.name}` | {WEIGHTS[rule.level]} | {rule.source} | `{rule.field}` |"
    yield ""


def _tags(rows: Iterable[Row[Any]]) -> Iterator[str]:
    yield from ("| Tag | Source | Told from |", "|---|---|---|")
    for row in rows:
        yield f"| `{row.tag}` | {row.source} | {row.told} |"


if __name__ == "__main__":
    main()
