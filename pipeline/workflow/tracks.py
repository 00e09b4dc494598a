"""Several microphones in an episode (`tracks:`): where they lie, and one talk made of what they heard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline import project, speech, transcripts
from pipeline.errors import SpeechError
from pipeline.messages import msg
from pipeline.models import Cue, Episode, Settings, Word


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
            transcripts.sentences(_words(one)),
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


Said = tuple[tuple[Word, str], ...]
"""Words in the order of the talk, each with the person who says it; "" where the file does not know."""


def said(root: Path, episode: Episode, file: Path) -> Said:
    """What was heard at the time of a file under asr/: of several microphones in every track's file.

    What was removed as an echo then is not in it.
    """
    if not episode.tracks:
        return tuple((word, "") for word in words_of(file))
    together = files(root, episode, file)
    cues = [cue for one in together for cue in _kept(speech.from_jsonl(project.read_text(one)))]
    cues.sort(key=lambda cue: (cue.start_s, cue.end_s))
    return tuple((word, cue.speaker) for cue in cues for word in cue.words)


def words_of(file: Path) -> tuple[Word, ...]:
    """The words of a file under asr/, in the order of time."""
    return _words(speech.from_jsonl(project.read_text(file)))


def _words(heard: speech.Recognition) -> tuple[Word, ...]:
    return tuple(word for segment in heard.segments for word in segment.words)


def files(root: Path, episode: Episode, file: Path) -> tuple[Path, ...]:
    """A file under asr/ with those of the other tracks: the last of each before its own is heard again."""
    if not episode.tracks:
        return (file,)
    all_ = project.recognitions(root, episode.id)
    track_of = {one: str(_head(one).provenance.get("track", "")) for one in all_}
    here = all_.index(file)
    own = track_of[file]
    again = (at for at, one in enumerate(all_) if at > here and track_of[one] == own)
    last = {track_of[one]: one for one in all_[: next(again, len(all_))]}
    together = tuple(last[track.file] for track in episode.tracks if track.file in last)
    return together if file in together else (file,)


def _kept(heard: speech.Recognition) -> tuple[Cue, ...]:
    """The sentences of a track's file without the words that were removed as an echo."""
    recorded: Any = heard.provenance.get("sentences", ())
    gone = [(echo["start"], echo["end"]) for one in recorded for echo in one["removed"]]
    person = str(heard.provenance.get("person", ""))
    spoken = transcripts.sentences(_words(heard))
    left = ((cue, tuple(word for word in cue.words if not _within(word, gone))) for cue in spoken)
    return tuple(replace(cue, speaker=person, words=words) for cue, words in left if words)


def _within(word: Word, spans: list[tuple[float, float]]) -> bool:
    return any(start_s <= word.start_s and word.end_s <= end_s for start_s, end_s in spans)


def _head(file: Path) -> speech.Recognition:
    """Where a file under asr/ comes from, without what was heard."""
    return speech.from_jsonl(project.read_text(file).partition("\n")[0])


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
