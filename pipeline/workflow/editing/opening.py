"""A transcript opened: all that a window shows of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from pipeline import project, transcripts
from pipeline.messages import msg
from pipeline.models import Cue, Episode, House
from pipeline.transcripts.deeds import Deed
from pipeline.transcripts.document import Candidate, Document, OpenVoice
from pipeline.transcripts.history import History
from pipeline.workflow.choosing import named
from pipeline.workflow.editing.accepting import sentences
from pipeline.workflow.editing.holding import holder
from pipeline.workflow.editing.standing import at_work

MOST_UNDONE = 200
CLIPS = 4
LONGEST_CLIP_S = 10.0


def open_document(root: Path, episode_name: str, *, session: str = "", now: datetime) -> Document:
    """A transcript as it stands; MisuseError if there is none, TranscriptError if it cannot be read."""
    house = project.load(root)
    episode = named(house, episode_name)
    with at_work(root, episode.id) as desk:
        found, digest, history = desk.script, desk.stored.digest, desk.history
        undo, redo = _deeds(history, history.undo), _deeds(history, history.redo)
    cues = found.in_order
    other = holder(root, episode.id, now)
    return Document(
        digest=digest,
        length_s=_length_s(house, episode, cues),
        next_id=found.review.last_id + 1,
        sentences=sentences(found),
        people=_people(house, episode, cues),
        voices=open_voices(cues),
        chapters=tuple((chapter.start, chapter.title) for chapter in episode.chapters),
        undo=undo,
        redo=redo,
        holder=str(other) if other and other.session != session else "",
    )


def open_voices(cues: Sequence[Cue]) -> tuple[OpenVoice, ...]:
    """Every voice that nobody named yet, with its longest sentences to listen to."""
    spoken: dict[int, list[Cue]] = {}
    for cue in cues:
        if number := transcripts.number(cue.speaker):
            spoken.setdefault(number, []).append(cue)
    return tuple(OpenVoice(n, own[0].speaker, tuple(_clips(own))) for n, own in sorted(spoken.items()))


def _clips(cues: Sequence[Cue]) -> Iterator[tuple[float, float]]:
    longest = sorted(cues, key=lambda cue: cue.start_s - cue.end_s)[:CLIPS]
    for cue in sorted(longest, key=lambda cue: cue.start_s):
        yield cue.start_s, min(cue.end_s, cue.start_s + LONGEST_CLIP_S)


def _deeds(history: History, keys: Sequence[str]) -> tuple[Deed, ...]:
    return tuple(history.records[key].deed for key in keys[-MOST_UNDONE:] if key in history.records)


def _length_s(house: House, episode: Episode, cues: Sequence[Cue]) -> float:
    recording = house.of(episode).audio.recording
    return recording.duration_s if recording else max((cue.end_s for cue in cues), default=0.0)


def _people(house: House, episode: Episode, cues: Sequence[Cue]) -> tuple[Candidate, ...]:
    """Who may speak: the episode's people first, then those who speak in it, then all others by name."""
    here = dict.fromkeys([one.person for one in episode.people])
    here |= dict.fromkeys(cue.speaker for cue in cues if cue.speaker in house.people)
    others = sorted(set(house.people).difference(here), key=lambda id_: house.people[id_].name.casefold())
    known = [id_ for id_ in here if id_ in house.people]
    near = (Candidate(id_, house.people[id_].name, msg("in this episode")) for id_ in known)
    return (*near, *(Candidate(id_, house.people[id_].name) for id_ in others))
