"""The ledger: what listeners have been given; written by publishing, checked ever after."""

from __future__ import annotations

from pydantic import AwareDatetime

from pipeline.models.fields import Model, Text, WebAddress, field


class PublishedEdition(Model):
    """An audio file that a feed has named."""

    url: WebAddress = field("Its address.", example="https://podcast.example.org/audio/folge.0a1b2c3d.mp3")
    bytes: int = field("Its size.", example=3604480, ge=1)
    sha256: str = field("Its SHA-256.", example="a1f1…", pattern=r"^[0-9a-f]{64}$")


class LedgerEntry(Model):
    """One published episode."""

    guid: Text = field("Its identity.", example="0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11")
    episode: Text = field("Its folder.", example="2026-11-20-was-ist-eine-smarte-stadt")
    number: int = field("Its running number, from 0; never given twice.", example=41, ge=0)
    slug: Text = field("Its address, frozen.", example="was-ist-eine-smarte-stadt")
    first_published: AwareDatetime = field(
        "When listeners first got it.", example="2026-11-20T12:00:00+01:00"
    )
    editions: tuple[PublishedEdition, ...] = field("What feeds named.", example=[], default=())
    withdrawn: bool = field("Taken back for good.", example=False, default=False)


class Ledger(Model):
    """`episodes/ledger.toml`, in the order of running numbers."""

    episodes: tuple[LedgerEntry, ...] = field("Every published episode.", example=[], default=())

    def entry(self, guid: str) -> LedgerEntry | None:
        """The entry of a guid, or None if it was never published."""
        return next((entry for entry in self.episodes if entry.guid == guid), None)
