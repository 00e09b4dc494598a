"""What rules find in an episode that is alone is what they find in the house; known, it is found again."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import catalog, checks, project
from pipeline.models import House
from pipeline.workflow import checking
from tests.checks.conftest import NOW
from tests.checks.test_rules import CASES, Case


def _house(root: Path) -> tuple[catalog.Files, House]:
    files = catalog.opened(root)
    return files, catalog.read(files)


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case.rule}" for n, case in enumerate(CASES)])
def test_out_of_the_catalogue_every_rule_finds_the_same(good_house: Path, case: Case) -> None:
    checking.known_findings(*_house(good_house), NOW)  # what was found before the mistake is known
    case.edit(good_house)
    expected = checking.findings(good_house, project.load(good_house), NOW)
    for _ in range(2):
        assert checking.known_findings(*_house(good_house), NOW) == expected


def test_what_is_known_is_not_looked_for_again(good_house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checking.known_findings(*_house(good_house), NOW)
    asked: list[str] = []

    def of_episode(part: House) -> tuple[tuple[checks.Rule, checks.Finding], ...]:
        asked.append(part.episodes[0].id)
        return ()

    monkeypatch.setattr(checks, "of_episode", of_episode)
    checking.known_findings(*_house(good_house), NOW)
    assert asked == []
