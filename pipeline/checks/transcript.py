"""Rules for transcripts; what they find stands in transcript.vtt."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from pipeline import transcripts
from pipeline.checks.rules import (
    HOUSE,
    MUST,
    SHOULD,
    WCAG,
    Finding,
    Rule,
    in_episode,
    in_transcript,
    length_s,
    perhaps,
    ready,
)
from pipeline.messages import Message, clock_text, msg
from pipeline.models import Cue, EpisodeFacts, House
from pipeline.transcripts import marking, reviewing

SLACK_S = 0.5
"""How far the last word may reach past the end: recognition rounds."""


def checked(house: House) -> Iterator[Finding]:
    """What is published was read by a person."""
    if not house.settings.speech.require_checked:
        return
    for episode in ready(house):
        facts = house.of(episode)
        if episode.transcript_exception:
            continue
        if not facts.has_transcript:
            hint = msg("hdw transcribe {episode}", episode=episode.id)
            yield in_transcript(episode, None, msg("The transcript is missing."), hint)
        elif not facts.checked:
            hint = msg("hdw transcript approve {episode} --by NAME", episode=episode.id)
            yield in_transcript(episode, *_open(facts), hint)


def _open(facts: EpisodeFacts) -> tuple[Cue, Message]:
    """The sentence to look at first, and what is open: one that was changed under a check weighs most."""
    cues = _cues(facts)
    left = [cue for cue in cues if not reviewing.checked(cue, facts.review)]
    changed = next((cue for cue in left if reviewing.changed_since(cue, facts.review)), None)
    if changed:
        by = facts.review.cues[changed.id].by
        return changed, msg("Sentence {id} was changed after {name} checked it.", id=changed.id, name=by)
    if len(left) == len(cues):
        return left[0], msg("The transcript is not checked.")
    count = {"n": len(left), "all": len(cues)}
    return left[0], msg("The transcript is not checked throughout: {n} of {all} sentences are open.", **count)


def inside(house: House) -> Iterator[Finding]:
    """Times rise and lie inside the recording."""
    for episode in house.episodes:
        cues, end_s = _cues(house.of(episode)), length_s(house, episode)
        for before, cue in itertools.pairwise(cues):
            if cue.start_s < before.start_s:
                message = msg("Sentence {id} of the transcript starts before the one above it.", id=cue.id)
                yield in_transcript(episode, cue, message, msg("Put the sentences in the order of time."))
        late = next((cue for cue in cues if end_s and cue.end_s > end_s + SLACK_S), None)
        if late and end_s:
            message = msg(
                "The transcript goes on after the end of the recording ({end}).", end=clock_text(end_s)
            )
            yield in_transcript(episode, late, message, msg("Is it the transcript of another recording?"))


def apart(house: House) -> Iterator[Finding]:
    """A sentence ends before the same voice begins the next."""
    for episode in house.episodes:
        for before, cue in itertools.pairwise(_cues(house.of(episode))):
            if before.start_s <= cue.start_s < before.end_s and before.speaker == cue.speaker:
                message = msg(
                    "Sentence {id} begins while the same voice still speaks the one above.", id=cue.id
                )
                yield in_transcript(
                    episode, cue, message, msg("End the sentence above where this one begins.")
                )


def speakers_known(house: House) -> Iterator[Finding]:
    """Every voice of a transcript has a person's name."""
    for episode in ready(house):
        seen = {""}
        for cue in _cues(house.of(episode)):
            if cue.sound or cue.speaker in seen or transcripts.number(cue.speaker):
                continue
            seen.add(cue.speaker)
            if cue.speaker not in house.people:
                message = msg(
                    "The transcript names {voice}, who is not in content/people.", voice=cue.speaker
                )
                hint = perhaps(cue.speaker, house.people) or msg("Write a person's id: <v mira-beispiel>")
                yield in_transcript(episode, cue, message, hint)


def voices_named(house: House) -> Iterator[Finding]:
    """What the program calls “voice 1” has a person's name before it is published."""
    for episode in ready(house):
        seen: set[str] = set()
        for cue in _cues(house.of(episode)):
            if cue.speaker not in seen and transcripts.number(cue.speaker):
                message = msg("{voice} has no name yet.", voice=cue.speaker)
                hint = msg("Listen and name: hdw transcript voices {episode}", episode=episode.id)
                yield in_transcript(episode, cue, message, hint)
            seen.add(cue.speaker)


def looked_at(house: House) -> Iterator[Finding]:
    """Somebody has looked at every place that the machine may have made up."""
    for episode in house.episodes:
        facts = house.of(episode)
        cues = {cue.id: cue for cue in _cues(facts)}
        for mark in marking.open_marks(facts.transcript, facts.review):
            cue = cues.get(mark.cue) or _next(facts, mark.start_s)
            message = msg("{time} {what}.", time=marking.place(mark), what=marking.sentence(mark))
            hint = msg("Listen, correct or delete the sentence; or approve it as it is.")
            yield in_transcript(episode, cue, message, hint)


def _next(facts: EpisodeFacts, at_s: float) -> Cue | None:
    """The first sentence after a moment; the last where there is none."""
    cues = _cues(facts)
    return next((cue for cue in cues if cue.start_s >= at_s), cues[-1] if cues else None)


def exception_needed(house: House) -> Iterator[Finding]:
    """An exception ends when the transcript is checked."""
    for episode in house.episodes:
        if episode.transcript_exception and house.of(episode).checked:
            message = msg("The exception is no longer true: the transcript is checked.")
            yield in_episode(episode, "transcript_exception", message, msg("Delete transcript_exception."))


def _cues(facts: EpisodeFacts) -> tuple[Cue, ...]:
    return facts.transcript.cues if facts.transcript else ()


RULES: tuple[Rule, ...] = (
    Rule("transcript-apart", SHOULD, "WebVTT, 4.1 WebVTT file structure",
         msg("Captions that overlap are shown one above the other, too short to read."), apart),
    Rule("transcript-checked", MUST, f"{WCAG}, 1.2.1 Audio-only and Video-only (Prerecorded)",
         msg("Machines mishear names and invent words; a text that nobody read does not replace the sound."),
         checked),
    Rule("transcript-exception", SHOULD, f"{HOUSE}, Transkripte",
         msg("The accessibility statement lists every exception; one that is over should not stand there."),
         exception_needed),
    Rule("transcript-inside", MUST, "WebVTT, 4.1 WebVTT file structure",
         msg("Player and apps follow these times; out of order or past the end, the text stands still."),
         inside),
    Rule("transcript-marks", SHOULD, f"{HOUSE}, Transkripte",
         msg("Recognition writes sentences that nobody said, above all where nobody speaks."), looked_at),
    Rule("transcript-speakers", SHOULD, f"{WCAG}, 1.2.1 Audio-only and Video-only (Prerecorded)",
         msg("Who reads instead of listening has to know who speaks."), speakers_known),
    Rule("transcript-voices", MUST, f"{HOUSE}, Transkripte",
         msg("“Voice 1” tells nobody who speaks; only people can say whose voice it is."), voices_named),
)  # fmt: skip
