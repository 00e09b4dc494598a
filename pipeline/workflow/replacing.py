"""Other words in every transcript of the house (`hdw transcript replace`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from pipeline import catalog, project, transcripts
from pipeline.errors import MisuseError
from pipeline.messages import msg
from pipeline.models import Cue, CueReview, CueState, Review
from pipeline.transcripts import reviewing
from pipeline.transcripts.replacing import Change, changed, find, written
from pipeline.workflow.editing.standing import at_work


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: episode, sentence, and the characters `start` to `end` (exclusive) of its text."""

    episode_id: str
    cue: Cue
    start: int
    end: int
    checked: bool


def places(root: Path, old: str) -> tuple[Place, ...]:
    """Every place in the archive that says `old` as whole words, newest episode first."""
    if not old.strip():
        raise MisuseError(msg("Words to look for are missing."))
    house = catalog.load(root)
    return tuple(
        Place(episode.id, cue, start, end, reviewing.checked(cue, facts.review))
        for episode in house.episodes
        for facts in (house.of(episode),)
        for cue in (facts.transcript.cues if facts.transcript else ())
        for start, end in find(cue.text, old)
    )


def replace_words(
    root: Path, chosen: Iterable[Place], new: str, *, by: str = "", today: date
) -> tuple[Path, ...]:
    """Write `new` at the chosen places; ids and times stay, and a checked sentence stays checked.

    Who changed it (`by`; without a name the person who checked it) and when is kept in transcript.json.
    Returns the transcripts written; MisuseError if one was edited since its places were found.
    """
    if not new.strip():
        raise MisuseError(
            msg("The new words are missing."), hint=msg("Delete words in transcript.vtt itself.")
        )
    made = []
    for episode_id, found in groupby(chosen, key=lambda place: place.episode_id):
        with at_work(root, episode_id):
            text = project.transcript_source(root, episode_id)
            standing = {cue.id: cue for cue in transcripts.read_vtt(text).cues}
            changes = _changes(root, standing, found, new)
            cues = [changed(standing[id_], own) for id_, own in changes.items()]
            review = _reviewed(project.load_review(root, episode_id), cues, by, today)
            project.save_review(root, episode_id, review)  # killed here: not checked
            project.change_transcript(root, episode_id, text, transcripts.edit(text, changes))
        made.append(project.transcript_path(root, episode_id))
    return tuple(made)


def _changes(
    root: Path, standing: Mapping[str, Cue], chosen: Iterable[Place], new: str
) -> dict[str, list[Change]]:
    """What is to change in one transcript, by cue; MisuseError if a sentence is not what was shown."""
    changes: dict[str, list[Change]] = {}
    for place in chosen:
        if standing.get(place.cue.id) != place.cue:
            raise MisuseError(
                msg("Sentence {id} was changed meanwhile.", id=place.cue.id),
                where=project.shown(project.episode_folder(root, place.episode_id), root),
                hint=msg("Call the command again."),
            )
        words = written(new, place.cue.text[place.start : place.end])
        changes.setdefault(place.cue.id, []).append(Change(place.start, place.end, words))
    return changes


def _reviewed(review: Review, made: list[Cue], by: str, today: date) -> Review:
    entries = {cue.id: _entry(review.cues[cue.id], cue, by, today) for cue in made if cue.id in review.cues}
    return replace(review, cues=review.cues | entries)


def _entry(entry: CueReview, cue: Cue, by: str, today: date) -> CueReview:
    if entry.state is CueState.MACHINE:
        return entry
    return replace(entry, by=by or entry.by, on=today, digest=transcripts.text_digest(cue))
