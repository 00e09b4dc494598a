"""An episode's front matter: every field that `episodes/ID/episode.md` may hold, declared once."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, StringConstraints

from pipeline.models.fields import (
    Id,
    LanguageTag,
    Model,
    RelativeFile,
    Seconds,
    Text,
    WebAddress,
    field,
    slug,
)
from pipeline.models.limits import DISPLAY, TEXT_CHARACTERS
from pipeline.models.people import AnyLicence, Contribution, Link, Picture
from pipeline.models.syndication import Discussion, Locations, Soundbite, Txt


class EpisodeType(StrEnum):
    """Apple's `itunes:episodeType`."""

    FULL = "full"
    TRAILER = "trailer"
    BONUS = "bonus"


class Status(StrEnum):
    """Drafts are seen in the preview only."""

    DRAFT = "draft"
    READY = "ready"


class Quotation(Model):
    """The quotation that leads the page, with its source."""

    text: Text = field(
        "The quoted words, without quotation marks around them.", example="Wissen ist für alle da."
    )
    source: Text = field("Where the words come from.", example="Smart-City-Konzept der Stadt Bochum")
    url: WebAddress | None = field(
        "Where the source can be read.", example="https://www.bochum.de", default=None
    )


class Chapter(Model):
    """A chapter: where it starts, what it is called, optionally a link and a picture."""

    start: Seconds = field("Where the chapter starts: h:mm:ss, mm:ss or seconds.", example="0:12:30")
    title: Text = field("What the chapter is called.", example="Mitmachen und mitreden")
    url: WebAddress | None = field(
        "A link that belongs to the chapter.", example="https://example.org", default=None
    )
    picture: RelativeFile | None = field(
        "A picture in the episode's folder.", example="kapitel-2.jpg", default=None
    )
    picture_alt: str = field(
        "What the picture shows; left out, it only decorates.",
        example="Der Turm des Rathauses",
        default="",
    )


class Track(Model):
    """One person's microphone, for recognition only."""

    file: RelativeFile = field("The track's file.", example="spur-mira.wav")
    person: Id = field("Who speaks on it.", example="mira-beispiel")


class TranscriptException(Model):
    """Why this episode may be published without a checked transcript; the accessibility statement says so."""

    reason: Text = field("Why there is no checked transcript.", example="Musik ohne Sprache")
    date: datetime.date = field("Since when the exception holds.", example="2026-11-20")


