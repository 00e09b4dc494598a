"""What a rule and a finding are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.errors import Level
from pipeline.messages import Message, msg
from pipeline.models import Cue, Episode, House

MUST, SHOULD = Level.REQUIRED, Level.RECOMMENDED
APPLE, PSP, RSS = "Apple, A Podcaster's Guide to RSS", "PSP-1", "RSS 2.0"
WCAG = "WCAG 2.2"
HOUSE = "docs/de/regeln.md"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, in which value, and what to do.

    `subject` is `settings`, `ledger`, `consent`, `approval`, `episode`, `person`, `topic`, `series` or
    `page`, or a file beside an episode: `transcript` (there `field` is the cue's id) or `audio` (audio.json).
    `near` are words that stand in the line that is meant, where a field has many lines. `since` is the day
    from which on it holds, where that comes with time: rules know no today.
    """

    subject: str
    id: str
    field: str
    message: Message
    hint: Message | None = None
    near: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with the section it comes from and the reason for it; `check` looks at a whole house.

    One that is `together` compares episodes with one another, or asks which there are. It looks at nothing of
    them but what the catalogue has at hand. Any other rule finds the same in an episode that is alone.
    """

    name: str
    level: Level
    source: str
    why: Message
    check: Callable[[House], Iterable[Finding]]
    together: bool = False


def in_episode(episode: Episode, field: str, message: Message, hint: Message | None = None) -> Finding:
    """A finding about a field of an episode."""
    return Finding("episode", episode.id, field, message, hint)


def in_transcript(
    episode: Episode, cue: Cue | None, message: Message, hint: Message | None = None
) -> Finding:
    """A finding about a sentence of a transcript, or about the whole."""
    return Finding("transcript", episode.id, cue.id if cue else "", message, hint)


def in_settings(field: str, message: Message, hint: Message | None = None) -> Finding:
    """A finding about podcast.toml."""
    return Finding("settings", "", field, message, hint)


def perhaps(name: str, known: Iterable[str]) -> Message | None:
    """“Perhaps … is meant”, if something known looks alike."""
    import difflib  # noqa: PLC0415 (only for mistakes)

    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return msg("Perhaps {name} is meant.", name=close[0]) if close else None


def example(text: str) -> Message:
    """How the field is written, as a hint."""
    return msg("Example: {example}", example=text)


def ready(house: House) -> Iterator[Episode]:
    """The episodes that are meant to be published."""
    return (episode for episode in house.episodes if episode.status.value == "ready")


def length_s(house: House, episode: Episode) -> float | None:
    """The measured length of an episode's recording in seconds; None if nothing was measured."""
    recording = house.of(episode).audio.recording
    return recording.duration_s if recording else None
