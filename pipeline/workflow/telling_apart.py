"""One microphone: whose voice each sentence is, as far as that can be known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pipeline import speech, transcripts
from pipeline.messages import msg
from pipeline.models import ROLES, Cue, Episode

HEARD = "cast"
"""The group of roles whose people are heard."""

MISSING = msg(
    "Who speaks is left open: an extra part tells voices apart: pip install 'haus-des-wissens[voices]'"
)


def speakers(episode: Episode) -> tuple[str, ...]:
    """The people who are heard in an episode, each once; the only person is heard whatever their role."""
    people = [one.person for one in episode.people]
    cast = [one.person for one in episode.people if ROLES[one.role][0] == HEARD]
    return tuple(dict.fromkeys(cast if len(set(people)) > 1 else people))


def possible(episode: Episode) -> bool:
    """Whether speakers can be known: there is but one, or the extra part is here."""
    return len(speakers(episode)) == 1 or speech.can_tell_apart()


def told_apart(
    episode: Episode,
    cues: tuple[Cue, ...],
    recording: Path,
    language: str,
    report: Callable[[float], None],
) -> tuple[Cue, ...]:
    """Sentences with their speakers, cut where the voice changes; a single speaker says them all.

    `report` is told up to which second of the recording voices are told apart.
    """
    people = speakers(episode)
    if len(people) == 1:
        return tuple(replace(cue, speaker=people[0]) for cue in cues)
    spans = tuple(tuple((word.start_s, word.end_s) for word in cue.words) for cue in cues)
    voices = speech.tell_apart(recording, spans, len(people), report)
    if not people and max((max(own, default=0) for own in voices), default=0) <= 1:
        return cues  # one voice, and nobody is named: there is nobody to tell apart from
    return transcripts.voiced(cues, voices, language)
