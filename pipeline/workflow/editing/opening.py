"""A transcript opened: all that a window shows of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from pipeline import project, speech
from pipeline.messages import msg
from pipeline.models import Cue, Episode, House, Transcript
from pipeline.transcripts import alike, proposing, spelling, suspecting
from pipeline.transcripts.applying import Script
from pipeline.transcripts.deeds import Deed
from pipeline.transcripts.document import Alike, Candidate, Document, Heard, Passage
from pipeline.transcripts.history import History
from pipeline.transcripts.vocabulary import Vocabulary
from pipeline.workflow import adopting, tracks
from pipeline.workflow.choosing import house_of
from pipeline.workflow.editing.accepting import sentences
from pipeline.workflow.editing.holding import holder
from pipeline.workflow.editing.standing import at_work

MOST_UNDONE = 200
MOST_CHANGES = 6000
"""Changes of all deeds that can be taken back, as a window gets them: about 4 MB."""


def open_document(
    root: Path, episode_name: str, *, session: str = "", now: datetime, looking: bool = True
) -> Document:
    """A transcript as it stands; MisuseError if there is none, TranscriptError if it cannot be read.

    Without `looking`, places to look at, names and proposals are left out: they take most of the time.

    The first one that a process opens waits for the dictionary (`get_dictionary` makes it beforehand).
    """
    house, episode = house_of(root, episode_name)
    with at_work(root, episode.id) as desk:
        found, digest, history = desk.script, desk.stored.digest, desk.history
        undo, redo = _deeds(history, history.undo), _deeds(history, history.redo)
    other = holder(root, episode.id, now)
    open_ = passages(root, house, episode, found) if looking else ()
    return Document(
        digest=digest,
        length_s=_length_s(house, episode, found.in_order),
        next_id=found.review.last_id + 1,
        sentences=sentences(found),
        passages=open_,
        people=_people(house, episode, found.in_order),
        names=_names(house, episode, found, open_) if looking else (),
        chapters=tuple((chapter.start, chapter.title) for chapter in episode.chapters),
        undo=undo,
        redo=redo,
        proposals=_heard_otherwise(root, episode, found) if looking else (),
        holder=str(other) if other and other.session != session else "",
    )


def get_dictionary(language: str = "de") -> None:
    """Make the dictionary, so that nobody waits for it (0.8 CPU s)."""
    spelling.dictionary(language)


def passages(root: Path, house: House, episode: Episode, found: Script) -> tuple[Passage, ...]:
    """What is still to be looked at in a transcript."""
    return suspecting.passages(
        found.in_order,
        found.review,
        _own_words(house, episode),
        spelling.dictionary(found.language),
        _doubtful(root, episode, found),
    )


def _own_words(house: House, episode: Episode) -> Vocabulary:
    people = house.people.values()
    names = [name for one in people for name in (one.name, one.public_name) if name]
    return Vocabulary(
        terms=house.glossary.of(episode),
        names=(*names, *(topic.title for topic in house.topics.values())),
        words=frozenset(f"{episode.title} {episode.summary}".split()),
    )


def _names(house: House, episode: Episode, found: Script, open_: Sequence[Passage]) -> tuple[Alike, ...]:
    """Names in several spellings, none of them the house's own; what sounds like those is a passage."""
    known = spelling.dictionary(found.language)
    asked = (found.cues[one.sentence].text[one.start : one.end] for one in open_ if one.kind == "name")
    words = _own_words(house, episode).own_folded.union(word.casefold() for word in asked)
    return alike.groups(found.in_order, words, known, found.review.settled) if known else ()


def _doubtful(root: Path, episode: Episode, found: Script) -> Iterator[str]:
    """Sentences that another microphone heard about as loud as their speaker's own: somebody else's, perhaps.

    Of one microphone alone nothing is kept that tells how sure a voice is.
    """
    source = adopting.source(root, episode, found.review) if episode.tracks else None
    for file in tracks.files(root, episode, source) if source else ():
        heard = speech.from_jsonl(project.read_text(file).partition("\n")[0]).provenance
        yield from suspecting.doubtful(found.in_order, heard)


def _heard_otherwise(root: Path, episode: Episode, found: Script) -> tuple[Heard, ...]:
    """What a recognition heard that is newer than the one that the text comes from."""
    files = project.recognitions(root, episode.id)
    source = adopting.source(root, episode, found.review)
    if source is None or source in tracks.files(root, episode, files[-1]):
        return ()
    heard, before = (
        tuple(word for word, _ in tracks.said(root, episode, file)) for file in (files[-1], source)
    )
    return proposing.heard_now(Transcript(found.in_order, found.language), found.review, heard, before)


def _deeds(history: History, keys: Sequence[str]) -> tuple[Deed, ...]:
    """The newest deeds, as many as a page can be sent; the first of them always."""
    made, changes = list[Deed](), 0
    for key in reversed(keys[-MOST_UNDONE:]):
        deed = history.records[key].deed
        changes += len(deed.changes)
        if made and changes > MOST_CHANGES:
            break
        made.append(deed)
    return tuple(reversed(made))


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
