"""Who speaks, as people know it: open voices to listen to and to name, and speakers of whole passages."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import audio, project, transcripts
from pipeline.errors import MisuseError
from pipeline.messages import clock_text, msg
from pipeline.models import Cue, CueReview, Episode, House, Review, Transcript, slug
from pipeline.transcripts import reviewing
from pipeline.workflow.choosing import house_of, person
from pipeline.workflow.editing.standing import turn_at
from pipeline.workflow.reviewing import the_transcript

PLACES = 3  # of a voice that are told
CLIPS = 4  # of a voice that are cut out: its longest sentences
LONGEST_CLIP_S = 10.0


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice that nobody named yet: its share of all speech (0–1), first sentences, and clips to hear."""

    number: int
    name: str
    share: float
    places: tuple[Cue, ...]
    clips: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Voices:
    """The open voices of an episode; `recording_here` says whether clips could be cut."""

    episode_id: str
    voices: tuple[Voice, ...]
    people: tuple[str, ...]
    recording_here: bool


def open_voices(root: Path, episode_id: str) -> Voices:
    """Where each open voice speaks; its clips lie in .hdw/voices afterwards."""
    house, episode = house_of(root, episode_id)
    transcript = the_transcript(root, house, episode)
    path = project.recording_path(root, episode, house.settings)
    recording = path if path and path.is_file() else None
    groups = _groups(transcript)
    spoken_s = sum(cue.end_s - cue.start_s for cue in transcript.cues if not cue.sound)
    clips = _clips(root / project.VOICES / episode.id, recording, groups)
    found = tuple(
        Voice(number, cues[0].speaker, _length_s(cues) / spoken_s, cues[:PLACES], clips.get(number, ()))
        for number, cues in sorted(groups.items())
    )
    people = tuple(dict.fromkeys(one.person for one in episode.people))
    return Voices(episode.id, found, people, recording is not None)


def name_voices(root: Path, episode_id: str, names: Mapping[int, str]) -> int:
    """Give open voices a person each; returns how many sentences got a name. MisuseError for unknown ones."""
    with turn_at(root, episode_id) as (house, episode):
        transcript = the_transcript(root, house, episode)
        groups = _groups(transcript)
        for number in names:
            if number not in groups:
                raise MisuseError(
                    msg("There is no voice {number} without a name.", number=number),
                    hint=msg("Open voices: hdw transcript voices {episode}", episode=episode.id),
                )
        people = {number: person(house, name) for number, name in names.items()}
        changed = _respeak(root, house, episode, transcripts.renamed(transcript.cues, people))
    if set(groups) <= set(names):
        shutil.rmtree(root / project.VOICES / episode.id, ignore_errors=True)
    return changed


def set_speakers(root: Path, episode_id: str, ranges: Sequence[tuple[str, str]]) -> int:
    """Give ranges of sentences (`12-40`, `7`, `3,9-11`) a person each; returns how many sentences changed.

    A sentence is named by its id, else by its place, counted from 1. MisuseError if two ranges overlap.
    """
    with turn_at(root, episode_id) as (house, episode):
        speakers = _speakers(house, the_transcript(root, house, episode), ranges)
        return _respeak(root, house, episode, speakers)


def _speakers(house: House, transcript: Transcript, ranges: Sequence[tuple[str, str]]) -> dict[str, str]:
    """By cue id who speaks it."""
    speakers: dict[str, str] = {}
    for written, name in ranges:
        chosen = person(house, name)
        for cue in _chosen(transcript, written):
            if cue.id in speakers:
                raise MisuseError(
                    msg("Sentence {id} is named twice.", id=cue.id), hint=msg("Let the ranges not overlap.")
                )
            speakers[cue.id] = chosen
    return speakers


def _groups(transcript: Transcript) -> dict[int, tuple[Cue, ...]]:
    """The sentences of every open voice, by its number."""
    groups: dict[int, list[Cue]] = {}
    for cue in transcript.cues:
        if number := transcripts.number(cue.speaker):
            groups.setdefault(number, []).append(cue)
    return {number: tuple(cues) for number, cues in groups.items()}


