"""Every rule, a row each: required ones stop a production build, recommended ones are hints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
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
_OF_EPISODES = {"audio", "episode", "transcript"}
RULES: tuple[Rule, ...] = tuple(
    sorted((rule for subject in _SUBJECTS for rule in subject.RULES), key=lambda rule: rule.name)
)


def run(house: House, today: date) -> tuple[tuple[Rule, Finding], ...]:
    """Every finding of every rule that holds today."""
    return held(((rule, finding) for rule in RULES for finding in rule.check(house)), today)


def of_house(house: House) -> tuple[tuple[Rule, Finding], ...]:
    """What rules find beside single episodes, whenever it holds: in the house's files, in all together."""
    alone = replace(house, episodes=(), facts={})
    return tuple(
        (rule, finding) for rule in RULES for finding in rule.check(house if rule.together else alone)
    )


def of_episode(part: House) -> tuple[tuple[Rule, Finding], ...]:
    """What rules find in the one episode of a house (`models.Parts`), whenever it holds."""
    (episode,) = part.episodes
    found = ((rule, finding) for rule in RULES if not rule.together for finding in rule.check(part))
    return tuple((rule, one) for rule, one in found if one.id == episode.id and one.subject in _OF_EPISODES)


def held(found: Iterable[tuple[Rule, Finding]], today: date) -> tuple[tuple[Rule, Finding], ...]:
    """Those that hold today."""
    return tuple((rule, one) for rule, one in found if not one.since or one.since <= today)


__all__ = ["RULES", "Finding", "Rule", "held", "of_episode", "of_house", "run"]
