"""`private/`: who agreed to what, who has heard an episode before it came out. Never built, not in git."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from pipeline.models.fields import Id, Model, Text, field


class Scope(StrEnum):
    """What a person agrees to be published."""

    AUDIO = "audio"
    TRANSCRIPT = "transcript"
    PICTURE = "picture"


class Consent(Model):
    """What one person agreed to."""

    person: Id = field("The person, by the file in content/people.", example="mira-beispiel")
    scope: tuple[Scope, ...] = field(
        "What may be published: audio (their voice), transcript (their words), picture (their portrait).",
        example=["audio", "transcript"],
        min_length=1,
    )
    date: datetime.date = field("The day they agreed.", example="2026-11-02")
    expires: datetime.date | None = field(
        "The last day it holds; left out, it holds until it is taken back.",
        example="2031-11-02",
        default=None,
    )
    episodes: tuple[Id, ...] = field(
        "The episodes it is for, by their folders; left out, it is for all.",
        example=["2026-11-20-smarte-stadt"],
        default=(),
    )
    paper: Text = field("Where the signed paper lies.", example="Ordner 7, Büro 2.14")
    note: str = field("A remark for colleagues.", example="Nur mit Vornamen", default="")
    withdrawn: datetime.date | None = field(
        "The day they took it back: from that day on it does not hold any more.",
        example="2028-03-14",
        default=None,
    )

    @property
    def last_day(self) -> datetime.date | None:
        """The last day it holds; None where no end is known."""
        back = self.withdrawn - datetime.timedelta(days=1) if self.withdrawn else None
        return min((day for day in (self.expires, back) if day), default=None)

    def holds(self, day: datetime.date) -> bool:
        """Whether it holds on a day."""
        return self.last_day is None or day <= self.last_day


class Consents(Model):
    """`private/consent.toml`, whole."""

    consents: tuple[Consent, ...] = field("Every consent.", example=[], default=())


class Approval(Model):
    """Somebody has read and heard an episode, and agrees to it as it was."""

    episode: Id = field("The episode's folder.", example="2026-11-20-smarte-stadt")
    guid: Text = field("Its identity.", example="0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11")
    by: Text = field("Who agreed.", example="Mira Beispiel")
    date: datetime.date = field("The day of the answer.", example="2026-11-18")
    note: str = field("What they said.", example="Bitte den Titel der Behörde ergänzen", default="")
    mark: Text = field("A digest of what was agreed to: words, notes, recording.", example="0a1b2c3d4e5f6071")


class Approvals(Model):
    """`private/approvals.toml`, whole; written by `hdw approve`."""

    approvals: tuple[Approval, ...] = field("Every answer, the newest last.", example=[], default=())


@dataclass(frozen=True, slots=True)
class Private:
    """The folder `private/` of this computer."""

    consents: tuple[Consent, ...] = ()
    approvals: tuple[Approval, ...] = ()

    def covering(self, person: str, episode: str, scope: Scope) -> tuple[Consent, ...]:
        """The consents of a person that are for this episode and this use, expired ones too."""
        return tuple(
            one
            for one in self.consents
            if one.person == person and scope in one.scope and (not one.episodes or episode in one.episodes)
        )

    def approval(self, guid: str) -> Approval | None:
        """The newest answer about the episode of this guid."""
        return next((one for one in reversed(self.approvals) if one.guid == guid), None)
