"""A transcript as it stands, with what was accepted and did not reach the files before a kill."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline import project
from pipeline.errors import BusyError, MisuseError
from pipeline.files import alone
from pipeline.messages import msg
from pipeline.models import Episode, House, Review
from pipeline.project.journals import Journal
from pipeline.project.transcribed import Stored
from pipeline.transcripts.applying import Carried, Script, carry_out, script
from pipeline.transcripts.deeds import Clash, Deed, Effect
from pipeline.transcripts.history import History, Record
from pipeline.workflow.choosing import house_of

TRIES = 5
_KEPT = 3
_TURN = threading.RLock()
_MINE: set[Path] = set()
_SCRIPTS: OrderedDict[str, Script] = OrderedDict()


@dataclass(slots=True)
class Desk:
    """An episode's transcript while nobody else works on it: files, what they say, and what was done so far.

    `outside`: somebody else changed the files during this very call.
    """

    root: Path
    episode_id: str
    journal: Journal
    stored: Stored
    script: Script
    outside: bool = False

    @property
    def history(self) -> History:
        """What was done so far."""
        return self.journal.history

    def keep(self, made: Script) -> None:
        """Write another state of both files; BusyError if somebody else wrote in this very moment."""
        self.stored = project.store(self.root, self.episode_id, self.stored, made.text, made.review)
        self.script = made
        _keep(self.stored.digest, made)

    def finish(self, made: Script | None = None) -> None:
        """Bring into the files what was accepted: `made`, or what comes of the deeds that are open.

        What somebody else changes in this very moment stays as they have it. BusyError if that never ends.
        """
        for _ in range(TRIES):
            try:
                self.keep(made or _once_more(self))
            except BusyError:
                self.stored = project.stored(self.root, self.episode_id)
                self.script, made, self.outside = _script(self.root, self.episode_id, self.stored), None, True
                continue
            self.journal.written()
            return
        raise BusyError(msg("The transcript was changed by somebody else in the meantime."))


@contextmanager
def turn(root: Path, episode_id: str) -> Iterator[None]:
    """The right to change an episode's transcript, which one call of one process has at a time; others wait.

    Who has it may ask for it again.
    """
    lock = project.journal_path(root, episode_id).with_suffix(".lock")
    with _TURN:
        if lock in _MINE:
            yield
            return
        with project.writable(root, lock), alone(lock):
            _MINE.add(lock)
            try:
                yield
            finally:
                _MINE.discard(lock)


@contextmanager
def turn_at(root: Path, episode_name: str) -> Iterator[tuple[House, Episode]]:
    """The same for whoever reads the house first: a house with one episode, read when its turn has come.

    What a kill left undone is finished before. MisuseError names the nearest episode.
    """
    id_ = house_of(root, episode_name)[1].id
    there = project.transcript_path(root, id_).is_file()
    with at_work(root, id_) if there else turn(root, id_):
        yield house_of(root, id_)


@contextmanager
def at_work(root: Path, episode_id: str) -> Iterator[Desk]:
    """The transcript of an episode for this call alone; what a kill left undone is finished first.

    MisuseError if there is no transcript, TranscriptError if it cannot be read.
    """
    with turn(root, episode_id):
        journal = project.journal(root, episode_id)
        journal.read()
        stored = project.stored(root, episode_id)
        desk = Desk(root, episode_id, journal, stored, _script(root, episode_id, stored))
        if journal.history.open:
            desk.finish()
        yield desk


def _script(root: Path, episode_id: str, stored: Stored) -> Script:
    """What the files say; reading it again costs nothing while they are the same."""
    known = _SCRIPTS.get(stored.digest)
    if known is None:
        review = project.review_of(root, episode_id, stored.review) if stored.review else Review()
        with project.in_transcript(root, episode_id):
            known = script(project.stored_text(root, episode_id, stored), review)
    _keep(stored.digest, known)
    return known


def _keep(digest: str, made: Script) -> None:
    _SCRIPTS[digest] = made
    _SCRIPTS.move_to_end(digest)
    while len(_SCRIPTS) > _KEPT:
        _SCRIPTS.popitem(last=False)


def _once_more(desk: Desk) -> Script:
    """What the open deeds make of the text; what somebody else changed since stays as they have it."""
    made = desk.script
    for key in tuple(desk.history.open):
        made = _again(made, desk.history.records[key], desk)
    return made


def _again(found: Script, record: Record, desk: Desk) -> Script:
    """A deed of the journal carried out once more; a sentence that it no longer fits to is left alone."""
    effects = {one.id: one for one in record.effects}
    deed, today = record.deed, record.at.date()
    made = _carried(found, deed, today, effects)
    if not isinstance(made, Carried):
        desk.journal.add(*made)
        clashing = {clash.id for clash in made}
        left = replace(deed, changes=tuple(one for one in deed.changes if one.id not in clashing))
        made = _carried(found, left, today, effects)
    return made.script if isinstance(made, Carried) else found


def _carried(
    found: Script, deed: Deed, today: date, effects: dict[str, Effect]
) -> Carried | tuple[Clash, ...]:
    try:
        return carry_out(found, deed, today, back=effects, known={change.id for change in deed.changes})
    except MisuseError:  # times that do not fit to what was changed from outside
        return tuple(Clash(one.id, one.after, found.sentence(one.id)) for one in deed.changes)
