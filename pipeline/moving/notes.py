"""Show notes as feeds hold them (HTML, or plain text beside it) → the house's Markdown (markdownify)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from typing import Any

from pipeline import markup
from pipeline.moving.mending import visible

_TAG = re.compile(
    r"</?(?:a|b|br|div|em|h[1-6]|hr|i|img|li|ol|p|pre|span|strong|table|ul)\b[^<>]*>", re.IGNORECASE
)
_ESCAPED_TAG = re.compile(r"&lt;/?(?:a|br|div|em|li|p|strong|ul)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"""\bhttps?://[^\s<>"']*[^\s<>"'.,;:!?)\]}»“”]""")
_HEADING = re.compile(r"<(/?)h([1-6])\b", re.IGNORECASE)
_EMPTY = re.compile(
    r"<(p|div|li|h[1-6]|strong|b|em|i|a)\b[^<>]*>(?:\s|&nbsp;|\u00a0|<br\s*/?>)*</\1>", re.IGNORECASE
)
_BLOCK = re.compile(r"<(/?)(?:div|section|article|header|footer)\b[^<>]*>", re.IGNORECASE)
_TWO_BREAKS = re.compile(r"(?:<br\s*/?>\s*){2,}", re.IGNORECASE)
_LAST_BREAK = re.compile(
    r"(?>\s*<br\s*/?>)+\s*(?=</|<(?:p|ul|ol|h\d|table|blockquote|pre|hr|dl)\b|\Z)", re.IGNORECASE
)
_BARE_START = re.compile(
    r"\A(?!<(?:p|ul|ol|h\d|table|blockquote|pre|hr|dl)\b)(.+?)"
    r"\s*(?=<(?:p|ul|ol|h\d|table|blockquote|pre|hr|dl)\b|\Z)",
    re.DOTALL,
)
_FIRST_HEADING = re.compile(r"<(/?)h1\b", re.IGNORECASE)
_BLOCK_END = re.compile(r"<(?:br|hr|/p|/div|/li|/h[1-6]|/tr|/td|/blockquote)\b[^<>]*>", re.IGNORECASE)
_BREAKS_OFF = re.compile(r"\[(?:…|&hellip;|\.\.\.)\]|…|\.\.\.")
_LEADS = re.compile(r"""<a\b[^<>]*?\bhref="([^"]*)\"""")
_FIRST = re.compile(r"\A\s*<p>(.*?)</p>\s*", re.DOTALL | re.IGNORECASE)
_SOURCE = re.compile(
    r"""<(?:img|iframe|embed|audio|video)\b[^<>]*?\bsrc\s*=\s*["']([^"']+)["']""", re.IGNORECASE
)
_ACTIVE = re.compile(r"<(script|style|form|object)\b", re.IGNORECASE)
_MUCH_SPACE = re.compile(r"\s{200,}")
_BLANK = re.compile(r"\n{3,}")
EMPTIED = 3
"""How often empty elements are taken out: those inside others become empty in turn."""
SUMMARY_CHARACTERS = 1000
"""A first paragraph up to here is a summary; a longer one is cut by no app, but is the notes themselves."""


@dataclass(frozen=True, slots=True)
class Notes:
    """Plain summary, clean HTML below it, and what that held which Markdown does not (addresses, tags)."""

    summary: str
    html: str
    left: tuple[str, ...] = ()

    @property
    def markdown(self) -> str:
        """What stands below the summary, as the house writes it."""
        return markdown(self.html)


def plain(text: str) -> str:
    """The words of a text that may hold markup or entities, on one line."""
    if "<" not in text and "&" not in text:
        return " ".join(text.split())
    return " ".join(visible(unescape(markup.words(_BLOCK_END.sub(r"\g<0> ", text)))).split())


def read(description: str, encoded: str) -> Notes:
    """An item's `description` and `content:encoded` as summary and notes; nothing stands in both.

    With both, the first is the summary, unless it is only the beginning of the second. With one alone, its
    first paragraph is, and stays in the notes only where it leads somewhere that its words do not say.
    """
    whole, left = _html(encoded or description), _left(encoded or description)
    if encoded and description and not _beginning_of(encoded, description):
        summary = plain(description)
        return Notes(summary, _without_first(whole, summary), left)
    first = _FIRST.match(whole)
    summary = plain(first[1]) if first else ""
    if first and summary and len(summary) <= SUMMARY_CHARACTERS:
        rest = whole[first.end() :] if all(one in summary for one in _LEADS.findall(first[1])) else whole
        return Notes(summary, rest, left)
    cut = _beginning(plain(whole))
    rest = "" if cut == plain(whole) and not _LEADS.search(whole) else whole
    return Notes(cut, rest, left)


