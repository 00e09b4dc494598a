"""All rules over the whole house, each finding with its file and line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline import checks, project
from pipeline.errors import Problem
from pipeline.messages import Message
from pipeline.models import House


def findings(root: Path, house: House, now: datetime) -> tuple[Problem, ...]:
    """What the rules find in a house that was read already, on the day of a moment."""
    found = checks.run(house, local_day(house, now))
    return ordered(project.locate(root, rule, finding) for rule, finding in found)


def local_day(house: House, now: datetime) -> date:
    """The day of a moment in the show's time zone: what is past is decided where the house stands."""
    return now.astimezone(ZoneInfo(house.settings.show.time_zone)).date()


def today(root: Path, now: datetime) -> date:
    """The same for a house that was not read yet."""
    return now.astimezone(ZoneInfo(project.load_settings(root).show.time_zone)).date()


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file and line."""
    return tuple(sorted(problems, key=lambda p: (p.where.file, p.where.line, p.where.field, p.rule)))


def rules() -> tuple[tuple[str, str, str, Message], ...]:
    """Every rule: name, level, source, why."""
    return tuple((rule.name, rule.level.value, rule.source, rule.why) for rule in checks.RULES)
