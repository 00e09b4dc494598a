"""Every rule, a row each: required ones stop a production build, recommended ones are hints."""

from __future__ import annotations

from datetime import date

from pipeline.checks import (
    chapters,
    consent,
    editions,
    episodes,
    feeds,
    glossary,
    identity,
    language,
    law,
    links,
    pages,
    people,
    pictures,
    recordings,
    show,
    sign_language,
    transcript,
)
from pipeline.checks.rules import Finding, Rule
from pipeline.models import House

_SUBJECTS = (
    chapters,
    consent,
    editions,
    episodes,
    feeds,
    glossary,
    identity,
    language,
    law,
    links,
    pages,
    people,
    pictures,
    recordings,
    show,
    sign_language,
    transcript,
)
RULES: tuple[Rule, ...] = tuple(
    sorted((rule for subject in _SUBJECTS for rule in subject.RULES), key=lambda rule: rule.name)
)


def run(house: House, today: date) -> tuple[tuple[Rule, Finding], ...]:
    """Every finding of every rule that holds today."""
    found = ((rule, finding) for rule in RULES for finding in rule.check(house))
    return tuple((rule, finding) for rule, finding in found if not finding.since or finding.since <= today)


__all__ = ["RULES", "Finding", "Rule", "run"]
