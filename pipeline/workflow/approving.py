"""The step that notes a guest's answer: they have read and heard the episode, and agree to it as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pipeline import catalog, project
from pipeline.errors import MisuseError
from pipeline.messages import msg
from pipeline.models import Approval, approval_mark
from pipeline.workflow.choosing import named
from pipeline.workflow.days import local_day


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered about an episode, the newest last, each with whether it is still as it was then.

    `here` is False where private/ is not on this computer; `asked`: the house publishes nothing without.
    `people` are the names of those who may be asked.
    """

    here: bool
    asked: bool
    people: tuple[str, ...]
    given: tuple[tuple[Approval, bool], ...] = ()


def answers(root: Path, name: str) -> Answers:
    """The answers that private/approvals.toml holds about an episode."""
    house = catalog.load(root)
    episode, asked = named(house, name), house.settings.consent.approval
    inside = dict.fromkeys(one.person for one in episode.people if one.person in house.people)
    people = tuple(house.people[id_].name for id_ in inside)
    if house.private is None:
        return Answers(here=False, asked=asked, people=people)
    mark = approval_mark(house, episode)
    known = (one for one in house.private.approvals if one.guid == episode.guid)
    return Answers(
        here=True, asked=asked, people=people, given=tuple((one, one.mark == mark) for one in known)
    )


def approve_episode(
    root: Path, name: str, *, by: str, now: datetime, day: date | None = None, note: str = ""
) -> Path:
    """Note the answer of `by` in private/approvals.toml; returns that file. MisuseError without a name.

    Where no day is given it is today, as the house has it.
    """
    if not by.strip():
        raise MisuseError(msg("Who has approved it? --by needs a name."))
    house = catalog.load(root)
    episode = named(house, name)
    approval = Approval(
        episode=episode.id,
        guid=episode.guid,
        by=by,
        date=day or local_day(house, now),
        note=note,
        mark=approval_mark(house, episode),
    )
    return project.add_approval(root, approval)
