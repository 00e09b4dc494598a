"""What feeds tell apps beyond title and sound: places, passages, discussions, other podcasts, schedules."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from pipeline.models.fields import Model, Seconds, Text, WebAddress, field
from pipeline.models.limits import SHORT

FEED_GUID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
UUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"


class Location(Model):
    """A place (`<podcast:location>`): what it is about, or where it was made."""

    name: Text = field("The place in words.", example="Bochum", max_length=SHORT)
    rel: Literal["subject", "creator"] = field(
        "subject: what it is about; creator: where it was made.", example="subject", default="subject"
    )
    geo: str | None = field(
        "Its coordinates as RFC 5870 writes them.",
        example="geo:51.4818,7.2162",
        default=None,
        pattern=r"^geo:-?[0-9.]+,-?[0-9.]+(,-?[0-9.]+)?(;u=[0-9.]+)?$",
    )
    osm: str | None = field(
        "Its OpenStreetMap object.", example="R62644", default=None, pattern=r"^[NWR][0-9]+(#[0-9]+)?$"
    )
    country: str | None = field(
        "Its country, ISO 3166-1 alpha-2.", example="DE", default=None, pattern=r"^[A-Z]{2}$"
    )


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, dict | Location) else value


Locations = Annotated[
    tuple[Location, ...],
    BeforeValidator(_several, json_schema_input_type=Location | list[Location]),
]
"""One place, or several as a list."""


class Soundbite(Model):
    """A passage that apps may play as a taste of the episode (`<podcast:soundbite>`)."""

    start: Seconds = field("Where the passage starts.", example="0:12:30")
    duration: Seconds = field("How long it is; 15 to 120 seconds.", example=45, gt=0)
    title: str = field(
        "What it is called; left out, apps show the episode's title.",
        example="Warum Daten allen gehören",
        default="",
        max_length=SHORT,
    )


class Discussion(Model):
    """The post under which listeners talk (`<podcast:socialInteract>`), in the order of preference."""

    url: WebAddress = field("The post's address.", example="https://ruhr.social/@hdw/105079274766075912")
    protocol: Literal["activitypub", "bluesky", "hive", "lightning", "matrix", "nostr", "twitter"] = field(
        "How apps read it.", example="activitypub", default="activitypub"
    )
    account: str = field("Who posted it.", example="hdw@ruhr.social", default="")
    account_url: WebAddress | None = field(
        "The account's page.", example="https://ruhr.social/@hdw", default=None
    )


class Txt(Model):
    """A text for a machine (`<podcast:txt>`), such as a proof of ownership that a directory asks for."""

    purpose: str = field("What it is for.", example="applepodcastsverify", default="", max_length=SHORT)
    text: Text = field("What the directory gave out.", example="S6lpp-7ZCn8-dZfGc", max_length=4000)


class Funding(Model):
    """A page for donations or memberships (`<podcast:funding>`)."""

    url: WebAddress = field("The page.", example="https://www.example.org/foerderverein")
    text: Text = field("What apps write on the link.", example="Förderverein der Bücherei", max_length=SHORT)


class RemoteFeed(Model):
    """Another podcast (`<podcast:remoteItem>`)."""

    guid: str = field("Its podcast:guid.", example=UUID, pattern=FEED_GUID)
    url: WebAddress | None = field("Its feed.", example="https://feeds.example.org/rss.xml", default=None)
    title: str = field("What it is called.", example="Forum Stadt", default="")


class UpdateFrequency(Model):
    """How often episodes come (`<podcast:updateFrequency>`)."""

    text: Text = field("In words.", example="Jeden zweiten Freitag", max_length=SHORT)
    rrule: str | None = field(
        "As RFC 5545 § 3.3.10 writes it.", example="FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", default=None
    )
    start: str | None = field(
        "Since when, as ISO 8601 writes it; a rule with COUNT needs it.", example="2026-11-20", default=None
    )
    complete: bool = field("No more episodes will come.", example=False, default=False)


class Season(Model):
    """A season's name; its episodes carry its number."""

    number: int = field("The season's number.", example=1, ge=1)
    name: Text = field("What apps show in its place.", example="Das Jahr der Daten", max_length=SHORT)


class Block(Model):
    """Which directories may show the podcast (`<podcast:block>`, `<itunes:block>`)."""

    all: bool = field("No directory may show it.", example=False, default=False)
    services: tuple[Text, ...] = field(
        "Directories that may not, by their short names (podcast-namespace, serviceslugs.txt).",
        example=["amazon", "google"],
        default=(),
    )
    allowed: tuple[Text, ...] = field(
        "Directories that may although no other may.", example=["podcastindex"], default=()
    )
