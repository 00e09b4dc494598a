"""Every rule, a row each: required ones stop a production build, recommended ones are hints."""

from __future__ import annotations

from pipeline.checks import (
    chapters,
    episodes,
    glossary,
    identity,
    language,
    links,
    pages,
    people,
    pictures,
    recordings,
    show,
    transcript,
)
from pipeline.checks.rules import Finding, Rule
from pipeline.models import House

_SUBJECTS = (
    chapters,
    episodes,
    glossary,
    identity,
    language,
    links,
    pages,
    people,
    pictures,
    recordings,
    show,
    transcript,
)
RULES: tuple[Rule, ...] = tuple(
    sorted((rule for subject in _SUBJECTS for rule in subject.RULES), key=lambda rule: rule.name)
)


def run(house: House) -> tuple[tuple[Rule, Finding], ...]:
    """Every finding of every rule."""
    return tuple((rule, finding) for rule in RULES for finding in rule.check(house))


__all__ = ["RULES", "Finding", "Rule", "run"]
