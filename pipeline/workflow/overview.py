"""Where every episode stands in the five steps of its work: what is done, what is due and why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline import project, transcripts
from pipeline.errors import Level, Problem, ProjectError
from pipeline.messages import Message, msg, msg_n
from pipeline.models import Addresses, Cue, Episode, EpisodeFacts, House, Status
from pipeline.workflow import checking, choosing

DETAILS, TRANSCRIBE, TRANSCRIPT, CHECK, PUBLISH = STEPS = (
    "details",
    "transcribe",
    "transcript",
    "check",
    "publish",
)
"""The steps of every episode, in their order."""
OF_TRANSCRIPT = frozenset({project.TRANSCRIPT, project.REVIEW})


class Standing(StrEnum):
    """How a step stands: done, to be done now, in the way, or still to come."""

    DONE = "ok"
    DUE = "due"
    WRONG = "bad"
    AHEAD = "wait"


class Group(StrEnum):
    """Where an episode belongs in a list of them."""

    DUE = "due"
    PLANNED = "planned"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five steps: how it stands, in a word or two."""

    name: str
    standing: Standing
    word: Message


@dataclass(frozen=True, slots=True)
class Row:
    """One episode: its steps, the next of them (None: nothing is due), and what is due and why.

    `date` is that of its publication in the show's time zone, `length_s` that of the recording, `path` that
    of its page below the site's address.
    `problems` are the findings in its own files.
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
    try:
        house = project.load(root)
    except ProjectError as error:
        return Overview((), error.problems, project.episode_ids(root))
    found = checking.findings(root, house, now)
    own = {episode.id: tuple(_own(root, episode, found)) for episode in house.episodes}
    sent = project.load_sent(root)
    told = {problem for problems in own.values() for problem in problems}
    others = tuple(problem for problem in found if problem not in told)
    held = sum(one.level is Level.REQUIRED for one in others)
    rows = tuple(
        _row(root, house, one, problems=own[one.id], held=held, sent=sent, now=now) for one in house.episodes
    )
    return Overview(rows, others)


def signature(root: Path) -> str:
    """What changes when a person or program changes a file of the house: 16 hexadecimal digits."""
    seen = hashlib.sha256()
    for path in _files(root):
        stat = path.stat()
        seen.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\0{stat.st_ino}\n".encode())
    return seen.hexdigest()[:16]


def title(root: Path) -> str:
    """What a house is called; its folder's name while podcast.toml cannot be read."""
    try:
        return project.load_settings(root).show.title
    except ProjectError:
        return root.name


def theme_folder() -> Path:
    """The theme that comes with the program: the desk has its fonts from there."""
    return project.shipped_theme()


def make_ready(root: Path, episode_id: str) -> None:
    """The episode is no draft any more: from its date on it may be published."""
    house = project.load(root)
    was = project.episode_source(root, choosing.named(house, episode_id).id)
    text = project.with_key(was, "status", Status.READY.value)
    project.change_episode(root, episode_id, was, text, ZoneInfo(house.settings.show.time_zone))


def desk_file(root: Path, name: str) -> Path:
    """Where the desk keeps something of its own, which may be deleted at any time."""
    return root / project.DESK / name


def _files(root: Path) -> Iterator[Path]:
    """Every file that people or programs write into a house, in a fixed order."""
    yield root / project.SETTINGS
    for folder in ("content", "episodes", "private"):
        yield from sorted(path for path in (root / folder).rglob("*") if path.is_file())


def _own(root: Path, episode: Episode, found: tuple[Problem, ...]) -> Iterator[Problem]:
    folder = project.shown(project.episode_folder(root, episode.id), root)
    return (problem for problem in found if problem.where.file.startswith(f"{folder}/"))


def _row(
    root: Path,
    house: House,
    episode: Episode,
    *,
    problems: tuple[Problem, ...],
    held: int,
    sent: Mapping[str, str],
    now: datetime,
) -> Row:
    """`held`: how much there is to mend in the house, which stops an episode that is not published yet."""
    facts = house.of(episode)
    entry = house.ledger.entry(episode.guid)
    required = tuple(problem for problem in problems if problem.level is Level.REQUIRED)
    of_text = sum(Path(one.where.file).name in OF_TRANSCRIPT for one in required)
    steps = (
        _details(len(required) - of_text),
        _transcribe(facts, episode),
        _transcript(facts, episode),
        _check(len(required), 0 if entry else held, facts, episode),
        _publish(root, house, episode, sent, now),
    )
    following = next((step for step in steps if step.standing is not Standing.DONE), None)
    waits = episode.status is Status.READY and episode.date > now and not entry
    withdrawn = bool(entry and entry.withdrawn)
    if withdrawn or (waits and following is steps[-1]):
        following = None
    recording = facts.audio.recording
    return Row(
        episode=episode,
        group=_group(published=entry is not None, planned=waits and following is None),
        steps=steps,
        next=following,
        due=tuple(_due(house, episode, steps, required, held)) if following else (),
        date=episode.date.astimezone(ZoneInfo(house.settings.show.time_zone)),
        length_s=recording.duration_s if recording else 0.0,
        series=_series(house, episode),
        path=Addresses.of(house).episode(episode),
        problems=problems,
        withdrawn=withdrawn,
    )


