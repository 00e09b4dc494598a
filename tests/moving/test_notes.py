"""Show notes: HTML to Markdown that says the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline import markup
from pipeline.moving import notes

WORDS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="<>&\\"), min_size=1)


def rendered(text: str) -> str:
    """The words of Markdown as a page shows it."""
    return markup.words(markup.html(text))


@settings(deadline=None)
@example(["__proto__", "_a_b_ c__"])
@given(st.lists(WORDS, min_size=1, max_size=4))
def test_plain_text_reads_the_same_on_the_page(blocks: list[str]) -> None:
    html = "".join(f"<p>{block}</p>" for block in blocks)
    assert rendered(notes.markdown(html)) == " ".join(" ".join(blocks).split())


@pytest.mark.parametrize(
    "html",
    [
        "<p>Ein <strong>fetter</strong> und <em>schräger</em> Text.</p>",
        "<ul>\n<li>eins</li>\n<li>zwei</li>\n</ul>",
        "<ol>\n<li>eins</li>\n<li>zwei</li>\n</ol>",
        '<p><a href="https://example.org/a_b*c">Der Link</a></p>',
        '<p><a href="https://example.org">https://example.org</a></p>',
        "<blockquote>\n<p>Ein Zitat.</p>\n</blockquote>",
        "<p>Zeile<br>\nzwei</p>",
        "<h2>Überschrift</h2>\n<p>Text</p>",
        "<p>5 * 3 * 2 _unten_ [Klammer] `Kode` # Zeichen</p>",
        "<p># keine Überschrift</p>",
        "<p>1. kein Punkt</p>",
        "<p>- kein Strich</p>",
        "<p>&lt;p&gt; ist ein Zeichen</p>",
        "<pre><code>a = b\n</code></pre>",
    ],
)
def test_html_comes_back_from_its_markdown(html: str) -> None:
    made = notes.read("Zusammenfassung.", html)
    assert re.sub(r"\s+", " ", markup.html(made.markdown)) == re.sub(r"\s+", " ", html)


def test_summary_is_not_said_twice() -> None:
    made = notes.read("<p>Kurz.</p>", "<p>Kurz.</p><p>Lang.</p>")
    assert (made.summary, made.markdown) == ("Kurz.", "Lang.")


def test_first_paragraph_of_a_lone_description_is_the_summary() -> None:
    made = notes.read("<p>Kurz.</p><p>Lang.</p>", "")
    assert (made.summary, made.markdown) == ("Kurz.", "Lang.")


def test_link_in_the_first_paragraph_is_not_lost() -> None:
    made = notes.read('<p>Kurz: <a href="https://example.org/x">hier</a>.</p>', "")
    assert "https://example.org/x" in made.markdown


def test_excerpt_that_breaks_off_is_no_summary_of_its_own() -> None:
    made = notes.read("Ein langer [&#8230;] The post appeared first on Blog.", "<p>Ein langer Text.</p>")
    assert made.summary == "Ein langer Text."


def test_addresses_in_plain_text_become_links() -> None:
    assert (
        notes.read("Erster Satz.\n\nMehr: https://example.org/x.", "").markdown
        == "Mehr: <https://example.org/x>."
    )


def test_long_text_without_paragraphs_is_cut_after_a_sentence_and_kept_whole() -> None:
    text = "Ein Satz mit Wörtern. " * 100
    made = notes.read(text, "")
    assert made.summary.endswith("Wörtern.")
    assert len(made.summary) <= notes.SUMMARY_CHARACTERS
    assert rendered(made.markdown) == text.strip()
