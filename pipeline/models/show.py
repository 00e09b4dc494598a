"""The show and the settings of its house: every key that `podcast.toml` may hold, declared once."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator

from pipeline.messages import msg
from pipeline.models.fields import (
    Id,
    LanguageTag,
    MailAddress,
    Model,
    RelativeFile,
    Text,
    WebAddress,
    field,
    invalid,
)
from pipeline.models.people import LICENCES, AnyLicence, Institution, Licence


class ShowType(StrEnum):
    """Apple's `itunes:type`."""

    EPISODIC = "episodic"
    SERIAL = "serial"


def _directory(value: str) -> str:
    if "?" in value or "#" in value:
        raise invalid("site_address", msg("the site's address has neither ? nor #"))
    return value if value.endswith("/") else value + "/"


def _zone(value: str) -> str:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 (only when a podcast.toml is read)

    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise invalid("zone", msg("a time zone is named like Europe/Berlin")) from error
    return value


class Owner(Model):
    """Who owns the feed; directories write to this address."""

    name: Text = field("The owner's name.", example="Stadt Bochum, Haus des Wissens")
    email: MailAddress = field("The owner's e-mail address; it is public.", example="podcast@example.org")


class Show(Model):
    """[show]: the podcast itself."""

    title: Text = field("The podcast's title.", example="Haus des Wissens", max_length=255)
    subtitle: str = field(
        "A line under the title.", example="Gespräche über Stadt, Wissen und Technik", default=""
    )
    description: Text = field(
        "What the podcast is about: apps show it on the podcast's page.",
        example="Gespräche aus Stadtbücherei, Volkshochschule und UniverCity in Bochum.",
    )
    language: LanguageTag = field("The language spoken, ISO 639.", example="de", default="de")
    address: Annotated[WebAddress, AfterValidator(_directory)] = field(
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
        example="917393e3-1b1e-5cef-ace4-edaa54e1f810",
        default=None,
        pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
    )
    locked: bool = field("Other platforms may not import the feed.", example=True, default=True)
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

    @property
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
    """[feed]: how the feed is cut."""

    items: int = field("How many episodes an archive page of the feed holds.", example=500, default=500, ge=1)


class Site(Model):
    """[site]: what the website says about its house."""

    name: Text = field("The house's name in the site's masthead.", example="Haus des Wissens")
    menu: tuple[Id, ...] = field(
        "Pages in the footer of every page, in this order.", example=["impressum", "datenschutz"], default=()
    )
    service: tuple[Id, ...] = field(
        "Pages linked at the top of every page.", example=["leichte-sprache", "gebaerdensprache"], default=()
    )


class Settings(Model):
    """`podcast.toml`, whole."""

    show: Show = field("The podcast.", example={})
    site: Site = field("The website.", example={})
    storage: Storage = field("Where recordings lie.", example={}, default=Storage(recordings=None))
    speech: Speech = field("How recordings are recognised.", example={}, default=Speech())
    feed: FeedSettings = field("How the feed is cut.", example={}, default=FeedSettings())


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
    about: str = field("The text below the front matter (Markdown).", example="", default="")
