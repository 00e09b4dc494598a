"""The show and the settings of its house: every key that `podcast.toml` may hold, declared once."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator

from pipeline.messages import msg
from pipeline.models.desk import DeskSettings
from pipeline.models.fields import (
    Id,
    LanguageTag,
    MailAddress,
    Model,
    RelativeFile,
    SiteAddress,
    Text,
    WebAddress,
    field,
    invalid,
    names_before,
)
from pipeline.models.law import Accessibility
from pipeline.models.limits import TEXT_CHARACTERS
from pipeline.models.people import LICENCES, AnyLicence, Contribution, Institution, Licence
from pipeline.models.private import Scope
from pipeline.models.syndication import (
    FEED_GUID,
    UUID,
    Block,
    Discussion,
    Funding,
    Locations,
    RemoteFeed,
    Season,
    Txt,
    UpdateFrequency,
)
from pipeline.models.targets import Target, audio_told


class ShowType(StrEnum):
    """Apple's `itunes:type`."""

    EPISODIC = "episodic"
    SERIAL = "serial"


def _zone(value: str) -> str:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 (only when a podcast.toml is read)

    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise invalid("zone", msg("a time zone is named like Europe/Berlin")) from error
    return value


def _formats(value: tuple[str, ...]) -> tuple[str, ...]:
    if value[0] == "opus" or len(set(value)) < len(value):
        raise invalid("formats", msg("the first format is mp3 or aac, and none stands there twice"))
    return value


class Owner(Model):
    """Who owns the feed; directories write to this address."""

    name: Text = field("The owner's name.", example="Stadt Bochum, Haus des Wissens")
    email: MailAddress = field("The owner's e-mail address; it is public.", example="podcast@example.org")


class Show(Model):
    """[show]: the podcast itself."""

    title: Text = field("The podcast's title.", example="Haus des Wissens", max_length=TEXT_CHARACTERS)
    subtitle: str = field(
        "A line under the title.", example="Gespräche über Stadt, Wissen und Technik", default=""
    )
    description: Text = field(
        "What the podcast is about: apps show it on the podcast's page.",
        example="Gespräche aus Stadtbücherei, Volkshochschule und UniverCity in Bochum.",
    )
    language: LanguageTag = field("The language spoken, ISO 639.", example="de", default="de")
    address: SiteAddress = field(
        "The address the site will have, with its path if it has one.", example="https://podcast.example.org/"
    )
    author: Text = field("Who makes the podcast, as apps show it.", example="Haus des Wissens, Bochum")
    owner: Owner = field(
        "Who owns the feed.", example={"name": "Haus des Wissens", "email": "podcast@example.org"}
    )
    categories: tuple[Text, ...] = field(
        "Apple's categories, the most fitting first; a subcategory after “ > ”.",
        example=["Education", "Society & Culture > Documentary"],
    )
    explicit: bool = field("Not for children.", example=False, default=False)
    type: ShowType = field(
        "episodic: newest first; serial: to be heard in order.", example="episodic", default=ShowType.EPISODIC
    )
    cover: RelativeFile = field(
        "The cover: square, 1400 to 3000 pixels, JPEG or PNG.", example="content/cover.jpg"
    )
    cover_alt: str = field(
        "What the cover shows.", example="Vier Reihen Ziegel unter einem grünen Dach", default=""
    )
    copyright: str = field("Who holds the rights.", example="© Haus des Wissens", default="")
    licence: AnyLicence = field(
        "The licence of episodes that name no other.",
        example="CC-BY-4.0",
        default=Licence(name=LICENCES["CC-BY-4.0"][0], url=LICENCES["CC-BY-4.0"][1]),
    )
    guid: str | None = field(
        "The podcast's identity (podcast:guid); left out, it is computed from the feed's address.",
        example=UUID,
        default=None,
        pattern=FEED_GUID,
    )
    locked: bool = field("Other platforms may not import the feed.", example=True, default=True)
    people: tuple[Contribution, ...] = field(
        "Who makes the podcast regularly, in which role; an episode's own people stand in their place.",
        example=[{"person": "mira-beispiel", "role": "host"}],
        default=(),
    )
    location: Locations = field(
        "The place the podcast is about, or where it is made; several as a list.",
        example={"name": "Bochum", "osm": "R62644"},
        default=(),
    )
    seasons: tuple[Season, ...] = field(
        "Seasons that have a name.", example=[{"number": 1, "name": "Das Jahr der Daten"}], default=()
    )
    funding: tuple[Funding, ...] = field(
        "Pages for donations or memberships.",
        example=[{"url": "https://www.example.org/foerderverein", "text": "Förderverein der Bücherei"}],
        default=(),
    )
    update_frequency: UpdateFrequency | None = field(
        "How often episodes come.", example={"text": "Jeden zweiten Freitag"}, default=None
    )
    podroll: tuple[RemoteFeed, ...] = field(
        "Podcasts that the house recommends.", example=[{"guid": UUID, "title": "Forum Stadt"}], default=()
    )
    publisher: RemoteFeed | None = field(
        "The feed of the publisher, where one lists all its podcasts.", example={"guid": UUID}, default=None
    )
    discussions: tuple[Discussion, ...] = field(
        "Posts under which listeners talk about the podcast, the preferred one first.",
        example=[{"url": "https://ruhr.social/@hdw/105079274766075912"}],
        default=(),
    )
    txt: tuple[Txt, ...] = field(
        "Texts for machines, such as a directory's proof of ownership.",
        example=[{"purpose": "verify", "text": "S6lpp-7ZCn8-dZfGc"}],
        default=(),
    )
    block: Block = field(
        "Which directories may show the podcast.", example={"services": ["google"]}, default=Block()
    )
    complete: bool = field(
        "The podcast has ended: apps look for new episodes no more.", example=False, default=False
    )
    time_zone: Annotated[str, AfterValidator(_zone)] = field(
        "The time zone of dates written without one.", example="Europe/Berlin", default="Europe/Berlin"
    )
    institutions: tuple[Institution, ...] = field(
        "The partners of the house.",
        example=[{"id": "vhs", "name": "Volkshochschule", "colour": "blue"}],
        default=(),
    )
    samples: bool = field(
        "This house is a demonstration: its samples may be published.", example=False, default=False
    )

    @cached_property
    def path(self) -> str:
        """The path of the site's address, with slashes at both ends: `/` or `/podcast/`."""
        return "/" + self.address.split("://", 1)[1].partition("/")[2]