def _series(house: House, episode: Episode) -> str:
    found = house.series.get(episode.series or "")
    return found.title if found else ""


def _group(*, published: bool, planned: bool) -> Group:
    if published:
        return Group.PUBLISHED
    return Group.PLANNED if planned else Group.DUE


def _details(wrong: int) -> Step:
    if wrong:
        return Step(DETAILS, Standing.DUE, msg("{n} still open", n=wrong))
    return Step(DETAILS, Standing.DONE, msg("done"))


def _transcribe(facts: EpisodeFacts, episode: Episode) -> Step:
    if facts.transcript is not None:
        return Step(TRANSCRIBE, Standing.DONE, msg("done"))
    if episode.transcript_exception:
        return Step(TRANSCRIBE, Standing.DONE, msg("excepted"))
    if facts.recording_present or episode.tracks:
        return Step(TRANSCRIBE, Standing.DUE, msg("ready to start"))
    return Step(TRANSCRIBE, Standing.WRONG, msg("recording missing"))


def _transcript(facts: EpisodeFacts, episode: Episode) -> Step:
    if facts.transcript is None:
        if episode.transcript_exception:
            return Step(TRANSCRIPT, Standing.DONE, msg("excepted"))
        return Step(TRANSCRIPT, Standing.AHEAD, msg("follows"))
    if facts.checked:
        return Step(TRANSCRIPT, Standing.DONE, msg("checked"))
    places = len(transcripts.open_marks(facts.transcript, facts.review))
    word = msg_n("{n} place open", "{n} places open", places) if places else msg("to be read")
    return Step(TRANSCRIPT, Standing.DUE, word)


def _check(wrong: int, held: int, facts: EpisodeFacts, episode: Episode) -> Step:
    if facts.transcript is None and not episode.transcript_exception:
        return Step(CHECK, Standing.AHEAD, msg("follows"))
    if wrong:
        return Step(CHECK, Standing.WRONG, msg("{n} to mend", n=wrong))
    if held:
        return Step(CHECK, Standing.WRONG, msg("{n} in the house", n=held))
    return Step(CHECK, Standing.DONE, msg("all in order"))


def _publish(root: Path, house: House, episode: Episode, sent: Mapping[str, str], now: datetime) -> Step:
    entry = house.ledger.entry(episode.guid)
    if entry and entry.withdrawn:
        return Step(PUBLISH, Standing.DONE, msg("taken back"))
    if entry and _changed(root, episode, sent):
        return Step(PUBLISH, Standing.DUE, msg("changed since"))
    if entry:
        return Step(PUBLISH, Standing.DONE, msg("published"))
    if episode.status is Status.DRAFT:
        return Step(PUBLISH, Standing.AHEAD, msg("draft"))
    if episode.date > now:
        return Step(PUBLISH, Standing.AHEAD, msg("planned"))
    return Step(PUBLISH, Standing.DUE, msg("ready"))


def _changed(root: Path, episode: Episode, sent: Mapping[str, str]) -> bool:
    """Whether an episode's files are others than those published last, as far as this computer knows."""
    mark = sent.get(episode.id)
    return mark is not None and mark != project.written_mark(root, episode.id)


def _due(
    house: House, episode: Episode, steps: tuple[Step, ...], required: tuple[Problem, ...], held: int
) -> Iterator[Message]:
    """What is due and why: the first problems, then what is not done yet."""
    others = [one for one in required if Path(one.where.file).name not in OF_TRANSCRIPT]  # said by its step
    yield from (problem.message for problem in others[:2])
    if len(others) > 2:  # noqa: PLR2004
        yield msg("And {n} more.", n=len(others) - 2)
    said: Mapping[str, Message] = {
        TRANSCRIBE: msg("The recording waits to be transcribed."),
        TRANSCRIPT: _unread(house.of(episode)),
        PUBLISH: _unsent(episode, steps[-1]),
    }
    if not required:
        said = {
            **said,
            CHECK: msg_n("In the house {n} point stops it.", "In the house {n} points stop it.", held),
        }
    first = next((step for step in steps if step.standing is not Standing.DONE and step.name in said), None)
    if first and not (required and first.name == PUBLISH):
        yield said[first.name]


def _unread(facts: EpisodeFacts) -> Message:
    voices = len({cue.speaker for cue in _cues(facts) if transcripts.number(cue.speaker)})
    places = len(transcripts.open_marks(facts.transcript, facts.review))
    said = [
        *([msg_n("{n} suspicious place open", "{n} suspicious places open", places)] if places else []),
        *([msg_n("{n} voice without a name", "{n} voices without a name", voices)] if voices else []),
    ]
    return msg("{what}.", what=tuple(said)) if said else msg("The transcript is not checked yet.")


def _cues(facts: EpisodeFacts) -> tuple[Cue, ...]:
    return facts.transcript.cues if facts.transcript else ()


def _unsent(episode: Episode, step: Step) -> Message:
    if episode.status is Status.DRAFT:
        return msg("Everything is ready; it is still a draft.")
    if step.word.text == "changed since":
        return msg("Changed since it was published; outside still stands what was there before.")
    return msg("Everything is ready to be published.")
