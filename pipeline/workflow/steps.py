"""The five steps of an episode's work: how each stands, in a word or two, and what is due of it and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from pipeline import project, transcripts
from pipeline.errors import Problem
from pipeline.messages import Message, msg, msg_n
from pipeline.models import Cue, Episode, EpisodeFacts, House, Status

DETAILS, TRANSCRIBE, TRANSCRIPT, CHECK, PUBLISH = STEPS = (
    "details",
    "transcribe",
    "transcript",
    "check",
    "publish",
)
"""The steps of every episode, in their order."""
OF_TRANSCRIPT = frozenset({project.TRANSCRIPT, project.REVIEW})
CHANGED = msg("changed since")


class Standing(StrEnum):
    """How a step stands: done, to be done now, in the way, or still to come."""

    DONE = "ok"
    DUE = "due"
    WRONG = "bad"
    AHEAD = "wait"


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five steps: how it stands, in a word or two."""

    name: str
    standing: Standing
    word: Message


def steps(
    root: Path,
    house: House,
    episode: Episode,
    required: Sequence[Problem],
    *,
    held: int,
    sent: Mapping[str, str],
    now: datetime,
) -> tuple[Step, ...]:
    """All five. `required` are the findings in the episode's files that stop publication, `held` how many in
    the house do; `sent` are the marks of the files that were published last, by episode, as far as this
    computer knows.
    """
    facts = house.of(episode)
    of_text = sum(_of_transcript(one) for one in required)
    return (
        _details(len(required) - of_text),
        _transcribe(facts, episode),
        _transcript(facts, episode),
        _check(len(required), held, facts, episode),
        _publish(root, house, episode, sent, now),
    )


def due(
    house: House, episode: Episode, found: tuple[Step, ...], required: Sequence[Problem], held: int
) -> Iterator[Message]:
    """What is due and why: the first problems, then what is not done yet."""
    others = [one for one in required if not _of_transcript(one)]  # said by its step
    yield from (problem.message for problem in others[:2])
    if len(others) > 2:  # noqa: PLR2004
        yield msg("And {n} more.", n=len(others) - 2)
    said: Mapping[str, Message] = {
        TRANSCRIBE: msg("The recording waits to be transcribed."),
        TRANSCRIPT: _unread(house.of(episode)),
        PUBLISH: _unsent(episode, found[-1]),
    }
    if not required:
        stops = msg_n("In the house {n} point stops it.", "In the house {n} points stop it.", held)
        said = {**said, CHECK: stops}
    first = next((step for step in found if step.standing is not Standing.DONE and step.name in said), None)
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
    if step.word == CHANGED:
        return msg("Changed since it was published; outside still stands what was there before.")
    return msg("Everything is ready to be published.")


def _of_transcript(problem: Problem) -> bool:
    return Path(problem.where.file).name in OF_TRANSCRIPT


def _details(wrong: int) -> Step:
    if wrong:
        return Step(DETAILS, Standing.DUE, msg("{n} still open", n=wrong))
    return Step(DETAILS, Standing.DONE, msg("done"))


def _transcribe(facts: EpisodeFacts, episode: Episode) -> Step:
    if facts.has_transcript:
        return Step(TRANSCRIBE, Standing.DONE, msg("done"))
    if episode.transcript_exception:
        return Step(TRANSCRIBE, Standing.DONE, msg("excepted"))
    if facts.recording_present or episode.tracks:
        return Step(TRANSCRIBE, Standing.DUE, msg("ready to start"))
    return Step(TRANSCRIBE, Standing.WRONG, msg("recording missing"))


def _transcript(facts: EpisodeFacts, episode: Episode) -> Step:
    if not facts.has_transcript:
        if episode.transcript_exception:
            return Step(TRANSCRIPT, Standing.DONE, msg("excepted"))
        return Step(TRANSCRIPT, Standing.AHEAD, msg("follows"))
    if facts.checked:
        return Step(TRANSCRIPT, Standing.DONE, msg("checked"))
    places = len(transcripts.open_marks(facts.transcript, facts.review))
    word = msg_n("{n} place open", "{n} places open", places) if places else msg("to be read")
    return Step(TRANSCRIPT, Standing.DUE, word)


def _check(wrong: int, held: int, facts: EpisodeFacts, episode: Episode) -> Step:
    if not facts.has_transcript and not episode.transcript_exception:
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
        return Step(PUBLISH, Standing.DUE, CHANGED)
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
