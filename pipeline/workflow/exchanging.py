"""Transcripts from elsewhere, and ours for elsewhere (`hdw transcript import`, `hdw transcript export`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pipeline import catalog, project, transcripts
from pipeline.errors import HdwError, MisuseError, TranscriptError, Where
from pipeline.messages import Translator, msg
from pipeline.models import Episode, House, Review, Transcript, public
from pipeline.transcripts import FORMATS, importing, reviewing, words
from pipeline.workflow import tracks
from pipeline.workflow.adopting import discarded, human_count, source
from pipeline.workflow.choosing import named
from pipeline.workflow.editing.standing import turn_at
from pipeline.workflow.reviewing import the_transcript

WORDS = "words"
EXPORTS = (*FORMATS, WORDS)
"""What `export` knows: every format of the text, and the times of its words."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in: sentences, the format, how its letters were coded, voices that nobody knows."""

    episode_id: str
    sentences: int
    format: str
    coding: str
    guessed: bool
    strangers: tuple[str, ...]
    aside: tuple[Path, ...] = ()


def import_transcript(
    root: Path, episode_id: str, file: Path, *, discard: int | None = None, now: datetime
) -> Imported:
    """Make a transcript of another program the episode's; over an existing one only with `discard`.

    Its sentences count as a person's, as nobody knows who wrote them; they are not checked yet.
    """
    with turn_at(root, episode_id) as (house, episode):
        return _imported(root, house, episode, file, discard=discard, now=now)


def _imported(
    root: Path, house: House, episode: Episode, file: Path, *, discard: int | None, now: datetime
) -> Imported:
    _refuse_existing(root, house, episode, discard)
    decoded = importing.decoded(project.read_bytes(file))
    kind = importing.format_of(file.name, decoded.text)
    read = _read(kind, decoded.text, file)
    facts = house.of(episode)
    review = reviewing.seen(facts.review, facts.transcript.cues if facts.transcript else ())
    made = importing.brought(
        replace(read, language=house.language(episode)),
        _ids(house),
        named_in_text=kind == "srt",
        first=review.last_id + 1,
    )
    aside = discarded(root, house, episode, discard, now=now) if discard is not None else ()
    _write(root, house, episode, made, review)
    voices = dict.fromkeys(cue.speaker for cue in made.cues if cue.speaker)
    strangers = tuple(voice for voice in voices if voice not in house.people)
    return Imported(
        episode.id, len(made.cues), FORMATS[kind].title, decoded.coding, decoded.guessed, strangers, aside
    )


def export(root: Path, episode_id: str, kind: str) -> str:
    """An episode's transcript in one of `EXPORTS`, as listeners may see it: hidden people have no name."""
    whole = catalog.load(root)
    guest = Translator(whole.settings.show.language)(msg("Guest"))
    house = public(whole, guest)
    episode = named(house, episode_id)
    transcript = the_transcript(root, house, episode)
    if kind == WORDS:
        return word_times(root, house, episode) or words.write(transcript, episode.chapters, ())
    return FORMATS[kind].write(transcript, {id_: person.shown_name for id_, person in house.people.items()})


def word_times(root: Path, house: House, episode: Episode) -> str:
    """words.json of an episode; "" where there is no transcript, or nothing that a machine heard."""
    facts = house.of(episode)
    heard = source(root, episode, facts.review) if facts.transcript else None
    if facts.transcript is None or heard is None:
        return ""
    said = tuple(word for word, _ in tracks.said(root, episode, heard))
    return words.write(facts.transcript, episode.chapters, said, facts.review.anchors)


def refuse_own(root: Path, file: Path) -> None:
    """MisuseError if a file is one of the house's own: an export is made to go elsewhere."""
    if file.resolve().is_relative_to((root / "episodes").resolve()):
        raise MisuseError(
            msg("An export never goes into an episode's folder."),
            where=project.shown(file, root),
            hint=msg("Name a file elsewhere, or - for standard output."),
        )


def write_file(file: Path, text: str) -> None:
    """Write an export whole or not at all; HdwError if that is not possible."""
    try:
        project.write_atomic(file, text.encode())
    except OSError as error:
        reason = error.strerror or str(error)
        raise HdwError(msg("The file cannot be written: {reason}.", reason=reason), where=file) from error


def _refuse_existing(root: Path, house: House, episode: Episode, discard: int | None) -> None:
    if not house.of(episode).has_transcript or discard is not None:
        return
    raise MisuseError(
        msg("The episode has a transcript already."),
        where=project.shown(project.episode_folder(root, episode.id), root),
        hint=msg("To replace it, put the old one aside: --discard {n}", n=human_count(house, episode)),
    )


def _read(kind: str, text: str, file: Path) -> Transcript:
    try:
        read = FORMATS[kind].read(text)
    except TranscriptError as error:
        where = Where(file.as_posix(), error.where.line)
        raise TranscriptError(error.message, where=where, hint=error.hint) from error
    if not read.cues:
        raise TranscriptError(msg("The file holds no sentence."), where=file)
    return read


def _ids(house: House) -> dict[str, str]:
    people = house.people.values()
    return importing.by_name({p.id: (p.name, p.public_name or "", p.sort_name or "") for p in people})


def _write(root: Path, house: House, episode: Episode, made: Transcript, review: Review) -> None:
    """The new text and who knows of it: nobody has touched these ids before, so no entry fits them."""
    review = reviewing.seen(Review(last_id=review.last_id, anchors=review.anchors), made.cues)
    if not house.of(episode).has_transcript:
        project.save_review(root, episode.id, review)
        project.save_transcript(root, episode.id, made)
        return
    was = project.transcript_source(root, episode.id)
    project.save_review(root, episode.id, review)
    project.change_transcript(root, episode.id, was, transcripts.write_vtt(made))
