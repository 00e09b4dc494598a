"""The step from recording to transcript: recognises, keeps what the machine heard, writes text once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pipeline import audio, catalog, project, speech, transcripts
from pipeline.errors import SpeechError
from pipeline.messages import Message, clock_text, msg, msg_n, size_text
from pipeline.models import Cue, Episode, House, Mark, Recording, Review, slug
from pipeline.workflow import composing, telling_apart, tracks
from pipeline.workflow.choosing import named
from pipeline.workflow.events import Event


@dataclass(frozen=True, slots=True)
class Choices:
    """What one call wants otherwise than podcast.toml; "" and 0 leave it as it is there."""

    model: str = ""
    language: str = ""
    device: str = ""
    engine: str = ""
    workers: int = 0
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Transcribed:
    """One episode's result: sentences and voices in the transcript, files written, places to look at."""

    episode_id: str
    sentences: int
    voices: int
    written: tuple[Path, ...]
    marks: tuple[Mark, ...] = ()

    @property
    def again(self) -> bool:
        """Whether there was a transcript already: it is untouched, and the result lies under asr/."""
        return all(path.suffix != ".vtt" for path in self.written)


def transcribe(
    root: Path,
    episode_ids: tuple[str, ...] = (),
    choices: Choices = Choices(),
    *,
    report: Callable[[Event], None],
    now: datetime,
) -> tuple[Transcribed, ...]:
    """Recognise the named episodes, or all without a transcript; an existing transcript is never touched."""
    house = catalog.load(root)
    wanted = [named(house, id_) for id_ in episode_ids] or [e for e in house.episodes if _due(root, house, e)]
    if not wanted:
        return ()
    job = _job(root, house, choices, report, now)
    report(_first(house, wanted, job.model, named=bool(episode_ids)))
    _warn_of_download(job)
    return tuple(_one(job, episode) for episode in wanted)


def heard_anew(
    root: Path,
    house: House,
    episode: Episode,
    path: Path,
    *,
    recording: Recording,
    choices: Choices,
    report: Callable[[Event], None],
    now: datetime,
) -> tuple[speech.Recognition, str]:
    """What is heard in another recording of an episode, and the name that this gets under asr/.

    Nothing is written but the journal, which stays until the result is kept.
    """
    job = _job(root, house, choices, report, now)
    places = {"length": clock_text(recording.duration_s), "model": job.model}
    message = msg("New recording · {length} · model {model} (local)", **places)
    report(Event("start", "", of_s=recording.duration_s, message=message))
    _warn_of_download(job)
    report(Event("start", episode.id))
    (heard,) = _heard(job, episode, (path,), [recording.duration_s])
    report(Event("done", episode.id))
    return heard, _name(now, job.model, heard)


def _first(house: House, wanted: list[Episode], model: str, *, named: bool) -> Event:
    """What is ahead: how many episodes, how long together, which model, on this machine."""
    length_s = sum(_length_s(house, episode) for episode in wanted)
    count = (
        msg_n("{n} episode", "{n} episodes", len(wanted))
        if named
        else msg_n("{n} episode without a transcript", "{n} episodes without a transcript", len(wanted))
    )
    ahead = msg(
        "{count} · {length} · model {model} (local)", count=count, length=clock_text(length_s), model=model
    )
    return Event("start", "", of_s=length_s, message=ahead)


def _length_s(house: House, episode: Episode) -> float:
    """How much there is to hear; of tracks it is guessed that each is as long as the recording."""
    recording = house.of(episode).audio.recording
    return recording.duration_s * max(1, len(episode.tracks)) if recording else 0.0


def _due(root: Path, house: House, episode: Episode) -> bool:
    facts = house.of(episode)
    here = tracks.here(root, episode, house.settings) if episode.tracks else facts.recording_present
    return not facts.has_transcript and here


def _download(name: str, status: speech.ModelStatus) -> Message:
    return msg(
        "The model {name} ({size}) is fetched once and kept; {free} are free.",
        name=name,
        size=size_text(status.bytes),
        free=size_text(status.free_bytes),
    )


@dataclass(frozen=True, slots=True)
class _Job:
    """What all episodes of one call share."""

    root: Path
    house: House
    options: speech.Options
    place: speech.Place
    report: Callable[[Event], None]
    now: datetime

    @property
    def model(self) -> str:
        """The model's name as people know it."""
        return Path(self.options.model).stem


