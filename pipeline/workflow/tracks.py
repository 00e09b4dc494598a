"""Several microphones in an episode (`tracks:`): where they lie, and one talk made of what they heard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline import project, speech, transcripts
from pipeline.errors import SpeechError
from pipeline.messages import msg
from pipeline.models import Cue, Episode, Settings


def here(root: Path, episode: Episode, settings: Settings) -> bool:
    """Whether every track's file is on this machine."""
    return all(project.track_path(root, episode, t.file, settings).is_file() for t in episode.tracks)


def paths(root: Path, episode: Episode, settings: Settings) -> tuple[Path, ...]:
    """The tracks' files in the order of the front matter; SpeechError names the one that is missing."""
    found = tuple(project.track_path(root, episode, track.file, settings) for track in episode.tracks)
    for track, path in zip(episode.tracks, found, strict=True):
        if not path.is_file():
            raise SpeechError(
                msg("The track {file} of {person} is not here.", file=track.file, person=track.person),
                where=project.shown(path, root),
                hint=msg("Tracks lie beside episode.md, or in the folder that [storage] recordings names."),
            )
    return found


def merged(
    episode: Episode, heard: tuple[speech.Recognition, ...]
) -> tuple[tuple[Cue, ...], tuple[speech.Recognition, ...]]:
    """The talk's sentences, and the recognitions with what was decided about each of theirs."""
    tracks = tuple(
        transcripts.Track(
            track.file,
            track.person,
            transcripts.sentences(word for segment in one.segments for word in segment.words),
            one.levels,
        )
        for track, one in zip(episode.tracks, heard, strict=True)
    )
    decisions = transcripts.decided(tracks)
    recorded = tuple(
        replace(one, provenance={**one.provenance, **_record(track, own)})
        for one, track, own in zip(heard, tracks, decisions, strict=True)
    )
    return transcripts.merged(tracks, decisions), recorded


def _record(track: transcripts.Track, decisions: tuple[transcripts.Decision, ...]) -> dict[str, object]:
    """What the head of the asr file says: whose track it is, each sentence's levels, what was removed."""
    return {
        "track": track.file,
        "person": track.person,
        "sentences": [
            {
                "start": round(one.cue.start_s, 3),
                "end": round(one.cue.end_s, 3),
                "levels_dbfs": one.levels,
                "removed": [_removed(echo) for echo in one.echoes],
            }
            for one in decisions
        ],
    }


def _removed(echo: transcripts.Echo) -> dict[str, object]:
    times = {"start": round(echo.start_s, 3), "end": round(echo.end_s, 3)}
    return {**times, "text": echo.text, "echo_of": echo.of}
