"""The ledger: what listeners have been given; written by publishing, checked ever after."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from pydantic import AwareDatetime

from pipeline.models.audio import FORMATS
from pipeline.models.fields import Model, Text, WebAddress, field


class PublishedEdition(Model):
    """An audio file that a feed has named."""

    url: WebAddress = field("Its address.", example="https://podcast.example.org/audio/folge.0a1b2c3d.mp3")
    bytes: int = field("Its size.", example=3604480, ge=1)
    sha256: str = field(
        "SHA-256 of the file, hexadecimal; empty where the file stays elsewhere.",
        example="a1f1…",
        pattern=r"^([0-9a-f]{64})?$",
    )

    @property
    def format(self) -> str:
        """`mp3`, `aac` or `opus`, by the end of its address; "" for none of these."""
        return FORMATS.get("." + self.url.partition("?")[0].rpartition(".")[2], "")


class LedgerEntry(Model):
    """One published episode."""

    guid: Text = field("Its identity.", example="0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11")
    episode: Text = field("Its folder.", example="2026-11-20-was-ist-eine-smarte-stadt")
    number: int = field("Its running number, from 0; never given twice.", example=41, ge=0)
    slug: Text = field("Its address, frozen.", example="was-ist-eine-smarte-stadt")
    former: tuple[Text, ...] = field(
        "Addresses it had before; they lead to the one it has.", example=["smarte-stadt"], default=()
    )
    first_published: AwareDatetime = field(
        "When listeners first got it.", example="2026-11-20T12:00:00+01:00"
    )
    date: AwareDatetime | None = field(
        "Its date as feeds said it last: apps sort by it.", example="2026-11-20T12:00:00+01:00", default=None
    )
    editions: tuple[PublishedEdition, ...] = field("What feeds named.", example=[], default=())
    withdrawn: bool = field("Taken back for good.", example=False, default=False)

    @property
    def slugs(self) -> tuple[str, ...]:
        """Every address that it was ever published at, the present one last."""
        return (*self.former, self.slug)


class PublishedFeed(Model):
    """An address at which the main feed was published."""

    url: WebAddress = field("The feed's address.", example="https://podcast.example.org/feed.xml")
    since: AwareDatetime = field("When it was first published there.", example="2026-11-20T12:00:00+01:00")


class PublishedShow(Model):
    """The podcast as directories know it."""

    guid: Text = field(
        "The podcast's identity (podcast:guid), kept when its address changes.",
        example="917393e3-1b1e-5cef-ace4-edaa54e1f810",
    )
    feeds: tuple[PublishedFeed, ...] = field(
        "Where its feed was published, the present address last.", example=[], default=()
    )


class Ledger(Model):
    """`episodes/ledger.toml`, in the order of running numbers."""

    show: PublishedShow | None = field("The podcast.", example={}, default=None)
    episodes: tuple[LedgerEntry, ...] = field("Every published episode.", example=[], default=())

    @cached_property
    def _by_guid(self) -> Mapping[str, LedgerEntry]:
        return {entry.guid: entry for entry in self.episodes}

    @cached_property
    def withdrawn(self) -> tuple[LedgerEntry, ...]:
        """Those that were taken back for good."""
        return tuple(entry for entry in self.episodes if entry.withdrawn)

    def entry(self, guid: str) -> LedgerEntry | None:
        """The entry of a guid, or None if it was never published."""
        return self._by_guid.get(guid)

    def edition(self, guid: str, sha256: str) -> PublishedEdition | None:
        """An episode's published audio file of this content, or None if no feed has named it.

        A file on another host whose content nobody has reckoned ("") is like no other.
        """
        entry = self.entry(guid) if sha256 else None
        editions = entry.editions if entry else ()
        return next((one for one in editions if one.sha256 == sha256), None)

    @property
    def next_number(self) -> int:
        """The running number that the next new episode gets: above every one that was ever given."""
        return max((entry.number for entry in self.episodes), default=-1) + 1
