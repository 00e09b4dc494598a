from __future__ import annotations

import pytest

from pipeline.markup import FEED_TAGS, html, plain


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        '<a href="javascript:alert(1)">x</a>',
        '<b onclick="alert(1)">x</b>',
        "<iframe src=//evil.example></iframe>",
        "[x](javascript:alert)",
        "<style>p{}</style>",
    ],
)
def test_nothing_that_runs_survives(evil: str) -> None:
    made = html(evil)
    assert not any(f"<{tag}" in made for tag in ("script", "iframe", "style"))
    assert 'href="javascript' not in made
    assert "onclick" not in made


def test_headings_start_below_the_pages_own() -> None:
    assert html("# A\n\n## B", top_heading=2) == "<h2>A</h2>\n<h3>B</h3>"


def test_relative_links_become_absolute_for_feeds() -> None:
    assert 'href="https://example.org/p/x"' in html("[a](x)", base="https://example.org/p/")


def test_a_feed_keeps_only_the_tags_apps_show() -> None:
    assert html("## A\n\n*b*", tags=FEED_TAGS) == "A\n<p><em>b</em></p>"


def test_plain_text_has_no_markup_and_no_entities() -> None:
    assert plain("a *b* & c\n\nd") == "a b & c d"
