"""The tables of docs/feed.md are those of the rows of tags and rules."""

from __future__ import annotations

from tools import feed


def test_the_page_shows_every_tag_and_rule_as_they_are() -> None:
    page = feed.PAGE.read_text(encoding="utf-8")
    assert page == feed.updated(page), "make docs"
    assert "| `podcast:alternateEnclosure` |" in page