def _job(root: Path, house: House, choices: Choices, report: Callable[[Event], None], now: datetime) -> _Job:
    settings = house.settings.speech
    place = speech.Place(choices.workers or settings.workers, choices.cluster)
    options = speech.Options(
        model=choices.model or settings.model,
        language=choices.language,
        engine=choices.engine or settings.engine,
        device=choices.device or settings.device,
        beam_size=settings.beam_size,
        threads=max(1, speech.cores() // place.workers),
    )
    return _Job(root, house, options, place, report, now)


def _warn_of_download(job: _Job) -> None:
    status = speech.model_status(job.options.model)
    if not status.present and status.bytes:
        job.report(Event("warning", "", message=_download(job.options.model, status)))


def _one(job: _Job, episode: Episode) -> Transcribed:
    paths = tracks.paths(job.root, episode, job.house.settings) if episode.tracks else (_path(job, episode),)
    job.report(Event("start", episode.id))
    heard = _heard(job, episode, paths, [_measured_s(job, episode, path) for path in paths])
    if episode.tracks:
        cues, heard = tracks.merged(episode, heard)
    else:
        cues = _voiced(job, episode, paths[0], heard[0])
    made = composing.compose(job.house, episode, cues, heard)
    written = _keep(job, episode, made)
    voices = len({cue.speaker for cue in made.transcript.cues if cue.speaker})
    job.report(Event("done", episode.id))
    done = Transcribed(episode.id, len(made.transcript.cues), voices, written, made.marks)
    return replace(done, marks=()) if done.again else done  # an older transcript has its own


def _path(job: _Job, episode: Episode) -> Path:
    path = project.recording_path(job.root, episode, job.house.settings)
    if path is None or not path.is_file():
        raise SpeechError(
            msg("The recording is not here."),
            where=path or project.shown(project.episode_folder(job.root, episode.id), job.root),
            hint=msg("podcast.toml names the folder for recordings: [storage] recordings"),
        )
    return path


def _heard(
    job: _Job, episode: Episode, paths: tuple[Path, ...], lengths_s: list[float]
) -> tuple[speech.Recognition, ...]:
    """What is heard in each file; progress counts them all."""
    language = job.options.language or job.house.language(episode)
    heard: list[speech.Recognition] = []
    done_s = kept_s = 0.0

    def progress(now: speech.Progress) -> None:
        nonlocal kept_s
        kept_s = max(kept_s, before_s + now.kept_s)
        job.report(Event("piece", episode.id, done_s + now.done_s, sum(lengths_s), kept_s))

    spoken = replace(
        job.options, language=language.partition("-")[0], prompt=composing.prompt(job.house, episode)
    )
    for path, length_s in zip(paths, lengths_s, strict=True):
        before_s = kept_s
        heard.append(
            speech.recognise(
                path,
                spoken,
                job.place,
                length_s=length_s,
                journals=job.root / project.JOURNALS,
                report=progress,
            )
        )
        done_s += length_s
    _warn_of_demonstration(job, episode, heard[0])
    return tuple(heard)


def _measured_s(job: _Job, episode: Episode, path: Path) -> float:
    known = None if episode.tracks else job.house.of(episode).audio.recording
    return (known or audio.measure(path)).duration_s


def _warn_of_demonstration(job: _Job, episode: Episode, heard: speech.Recognition) -> None:
    if heard.provenance.get("demonstration"):
        warning = msg(
            "The demonstration model knows one synthetic voice only; it does not understand people."
        )
        job.report(Event("warning", episode.id, message=warning))


def _voiced(job: _Job, episode: Episode, path: Path, heard: speech.Recognition) -> tuple[Cue, ...]:
    """Sentences with their speakers; where voices cannot be told apart, that is said."""
    cues = transcripts.sentences(word for segment in heard.segments for word in segment.words)
    if telling_apart.possible(episode):
        length_s = _measured_s(job, episode, path)

        def listened(done_s: float) -> None:
            job.report(Event("voices", episode.id, done_s, length_s))

        return telling_apart.told_apart(episode, cues, path, job.house.language(episode), listened)
    if telling_apart.speakers(episode):
        job.report(Event("warning", episode.id, message=telling_apart.MISSING))
    return cues


def _keep(job: _Job, episode: Episode, made: composing.Composed) -> tuple[Path, ...]:
    names = [_name(job.now, job.model, one) for one in made.heard]
    written = [
        project.save_recognition(job.root, episode.id, name, speech.to_jsonl(one))
        for name, one in zip(names, made.heard, strict=True)
    ]
    text = project.transcript_path(job.root, episode.id)
    if not text.exists():  # also none that came while it was heard
        review = Review(marks=made.marks, model=job.model, recognised=job.now.date(), asr=names[0])
        as_read = transcripts.read_vtt(transcripts.write_vtt(made.transcript))
        project.save_review(job.root, episode.id, transcripts.recorded(review, as_read.cues))
        if project.save_transcript(job.root, episode.id, made.transcript):
            written += [text, project.review_path(job.root, episode.id)]
    for one in made.heard:
        if one.journal:
            one.journal.unlink(missing_ok=True)
    return tuple(written)


def _name(now: datetime, stem: str, heard: speech.Recognition) -> str:
    """`2026-11-20_turbo_4f1c09aa.jsonl`; the track stands in it where there are several."""
    mark = hashlib.sha256(speech.to_jsonl(heard).encode()).hexdigest()[:8]
    track = str(heard.provenance.get("track", "")).rpartition(".")[0]
    parts = (f"{now:%Y-%m-%d}", slug(stem), slug(track), mark)
    return "_".join(part for part in parts if part) + ".jsonl"
