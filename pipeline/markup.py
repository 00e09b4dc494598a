"""Markdown as editors write it, HTML from elsewhere → HTML that is safe to publish (markdown-it, nh3)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from urllib.parse import urljoin

import nh3
from markdown_it import MarkdownIt

_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "dl", "dt", "em", "h2", "h3", "h4"),
    *(
        "h5",
        "h6",
        "hr",
        "i",
        "kbd",
        "li",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
    ),
    *("table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_ATTRIBUTES = {"*": {"lang"}, "a": {"href", "title", "lang"}, "ol": {"start"}, "th": {"scope"}}

TEXTS = 2000
"""As many are kept as HTML: page, feed, search and rules ask for the same ones."""
FEED_TAGS = {"p", "ol", "ul", "li", "a", "b", "i", "strong", "em"}
"""What apps show in an item's `description` (Apple: A Podcaster's Guide to RSS)."""


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True, "typographer": False}).enable("table")


@lru_cache(maxsize=TEXTS)
def _rendered(markdown: str) -> str:
    return str(_markdown().render(markdown))


def html(markdown: str, *, base: str = "", top_heading: int = 2, tags: set[str] | None = None) -> str:
    """Markdown → clean HTML: scripts, styles, handlers and foreign schemes are gone.

    `base` makes relative links absolute (for feeds), `top_heading` is the level of a `#` heading, `tags`
    narrows what may stay.
    """
    return clean(_headings(_rendered(markdown), top_heading), base=base, tags=tags)


def clean(markup: str, *, base: str = "", tags: set[str] | None = None) -> str:
    """HTML from anywhere → HTML that is safe to publish; `base` and `tags` as for `html`."""
    allowed = _TAGS if tags is None else tags
    return nh3.clean(
        markup,
        tags=allowed,
        attributes={tag: names for tag, names in _ATTRIBUTES.items() if tag == "*" or tag in allowed},
        url_schemes={"http", "https", "mailto", "tel"},
        attribute_filter=_absolute(base) if base else None,
        link_rel=None,
    ).strip()


def plain(markdown: str) -> str:
    """The words of a Markdown text in one line, for fields that take no markup."""
    return words(_rendered(markdown))


def words(markup: str) -> str:
    """The words of a piece of HTML in one line; those of scripts and styles are none."""
    return " ".join(unescape(nh3.clean(markup, tags=set(), attributes={})).split())


def _headings(rendered: str, top: int) -> str:
    def shifted(match: re.Match[str]) -> str:
        return f"<{match[1]}h{min(int(match[2]) + top - 1, 6)}"

    return re.sub(r"<(/?)h([1-6])\b", shifted, rendered) if top > 1 else rendered


def _absolute(base: str) -> Callable[[str, str, str], str]:
    def rewrite(tag: str, attribute: str, value: str) -> str:
        return urljoin(base, value) if (tag, attribute) == ("a", "href") else value

    return rewrite
