"""What a new recognition means for a text that is there: proposals, taking over, starting anew.

Nothing here ever changes a sentence that a person touched, unless they say how many are to be lost.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from pipeline import project, transcripts
from pipeline.errors import MisuseError
from pipeline.messages import msg, msg_n
from pipeline.models import Episode, House, Review, Transcript, Word
from pipeline.transcripts import adopting, proposing, reviewing, splicing
from pipeline.workflow import tracks
from pipeline.workflow.choosing import house_of
from pipeline.workflow.editing.standing import turn_at
from pipeline.workflow.reviewing import the_transcript, with_ids

Proposal = proposing.Proposal


@dataclass(frozen=True, slots=True)
class Proposals:
    """Places that differ, and the name of the file under asr/ that says otherwise."""

    source: str
    places: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Adopted:
    """How many sentences are new, went, and stayed because people touched them; old files put aside."""

    episode_id: str
    fresh: int
    gone: int
    kept: int
    aside: tuple[Path, ...] = ()


def proposals(root: Path, episode_id: str) -> Proposals:
    """What the newest recognition heard otherwise than the text says."""
    house, episode = house_of(root, episode_id)
    transcript, review = the_transcript(root, house, episode), house.of(episode).review
    newest = _newest(root, episode)
    heard, before = _words(root, episode, newest), _source_words(root, episode, review, newest)
    return Proposals(newest.name, proposing.proposals(transcript, review, heard, before))


def adopt(root: Path, episode_id: str, *, discard: int | None = None, now: datetime) -> Adopted:
    """Take over the newest recognition where nobody touched the text; with `discard`, everywhere.

    `discard` has to be the exact number of sentences that people touched; the old files are put aside.
    Killed at any moment, the files fit together, and the same call finishes the work.
    """
    with turn_at(root, episode_id) as (house, episode):
        return _adopted(root, house, episode, discard, now)


def _adopted(root: Path, house: House, episode: Episode, discard: int | None, now: datetime) -> Adopted:
    the_transcript(root, house, episode)
    newest = _newest(root, episode)
    said = tracks.said(root, episode, newest)
    aside = discarded(root, house, episode, discard, now=now) if discard is not None else ()
    was = project.transcript_source(root, episode.id)
    text, review = with_ids(was, house.of(episode).review)
    made = adopting.adopt(
        transcripts.read_vtt(text),
        review,
        said,
        before=_source_words(root, episode, review, newest),
        speaker=episode.people[0].person if len(episode.people) == 1 else "",
        discard=discard is not None,
    )
    review = following(newest.name, made.review)
    project.save_review(root, episode.id, review)  # entries of both states: either text fits to it
    project.change_transcript(root, episode.id, was, splicing.spliced(text, made.transcript.cues, made.gone))
    project.save_review(root, episode.id, _pruned(review, made.transcript))
    return Adopted(episode.id, len(made.fresh), len(made.gone), made.kept, aside)


def refuse_discard(root: Path, episode_id: str, count: int) -> None:
    """MisuseError unless exactly so many sentences that people touched would be lost."""
    house, episode = house_of(root, episode_id)
    theirs = human_count(house, episode)
    if count != theirs:
        raise MisuseError(
            msg_n(
                "{n} sentence that people touched would be lost, not {given}.",
                "{n} sentences that people touched would be lost, not {given}.",
                theirs,
                given=count,
            ),
            where=project.shown(project.episode_folder(root, episode.id), root),
            hint=msg("If that is meant: --discard {n}", n=theirs),
        )


def discarded(root: Path, house: House, episode: Episode, count: int, *, now: datetime) -> tuple[Path, ...]:
    """Put the old text aside, if the count of what is lost is right; where it lies."""
    refuse_discard(root, episode.id, count)
    return project.put_aside(root, episode.id, now)


def human_count(house: House, episode: Episode) -> int:
    """How many sentences of an episode people have touched."""
    facts = house.of(episode)
    cues = facts.transcript.cues if facts.transcript else ()
    return sum(reviewing.touched(cue, facts.review) for cue in cues)


def source(root: Path, episode: Episode, review: Review) -> Path | None:
    """The file under asr/ that the machine's sentences come from; the newest where nobody noted it."""
    files = {path.name: path for path in project.recognitions(root, episode.id)}
    return files.get(review.asr) or next(reversed(files.values()), None)


def _source_words(root: Path, episode: Episode, review: Review, newest: Path) -> tuple[Word, ...]:
    found = source(root, episode, review)
    return _words(root, episode, found) if found and found != newest else ()


def _words(root: Path, episode: Episode, file: Path) -> tuple[Word, ...]:
    return tuple(word for word, _ in tracks.said(root, episode, file))


def _newest(root: Path, episode: Episode) -> Path:
    files = project.recognitions(root, episode.id)
    if not files:
        raise MisuseError(
            msg("There is no recognition of this episode under asr/."),
            where=project.shown(project.episode_folder(root, episode.id), root),
            hint=msg("hdw transcribe {episode}", episode=episode.id),
        )
    return tracks.files(root, episode, files[-1])[0]


def following(name: str, review: Review) -> Review:
    """The review with the recognition that the text follows now: `2026-11-24_turbo_0a1b2c3d.jsonl`.

    A track's name may stand before the last part.
    """
    day, _, rest = name.removesuffix(".jsonl").partition("_")
    try:
        recognised = date.fromisoformat(day)
    except ValueError:
        return replace(review, asr=name)
    return replace(review, asr=name, recognised=recognised, model=rest.partition("_")[0])


def _pruned(review: Review, transcript: Transcript) -> Review:
    there = {cue.id for cue in transcript.cues}
    return replace(review, cues={id_: entry for id_, entry in review.cues.items() if id_ in there})
