"""One table of a TOML file's `[[name]]`, added or changed; every other byte stays, comments and order too.

Where a value ends is told by the parser: what is read from there on is lengthened until it is the known
value. Whoever writes the result compares it, read anew, with what is meant: a way of writing that is not
understood here is refused then.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from pipeline.project import toml


def with_table(text: str, name: str, values: Mapping[str, Any]) -> str:
    """The text with a table more, at its end; values that are None or empty are left out."""
    kept = {key: value for key, value in values.items() if _said(value)}
    line = _line(text)
    gap = "" if not text.strip() else line if text.endswith("\n") else line * 2
    return text + gap + toml.dump({name: [kept]}).replace("\n", line)


def with_values(text: str, name: str, at: int, known: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    """The text with other values in the table of that place, counted from 0; None or empty takes a key out.

    `known` is what stands in this table now, by the parser.
    """
    start, end = _block(text, name, at)
    block = text[start:end]
    for key, value in values.items():
        if known.get(key) != value and (key in known or _said(value)):
            block = _with(block, key, known, value)
            known = {one: said for one, said in {**known, key: value}.items() if _said(said)}
    return text[:start] + block + text[end:]


def _with(block: str, key: str, known: Mapping[str, Any], value: Any) -> str:
    line = _line(block)
    if key not in known:
        ends = [_span(block, other, known[other])[1] for other in known]
        after = block.find("\n", max(ends, default=0)) + 1
        before = block[:after] if after else block + line
        return f"{before}{key} = {toml.written(value)}{line}{block[after:] if after else ''}"
    start, end = _span(block, key, known[key])
    if _said(value):
        return block[:start] + toml.written(value) + block[end:]
    first, last = block.rfind("\n", 0, start) + 1, block.find("\n", end) + 1
    return block[:first] + (block[last:] if last else "")


def _block(text: str, name: str, at: int) -> tuple[int, int]:
    """Where a table's keys stand: from below its header to the next one; nothing if it is not found."""
    headers = list(re.finditer(rf"(?m)^[ \t]*\[\[[ \t]*{re.escape(name)}[ \t]*\]\].*$", text))
    if at >= len(headers):
        return len(text), len(text)
    start = min(headers[at].end() + 1, len(text))
    following = re.compile(r"(?m)^[ \t]*\[").search(text, start)
    return start, following.start() if following else len(text)


def _span(block: str, key: str, known: Any) -> tuple[int, int]:
    """Where a key's value stands; nothing at the end of the block if it is not found."""
    found = re.search(rf"(?m)^[ \t]*{re.escape(key)}[ \t]*=[ \t]*", block)
    if found:
        for end in range(found.end() + 1, len(block) + 1):
            try:
                if tomllib.loads(f"x = {block[found.end() : end]}") == {"x": known}:
                    return found.end(), end
            except tomllib.TOMLDecodeError:
                continue
    return len(block), len(block)


def _said(value: Any) -> bool:
    return value not in (None, "", [], ())


def _line(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
