"""Where every episode stands in the five steps of its work, and the next one that is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline import catalog, project
from pipeline.errors import Level, Problem, ProjectError
from pipeline.messages import Message
from pipeline.models import Addresses, Episode, House, Status
from pipeline.workflow import checking, steps
from pipeline.workflow.steps import STEPS, Standing, Step


class Group(StrEnum):
    """Where an episode belongs in a list of them."""

    DUE = "due"
    PLANNED = "planned"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Row:
    """One episode: its steps, the next of them (None: nothing is due), and what is due and why.

    `date` is that of its publication in the show's time zone, `length_s` that of the recording, `path` that
    of its page below the site's address.
    `problems` are the findings in its own files; `spoken`: there is a transcript, `waits`:
    it is ready, and its day has not come.
    """

    episode: Episode
    group: Group
    steps: tuple[Step, ...]
    next: Step | None
    due: tuple[Message, ...]
    date: datetime
    length_s: float
    series: str
    path: str
    problems: tuple[Problem, ...]
    withdrawn: bool
    spoken: bool
    waits: bool

    @property
    def step(self) -> Step:
        """The step that an episode stands at: the next one, else the last."""
        return self.next or self.steps[-1]

    def named(self, name: str) -> Step:
        """One of the steps by its name."""
        return self.steps[STEPS.index(name)]


@dataclass(frozen=True, slots=True)
class Overview:
    """All episodes, newest first, and what is wrong in no episode's own file.

    Where files cannot be read, `rows` is empty, `unread` names every episode, and `problems` has them all.
    """

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    unread: tuple[str, ...] = ()

    def row(self, episode_id: str) -> Row | None:
        """The row of an episode; None if there is no such, or nothing can be read."""
        return next((row for row in self.rows if row.episode.id == episode_id), None)


def overview(root: Path, now: datetime) -> Overview:
    """Where every episode stands at a moment."""
    files = catalog.opened(root)
    try:
        house = catalog.read(files)
    except ProjectError as error:
        return Overview((), error.problems, project.episode_ids(root))
    own, others = _parted(root, house, checking.known_findings(files, house, now))
    sent = project.load_sent(root)
    held = sum(one.level is Level.REQUIRED for one in others)
    rows = tuple(
        _row(root, house, one, tuple(own[one.id]), held=held, sent=sent, now=now) for one in house.episodes
    )
    return Overview(rows, others)


def _parted(
    root: Path, house: House, found: tuple[Problem, ...]
) -> tuple[dict[str, list[Problem]], tuple[Problem, ...]]:
    """The findings in each episode's own folder, and all others."""
    folders = {project.shown(project.episode_folder(root, one.id), root): one.id for one in house.episodes}
    own: dict[str, list[Problem]] = {id_: [] for id_ in folders.values()}
    others: list[Problem] = []
    for problem in found:
        id_ = folders.get("/".join(problem.where.file.split("/")[:2]))
        (own[id_] if id_ else others).append(problem)
    return own, tuple(others)


def _row(
    root: Path,
    house: House,
    episode: Episode,
    problems: tuple[Problem, ...],
    *,
    held: int,
    sent: Mapping[str, str],
    now: datetime,
) -> Row:
    """`held`: how much there is to mend in the house, which stops an episode that is not published yet."""
    entry = house.ledger.entry(episode.guid)
    required = tuple(problem for problem in problems if problem.level is Level.REQUIRED)
    found = steps.steps(root, house, episode, required, held=0 if entry else held, sent=sent, now=now)
    following = next((step for step in found if step.standing is not Standing.DONE), None)
    waits = episode.status is Status.READY and episode.date > now and not entry
    withdrawn = bool(entry and entry.withdrawn)
    if withdrawn or (waits and following is found[-1]):
        following = None
    recording, series = house.of(episode).audio.recording, house.series.get(episode.series or "")
    return Row(
        episode=episode,
        group=_group(published=entry is not None, planned=waits and following is None),
        steps=found,
        next=following,
        due=tuple(steps.due(house, episode, found, required, held)) if following else (),
        date=episode.date.astimezone(ZoneInfo(house.settings.show.time_zone)),
        length_s=recording.duration_s if recording else 0.0,
        series=series.title if series else "",
        path=Addresses.of(house).episode(episode),
        problems=problems,
        withdrawn=withdrawn,
        spoken=house.of(episode).has_transcript,
        waits=waits,
    )


def _group(*, published: bool, planned: bool) -> Group:
    if published:
        return Group.PUBLISHED
    return Group.PLANNED if planned else Group.DUE
