"""Other words in a transcript.vtt, everything else in the file kept byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import unescape

from pipeline.transcripts import cuetext, vtt
from pipeline.transcripts.replacing import Change

_TAG = re.compile(r"<[^<>]*>")
_TOKEN = re.compile(r"<[^<>]*>|&[A-Za-z0-9#]+;?|[\s\S]")


def edit(text: str, changes: Mapping[str, Iterable[Change]]) -> str:
    """The file's text with changes (by cue id; places count in the cue's plain text) put in.

    A tag within the changed words stays, behind them.
    """
    return "".join(
        replace(block, words=reworded(block.words, changes.get(block.id or "", ()))).raw
        for block in vtt.placed(text)
    )


def reworded(raw: str, changes: Iterable[Change]) -> str:
    """The words of a cue as they stand in the file, with changes put in."""
    for change in sorted(changes, key=lambda one: -one.start):
        raw = _changed(raw, change)
    return raw


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
