"""What a rule and a finding are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pipeline.errors import Level
from pipeline.messages import Message, msg
from pipeline.models import Episode, House


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: in which value (`episode`, `person`, …, `settings`), which field, and what to do."""

    subject: str
    id: str
    field: str
    message: Message
    hint: Message | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its source; `check` looks at a whole house."""

    name: str
    level: Level
    source: str
    why: Message
    check: Callable[[House], Iterable[Finding]]


def in_episode(episode: Episode, field: str, message: Message, hint: Message | None = None) -> Finding:
    """A finding about a field of an episode."""
    return Finding("episode", episode.id, field, message, hint)


def in_settings(field: str, message: Message, hint: Message | None = None) -> Finding:
    """A finding about podcast.toml."""
    return Finding("settings", "", field, message, hint)


def perhaps(name: str, known: Iterable[str]) -> Message | None:
    """“Perhaps … is meant”, if something known looks alike."""
    import difflib  # noqa: PLC0415 (only for mistakes)

    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return msg("Perhaps {name} is meant.", name=close[0]) if close else None


def ready(house: House) -> Iterator[Episode]:
    """The episodes that are meant to be published."""
    return (episode for episode in house.episodes if episode.status.value == "ready")