class Episode(Model):
    """What people write about an episode; `id` is its folder's name, `notes` the text below."""

    id: Id = field("The folder's name.", example="2026-11-20-was-ist-eine-smarte-stadt")
    guid: Text = field(
        "The episode's identity for listeners' apps; written once, never changed.",
        example="0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11",
        max_length=2000,  # feeds that move in may have long addresses as guids, which no one may change
    )
    title: Text = field(
        "The episode's title, without the show's name and without its number.",
        example="Was ist eine smarte Stadt?",
        max_length=TEXT_CHARACTERS,
    )
    subtitle: str = field(
        "A line under the title.",
        example="Im Gespräch mit Mira Beispiel",
        default="",
        max_length=TEXT_CHARACTERS,
    )
    series: Id | None = field("The series it belongs to.", example="smart-and-the-city", default=None)
    institution: Id | None = field(
        "The institution it comes from, where that is not the series' own.", example="vhs", default=None
    )
    number: int | None = field("The number within the season or series.", example=7, default=None, ge=1)
    number_shown: str = field(
        "What apps show in place of the number.",
        example="Folge 7b",
        default="",
        max_length=DISPLAY,
    )
    season: int | None = field("The season's number.", example=1, default=None, ge=1)
    type: EpisodeType = field("full, trailer or bonus.", example="full", default=EpisodeType.FULL)
    date: AwareDatetime = field(
        "When it is published; a time without zone means the show's.", example="2026-11-20 12:00"
    )
    recorded: datetime.date | None = field("The day of the recording.", example="2026-11-12", default=None)
    status: Status = field(
        "draft: only in the preview; ready: published from its date on.",
        example="ready",
        default=Status.DRAFT,
    )
    summary: str = field(
        "What apps show under the title: one to three sentences.",
        example="Wie Bochum Daten teilt und wer davon etwas hat.",
        default="",
    )
    summary_easy: str = field(
        "The summary in easy language, a sentence a line.",
        example="In dieser Folge geht es um die Stadt.",
        default="",
    )
    summary_easy_checked_by: str = field(
        "Who checked the text in easy language.", example="Prüfgruppe Bochum", default=""
    )
    sign_language: RelativeFile | None = field(
        "A video of it in sign language: a file in this folder or in the storage.",
        example="gebaerdensprache.mp4",
        default=None,
    )
    quotation: Quotation | None = field(
        "A quotation that leads the page.",
        example={"text": "Wissen ist für alle da.", "source": "Leitbild"},
        default=None,
    )
    topics: tuple[Text, ...] = field(
        "What it is about.", example=["Smart City", "Haus des Wissens"], default=()
    )
    people: tuple[Contribution, ...] = field(
        "Who takes part, in which role.", example=[{"person": "mira-beispiel", "role": "guest"}], default=()
    )
    pictures: tuple[Picture, ...] = field(
        "Pictures on the page.",
        example=[
            {
                "file": "mira.jpg",
                "alt": "Porträt von Mira Beispiel",
                "credit": "Foto: privat",
                "licence": "CC-BY-4.0",
            }
        ],
        default=(),
    )
    cover: RelativeFile | None = field(
        "The episode's own cover, where it has one.", example="cover.jpg", default=None
    )
    cover_alt: str = field(
        "What the episode's own cover shows.", example="Mira Beispiel am Mikrofon", default=""
    )
    links: tuple[Link, ...] = field(
        "Links around the talk.",
        example=[{"url": "https://www.bochum.de", "title": "Stadt Bochum"}],
        default=(),
    )
    producer: str = field(
        "Who produced it, as the page says it.", example="Ein Podcast der Durian GmbH", default=""
    )
    related: tuple[Id, ...] = field(
        "Episodes to hear next, in this order; left out, they are found by topics and people.",
        example=["2026-10-02-mit-dem-rad"],
        default=(),
    )
    chapters: tuple[Chapter, ...] = field(
        "Chapters.", example=[{"start": "0:00", "title": "Worum es geht"}], default=()
    )
    location: Locations = field(
        "The place it is about, or where it was made; several as a list.",
        example={"name": "Bochum"},
        default=(),
    )
    soundbites: tuple[Soundbite, ...] = field(
        "Passages that apps may play as a taste of it.",
        example=[{"start": "0:12:30", "duration": 45}],
        default=(),
    )
    discussions: tuple[Discussion, ...] = field(
        "Posts under which listeners talk about it, the preferred one first.",
        example=[{"url": "https://ruhr.social/@hdw/105079274766075912"}],
        default=(),
    )
    txt: tuple[Txt, ...] = field(
        "Texts for machines.", example=[{"purpose": "verify", "text": "S6lpp-7ZCn8-dZfGc"}], default=()
    )
    block: bool = field("Directories may not show this episode.", example=False, default=False)
    explicit: bool = field("Not for children.", example=False, default=False)
    language: LanguageTag | None = field(
        "Its language, where that is not the show's.", example="en", default=None
    )
    translation_of: Id | None = field(
        "The episode whose translation it is: the name of its folder.",
        example="2026-11-20-was-ist-eine-smarte-stadt",
        default=None,
    )
    licence: AnyLicence | None = field(
        "Its licence, where that is not the show's.", example="CC-BY-4.0", default=None
    )
    audio: RelativeFile | None = field(
        "The recording that is published: a file in this folder or in the storage.",
        example="aufnahme.mp3",
        default=None,
    )
    tracks: tuple[Track, ...] = field(
        "A file per microphone, for recognition only.",
        example=[{"file": "spur-mira.wav", "person": "mira-beispiel"}],
        default=(),
    )
    transcript_exception: TranscriptException | None = field(
        "Why it may be published without a checked transcript.",
        example={"reason": "Musik ohne Sprache", "date": "2026-11-20"},
        default=None,
    )
    slug: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] | None = field(
        "Its address on the site, where the title does not give it; frozen once published.",
        example="was-ist-eine-smarte-stadt",
        default=None,
    )
    sample: bool = field(
        "A sample: marked on its page, never published by another house.", example=False, default=False
    )
    notes: str = field("The show notes below the front matter (Markdown).", example="", default="")

    @property
    def address(self) -> str:
        """The last part of the page's address: the slug, else made from the title, else the folder's name."""
        return self.slug or slug(self.title) or self.id

    @property
    def topic_ids(self) -> tuple[str, ...]:
        """The topics' ids, in the order written."""
        return tuple(slug(topic) for topic in self.topics)

    @property
    def names(self) -> frozenset[str]:
        """Everybody whom it names: ids and names, as people wrote them."""
        shown = (name for one in self.pictures for name in one.people)
        heard = (one.person for one in self.tracks)
        return frozenset((*(one.person for one in self.people), *heard, *shown))
