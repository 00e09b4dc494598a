"""What the program wrote beside an episode (audio.json, transcript.vtt and .json), and what is there."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.errors import HdwError, ProjectError, TranscriptError, Where
from pipeline.files import whole, write_atomic
from pipeline.messages import msg
from pipeline.models import (
    AudioFacts,
    CueReview,
    CueState,
    Edition,
    Episode,
    EpisodeFacts,
    Mark,
    Recording,
    Review,
    Settings,
    Transcript,
)
from pipeline.project import layout, pictures, replacing, videos


def load(root: Path, episode: Episode, settings: Settings | None, verify: bool = False) -> EpisodeFacts:
    """All facts of one episode; HdwError if one of its files cannot be read.

    A recording or edition of another size counts as altered; `verify` reads it whole and compares digests.
    """
    replacing.refuse_unfinished(root, episode.id)
    folder = layout.episode_folder(root, episode.id)
    audio = load_audio(root, episode.id)
    path = recording_path(root, episode, settings)
    present = path is not None and path.is_file()
    names = {p.file for p in episode.pictures if p.file} | {c.picture for c in episode.chapters if c.picture}
    names |= {episode.cover} if episode.cover else set()
    video = sign_language_path(root, episode, settings)
    transcript, review = load_transcript(root, episode.id), load_review(root, episode.id)
    measured = {name: pictures.measure(folder / name) for name in sorted(names)}
    own = tuple(one for one in audio.editions if not one.url)
    return EpisodeFacts(
        audio=audio,
        recording_present=present,
        recording_altered=bool(path and present and _altered(path, audio.recording, verify)),
        editions_lost=tuple(one.file for one in own if not (folder / one.file).is_file()),
        editions_altered=tuple(one.file for one in own if _altered(folder / one.file, one, verify)),
        transcript=transcript,
        review=review,
        checked=transcript is not None and _all_checked(transcript, review),
        pictures={name: found for name, found in measured.items() if found},
        sign_language=videos.measure(video) if video else None,
    )


def _all_checked(transcript: Transcript, review: Review) -> bool:
    from pipeline.transcripts import reviewing  # noqa: PLC0415 (only where there is a transcript)

    return reviewing.all_checked(transcript, review)


def recording_path(root: Path, episode: Episode, settings: Settings | None) -> Path | None:
    """Where an episode's recording lies: in its folder, else in the storage; None if it names none."""
    return _stored(root, episode, episode.audio, settings) if episode.audio else None


def sign_language_path(root: Path, episode: Episode, settings: Settings | None) -> Path | None:
    """Where the video in sign language lies; None if the episode names none."""
    return _stored(root, episode, episode.sign_language, settings) if episode.sign_language else None


def track_path(root: Path, episode: Episode, file: str, settings: Settings) -> Path:
    """Where a track lies."""
    return _stored(root, episode, file, settings)


def _stored(root: Path, episode: Episode, file: str, settings: Settings | None) -> Path:
    """A file in the episode's folder, else in the storage."""
    own = layout.episode_folder(root, episode.id) / file
    storage = storage_folder(root, settings) if settings else None
    return own if storage is None or own.is_file() else storage / file


def storage_folder(root: Path, settings: Settings) -> Path | None:
    """The folder outside the episodes where recordings lie: absolute, below ~, or relative to the house."""
    storage = settings.storage.recordings
    return layout.folder_named(root, storage) if storage else None


def digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _altered(path: Path, known: Recording | Edition | None, verify: bool) -> bool:
    """Whether a file is there, and is not the one that is known."""
    if known is None or not path.is_file():
        return False
    return path.stat().st_size != known.bytes or (verify and digest(path) != known.sha256)


def load_audio(root: Path, episode_id: str) -> AudioFacts:
    """audio.json; empty facts if there is none yet."""
    path = layout.episode_folder(root, episode_id) / layout.AUDIO
    if not path.is_file():
        return AudioFacts()
    try:
        return AudioFacts.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise _damaged(root, path) from error


def save_audio(root: Path, episode_id: str, audio: AudioFacts) -> bool:
    """Write audio.json; False if nothing changed."""
    return write_facts(layout.episode_folder(root, episode_id), audio)


def write_facts(folder: Path, audio: AudioFacts) -> bool:
    """Write audio.json into a folder, also of an episode that is still being made."""
    return write_atomic(folder / layout.AUDIO, facts_bytes(audio))


def facts_bytes(audio: AudioFacts) -> bytes:
    """What audio.json holds."""
    return _json(audio.model_dump(mode="json", exclude_none=True))


def load_transcript(root: Path, episode_id: str) -> Transcript | None:
    """transcript.vtt; None if there is none yet."""
    from pipeline import transcripts  # noqa: PLC0415 (only where there is a transcript)

    path = layout.transcript_path(root, episode_id)
    if not path.is_file():
        return None
    with in_transcript(root, episode_id):
        return transcripts.read_vtt(layout.read_text(path))


