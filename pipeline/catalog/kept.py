"""An episode that the catalogue knows: what lists need is at hand, the rest comes when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ConfigDict, PrivateAttr

from pipeline.catalog.packing import revived
from pipeline.models import (
    AudioFacts,
    Contribution,
    Edition,
    Episode,
    EpisodeFacts,
    Model,
    Review,
    Transcript,
)

FIELDS = (
    *("id", "guid", "title", "series", "institution", "number", "season", "type", "date", "status"),
    *("summary", "summary_easy", "topics", "related", "language", "translation_of", "slug", "sample"),
    *("audio", "sign_language", "transcript_exception"),
)
"""The fields of an episode that other pages, rules about several episodes, and choices look at."""
OF_EDITIONS = ("file", "type", "bytes", "sha256", "duration_s", "url")
FACTS = (
    *("recording_present", "recording_altered", "editions_lost", "editions_altered", "checked"),
    *("has_transcript", "speakers", "reviewed_on"),
)
FURTHER_FACTS = ("audio", "pictures", "edition_chapters", "sign_language")
SPOKEN = ("transcript", "review")
_RECKONED = ("has_transcript", "speakers", "reviewed_on")
"""What a copy with other facts finds out for itself, as ordinary ones do."""
_fields, _of_edition, _facts = attrgetter(*FIELDS), attrgetter(*OF_EDITIONS), attrgetter(*FACTS)

Heavy = tuple[dict[str, Any], dict[str, Any]]
"""Further fields and further facts."""


class Light(NamedTuple):
    """What is at hand: fields, people with their roles, everybody named, editions, facts."""

    fields: tuple[Any, ...]
    people: tuple[tuple[str, str], ...]
    names: frozenset[str]
    editions: tuple[tuple[Any, ...], ...]
    facts: tuple[Any, ...]


class Rest(NamedTuple):
    """Where the rest comes from: the further fields and facts, and the transcript with its review."""

    heavy: Callable[[], Heavy]
    spoken: Callable[[], tuple[Transcript | None, Review]]


def light(episode: Episode, facts: EpisodeFacts) -> Light:
    """What is kept at hand."""
    people = tuple((one.person, one.role) for one in episode.people)
    editions = tuple(map(_of_edition, facts.audio.editions))
    return Light(_fields(episode), people, episode.names, editions, _facts(facts))


def heavy(episode: Episode, facts: EpisodeFacts) -> Heavy:
    """What is kept for its first use; the transcript stays in its file."""
    fields = {name: getattr(episode, name) for name in Episode.model_fields if name not in FIELDS}
    return fields, {name: getattr(facts, name) for name in FURTHER_FACTS}


class _Kept(Model):
    """A model some of whose fields come on first use; from then on it is one of its ordinary kind."""

    model_config = ConfigDict(defer_build=True)
    _rest: Callable[[], Mapping[str, Any]] = PrivateAttr()

    # To whoever reads or checks them these have the fields and methods of that kind.
    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            return (
                getattr(_filled(self), name) if name in type(self).model_fields else super().__getattr__(name)
            )

        def __eq__(self, other: object) -> bool:
            return _filled(self) == other

        __hash__ = Model.__hash__

        def __iter__(self) -> Any:
            return iter(_filled(self))

        def __repr_args__(self) -> Any:
            return _filled(self).__repr_args__()

        def model_dump(self, **chosen: Any) -> dict[str, Any]:
            return _filled(self).model_dump(**chosen)

        def model_dump_json(self, **chosen: Any) -> str:
            return _filled(self).model_dump_json(**chosen)


class KeptEpisode(_Kept, Episode):
    """An episode."""

    _people: tuple[tuple[str, str], ...] = PrivateAttr()
    _names: frozenset[str] = PrivateAttr()

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name != "people":
                return super().__getattr__(name)
            parts = (revived(Contribution, {"person": id_, "role": role}) for id_, role in self._people)
            return self.__dict__.setdefault(name, tuple(parts))

        @property
        def names(self) -> frozenset[str]:  # noqa: D102
            return self._names


class KeptAudio(_Kept, AudioFacts):
    """What is known of its sound."""


class KeptEdition(_Kept, Edition):
    """A published file."""


_ORDINARY: Mapping[type, type] = {KeptEpisode: Episode, KeptAudio: AudioFacts, KeptEdition: Edition}


def _filled(one: Any) -> Any:
    for name, value in one._rest().items():
        one.__dict__.setdefault(name, value)
    object.__setattr__(one, "__class__", _ORDINARY[type(one)])
    object.__setattr__(one, "__pydantic_private__", None)
    return one


class KeptFacts(EpisodeFacts):
    """Facts of such an episode. A transcript is read each time: those of a whole archive fill no memory."""

    __slots__ = ("_editions", "_rest", "has_transcript", "reviewed_on", "speakers")
    _rest: Rest
    _editions: tuple[tuple[Any, ...], ...]
    has_transcript: bool
    speakers: frozenset[str]
    reviewed_on: date | None

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name in SPOKEN:
                return self._rest.spoken()[SPOKEN.index(name)]
            if name in _RECKONED:
                return getattr(EpisodeFacts, name).fget(self)
            if name == "audio":
                _set(self, {name: _audio(self._editions, self._rest)})
            elif name in FURTHER_FACTS:
                _set(self, {one: value for one, value in self._rest.heavy()[1].items() if one != "audio"})
            else:
                raise AttributeError(name)
            return object.__getattribute__(self, name)


def kept(known: Light, rest: Rest) -> tuple[Episode, EpisodeFacts]:
    """An episode and its facts, from what is at hand and where the rest comes from."""
    private = {"_people": known.people, "_names": known.names, "_rest": lambda: rest.heavy()[0]}
    episode: Any = _partly(KeptEpisode, dict(zip(FIELDS, known.fields, strict=True)), private)
    facts: KeptFacts = object.__new__(KeptFacts)
    _set(facts, dict(zip(FACTS, known.facts, strict=True)))
    _set(facts, {"_editions": known.editions, "_rest": rest})
    return episode, facts


def _audio(editions: tuple[tuple[Any, ...], ...], rest: Rest) -> Any:
    def whole() -> AudioFacts:
        found: AudioFacts = rest.heavy()[1]["audio"]
        return found

    made = (
        _partly(
            KeptEdition,
            dict(zip(OF_EDITIONS, one, strict=True)),
            {"_rest": lambda at=at: whole().editions[at].__dict__},
        )
        for at, one in enumerate(editions)
    )
    return _partly(KeptAudio, {"editions": tuple(made)}, {"_rest": lambda: whole().__dict__})


def _partly(model: type[Model], values: dict[str, Any], private: dict[str, Any]) -> Any:
    made = revived(model, values)
    object.__setattr__(made, "__pydantic_private__", private)
    return made


def _set(facts: KeptFacts, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        object.__setattr__(facts, name, value)
