"""A finding about a value → the file and line that a person has to change."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.checks import Finding, Rule
from pipeline.errors import Problem, Where
from pipeline.project import front_matter, layout, settings

Step = str | int


def locate(root: Path, rule: Rule, finding: Finding) -> Problem:
    """The problem that `hdw check` shows for a finding."""
    path = _steps(finding.field)
    file = _file(finding)
    return Problem(
        finding.message,
        Where(file, _line(root / file, path, finding.subject), finding.field),
        finding.hint,
        rule.level,
        rule.name,
    )


def _file(finding: Finding) -> str:
    if finding.subject == "settings":
        return layout.SETTINGS
    if finding.subject == "episode":
        return f"{layout.EPISODES}/{finding.id}/{layout.FRONT_MATTER}"
    return f"{layout.CONTENT[finding.subject]}/{finding.id}.md"


def _line(path: Path, steps: tuple[Step, ...], subject: str) -> int:
    if not path.is_file():
        return 0
    text = layout.read_text(path)
    if subject == "settings":
        return settings.line_of(text, steps)
    return front_matter.line_of(front_matter.parse(text, path.name).yaml, steps)


def _steps(field: str) -> tuple[Step, ...]:
    parts = re.findall(r"[^.\[\]]+", field)
    return tuple(int(part) if part.isdigit() else part for part in parts)
