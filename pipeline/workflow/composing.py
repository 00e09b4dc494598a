"""What a recording is likely to hold, before it is heard; and the transcript of what was heard, after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline import speech, transcripts
from pipeline.models import Cue, Episode, House, Mark, Person, Transcript


@dataclass(frozen=True, slots=True)
class Composed:
    """A first transcript, the places to look at, and the recognitions with what the glossary replaced."""

    transcript: Transcript
    marks: tuple[Mark, ...]
    heard: tuple[speech.Recognition, ...]


def prompt(house: House, episode: Episode) -> str:
    """Names and words to expect, the most specific first; "" where podcast.toml says `prompt = false`.

    It is kept under asr/ with what was heard, so whoever is hidden is not in it.
    """
    if not house.settings.speech.prompt:
        return ""
    hidden = tuple(_names(person) for person in house.people.values() if person.hidden)
    words = _words(house, episode)
    return transcripts.expected(word for word in words if not _named(word, hidden))


def compose(
    house: House, episode: Episode, cues: tuple[Cue, ...], heard: tuple[speech.Recognition, ...]
) -> Composed:
    """The sentences with the house's names; each recognition keeps what was put right of its own."""
    cues, replacements = transcripts.correct(cues, house.glossary.of(episode))
    speakers = {cue.id: cue.speaker for cue in cues}
    return Composed(
        Transcript(cues, house.language(episode)),
        _marks(cues, heard),
        tuple(
            replace(
                one,
                replacements=tuple(made for made in replacements if _own(one, speakers[made.cue])),
            )
            for one in heard
        ),
    )


def _marks(cues: tuple[Cue, ...], heard: tuple[speech.Recognition, ...]) -> tuple[Mark, ...]:
    """Places to look at; a track knows of its own person only, and of no speech that was not theirs."""
    found = [
        mark
        for one in heard
        for mark in transcripts.marks(
            [cue for cue in cues if _own(one, cue.speaker)],
            evidence(one) if len(heard) == 1 else replace(evidence(one), speech=()),
        )
    ]
    return tuple(sorted(found, key=lambda mark: mark.start_s))


def _own(heard: speech.Recognition, speaker: str) -> bool:
    """Whether a sentence comes from this recognition: the only one, or that of the person's track."""
    return heard.provenance.get("person", speaker) == speaker


def evidence(heard: speech.Recognition) -> transcripts.Evidence:
    """What recognition knows beside the text."""
    segments = sorted(heard.segments, key=lambda segment: segment.start_s)
    doubts = tuple((s.start_s, s.end_s, s.no_speech_probability) for s in segments)
    return transcripts.Evidence(heard.speech, doubts)


def _words(house: House, episode: Episode) -> Iterator[str]:
    terms = house.glossary.of(episode)
    yield from (term.term for term in terms if term.scope == episode.id)
    yield from (house.people[one.person].shown_name for one in episode.people if one.person in house.people)
    yield from episode.topics
    yield from (term.term for term in terms if term.scope == episode.series)
    if episode.series and episode.series in house.series:
        yield house.series[episode.series].title
    yield from (term.term for term in terms)
    yield house.settings.show.title


def _names(person: Person) -> frozenset[str]:
    names = (person.name, person.public_name or "", person.sort_name or "")
    return frozenset(part for name in names for part in name.casefold().replace(",", " ").split())


def _named(word: str, hidden: tuple[frozenset[str], ...]) -> bool:
    """Whether a word is a hidden person's name, or a part of it alone."""
    parts = set(word.casefold().replace(",", " ").split())
    return any(parts <= names for names in hidden)
