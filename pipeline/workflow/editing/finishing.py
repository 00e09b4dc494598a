"""The end of the work on a transcript: what is still open, and who stands by all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline import transcripts
from pipeline.errors import MisuseError
from pipeline.messages import Message, msg, msg_n
from pipeline.models import Cue, Episode, House
from pipeline.transcripts import reviewing, spelling, suspecting
from pipeline.transcripts.applying import Script
from pipeline.transcripts.reviewing import Standing
from pipeline.workflow.choosing import house_of
from pipeline.workflow.days import local_day
from pipeline.workflow.editing.holding import refuse_held
from pipeline.workflow.editing.opening import passages
from pipeline.workflow.editing.standing import at_work, turn
from pipeline.workflow.reviewing import approve

UNCLEAR = "[unverständlich]"
EDGE_S = 0.5
"""How far a chapter may begin from the beginning of its sentence."""


@dataclass(frozen=True, slots=True)
class Item:
    """A point of the list: what it is about (`subject`), how many places are open, what is said of it.

    `first` is the sentence to go to, "" where there is none; `done`: nothing has to be looked at.
    """

    subject: str
    open: int
    message: Message
    first: str = ""

    @property
    def done(self) -> bool:
        """Whether nothing is left of it."""
        return not self.open


@dataclass(frozen=True, slots=True)
class _Found:
    root: Path
    house: House
    episode: Episode
    script: Script


def checklist(root: Path, episode_name: str) -> tuple[Item, ...]:
    """What an editor goes through before the end."""
    house, episode = house_of(root, episode_name)
    with at_work(root, episode.id) as desk:
        found = _Found(root, house, episode, desk.script)
    return tuple(look(found) for look in _POINTS)


def finish(root: Path, episode_name: str, *, by: str, session: str, now: datetime) -> tuple[int, int]:
    """Note that a person checked every sentence; how many, and how many are open. MisuseError without a name.

    Who checked a sentence before stays with it. It is no deed: what was checked is taken back sentence by
    sentence. HeldError if another window has the transcript.
    """
    if not by.strip():
        raise MisuseError(msg("Who has checked it? The name stands below the transcript later."))
    house, episode = house_of(root, episode_name)
    with turn(root, episode.id):
        refuse_held(root, episode.id, session, now)
        return approve(root, episode.id, by=by.strip(), today=local_day(house, now))


def _voices(found: _Found) -> Item:
    cues = [cue for cue in found.script.in_order if transcripts.number(cue.speaker)]
    count = len({cue.speaker for cue in cues})
    message = msg_n("{n} voice without a name", "{n} voices without a name", count)
    return _item("voices", count, message, msg("Every voice has a name"), cues)


def _passages(found: _Found) -> Item:
    left = passages(found.root, found.house, found.episode, found.script)
    message = msg_n("{n} suspicious place is open", "{n} suspicious places are open", len(left))
    cues = [found.script.cues[one.sentence] for one in left if one.sentence]
    return _item("marks", len(left), message, msg("No suspicious place is open"), cues)


def _heard(found: _Found) -> Item:
    seen = {Standing.HEARD, Standing.CHECKED}
    cues = [
        cue
        for cue in found.script.in_order
        if not cue.sound and reviewing.standing(cue, found.script.review) not in seen
    ]
    message = msg_n("{n} sentence was not heard yet", "{n} sentences were not heard yet", len(cues))
    return _item("heard", len(cues), message, msg("Every sentence was heard"), cues)


def _unclear(found: _Found) -> Item:
    cues = [
        cue
        for cue in found.script.in_order
        if UNCLEAR in cue.text and not reviewing.checked(cue, found.script.review)
    ]
    message = msg_n(
        "{n} × {words}: listen once more", "{n} × {words}: listen once more", len(cues), words=UNCLEAR
    )
    return _item("unclear", len(cues), message, msg("Nothing is unintelligible"), cues)


def _sounds(found: _Found) -> Item:
    count = sum(cue.sound for cue in found.script.in_order)
    return Item("sounds", 0, msg_n("{n} sound is described", "{n} sounds are described", count))


def _languages(found: _Found) -> Item:
    known = spelling.dictionary(found.script.language)
    cues = [
        cue
        for cue in found.script.in_order
        if known and not cue.spans and not cue.sound and suspecting.foreign(cue.text, known)
    ]
    message = msg_n(
        "{n} sentence may be in another language in part",
        "{n} sentences may be in another language in part",
        len(cues),
    )
    return _item("languages", len(cues), message, msg("Passages in other languages are marked"), cues)


def _chapters(found: _Found) -> Item:
    cues = found.script.in_order
    inside = [
        cue
        for chapter in found.episode.chapters
        for cue in cues
        if cue.start_s + EDGE_S < chapter.start < cue.end_s - EDGE_S
    ]
    message = msg_n(
        "{n} chapter begins within a sentence", "{n} chapters begin within a sentence", len(inside)
    )
    return _item("chapters", len(inside), message, msg("Chapters begin where sentences do"), inside)


def _item(subject: str, count: int, open_: Message, done: Message, cues: Sequence[Cue]) -> Item:
    return Item(subject, count, open_ if count else done, cues[0].id if cues else "")


_POINTS: tuple[Callable[[_Found], Item], ...] = (
    _voices,
    _passages,
    _heard,
    _unclear,
    _sounds,
    _languages,
    _chapters,
)
