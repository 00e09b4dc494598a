"""The whole house as one value: what people wrote, what was measured, what listeners were given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.models.audio import AudioFacts
from pipeline.models.episode import Episode, Status
from pipeline.models.fields import LanguageTag, slug
from pipeline.models.glossary import Glossary
from pipeline.models.ledger import Ledger
from pipeline.models.people import Licence, Page, Person, Topic, anonymous
from pipeline.models.show import Series, Settings
from pipeline.models.transcript import Review, Transcript


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What a picture file holds: `JPEG`, `PNG` …, its mode (`RGB`), pixels, bytes, SHA-256 in hexadecimal."""

    format: str
    mode: str
    width: int
    height: int
    bytes: int
    sha256: str

    @property
    def mark(self) -> str:
        """The eight characters of the content hash that stand in the published name."""
        return self.sha256[:8]


@dataclass(frozen=True, slots=True)
class EpisodeFacts:
    """What the program knows about an episode beside its front matter.

    `pictures` holds the files that are there, by the name the front matter gives them. `checked`: a person
    has checked every cue as it stands in the house (a hidden person's name is taken out only afterwards).
    """

    audio: AudioFacts = AudioFacts()
    recording_present: bool = False
    recording_altered: bool = False
    transcript: Transcript | None = None
    review: Review = Review()
    checked: bool = False
    pictures: Mapping[str, PictureFacts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class House:
    """Everything, parsed. Mappings go by id; `episodes` stand newest first, equal dates by id.

    `pictures` holds the facts of pictures outside episodes (the covers), by path from the house's root,
    `portraits` those of people's portraits, by person.
    """

    settings: Settings
    people: Mapping[str, Person] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)
    episodes: tuple[Episode, ...] = ()
    ledger: Ledger = Ledger()
    glossary: Glossary = Glossary()
    facts: Mapping[str, EpisodeFacts] = field(default_factory=dict)
    pictures: Mapping[str, PictureFacts] = field(default_factory=dict)
    portraits: Mapping[str, PictureFacts] = field(default_factory=dict)

    def of(self, episode: Episode) -> EpisodeFacts:
        """The facts of an episode; empty ones if nothing was measured yet."""
        return self.facts.get(episode.id, EpisodeFacts())

    def language(self, episode: Episode) -> LanguageTag:
        """The language an episode is spoken in."""
        return episode.language or self.settings.show.language

    def licence(self, episode: Episode) -> Licence:
        """The licence an episode is under."""
        return episode.licence or self.settings.show.licence

    def topic(self, name: str) -> Topic:
        """The topic with its introduction, or just its name where nobody has written one."""
        return self.topics.get(slug(name)) or Topic(id=slug(name), title=name)


def publishable(episode: Episode, *, drafts: bool) -> bool:
    """Whether an episode may be shown at all, its date aside."""
    return drafts or episode.status is Status.READY


def public(house: House, guest: str) -> House:
    """The house as the world may see it: every trace of a hidden person is replaced by `guest`.

    Names and ids of hidden people disappear from contributions, pictures, tracks and transcripts; website,
    feed, transcripts and audio tags are made from this value only, so none of them can leak a name.
    """
    hidden = {id_: anonymous(person, guest) for id_, person in house.people.items() if person.hidden}
    if not hidden:
        return house
    return replace(
        house,
        people={anonymous(p, guest).id: anonymous(p, guest) for p in house.people.values()},
        portraits={id_: facts for id_, facts in house.portraits.items() if id_ not in hidden},
        episodes=tuple(_episode(episode, house, hidden) for episode in house.episodes),
        facts={id_: _facts(facts, hidden) for id_, facts in house.facts.items()},
    )


def _episode(episode: Episode, house: House, hidden: Mapping[str, Person]) -> Episode:
    shown = {id_: person.id for id_, person in hidden.items()}
    names = {name.casefold(): one.name for id_, one in hidden.items() for name in _names(house.people[id_])}
    return episode.model_copy(
        update={
            "people": tuple(
                c.model_copy(update={"person": shown.get(c.person, c.person)}) for c in episode.people
            ),
            "tracks": tuple(
                t.model_copy(update={"person": shown.get(t.person, t.person)}) for t in episode.tracks
            ),
            "pictures": tuple(
                p.model_copy(
                    update={"people": tuple(shown.get(n) or names.get(n.casefold(), n) for n in p.people)}
                )
                for p in episode.pictures
            ),
        }
    )


def _names(person: Person) -> tuple[str, ...]:
    """What a person may be called in a list of people."""
    return tuple(name for name in (person.name, person.public_name, person.sort_name) if name)


def _facts(facts: EpisodeFacts, hidden: Mapping[str, Person]) -> EpisodeFacts:
    if facts.transcript is None:
        return facts
    cues = tuple(
        replace(cue, speaker=hidden[cue.speaker].id) if cue.speaker in hidden else cue
        for cue in facts.transcript.cues
    )
    return replace(facts, transcript=replace(facts.transcript, cues=cues))