@contextmanager
def in_transcript(root: Path, episode_id: str) -> Iterator[None]:
    """A mistake in a transcript is told with the file it stands in."""
    try:
        yield
    except TranscriptError as error:
        path = layout.shown(layout.transcript_path(root, episode_id), root)
        raise TranscriptError(error.message, where=Where(path, error.where.line), hint=error.hint) from error


def save_transcript(root: Path, episode_id: str, transcript: Transcript) -> bool:
    """Write transcript.vtt only where there is none: an existing one belongs to people; then False."""
    from pipeline import transcripts  # noqa: PLC0415

    path = layout.transcript_path(root, episode_id)
    if path.exists():
        return False
    try:
        with whole(path, durable=True, new=True) as part:
            part.write_bytes(transcripts.write_vtt(transcript).encode())
    except FileExistsError:  # somebody was quicker
        return False
    return True


def load_review(root: Path, episode_id: str) -> Review:
    """transcript.json; an empty review if there is none."""
    path = layout.review_path(root, episode_id)
    return review_of(root, episode_id, layout.read_bytes(path)) if path.is_file() else Review()


def review_of(root: Path, episode_id: str, data_: bytes) -> Review:
    """What a transcript.json says that holds these bytes."""
    try:
        data = json.loads(data_.decode("utf-8-sig"))
        return Review(
            cues={id_: _cue_review(entry) for id_, entry in data.get("cues", {}).items()},
            marks=tuple(_mark(entry) for entry in data.get("marks", ())),
            model=str(data.get("model", "")),
            recognised=_day(data.get("recognised")),
            asr=str(data.get("asr", "")),
            last_id=int(data.get("last_id", 0)),
            completed=_day(data.get("completed")),
            anchors={str(id_): str(anchor) for id_, anchor in data.get("anchors", {}).items()},
            settled=tuple(str(key) for key in data.get("settled", ())),
        )
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise _damaged(root, layout.review_path(root, episode_id)) from error


def save_review(root: Path, episode_id: str, review: Review) -> bool:
    """Write transcript.json, keys sorted; False if nothing changed."""
    return write_atomic(layout.review_path(root, episode_id), review_bytes(review))


def transcript_files(transcript: Transcript, review: Review) -> dict[str, bytes]:
    """The files of a transcript by name, for an episode that is still being made."""
    from pipeline import transcripts  # noqa: PLC0415

    return {
        layout.TRANSCRIPT: transcripts.write_vtt(transcript).encode(),
        layout.REVIEW: review_bytes(review),
    }


def review_bytes(review: Review) -> bytes:
    """What transcript.json holds."""
    data = {
        **({"anchors": dict(review.anchors)} if review.anchors else {}),
        "asr": review.asr,
        "cues": {
            id_: {
                "by": entry.by,
                "digest": entry.digest,
                "on": entry.on.isoformat() if entry.on else None,
                "state": entry.state.value,
            }
            for id_, entry in review.cues.items()
        },
        **({"completed": review.completed.isoformat()} if review.completed else {}),
        "last_id": review.last_id,
        "marks": [_mark_entry(mark) for mark in review.marks],
        "model": review.model,
        "recognised": review.recognised.isoformat() if review.recognised else None,
        **({"settled": list(review.settled)} if review.settled else {}),
    }
    return _json(data)


def _cue_review(entry: dict[str, Any]) -> CueReview:
    return CueReview(
        state=CueState(entry["state"]),
        by=str(entry.get("by", "")),
        on=_day(entry.get("on")),
        digest=str(entry.get("digest", "")),
    )


def _mark(entry: dict[str, Any]) -> Mark:
    return Mark(
        kind=str(entry["kind"]),
        start_s=float(entry["start"]),
        cue=str(entry.get("cue", "")),
        text=str(entry.get("text", "")),
        word=str(entry.get("word", "")),
        times=int(entry.get("times", 0)),
    )


def _mark_entry(mark: Mark) -> dict[str, object]:
    entry = {"cue": mark.cue, "kind": mark.kind, "start": round(mark.start_s, 3), "text": mark.text}
    word = {"word": mark.word} if mark.word else {}
    return entry | word | ({"times": mark.times} if mark.times else {})


def _day(value: object) -> datetime.date | None:
    return datetime.date.fromisoformat(str(value)) if value else None


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _damaged(root: Path, path: Path) -> ProjectError | HdwError:
    return ProjectError(
        msg("{file} is damaged.", file=path.name),
        where=layout.shown(path, root),
        hint=msg("The program writes this file itself: take the last good version from git, or delete it."),
    )