class Storage(Model):
    """[storage]: where recordings lie."""

    recordings: Text | None = field(
        "A folder for recordings outside the project (a network drive); left out, the episode's own.",
        example="/Volumes/podcast/aufnahmen",
        default=None,
    )


class Speech(Model):
    """[speech]: how recordings are recognised."""

    engine: Literal["whisper", "faster-whisper"] = field(
        "The program that recognises.", example="whisper", default="whisper"
    )
    model: Text = field("The model's name, or a checkpoint file.", example="turbo", default="turbo")
    device: Literal["auto", "cpu", "cuda"] = field("Where the network runs.", example="auto", default="auto")
    beam_size: int = field(
        "How many readings are followed at once; 1 is quicker, 5 more careful.",
        example=5,
        default=5,
        ge=1,
        le=10,
    )
    workers: int = field(
        "How many processes recognise at once; each holds the model in memory.", example=2, default=1, ge=1
    )
    prompt: bool = field(
        "Tell the model beforehand which names and words to expect: people, topics, glossary.",
        example=True,
        default=True,
    )
    require_checked: bool = field(
        "Publish only transcripts that a person has checked.", example=True, default=True
    )


class FeedSettings(Model):
    """[feed]: which feeds there are, how they are cut, where they moved."""

    items: int = field("How many episodes an archive page of the feed holds.", example=500, default=500, ge=1)
    formats: Annotated[tuple[Literal["mp3", "aac", "opus"], ...], AfterValidator(_formats)] = field(
        "The audio formats that are made; the first one is the main feed's (mp3 or aac), and each further one"
        " has a feed of its own.",
        example=["mp3", "opus"],
        default=("mp3",),
        min_length=1,
    )
    topics: tuple[Id, ...] = field(
        "Topics that have a feed of their own.", example=["smart-city"], default=()
    )
    hub: WebAddress | None = field(
        "The WebSub hub that tells apps of new episodes at once.",
        example="https://hub.example.org/",
        default=None,
    )
    moved_to: WebAddress | None = field(
        "The feed's new address, where it has left this site (itunes:new-feed-url).",
        example="https://podcast.example.org/feed.xml",
        default=None,
    )


