"""Another recording for an episode (`hdw replace`): what was cut and added, and everything that moves along.

The episode keeps guid and address; its next build publishes the new sound under a new address of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pipeline import audio, catalog, project, speech, transcripts
from pipeline.errors import MisuseError
from pipeline.messages import msg
from pipeline.models import Episode, House, LedgerEntry, Mark, Recording, Review
from pipeline.transcripts import moving, reviewing, shifting
from pipeline.transcripts.moves import Moves
from pipeline.workflow import adopting, composing, replaced, transcribing
from pipeline.workflow.choosing import named
from pipeline.workflow.events import Event
from pipeline.workflow.moving import MovedMoments, moved_moments
from pipeline.workflow.transcribing import Choices

SAME = 0.3
"""The part of the shorter text that has to be found again; two talks of one house share far less."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """How many sentences stay (and of these stay checked) and are new; which go; what to look at."""

    moved: int
    checked: int
    fresh: int
    gone: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Replacement:
    """What another recording means for an episode; nothing is written until `carry_out`.

    `cut` are moments of the old recording, `added` of the new one, in seconds. `entry` is the ledger's, None
    as long as nobody was given the old one. `kept` is the old recording's file, which stays where it is;
    `tracks`: the episode's tracks are still those of the old recording. `compared` is False where there was
    no transcript to hold the new recording against: it just takes the place of the old one.
    """

    episode_id: str
    old: Recording
    new: Recording
    cut: tuple[tuple[float, float], ...]
    added: tuple[tuple[float, float], ...]
    sentences: Sentences
    moments: MovedMoments
    entry: LedgerEntry | None
    kept: str
    tracks: bool
    outcome: replaced.Outcome
    compared: bool = True


def finish_replacement(root: Path, episode_id: str) -> bool:
    """Do the rest of a replacement that was killed while it was written; False if there is none."""
    return project.finish_replacement(root, episode_id.rstrip("/").rpartition("/")[2])


def unfinished_replacements(root: Path) -> tuple[str, ...]:
    """The episodes of which a replacement was killed while it was written: until then no house is read."""
    return tuple(id_ for id_ in project.episode_ids(root) if project.unfinished_replacement(root, id_))


def replacement(
    root: Path,
    episode_id: str,
    recording: Path,
    *,
    choices: Choices,
    accept_short: bool = False,
    report: Callable[[Event], None],
    now: datetime,
) -> Replacement:
    """Hear the new recording and hold it against the old one; MisuseError if they are not the same talk.

    An episode without a transcript that nobody was given just gets the other recording, whatever it says.
    """
    house = catalog.load(root)
    episode = named(house, episode_id)
    if not house.of(episode).has_transcript and house.ledger.entry(episode.guid) is None:
        return _exchange(root, house, episode, recording, accept_short=accept_short)
    before = replaced.as_it_is(root, house, episode)
    new = audio.measure(recording, accept_short=accept_short)
    replaced.refuse_known(house, before.recording, new, recording)
    heard, name = transcribing.heard_anew(
        root, before.house, before.episode, recording, recording=new, choices=choices, report=report, now=now
    )
    words = tuple(word for segment in heard.segments for word in segment.words)
    found = moving.align(before.words, words, before.recording.duration_s, new.duration_s)
    if found.share < SAME:
        raise MisuseError(
            msg("This recording says something else than the old one."),
            where=recording,
            hint=msg("Another talk is an episode of its own: hdw add {file}", file=recording.name),
        )
    shifted = replaced.shift(before, found, words)
    marks = tuple(_marks(shifted, found.moves, composing.evidence(heard)))
    review = replace(shifted.review, marks=(*shifted.review.marks, *marks))
    moments = moved_moments(before.front, before.episode, found.moves)
    place = replaced.place_for(root, house, episode, recording, new)
    lying = replaced.lying_at(place, new)
    files = {
        f"asr/{name}": speech.to_jsonl(replace(heard, replacements=shifted.replacements)).encode(),
        **replaced.files(before, shifted, adopting.following(name, review), moments, lying),
        **project.aside(root, before.episode.id, now),
    }
    return Replacement(
        before.episode.id,
        before.recording,
        new,
        found.moves.cut,
        found.moves.added,
        _sentences(shifted, review, (*shifted.doubtful, *marks)),
        moments,
        before.house.ledger.entry(before.episode.guid),
        before.recording.file,
        bool(before.episode.tracks),
        replaced.Outcome(recording, place, files, before.read, heard.journal),
    )


def carry_out(root: Path, made: Replacement) -> None:
    """Write all of it, or nothing; killed once the files are decided, `finish_replacement` does the rest.

    BusyError, and nothing written, if somebody changed the episode since it was read.
    """
    outcome = made.outcome
    if not outcome.place.is_file():
        project.bring_recording(outcome.recording, outcome.place, made.new, link=False)
    project.replace_together(root, made.episode_id, outcome.files, outcome.read)
    if outcome.journal:
        outcome.journal.unlink(missing_ok=True)


def _exchange(
    root: Path, house: House, episode: Episode, recording: Path, *, accept_short: bool
) -> Replacement:
    """Another recording where nothing is said of the old one yet: file and facts, all else stays."""
    old = replaced.recording_of(root, house, episode)
    new = audio.measure(recording, accept_short=accept_short)
    replaced.refuse_known(house, old, new, recording)
    place = replaced.place_for(root, house, episode, recording, new)
    front = project.episode_source(root, episode.id)
    written = replaced.front_with(house, episode, front, place.name)
    files = {
        project.AUDIO: replaced.facts_with(house, episode, replaced.lying_at(place, new)),
        project.FRONT_MATTER: written.encode(),
    }
    return Replacement(
        episode.id, old, new, (), (),
        Sentences(0, 0, 0, (), ()),
        MovedMoments(written, 0, 0, 0, (), (), ()),
        None,
        old.file,
        bool(episode.tracks),
        replaced.Outcome(recording, place, files, {project.FRONT_MATTER: front.encode()}, None),
        compared=False,
    )  # fmt: skip


def _marks(shifted: shifting.Shifted, moves: Moves, evidence: transcripts.Evidence) -> Iterator[Mark]:
    """The suspicious places in what is new."""
    fresh = {cue.id for cue in shifted.fresh}
    for mark in transcripts.marks(shifted.transcript.cues, evidence):
        new = any(first <= mark.start_s < last for first, last in moves.added)
        if mark.cue in fresh or (not mark.cue and new):
            yield mark


def _sentences(shifted: shifting.Shifted, review: Review, marks: tuple[Mark, ...]) -> Sentences:
    checked = sum(reviewing.checked(cue, review) for cue in shifted.moved)
    gone = tuple(cue.text for cue in shifted.gone)
    return Sentences(len(shifted.moved), checked, len(shifted.fresh), gone, marks)
