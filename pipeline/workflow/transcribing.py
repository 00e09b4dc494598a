"""The step from recording to transcript: recognises, keeps what the machine heard, writes text once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pipeline import audio, project, speech
from pipeline.errors import SpeechError
from pipeline.messages import Message, clock_text, msg, msg_n, size_text
from pipeline.models import Episode, House, Mark, Review, slug
from pipeline.workflow import composing
from pipeline.workflow.choosing import named


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on the way: `start`, `piece`, `done` or `warning`; seconds of audio.

    `kept_s` of what is done came from an earlier run, so that speed can be told from the rest.
    """

    kind: str
    episode: str
    done_s: float = 0.0
    of_s: float = 0.0
    kept_s: float = 0.0
    message: Message | None = None


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


def transcribe(
    root: Path,
    episode_ids: tuple[str, ...] = (),
    choices: Choices = Choices(),
    *,
    report: Callable[[Event], None],
    now: datetime,
) -> tuple[Transcribed, ...]:
    """Recognise the named episodes, or all without a transcript; an existing transcript is never touched."""
    house = project.load(root)
    wanted = [named(house, id_) for id_ in episode_ids] or [e for e in house.episodes if _due(house, e)]
    if not wanted:
        return ()
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
    report(_first(house, wanted, Path(options.model).stem, named=bool(episode_ids)))
    status = speech.model_status(options.model)
    if not status.present and status.bytes:
        report(Event("warning", "", message=_download(options.model, status)))
    job = _Job(root, house, options, place, report, now)
    return tuple(_one(job, episode) for episode in wanted)


def _first(house: House, wanted: list[Episode], model: str, *, named: bool) -> Event:
    """What is ahead: how many episodes, how long together, which model, on this machine."""
    recordings = (house.of(episode).audio.recording for episode in wanted)
    length_s = sum(recording.duration_s for recording in recordings if recording)
    count = (
        msg_n("{n} episode", "{n} episodes", len(wanted))
        if named
        else msg_n("{n} episode without a transcript", "{n} episodes without a transcript", len(wanted))
    )
    ahead = msg(
        "{count} · {length} · model {model} (local)", count=count, length=clock_text(length_s), model=model
    )
    return Event("start", "", of_s=length_s, message=ahead)


def _due(house: House, episode: Episode) -> bool:
    facts = house.of(episode)
    return facts.transcript is None and facts.recording_present


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


def _one(job: _Job, episode: Episode) -> Transcribed:
    path = project.recording_path(job.root, episode, job.house.settings)
    if path is None or not path.is_file():
        raise SpeechError(
            msg("The recording is not here."),
            where=path or project.shown(project.episode_folder(job.root, episode.id), job.root),
            hint=msg("podcast.toml names the folder for recordings: [storage] recordings"),
        )
    job.report(Event("start", episode.id))
    heard = _heard(job, episode, path)
    made = composing.compose(job.house, episode, heard)
    written = _keep(job, episode, made)
    voices = len({cue.speaker for cue in made.transcript.cues if cue.speaker})
    job.report(Event("done", episode.id))
    is_new = any(path.suffix == ".vtt" for path in written)
    marks = made.marks if is_new else ()  # an older transcript has its own
    return Transcribed(episode.id, len(made.transcript.cues), voices, written, marks)


def _heard(job: _Job, episode: Episode, path: Path) -> speech.Recognition:
    language = job.options.language or job.house.language(episode)
    recording = job.house.of(episode).audio.recording or audio.measure(path)

    def progress(now: speech.Progress) -> None:
        job.report(Event("piece", episode.id, now.done_s, now.of_s, now.kept_s))

    heard = speech.recognise(
        path,
        replace(
            job.options,
            language=language.partition("-")[0],
            prompt=composing.prompt(job.house, episode),
        ),
        job.place,
        length_s=recording.duration_s,
        journals=job.root / project.JOURNALS,
        report=progress,
    )
    if heard.provenance.get("demonstration"):
        warning = msg(
            "The demonstration model knows one synthetic voice only; it does not understand people."
        )
        job.report(Event("warning", episode.id, message=warning))
    return heard


def _keep(job: _Job, episode: Episode, made: composing.Composed) -> tuple[Path, ...]:
    text = speech.to_jsonl(made.heard)
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    stem = Path(job.options.model).stem
    name = f"{job.now:%Y-%m-%d}_{slug(stem)}_{mark}.jsonl"
    written = [project.save_recognition(job.root, episode.id, name, text)]
    if project.save_transcript(job.root, episode.id, made.transcript):
        folder = project.episode_folder(job.root, episode.id)
        review = Review(marks=made.marks, model=stem, recognised=job.now.date())
        project.save_review(job.root, episode.id, review)
        written += [folder / "transcript.vtt", folder / "transcript.json"]
    if made.heard.journal:
        made.heard.journal.unlink(missing_ok=True)
    return tuple(written)
