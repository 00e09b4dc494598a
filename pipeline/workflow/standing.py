"""Where every episode stands: what is done, what is due and why (`hdw status`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pipeline import catalog, project, transcripts
from pipeline.messages import Message, msg, msg_n
from pipeline.models import Episode, EpisodeFacts, House, Status
from pipeline.transcripts import reviewing
from pipeline.workflow import days

DONE = "✓"
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One episode: the state of its sound, text, page and publication, and the next command if one is due.

    `next` is the whole command, `due` the reason; `step` is what a narrow table says of it.
    """

    episode_id: str
    date: date
    title: str
    audio: Message | str
    text: Message | str
    page: Message | str
    published: Message | str
    step: Message | str
    next: str
    due: Message | None

    @property
    def finished(self) -> bool:
        """Whether nothing is due and nothing waits for its day."""
        return not self.step


def episode_count(root: Path) -> int:
    """How many episodes a house has, those with mistakes included."""
    return len(project.episode_ids(root))


def status(root: Path, now: datetime) -> tuple[StatusRow, ...]:
    """A row an episode, newest first."""
    house = catalog.load(root)
    return tuple(_row(house, episode, now) for episode in house.episodes)


def _row(house: House, episode: Episode, now: datetime) -> StatusRow:
    step, command, due = _next(house, episode, now)
    return StatusRow(
        episode_id=episode.id,
        date=days.local_day(house, episode.date),
        title=episode.title,
        audio=_audio(house, episode),
        text=_text(house, episode),
        page=msg("draft") if episode.status is Status.DRAFT else DONE,
        published=_published(house, episode, now),
        step=step,
        next=command,
        due=due,
    )


def _audio(house: House, episode: Episode) -> Message | str:
    facts = house.of(episode)
    if facts.recording_altered:
        return msg("altered")
    if facts.recording_present or facts.audio.editions:
        return DONE
    return msg("missing")


def _text(house: House, episode: Episode) -> Message | str:
    facts = house.of(episode)
    if not facts.has_transcript:
        return msg("excepted") if episode.transcript_exception else msg("due")
    if facts.checked:
        return msg("checked")
    waiting = len(transcripts.open_marks(facts.transcript, facts.review))
    if waiting:
        return msg_n("{n} place", "{n} places", waiting)
    cues = facts.transcript.cues if facts.transcript else ()
    checked = sum(reviewing.checked(cue, facts.review) for cue in cues)
    if checked:
        return msg("{done} of {all}", done=checked, all=len(cues))
    return msg("edited") if any(reviewing.touched(cue, facts.review) for cue in cues) else msg("machine")


def _why_open(facts: EpisodeFacts) -> Message:
    """Why a transcript is not checked: nobody read it yet, or sentences were changed since."""
    cues = facts.transcript.cues if facts.transcript else ()
    changed = sum(reviewing.changed_since(cue, facts.review) for cue in cues)
    if not changed:
        return msg("the text is not checked yet")
    return msg_n("{n} checked sentence was changed", "{n} checked sentences were changed", changed)


def _published(house: House, episode: Episode, now: datetime) -> Message | str:
    entry = house.ledger.entry(episode.guid)
    if entry is not None:
        return msg("withdrawn") if entry.withdrawn else DONE
    day = days.local_day(house, episode.date)
    return msg("from {date}", date=day) if _waits(episode, now) else NOTHING


def _waits(episode: Episode, now: datetime) -> bool:
    """Ready, but its day has not come."""
    return episode.status is Status.READY and episode.date > now


def _next(house: House, episode: Episode, now: datetime) -> tuple[Message | str, str, Message | None]:
    """The step in few words, its whole command, and why it is due."""
    facts = house.of(episode)
    if not facts.has_transcript and not episode.transcript_exception:
        if facts.recording_present:
            return "hdw transcribe", f"hdw transcribe {episode.id}", msg("no transcript yet")
        return "hdw check", "hdw check", msg("neither a transcript nor the recording is here")
    if facts.has_transcript and not facts.checked:
        return "hdw transcript", f"hdw transcript approve {episode.id} --by NAME", _why_open(facts)
    if _audio(house, episode) != DONE:
        return "hdw check", "hdw check", msg("the recording is missing or was altered")
    if episode.status is Status.DRAFT:
        return "hdw check", "hdw check", msg("still a draft")
    return (msg("planned"), "", None) if _waits(episode, now) else ("", "", None)