class Contact(Model):
    """[site.contact]: where readers report a mistake or a barrier."""

    form: WebAddress | None = field(
        "The house's own form; the words episode, time and address in curly brackets are filled in.",
        example="https://www.example.org/formular?folge={episode}&zeit={time}",
        default=None,
    )
    email: MailAddress | None = field(
        "The address for messages, where that is not the owner's.",
        example="podcast@example.org",
        default=None,
    )
    phone: str = field(
        "A telephone number for people who do not write.", example="+49 234 000000", default=""
    )


class Site(Model):
    """[site]: what the website says about its house."""

    name: Text = field("The house's name in the site's masthead.", example="Haus des Wissens")
    menu: tuple[Id, ...] = field(
        "Pages in the footer of every page, in this order.", example=["impressum", "datenschutz"], default=()
    )
    service: tuple[Id, ...] = field(
        "Pages linked at the top of every page.", example=["leichte-sprache", "gebaerdensprache"], default=()
    )
    contact: Contact = field(
        "Where readers report a mistake or a barrier.",
        example={"phone": "+49 234 000000"},
        default=Contact(),
    )


class ConsentSettings(Model):
    """[consent]: what has to be there before an episode is published."""

    required: tuple[Scope, ...] = field(
        "What everybody in an episode has agreed to, in private/consent.toml: audio, transcript, picture.",
        example=["audio", "transcript"],
        default=(),
    )
    approval: bool = field(
        "Nothing new is published that nobody has approved (hdw preview, hdw approve).",
        example=True,
        default=False,
    )
    since: date | None = field(
        "Only episodes dated from this day on; older ones are as they are.",
        example="2026-01-01",
        default=None,
    )


class Settings(Model):
    """`podcast.toml`, whole."""

    show: Show = field("The podcast.", example={})
    site: Site = field("The website.", example={})
    accessibility: Accessibility = field(
        "What the accessibility statement says.", example={}, default=Accessibility()
    )
    storage: Storage = field("Where recordings lie.", example={}, default=Storage(recordings=None))
    speech: Speech = field("How recordings are recognised.", example={}, default=Speech())
    feed: FeedSettings = field("How the feed is cut.", example={}, default=FeedSettings())
    consent: ConsentSettings = field(
        "What has to be agreed before publication.", example={}, default=ConsentSettings()
    )
    desk: DeskSettings = field("How the desk works.", example={}, default=DeskSettings())
    publish: Annotated[dict[Id, Target], AfterValidator(audio_told)] = field(
        "Where the site is sent, each place by a name of your choice.", example={}, default={}
    )

    @property
    def audio_target(self) -> str:
        """The name of the target that audio is sent to, "" where it lies on the site itself."""
        return next((one.audio for one in self.publish.values() if one.audio), "")

    @property
    def audio_address(self) -> str:
        """Where the public finds audio: the site's own address, or that of the target for audio."""
        return (self.audio_target and self.publish[self.audio_target].address) or self.show.address


class Series(Model):
    """A series within the show; `content/series/ID.md`, the text below is `about`."""

    id: Id = field("The file's name without .md.", example="smart-and-the-city")
    title: Text = field("The series' title.", example="Smart and the City")
    description: str = field("One or two sentences.", example="Wie Städte klüger werden.", default="")
    language: LanguageTag | None = field("The language of the title, if another.", example="en", default=None)
    institution: Id | None = field("The institution it comes from.", example="stadtbuecherei", default=None)
    cover: RelativeFile | None = field(
        "The series' own cover.", example="content/series/cover.jpg", default=None
    )
    former_ids: tuple[Id, ...] = names_before(example="stadt-gespraeche")
    about: str = field("The text below the front matter (Markdown).", example="", default="")
