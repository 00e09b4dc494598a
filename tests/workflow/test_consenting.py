"""Consents as the desk and `hdw consent` work with them: how they stand, and what is concerned."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline import workflow
from pipeline.errors import MisuseError
from pipeline.models import Scope
from tests import published

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = date(2026, 11, 2)


@pytest.fixture
def house(once: Path, tmp_path: Path) -> Path:
    made = published.asking(once, tmp_path / "alles")
    (made / "private").mkdir()
    return made


def who(house: Path) -> str:
    return workflow.consents(house, NOW).people[0].id


def give(house: Path, *scopes: str, **more: object) -> None:
    made = workflow.consent_of(house, who(house), scopes, DAY, paper="Ordner 7", **more)  # type: ignore[arg-type]
    workflow.note_consent(house, made)


def stands(house: Path) -> tuple[str, str]:
    one = workflow.consents(house, NOW).person(who(house))
    assert one is not None
    return one.standing.value, ",".join(one.lacking)


def test_a_person_stands_as_the_worst_of_what_is_asked(house: Path) -> None:
    assert stands(house) == ("missing", "audio,transcript")
    give(house, "audio", expires=date(2026, 12, 31))
    assert stands(house) == ("missing", "transcript")
    give(house, "transcript")
    assert stands(house) == ("soon", "")
    give(house, "audio")
    assert stands(house) == ("holds", "")


def test_an_ended_one_does_not_count_where_another_holds(house: Path) -> None:
    give(house, "audio", "transcript", expires=date(2026, 11, 23))
    assert stands(house) == ("expired", "audio,transcript")
    assert workflow.concerned(house, who(house), NOW)[0].scopes == (
        Scope.AUDIO,
        Scope.TRANSCRIPT,
    )
    give(house, "audio", expires=date(2026, 11, 24))
    assert stands(house) == ("expired", "transcript")
    assert workflow.concerned(house, who(house), NOW)[0].scopes == (Scope.TRANSCRIPT,)


def test_on_the_day_it_is_taken_back_it_holds_no_more(house: Path) -> None:
    give(house, "audio", "transcript")
    workflow.take_back_consent(house, 0, (Scope.AUDIO,), NOW.date(), now=NOW)
    assert stands(house) == ("withdrawn", "audio")
    found = workflow.concerned(house, who(house), NOW)
    assert {one.scopes for one in found} == {(Scope.AUDIO,)}
    assert workflow.concerned(house, "niemand", NOW) == ()
    rules = [p for p in workflow.check(house, now=NOW) if p.rule == "consent-holds"]
    assert len(rules) == len(found)
    assert not [p for p in workflow.check(house, now=NOW) if p.rule == "consent-ends"]


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2026, 11, 25)])
def test_the_day_lies_between_the_consent_and_today(house: Path, day: date) -> None:
    give(house, "audio")
    with pytest.raises(MisuseError, match="between"):
        workflow.take_back_consent(house, 0, (Scope.AUDIO,), day, now=NOW)


@pytest.mark.parametrize("at", [-1, 1])
def test_only_what_is_there_is_changed(house: Path, at: int) -> None:
    give(house, "audio")
    with pytest.raises(MisuseError, match="no such"):
        workflow.take_back_consent(house, at, (Scope.AUDIO,), DAY, now=NOW)
    with pytest.raises(MisuseError, match="no such"):
        workflow.note_consent(
            house, workflow.consent_of(house, who(house), ("audio",), DAY, paper="A"), at=at
        )
