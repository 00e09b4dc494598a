"""An episode that gets another recording: as it is, and its files as they become; nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline import audio, project, transcripts
from pipeline.errors import MisuseError
from pipeline.messages import msg
from pipeline.models import Episode, House, Recording, Review, Transcript, Word
from pipeline.transcripts import aligning, moving, shifting, splicing
from pipeline.workflow import adding, adopting, tracks
from pipeline.workflow.moving import MovedMoments
from pipeline.workflow.reviewing import the_transcript, with_ids


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
class Before:
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

    @property
    def read(self) -> dict[str, bytes]:
        """The files that people may change in the meantime, as they stand."""
        return {project.FRONT_MATTER: self.front.encode(), project.TRANSCRIPT: self.vtt.encode()}


def as_it_is(root: Path, house: House, episode: Episode) -> Before:
    """The episode before anything is moved; HdwError where it has no transcript, or no recording is known."""
    the_transcript(root, house, episode)
    vtt = project.transcript_source(root, episode.id)
    numbered, review = with_ids(vtt, house.of(episode).review)
    transcript = transcripts.read_vtt(numbered)
    return Before(
        house,
        episode,
        recording_of(root, house, episode),
        project.episode_source(root, episode.id),
        vtt,
        numbered,
        transcript,
        review,
        _words(root, episode, transcript, review),
    )


def recording_of(root: Path, house: House, episode: Episode) -> Recording:
    """The facts of the old recording, which need not be here any more; MisuseError where there is none."""
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


def refuse_known(house: House, old: Recording, new: Recording, recording: Path) -> None:
    """MisuseError where the house has the new recording (the file `recording`) already."""
    if new.sha256 == old.sha256:
        raise MisuseError(msg("This is the recording that the episode has already."), where=recording)
    for episode in house.episodes:
        known = house.of(episode).audio.recording
        if known and known.sha256 == new.sha256:
            message = msg("This recording is in the house already: {episode}", episode=episode.id)
            raise MisuseError(message, where=recording)


def shift(before: Before, found: moving.Alignment, words: tuple[Word, ...]) -> shifting.Shifted:
    """The sentences at their moments in the new recording, in which `words` were heard."""
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


def files(
    before: Before, shifted: shifting.Shifted, review: Review, moments: MovedMoments, recording: Recording
) -> dict[str, bytes]:
    """The episode's files as they become; ProjectError if the front matter would have mistakes."""
    front = front_with(before.house, before.episode, moments.text, recording.file)
    moved = splicing.retimed(before.numbered, {cue.id: cue for cue in shifted.moved})
    gone = frozenset(cue.id for cue in shifted.gone)
    return {
        project.AUDIO: facts_with(before.house, before.episode, recording),
        project.FRONT_MATTER: front.encode(),
        project.REVIEW: project.review_bytes(review),
        project.TRANSCRIPT: splicing.spliced(moved, shifted.transcript.cues, gone).encode(),
    }


def front_with(house: House, episode: Episode, text: str, file: str) -> str:
    """episode.md with the new recording's name; ProjectError if it would have mistakes."""
    front = project.with_key(text, "audio", file)
    if episode.audio:
        front = project.with_values(text, {("audio",): file})
    project.refuse_mistakes(front, episode.id, ZoneInfo(house.settings.show.time_zone))
    return front


def facts_with(house: House, episode: Episode, recording: Recording) -> bytes:
    """audio.json: the editions are those of another recording, so that the next build makes them anew."""
    known = house.of(episode).audio
    return project.facts_bytes(known.model_copy(update={"recording": recording, "replaced": True}))


def place_for(root: Path, house: House, episode: Episode, recording: Path, new: Recording) -> Path:
    """Where the new recording will lie; it lies there already if the same call was killed before."""
    storage = project.storage_folder(root, house.settings)
    if storage:
        project.storage_ready(storage, root)
    folder = storage or project.episode_folder(root, episode.id)
    taken = {one.audio for one in house.episodes}
    places = (folder / name for name in adding.file_names(recording, new) if name not in taken or not storage)
    return next(path for path in places if not path.exists() or project.digest(path) == new.sha256)


def lying_at(place: Path, new: Recording) -> Recording:
    """The facts of the new recording under the name that it gets."""
    return new.model_copy(update={"file": place.name})
