"""All rules over the whole house, each finding with its file and line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

from pipeline import catalog, checks, project
from pipeline.errors import Problem
from pipeline.messages import Message
from pipeline.models import Episode, House, Parts
from pipeline.workflow.days import local_day

Dated = tuple[date | None, Problem]
"""A problem, and the day from which on it holds."""
_FINDINGS = "findings"


def findings(root: Path, house: House, now: datetime) -> tuple[Problem, ...]:
    """What the rules find in a house that was read already, on the day of a moment."""
    found = checks.run(house, local_day(house, now))
    return ordered(project.locate(root, rule, finding) for rule, finding in found)


def known_findings(files: catalog.Files, house: House, now: datetime) -> tuple[Problem, ...]:
    """The same; of an episode that is as it was, and everything that it names, it is known already."""
    root, day = files.root, local_day(house, now)
    shared, parts, known = _shared(house), Parts(house), files.store.memos(_FINDINGS)
    found = [_dated(root, *one) for one in checks.of_house(house)]
    episodes = {one.id: one for one in house.episodes}
    keys = {id_: parts.mark(one, shared, *files.marks[id_]) for id_, one in episodes.items()}
    memos = {id_: memo for id_, memo in known.items() if keys.get(id_) == memo.key}
    due = [id_ for id_ in episodes if id_ not in memos]
    fresh: dict[str, catalog.Memo] = {}
    with closing(
        catalog.each(due, lambda id_: _of_episode(root, parts, episodes[id_]), files.store.again)
    ) as all_:
        for part in all_:
            fresh |= {id_: catalog.Memo(keys[id_], one) for id_, one in part.items()}
    memos |= fresh
    found += [one for id_ in episodes for one in memos[id_].value]
    files.store.note(_FINDINGS, fresh, gone=known.keys() - episodes.keys())
    return ordered(problem for since, problem in found if not since or since <= day)


def _of_episode(root: Path, parts: Parts, episode: Episode) -> tuple[Dated, ...]:
    return tuple(_dated(root, *one) for one in checks.of_episode(parts.of(episode)))


def _dated(root: Path, rule: checks.Rule, finding: checks.Finding) -> Dated:
    return finding.since, project.locate(root, rule, finding)


def _shared(house: House) -> str:
    """The digest of what every rule may look at."""
    said = (house.settings, house.glossary, house.private, house.ledger.show, sorted(house.pictures.items()))
    return hashlib.sha256(repr(said).encode()).hexdigest()


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file and line."""
    return tuple(sorted(problems, key=lambda p: (p.where.file, p.where.line, p.where.field, p.rule)))


def rules() -> tuple[tuple[str, str, str, Message], ...]:
    """Every rule: name, level, source, why."""
    return tuple((rule.name, rule.level.value, rule.source, rule.why) for rule in checks.RULES)
