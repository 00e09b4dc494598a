"""A finding about a value → the file and line that a person has to change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import Problem, Where
from pipeline.project import front_matter, layout, settings

if TYPE_CHECKING:  # loading a house loads no rules
    from pipeline.checks import Finding, Rule

Step = str | int

_ALONE = {
    "approval": layout.APPROVALS,
    "consent": layout.CONSENT,
    "glossary": layout.GLOSSARY,
    "ledger": layout.LEDGER,
    "settings": layout.SETTINGS,
}
_BESIDE = {"audio": layout.AUDIO, "episode": layout.FRONT_MATTER, "transcript": layout.TRANSCRIPT}
_BODIES = {"about", "notes"}


def locate(root: Path, rule: Rule, finding: Finding) -> Problem:
    """The problem that `hdw check` shows for a finding."""
    return Problem(finding.message, place(root, finding), finding.hint, rule.level, rule.name)


def place(root: Path, finding: Finding) -> Where:
    """The file, line and field that a person has to change."""
    file = _file(finding)
    return Where(file, _line(root / file, finding), finding.field)


def _file(finding: Finding) -> str:
    if finding.subject in _ALONE:
        return _ALONE[finding.subject]
    if finding.subject in _BESIDE:
        return f"{layout.EPISODES}/{finding.id}/{_BESIDE[finding.subject]}"
    return f"{layout.CONTENT[finding.subject]}/{finding.id}.md"


def _line(path: Path, finding: Finding) -> int:
    """The line of the field, counted from 1; 0 if the file is not there."""
    if not path.is_file():
        return 0
    text = layout.read_text(path)
    line = _line_of_field(text, path, finding)
    return _near(text, line, finding.near) if finding.near else line


def _line_of_field(text: str, path: Path, finding: Finding) -> int:
    from pipeline import transcripts  # noqa: PLC0415 (only where there is a transcript)

    steps = _steps(finding.field)
    if finding.subject in _ALONE:
        return settings.line_of(text, steps)
    if finding.subject == "transcript":
        return transcripts.line_of(text, finding.field)
    if finding.subject == "audio":
        return front_matter.line_of_json(text, steps)
    document = front_matter.parse(text, path.name)
    return document.body_line if finding.field in _BODIES else front_matter.line_of(document.yaml, steps)


def _near(text: str, line: int, words: str) -> int:
    """The first line from `line` on that holds the words; `line` itself if none does."""
    further, sought = enumerate(islice(_lines(text), line - 1, None), line), words.casefold()
    return next((number for number, one in further if sought in one), line)


@lru_cache(maxsize=4)
def _lines(text: str) -> Sequence[str]:
    """In lower case; many findings may lead to one file."""
    return [line.casefold() for line in text.splitlines()]


def _steps(field: str) -> tuple[Step, ...]:
    parts = re.findall(r"[^.\[\]]+", field)
    return tuple(int(part) if part.isdigit() else part for part in parts)
