"""Text that is no XML → text that is nearly: entities of HTML, bare ampersands, CDATA in CDATA, open tags."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html import escape
from html.entities import name2codepoint

_PROLOG = r"\A(?>\s+|<\?.*?\?>|<!--.*?-->)*+"
_DOCTYPE = re.compile(_PROLOG + r"(<!DOCTYPE\b[^\[>]*(?:\[.*?\]\s*)?>)", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"&(?:(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});|([A-Za-z][A-Za-z0-9]{0,30});|)")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_OPENER = re.compile(r"<([\w:-]+)(?:\s[^<>]*)?>\s*\Z")
_LONGEST_OPENER = 1000
_XML = {"amp", "apos", "gt", "lt", "quot"}
_TEXT_TAG = re.compile(
    r"<(content:encoded|description|itunes:subtitle|itunes:summary|title|content|summary)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_ITEM = re.compile(r"<(item|entry)(?=[\s>])", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:item|entry)\s*>", re.IGNORECASE)


def without_doctype(text: str) -> str:
    """The text without its document type: whatever entities it declares, none is ever expanded."""
    found = _DOCTYPE.match(text)
    return text[: found.start(1)] + text[found.end(1) :] if found else text


def legal(text: str) -> str:
    """The text without the characters that XML 1.0 § 2.2 forbids."""
    return _ILLEGAL.sub("", text)


def visible(text: str) -> str:
    """The text without control characters that XML allows and no file of people may hold (C0, C1, DEL)."""
    return _INVISIBLE.sub("", text)


def mended(text: str) -> str:
    """Every CDATA section as escaped text, every entity as its character, every bare ampersand escaped."""
    return legal(_ENTITY.sub(_character, "".join(_flattened(text))))


class _Places:
    """Where words stand next in a text, looked up in rising order: each stretch of it is searched once."""

    def __init__(self, text: str) -> None:
        self.text, self.known = text, dict[str, int]()

    def after(self, word: str, start: int) -> int:
        """The first place at or after `start`; the text's length where there is none."""
        known = self.known.get(word, -1)
        if known < start:
            found = self.text.find(word, start)
            self.known[word] = known = found if found >= 0 else len(self.text)
        return known


def _flattened(text: str) -> Iterator[str]:
    """The text with its CDATA sections escaped; one that holds another ends where its element does."""
    places, at = _Places(text), 0
    while (start := places.after(_CDATA, at)) < len(text):
        yield text[at:start]
        inside = start + len(_CDATA)
        end = _end_of_element(text, places, start, max(at, start - _LONGEST_OPENER))
        end = end or places.after(_CDATA_END, inside)
        yield escape(text[inside:end].replace(_CDATA, "").replace(_CDATA_END, ""), quote=False)
        at = min(end + len(_CDATA_END), len(text))
    yield text[at:].replace(_CDATA_END, "]]&gt;")


def _end_of_element(text: str, places: _Places, start: int, since: int) -> int:
    """Where a section that is all of its element ends: the `]]>` before the end tag; 0 if there is none."""
    opener = _OPENER.match(text, max(text.rfind("<", since, start), 0), start)
    if opener is None:
        return 0
    closing = places.after(f"</{opener[1]}", start)
    inner = text[max(start, closing - _LONGEST_OPENER) : closing].rstrip()
    return max(start, closing - _LONGEST_OPENER) + len(inner) - 3 if inner.endswith(_CDATA_END) else 0


def _character(found: re.Match[str]) -> str:
    number, name = found[1], found[2]
    if number:
        code = int(number[2:], 16) if number[1] in "xX" else int(number[1:])
        return "" if code > sys.maxunicode or _ILLEGAL.match(chr(code)) else found[0]
    if name in _XML:
        return found[0]
    if name in name2codepoint:
        return chr(name2codepoint[name])
    return "&amp;" + found[0][1:]


def quoted(fragment: str) -> str:
    """A fragment whose texts hold no markup: what stands unescaped between their tags is escaped."""
    places, at, made = _Places(fragment), 0, list[str]()
    for opener in _TEXT_TAG.finditer(fragment):
        end = places.after(f"</{opener[1]}", opener.end())
        if opener.start() < at or end == len(fragment):
            continue
        inner = fragment[opener.end() : end].replace("<", "&lt;").replace(">", "&gt;")
        made += [fragment[at : opener.end()], inner]
        at = end
    return "".join([*made, fragment[at:]])


def pieces(text: str) -> Iterator[str]:
    """What stands before the first item, then each item: up to its end, or where the next one begins."""
    starts = [found.start() for found in _ITEM.finditer(text)]
    yield text[: starts[0]] if starts else text
    for start, after in zip(starts, [*starts[1:], len(text)], strict=bool(starts)):
        piece = text[start:after]
        end = _ITEM_END.search(piece)
        yield piece[: end.end()] if end else piece
