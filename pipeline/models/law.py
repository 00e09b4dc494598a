"""What the law asks a public body to say about its website, beside what stands on its own pages."""

from __future__ import annotations

import datetime
from typing import Literal

from pipeline.models.fields import Model, Text, WebAddress, field


class Barrier(Model):
    """Something that is not accessible yet (Directive (EU) 2016/2102, Article 7; BGG NRW § 10b)."""

    what: Text = field("What is not accessible.", example="Der Stadtplan auf der Seite Anfahrt")
    why: Text = field("Why not.", example="Karten lassen sich nicht vorlesen")
    instead: str = field(
        "What people can use in its place.", example="Eine Wegbeschreibung in Worten", default=""
    )


class Accessibility(Model):
    """[accessibility]: what the accessibility statement says; the page is made from it."""

    unit: str = field(
        "Who is responsible for accessibility.", example="Stadt Bochum, Haus des Wissens", default=""
    )
    status: Literal["full", "partial", "none"] = field(
        "How far the requirements are met: full, partial, none.", example="partial", default="partial"
    )
    stated: datetime.date | None = field(
        "When the statement was written or last looked over; every year anew.",
        example="2026-11-24",
        default=None,
    )
    method: str = field(
        "How it was tested.", example="Selbstbewertung nach BITV mit axe-core und NVDA", default=""
    )
    ombuds: WebAddress | None = field(
        "The ombuds office's page.",
        example="https://www.mags.nrw/ombudsstelle-barrierefreie-informationstechnik",
        default=None,
    )
    barriers: tuple[Barrier, ...] = field(
        "What is not accessible yet.",
        example=[{"what": "Der Stadtplan", "why": "Karten lassen sich nicht vorlesen"}],
        default=(),
    )
