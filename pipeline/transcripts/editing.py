"""Other words in a transcript.vtt, everything else in the file kept byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape

from pipeline.transcripts import cuetext, vtt
from pipeline.transcripts.replacing import Change

_ENDING = re.compile(r"(\r\n|\r|\n)")
_TAG = re.compile(r"<[^<>]*>")
_TOKEN = re.compile(r"<[^<>]*>|&[A-Za-z0-9#]+;?|[\s\S]")


def edit(text: str, changes: Mapping[str, Iterable[Change]]) -> str:
    """The file's text with changes (by cue id; places count in the cue's plain text) put in.

    A tag within the changed words stays, behind them.
    """
    pieces = _ENDING.split(text)
    lines, endings = pieces[::2], [*pieces[1::2], ""]
    for start, end, id_ in _payloads(text):
        if id_ in changes:
            raw = _joined(lines[start:end], endings[start:end])
            for change in sorted(changes[id_], key=lambda one: -one.start):
                raw = _changed(raw, change)
            lines[start:end], endings[start:end] = [raw, *[""] * (end - start - 1)], [""] * (end - start)
    return _joined(lines, endings)


def _joined(lines: list[str], endings: list[str]) -> str:
    return "".join(line + ending for line, ending in zip(lines, endings, strict=True))


def _payloads(text: str) -> Iterator[tuple[int, int, str]]:
    """First line and end (from 0) of the text of every cue, and its id."""
    for number, block in vtt.blocks(vtt.lines_of(text)):
        id_ = vtt.block_id(number, block)
        if id_ is not None:
            times = 0 if "-->" in block[0] else 1
            yield number + times, number + len(block) - 1, id_


def _changed(raw: str, change: Change) -> str:
    places = list(_places(raw))
    start, end = places[change.start][0], places[change.end - 1][1]
    tags = "".join(_TAG.findall(raw[start:end]))
    return raw[:start] + cuetext.escape(change.written) + tags + raw[end:]


def _places(raw: str) -> Iterator[tuple[int, int]]:
    """Where each character of the plain text stands in the raw text: start and end (exclusive).

    Spaces and line breaks in a row are one space, those in front none, as `cuetext.parse` has it.
    """
    space = True
    for letter, start, end in _letters(raw):
        blank = letter in " \t\f\r\n"
        if not (blank and space):
            yield start, end
        space = blank


def _letters(raw: str) -> Iterator[tuple[str, int, int]]:
    """Each character outside tags with its place; an entity is one."""
    for token in _TOKEN.finditer(raw):
        meant = unescape(token[0])
        if _TAG.fullmatch(token[0]):
            continue
        if meant == token[0]:
            yield from ((letter, at, at + 1) for at, letter in enumerate(meant, token.start()))
        else:
            yield from ((letter, *token.span()) for letter in meant)