def _length_s(cues: Sequence[Cue]) -> float:
    return sum(cue.end_s - cue.start_s for cue in cues)


def _clips(
    folder: Path, recording: Path | None, groups: Mapping[int, Sequence[Cue]]
) -> dict[int, tuple[Path, ...]]:
    """Cut the longest sentences of every voice out; earlier clips go."""
    shutil.rmtree(folder, ignore_errors=True)
    if recording is None or not groups:
        return {}
    spans: dict[Path, tuple[float, float]] = {}
    made: dict[int, tuple[Path, ...]] = {}
    for number, cues in groups.items():
        longest = sorted(cues, key=lambda cue: cue.start_s - cue.end_s)[:CLIPS]
        for cue in sorted(longest, key=lambda cue: cue.start_s):
            clock = clock_text(cue.start_s).replace(":", "-")
            path = folder / f"{slug(cue.speaker)}_{clock}_{slug(cue.id)}.wav"
            spans[path] = (cue.start_s, min(cue.end_s, cue.start_s + LONGEST_CLIP_S))
            made[number] = (*made.get(number, ()), path)
    audio.cut_out(recording, spans)
    return made


def _chosen(transcript: Transcript, written: str) -> Iterator[Cue]:
    """The sentences of `12-40`, `7` or `3,9-11`."""
    for part in written.split(","):
        first, last = _ends(transcript, part.strip())
        yield from transcript.cues[first : last + 1]


def _ends(transcript: Transcript, part: str) -> tuple[int, int]:
    """The places of the first and the last sentence of a range; an id may have a hyphen itself."""
    place = _places(transcript)
    hyphens = [at for at, letter in enumerate(part) if letter == "-"]
    for one, other in ((part, part), *((part[:at], part[at + 1 :]) for at in hyphens)):
        first, last = place(one), place(other)
        if first is not None and last is not None and first <= last:
            return first, last
    raise MisuseError(
        msg("There are no sentences {range}.", range=part),
        hint=msg(
            "The transcript has {n} sentences; ranges are written 12-40, the smaller first.",
            n=len(transcript.cues),
        ),
    )


def _places(transcript: Transcript) -> Callable[[str], int | None]:
    ids = {cue.id: at for at, cue in enumerate(transcript.cues)}

    def place(text: str) -> int | None:
        counted = int(text) - 1 if text.isdecimal() and 0 < int(text) <= len(ids) else None
        return ids.get(text, counted)

    return place


def _respeak(root: Path, house: House, episode: Episode, speakers: Mapping[str, str]) -> int:
    """Change speakers in transcript.vtt; what was checked stays so, with the digest it has now."""
    facts = house.of(episode)
    cues = facts.transcript.cues if facts.transcript else ()
    changed = {cue.id: cue for cue in cues if speakers.get(cue.id, cue.speaker) != cue.speaker}
    if not changed:
        return 0
    entries = {id_: _entry(facts.review, cue, speakers[id_]) for id_, cue in changed.items()}
    reviewed = facts.review.cues | {id_: entry for id_, entry in entries.items() if entry}
    was = project.transcript_source(root, episode.id)
    spoken = transcripts.respoken(was, {id_: speakers[id_] for id_ in changed})
    project.change_transcript(root, episode.id, was, spoken)
    project.save_review(root, episode.id, replace(facts.review, cues=reviewed))
    return len(changed)


def _entry(review: Review, cue: Cue, speaker: str) -> CueReview | None:
    """What transcript.json says of a sentence whose voice has a name now: it is worth what it was worth."""
    spoken = replace(cue, speaker=speaker)
    match reviewing.standing(cue, review):
        case reviewing.Standing.MACHINE:
            return reviewing.written(spoken)
        case reviewing.Standing.HEARD | reviewing.Standing.CHECKED:
            return replace(review.cues[cue.id], digest=transcripts.text_digest(spoken))
    return review.cues.get(cue.id)
