"""Another recording for an episode (`hdw replace`): what was cut and added, and everything that moves along.

The episode keeps guid and address; its next build publishes the new sound under a new address of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline import audio, catalog, project, speech, transcripts
from pipeline.errors import MisuseError
from pipeline.messages import msg
from pipeline.models import Episode, House, LedgerEntry, Mark, Recording, Review, Transcript, Word
from pipeline.transcripts import aligning, moving, reviewing, shifting, splicing
from pipeline.transcripts.moves import Moves
from pipeline.workflow import adding, adopting, composing, tracks, transcribing
from pipeline.workflow.choosing import named
from pipeline.workflow.events import Event
from pipeline.workflow.moving import MovedMoments, moved_moments
from pipeline.workflow.reviewing import the_transcript, with_ids
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
    outcome: Outcome
    compared: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What will be written: the recording at its place, and all files of the episode together.

    `read` are the files that people may have changed since; `journal` is not needed any more afterwards.
    """

    recording: Path
    place: Path
    files: Mapping[str, bytes]
    read: Mapping[str, bytes]
    journal: Path | None


@dataclass(frozen=True, slots=True)
class _Before:
    """The episode as it is: its files as they stand, the text with an id a sentence, the words heard."""

    house: House
    episode: Episode
    recording: Recording
    front: str
    vtt: str
    numbered: str
    transcript: Transcript
    review: Review
    words: tuple[Word, ...]


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
    if house.of(episode).transcript is None and house.ledger.entry(episode.guid) is None:
        return _exchange(root, house, episode, recording, accept_short=accept_short)
    before = _before(root, house, episode)
    new = audio.measure(recording, accept_short=accept_short)
    _refuse_known(house, before.recording, new, recording)
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
    shifted = _shifted(before, found, words)
    marks = tuple(_marks(shifted, found.moves, composing.evidence(heard)))
    review = replace(shifted.review, marks=(*shifted.review.marks, *marks))
    moments = moved_moments(before.front, before.episode, found.moves)
    place = _place(root, house, episode, recording, new)
    files = {
        f"asr/{name}": speech.to_jsonl(replace(heard, replacements=shifted.replacements)).encode(),
        **_files(before, shifted, adopting.following(name, review), moments, _named(new, place)),
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
        Outcome(recording, place, files, _read(before), heard.journal),
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
    old = _recording(root, house, episode)
    new = audio.measure(recording, accept_short=accept_short)
    _refuse_known(house, old, new, recording)
    place = _place(root, house, episode, recording, new)
    front = project.episode_source(root, episode.id)
    written = _front(house, episode, front, place.name)
    files = {
        project.AUDIO: _facts(house, episode, _named(new, place)),
        project.FRONT_MATTER: written.encode(),
    }
    return Replacement(
        episode.id, old, new, (), (),
        Sentences(0, 0, 0, (), ()),
        MovedMoments(written, 0, 0, 0, (), (), ()),
        None,
        old.file,
        bool(episode.tracks),
        Outcome(recording, place, files, {project.FRONT_MATTER: front.encode()}, None),
        compared=False,
    )  # fmt: skip


def _before(root: Path, house: House, episode: Episode) -> _Before:
    the_transcript(root, house, episode)
    vtt = project.transcript_source(root, episode.id)
    numbered, review = with_ids(vtt, house.of(episode).review)
    transcript = transcripts.read_vtt(numbered)
    return _Before(
        house,
        episode,
        _recording(root, house, episode),
        project.episode_source(root, episode.id),
        vtt,
        numbered,
        transcript,
        review,
        _words(root, episode, transcript, review),
    )


def _recording(root: Path, house: House, episode: Episode) -> Recording:
    """The facts of the old recording, which need not be here any more."""
    known = house.of(episode).audio.recording
    path = project.recording_path(root, episode, house.settings)
    if known is None and (path is None or not path.is_file()):
        raise MisuseError(
            msg("The episode has no recording yet."),
            where=project.shown(project.episode_folder(root, episode.id), root),
            hint=msg("A first recording is added, not replaced: hdw add RECORDING"),
        )
    return known or audio.measure(path)  # type: ignore[arg-type]


def _words(root: Path, episode: Episode, transcript: Transcript, review: Review) -> tuple[Word, ...]:
    """The words of the old recording: as the machine heard them, else those of the text, spread over it.

    Tracks were heard one by one, and nobody hears them so in the mix.
    """
    source = None if episode.tracks else adopting.source(root, episode, review)
    if source:
        return tracks.words_of(source)
    spread = aligning.timed(transcript.cues, ())
    return tuple(Word(word.text, word.start_s, word.end_s) for cue in spread for word in cue)


def _refuse_known(house: House, old: Recording, new: Recording, recording: Path) -> None:
    if new.sha256 == old.sha256:
        raise MisuseError(msg("This is the recording that the episode has already."), where=recording)
    for episode in house.episodes:
        known = house.of(episode).audio.recording
        if known and known.sha256 == new.sha256:
            message = msg("This recording is in the house already: {episode}", episode=episode.id)
            raise MisuseError(message, where=recording)


def _shifted(before: _Before, found: moving.Alignment, words: tuple[Word, ...]) -> shifting.Shifted:
    people = before.episode.people
    return shifting.shift(
        before.transcript,
        before.review,
        found,
        before.words,
        words,
        speaker=people[0].person if len(people) == 1 else "",
        terms=before.house.glossary.of(before.episode),
    )


def _marks(shifted: shifting.Shifted, moves: Moves, evidence: transcripts.Evidence) -> Iterator[Mark]:
    """The suspicious places in what is new."""
    fresh = {cue.id for cue in shifted.fresh}
    for mark in transcripts.marks(shifted.transcript.cues, evidence):
        new = any(first <= mark.start_s < last for first, last in moves.added)
        if mark.cue in fresh or (not mark.cue and new):
            yield mark


def _files(
    before: _Before, shifted: shifting.Shifted, review: Review, moments: MovedMoments, recording: Recording
) -> dict[str, bytes]:
    """The episode's files as they become; ProjectError if the front matter would have mistakes."""
    front = _front(before.house, before.episode, moments.text, recording.file)
    moved = splicing.retimed(before.numbered, {cue.id: cue for cue in shifted.moved})
    gone = frozenset(cue.id for cue in shifted.gone)
    return {
        project.AUDIO: _facts(before.house, before.episode, recording),
        project.FRONT_MATTER: front.encode(),
        project.REVIEW: project.review_bytes(review),
        project.TRANSCRIPT: splicing.spliced(moved, shifted.transcript.cues, gone).encode(),
    }


def _front(house: House, episode: Episode, text: str, file: str) -> str:
    """episode.md with the new recording's name."""
    front = project.with_key(text, "audio", file)
    if episode.audio:
        front = project.with_values(text, {("audio",): file})
    project.refuse_mistakes(front, episode.id, ZoneInfo(house.settings.show.time_zone))
    return front


def _facts(house: House, episode: Episode, recording: Recording) -> bytes:
    """audio.json: the editions are those of another recording, so that the next build makes them anew."""
    known = house.of(episode).audio
    return project.facts_bytes(known.model_copy(update={"recording": recording, "replaced": True}))


def _read(before: _Before) -> dict[str, bytes]:
    return {project.FRONT_MATTER: before.front.encode(), project.TRANSCRIPT: before.vtt.encode()}


def _sentences(shifted: shifting.Shifted, review: Review, marks: tuple[Mark, ...]) -> Sentences:
    checked = sum(reviewing.checked(cue, review) for cue in shifted.moved)
    gone = tuple(cue.text for cue in shifted.gone)
    return Sentences(len(shifted.moved), checked, len(shifted.fresh), gone, marks)


def _place(root: Path, house: House, episode: Episode, recording: Path, new: Recording) -> Path:
    """Where the new recording will lie; it lies there already if the same call was killed before."""
    storage = project.storage_folder(root, house.settings)
    if storage:
        project.storage_ready(storage, root)
    folder = storage or project.episode_folder(root, episode.id)
    taken = {one.audio for one in house.episodes}
    places = (folder / name for name in adding.file_names(recording, new) if name not in taken or not storage)
    return next(path for path in places if not path.exists() or project.digest(path) == new.sha256)


def _named(new: Recording, place: Path) -> Recording:
    return new.model_copy(update={"file": place.name})