def _beginning(text: str) -> str:
    """The first sentences of a text, as far as they are a summary."""
    if len(text) <= SUMMARY_CHARACTERS:
        return text
    cut = text[:SUMMARY_CHARACTERS]
    end = max(cut.rfind(mark) for mark in (". ", "! ", "? "))
    return cut[: end + 1] if end > 0 else cut.rsplit(" ", 1)[0] + "…"


def _beginning_of(notes: str, description: str) -> bool:
    """Whether a description repeats the notes, or begins as they do and breaks off (WordPress' excerpts)."""
    short, long = plain(description), plain(notes)
    begins = _BREAKS_OFF.split(short)[0].strip()
    return short == long or (begins != short and bool(begins) and long.startswith(begins))


def _without_first(whole: str, summary: str) -> str:
    """The notes without a first paragraph that says what the summary says."""
    first = _FIRST.match(whole)
    return whole[first.end() :] if first and plain(first[1]) == summary else whole


def _html(text: str) -> str:
    """Clean HTML: of plain text, a paragraph a block of lines, with its addresses as links."""
    text = _MUCH_SPACE.sub(" ", text)
    if not _TAG.search(text) and _ESCAPED_TAG.search(text):
        text = unescape(text)
    if not _TAG.search(text):
        return _paragraphs(unescape(text))
    blocks = _TWO_BREAKS.sub("</p><p>", _BLOCK.sub(r"<\1p>", text))
    shown = markup.clean(_FIRST_HEADING.sub(r"<\1h2", blocks))  # h1 is the page's own
    cleaned = _HEADING.sub(lambda h: f"<{h[1]}h{int(h[2]) - 1}", shown)
    for _ in range(EMPTIED):
        cleaned = _EMPTY.sub("", cleaned)
    return _BARE_START.sub(r"<p>\1</p>\n", _LAST_BREAK.sub("", cleaned).strip(), count=1)


def _paragraphs(text: str) -> str:
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip())
    linked = (_linked(block.strip()).replace("\n", "<br>") for block in blocks if block.strip())
    return "".join(f"<p>{block}</p>\n" for block in linked)


def _linked(text: str) -> str:
    made, at = [], 0
    for found in _ADDRESS.finditer(text):
        address = escape(found[0])
        made += [escape(text[at : found.start()], quote=False), f'<a href="{address}">{address}</a>']
        at = found.end()
    return "".join([*made, escape(text[at:], quote=False)])


def _left(text: str) -> tuple[str, ...]:
    """What cannot be carried over: pictures and players by address, scripts and forms by name."""
    if "<" not in text:
        return ()
    return (*_SOURCE.findall(text), *(f"<{name.lower()}>" for name in _ACTIVE.findall(text)))


def markdown(html: str) -> str:
    """Clean HTML as Markdown that gives the same HTML again."""
    if not html.strip():
        return ""
    try:
        made: str = _converter().convert(html)
    except RecursionError:  # elements a thousand deep
        return _escaped(plain(html))
    return visible(_BLANK.sub("\n\n", made)).strip()


@lru_cache(maxsize=1)
def _converter() -> Any:
    from bs4 import Tag  # noqa: PLC0415 (heavy)
    from markdownify import MarkdownConverter  # noqa: PLC0415

    class Element(Tag):
        """Finds what it lies in by walking up: the converter asks each element for that, in a quarter of its
        time, and Beautiful Soup's own search is made for harder questions.
        """

        def find_parent(self, name: Any = None, *arguments: Any, **asked: Any) -> Any:
            if not isinstance(name, str) or arguments or asked:
                return super().find_parent(name, *arguments, **asked)
            return next((one for one in self.parents if one.name == name), None)

    class Converter(MarkdownConverter):
        """Escapes what CommonMark would take for a mark, and only where it would."""

        def escape(self, text: str, parent_tags: set[str]) -> str:
            return _escaped(text)

    reads: Any = {"features": "lxml", "element_classes": {Tag: Element}}
    return Converter(
        heading_style="ATX",
        bullets="-",
        strong_em_symbol="*",
        newline_style="BACKSLASH",
        autolinks=True,
        bs4_options=reads,
    )


_MARKS = re.compile(r"([\\`*\[\]])")
_EMPHASIS = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")
_LINE_START = re.compile(
    r"^(\s*)(#{1,6}(?=\s|$)|>|[+-](?=\s|$)|[=-]+$|~~~|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE
)


def _escaped(text: str) -> str:
    if not text:
        return ""
    marked = _EMPHASIS.sub(lambda run: "\\_" * len(run[0]), _MARKS.sub(r"\\\1", text))
    marked = marked.replace("&", "&amp;") if re.search(r"&#?\w+;", marked) else marked
    marked = re.sub(r"<(?=[A-Za-z/!?])", r"\\<", marked)
    return _LINE_START.sub(_guarded, marked)


def _guarded(found: re.Match[str]) -> str:
    if found[2][0].isdigit():
        return f"{found[1]}{found[2]}\\"
    return f"{found[1]}\\{found[2]}"
