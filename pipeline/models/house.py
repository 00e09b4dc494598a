"""The whole house as one value: what people wrote, what was measured, what listeners were given."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pipeline.models.audio import AudioFacts
from pipeline.models.episode import Chapter, Episode, Status
from pipeline.models.fields import LanguageTag, slug
from pipeline.models.glossary import Glossary
from pipeline.models.ledger import Ledger, PublishedEdition
from pipeline.models.people import Institution, Licence, Page, Person, Topic, anonymous
from pipeline.models.private import Private
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
class VideoFacts:
    """What a video file holds: its codec as FFmpeg names it, upright pixels, pictures a second, bytes.

    `type` is its MIME type, "" for one that not every browser shows. `mark` are the eight characters that
    stand in the published name: another video has another one.
    """

    type: str
    codec: str
    width: int
    height: int
    rate: float
    duration_s: float
    bytes: int
    mark: str


@dataclass(frozen=True, slots=True)
class EpisodeFacts:
    """What the program knows about an episode beside its front matter.

    `pictures` holds the files that are there, by the name the front matter gives them. `checked`: a person
    has checked every cue as it stands in the house (a hidden person's name is taken out only afterwards).
    `edition_chapters` are those that the published audio file holds; None where it was not looked into.
    `sign_language` is the video; None if there is none, or none that can be opened.
    `editions_lost` and `editions_altered` name files of `audio.editions` that are not there, or hold other
    bytes than they were made with.
    """

    audio: AudioFacts = AudioFacts()
    recording_present: bool = False
    recording_altered: bool = False
    editions_lost: tuple[str, ...] = ()
    editions_altered: tuple[str, ...] = ()
    transcript: Transcript | None = None
    review: Review = Review()
    checked: bool = False
    pictures: Mapping[str, PictureFacts] = field(default_factory=dict)
    edition_chapters: tuple[Chapter, ...] | None = None
    sign_language: VideoFacts | None = None

    def changed(self, **changes: Any) -> EpisodeFacts:
        """A copy with other facts."""
        return replace(self, **changes)

    @property
    def has_transcript(self) -> bool:
        """Whether there is a transcript, checked or not."""
        return self.transcript is not None

    @property
    def heard_s(self) -> float | None:
        """How long what page and main feed offer lasts; None where nothing is published yet."""
        return self.audio.editions[0].duration_s if self.audio.editions else None

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats of its published files, that of the main feed first."""
        return tuple(one.format for one in self.audio.editions)

    @property
    def speakers(self) -> frozenset[str]:
        """Who speaks: ids of people, and voices that nobody has named yet."""
        return frozenset(cue.speaker for cue in self.transcript.cues) if self.transcript else frozenset()

    @property
    def reviewed_on(self) -> date | None:
        """The last day on which somebody heard or checked a sentence."""
        return max((one.on for one in self.review.cues.values() if one.on), default=None)


_NOTHING = EpisodeFacts()


@dataclass(frozen=True, slots=True)
class House:
    """Everything, parsed. Mappings go by id; `episodes` stand newest first, equal dates by id.

    `pictures` holds the facts of pictures outside episodes (the covers), by path from the house's root,
    `portraits` those of people's portraits, by person. `private` is None where that folder is not on this
    computer, and in every house that is built.
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
    private: Private | None = None

    def of(self, episode: Episode) -> EpisodeFacts:
        """The facts of an episode; empty ones if nothing was measured yet."""
        return self.facts.get(episode.id) or _NOTHING

    def given(self, episode: Episode) -> tuple[PublishedEdition, ...]:
        """The audio files that feeds have named for an episode, the newest last."""
        entry = self.ledger.entry(episode.guid)
        return entry.editions if entry else ()

    def language(self, episode: Episode) -> LanguageTag:
        """The language an episode is spoken in."""
        return episode.language or self.settings.show.language

    def institution(self, episode: Episode) -> Institution | None:
        """Where an episode comes from: what it says itself, else its series."""
        series = self.series.get(episode.series or "")
        wanted = episode.institution or (series.institution if series else None)
        return next((one for one in self.settings.show.institutions if one.id == wanted), None)

    def licence(self, episode: Episode) -> Licence:
        """The licence an episode is under."""
        return episode.licence or self.settings.show.licence

    def topic(self, name: str) -> Topic:
        """The topic with its introduction, or just its name where nobody has written one."""
        return self.topics.get(slug(name)) or Topic(id=slug(name), title=name)


def approval_mark(house: House, episode: Episode) -> str:
    """A digest of what a guest reads and hears: another one, and the answer was to something else."""
    facts = house.of(episode)
    cues = facts.transcript.cues if facts.transcript else ()
    recording = facts.audio.recording
    said = (
        *(episode.title, episode.subtitle, episode.summary, episode.notes),
        recording.sha256 if recording else "",
        *(f"{cue.speaker}: {cue.text}" for cue in cues),
    )
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def publishable(episode: Episode, *, drafts: bool) -> bool:
    """Whether an episode may be shown at all, its date aside."""
    return drafts or episode.status is Status.READY


def public(house: House, guest: str) -> House:
    """The house as the world may see it: every trace of a hidden person is replaced by `guest`.

    Names and ids of hidden people disappear from contributions, pictures, tracks and transcripts; website,
    feed, transcripts and audio tags are made from this value only, so none of them can leak a name. Nor does
    it know anything of `private/`.
    """
    house = replace(house, private=None)
    hidden = {id_: anonymous(person, guest) for id_, person in house.people.items() if person.hidden}
    if not hidden:
        return house
    return replace(
        house,
        settings=_settings(house.settings, hidden),
        people={anonymous(p, guest).id: anonymous(p, guest) for p in house.people.values()},
        portraits={id_: facts for id_, facts in house.portraits.items() if id_ not in hidden},
        episodes=tuple(_episode(episode, house, hidden) for episode in house.episodes),
        facts={id_: _facts(facts, hidden) for id_, facts in house.facts.items()},
    )


def _settings(settings: Settings, hidden: Mapping[str, Person]) -> Settings:
    show = settings.show
    people = tuple(
        c.model_copy(update={"person": hidden[c.person].id}) if c.person in hidden else c for c in show.people
    )
    return settings.model_copy(update={"show": show.model_copy(update={"people": people})})


def _episode(episode: Episode, house: House, hidden: Mapping[str, Person]) -> Episode:
    shown = {id_: person.id for id_, person in hidden.items()}
    names = {name.casefold(): one.name for id_, one in hidden.items() for name in _names(house.people[id_])}
    if not any(name in shown or name.casefold() in names for name in episode.names):
        return episode
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
    if not facts.speakers & hidden.keys() or facts.transcript is None:
        return facts
    cues = tuple(
        replace(cue, speaker=hidden[cue.speaker].id) if cue.speaker in hidden else cue
        for cue in facts.transcript.cues
    )
    return facts.changed(transcript=replace(facts.transcript, cues=cues))
