"""An episode that the catalogue knows: what lists need is at hand, the rest comes when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ConfigDict, PrivateAttr

from pipeline.catalog.packing import revived
from pipeline.models import (
    Contribution,
    Episode,
    EpisodeFacts,
    Review,
    Transcript,
)

FIELDS = (
    *("id", "guid", "title", "series", "institution", "number", "season", "type", "date", "status"),
    *("summary", "summary_easy", "topics", "related", "language", "translation_of", "slug", "sample"),
    *("audio", "sign_language", "transcript_exception"),
)
"""The fields of an episode that other pages, rules about several episodes, and choices look at."""
_RECKONED = {
    "has_transcript": "transcript",
    "heard_s": "audio",
    "reviewed_on": "review",
    "speakers": "transcript",
    "formats": "audio",
}
"""What follows from other facts, and from which; a copy with others of these finds it out for itself."""
FACTS = (
    *("recording_present", "recording_altered", "editions_lost", "editions_altered", "checked"),
    *_RECKONED,
)
FURTHER_FACTS = ("audio", "pictures", "edition_chapters", "sign_language")
SPOKEN = ("transcript", "review")
_fields, _facts = attrgetter(*FIELDS), attrgetter(*FACTS)

Heavy = tuple[dict[str, Any], dict[str, Any]]
"""Further fields and further facts."""


class Light(NamedTuple):
    """What is at hand: fields, people with their roles, everybody named, facts."""

    fields: tuple[Any, ...]
    people: tuple[tuple[str, str], ...]
    names: frozenset[str]
    facts: tuple[Any, ...]


class Rest(NamedTuple):
    """Where the rest comes from: the further fields and facts, and the transcript with its review."""

    heavy: Callable[[], Heavy]
    spoken: Callable[[], tuple[Transcript | None, Review]]


def light(episode: Episode, facts: EpisodeFacts) -> Light:
    """What is kept at hand."""
    people = tuple((one.person, one.role) for one in episode.people)
    return Light(_fields(episode), people, episode.names, _facts(facts))


def heavy(episode: Episode, facts: EpisodeFacts) -> Heavy:
    """What is kept for its first use; the transcript stays in its file."""
    fields = {name: getattr(episode, name) for name in Episode.model_fields if name not in FIELDS}
    return fields, {name: getattr(facts, name) for name in FURTHER_FACTS}


class KeptEpisode(Episode):
    """An episode some of whose fields come when asked for: those of a whole archive would fill the memory."""

    model_config = ConfigDict(defer_build=True)
    _people: tuple[tuple[str, str], ...] = PrivateAttr()
    _names: frozenset[str] = PrivateAttr()
    _rest: Callable[[], Mapping[str, Any]] = PrivateAttr()

    # To whoever reads or checks them these are the fields and methods of an episode.
    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name == "people":
                parts = (revived(Contribution, {"person": id_, "role": role}) for id_, role in self._people)
                return self.__dict__.setdefault(name, tuple(parts))
            return self._rest()[name] if name in Episode.model_fields else super().__getattr__(name)

        @property
        def names(self) -> frozenset[str]:  # noqa: D102
            return self._names

        def __eq__(self, other: object) -> bool:
            return _filled(self) == other

        __hash__ = Episode.__hash__

        def __iter__(self) -> Any:
            return iter(_filled(self))

        def __repr_args__(self) -> Any:
            return _filled(self).__repr_args__()

        def model_dump(self, **chosen: Any) -> dict[str, Any]:  # noqa: D102
            return _filled(self).model_dump(**chosen)

        def model_dump_json(self, **chosen: Any) -> str:  # noqa: D102
            return _filled(self).model_dump_json(**chosen)


def _filled(one: Any) -> Any:
    """The same as an ordinary episode, with every field."""
    for name, value in {**one._rest(), "people": one.people}.items():
        one.__dict__.setdefault(name, value)
    object.__setattr__(one, "__class__", Episode)
    object.__setattr__(one, "__pydantic_private__", None)
    return one


class KeptFacts(EpisodeFacts):
    """Facts of such an episode."""

    __slots__ = ("_rest", "formats", "has_transcript", "heard_s", "reviewed_on", "speakers")
    _rest: Rest
    has_transcript: bool
    heard_s: float | None
    reviewed_on: date | None
    speakers: frozenset[str]
    formats: tuple[str, ...]

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name in SPOKEN:
                return self._rest.spoken()[SPOKEN.index(name)]
            if name in _RECKONED:
                return getattr(EpisodeFacts, name).fget(self)
            if name not in FURTHER_FACTS:
                raise AttributeError(name)
            return self._rest.heavy()[1][name]

    def changed(self, **changes: Any) -> EpisodeFacts:
        """A copy with other facts; what was not read yet still comes when it is asked for."""
        made: KeptFacts = object.__new__(KeptFacts)
        unset = {*changes, *(name for name, of in _RECKONED.items() if of in changes)}
        _set(made, {name: getattr(self, name) for name in self._at_hand if name not in unset} | changes)
        return made

    @property
    def _at_hand(self) -> tuple[str, ...]:
        """The names of what is here, without asking for more."""
        return tuple(name for name in (*FACTS, *FURTHER_FACTS, *SPOKEN, "_rest") if _is_set(self, name))


def kept(known: Light, rest: Rest) -> tuple[Episode, EpisodeFacts]:
    """An episode and its facts, from what is at hand and where the rest comes from."""
    episode: Any = revived(KeptEpisode, dict(zip(FIELDS, known.fields, strict=True)))
    private = {"_people": known.people, "_names": known.names, "_rest": lambda: rest.heavy()[0]}
    object.__setattr__(episode, "__pydantic_private__", private)
    facts: KeptFacts = object.__new__(KeptFacts)
    _set(facts, {**dict(zip(FACTS, known.facts, strict=True)), "_rest": rest})
    return episode, facts


def _is_set(facts: KeptFacts, name: str) -> bool:
    try:
        object.__getattribute__(facts, name)
    except AttributeError:
        return False
    return True


def _set(facts: KeptFacts, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        object.__setattr__(facts, name, value)
