"""The step that looks at everything: all rules over the whole house, each finding with its file and line."""

from __future__ import annotations

from pathlib import Path

from pipeline import checks, project
from pipeline.errors import Problem, ProjectError
from pipeline.messages import Message
from pipeline.models import House


def check(root: Path) -> tuple[Problem, ...]:
    """Every problem of a house, by file and line; files that cannot be read are problems as well."""
    try:
        house = project.load(root, verify=True)
    except ProjectError as error:
        return error.problems
    return findings(root, house)


def findings(root: Path, house: House) -> tuple[Problem, ...]:
    """What the rules find in a house that was read already."""
    found = (project.locate(root, rule, finding) for rule, finding in checks.run(house))
    return tuple(sorted(found, key=lambda p: (p.where.file, p.where.line, p.where.field, p.rule)))


def rules() -> tuple[tuple[str, str, str, Message], ...]:
    """Every rule: name, level, source, why."""
    return tuple((rule.name, rule.level.value, rule.source, rule.why) for rule in checks.RULES)
