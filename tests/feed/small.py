"""A small house whose feed holds every tag that is written today, as values.

Its feed is compared with tests/feed/golden/feed.xml byte for byte; after a change that is meant:

    PYTHONPATH=. .venv/bin/python tests/feed/small.py > tests/feed/golden/feed.xml
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta, timezone

from pipeline import feed
from pipeline.models import (
    Chapter,
    Contribution,
    Cue,
    Edition,
    Episode,
    EpisodeFacts,
    EpisodeType,
    House,
    Link,
    Location,
    Owner,
    Person,
    PictureFacts,
    Quotation,
    Settings,
    Show,
    Site,
    Transcript,
)

SHOW = Show(
    title="Haus & Wissen",
    description="Über Stadt & Wissen.",
    address="https://podcast.example.org/p/",
    author="Haus des Wissens",
    owner=Owner(name="Haus", email="podcast@example.org"),
    categories=("Education", "Society & Culture > Documentary"),
    cover="content/cover.jpg",
    copyright="Haus des Wissens",
)
TALK = Episode(
    id="2026-11-20-angst",
    guid="0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11",
    title="Angst & Bange?",
    date=datetime(2026, 11, 20, 12, tzinfo=timezone(timedelta(hours=1))),
    summary="Kurz & gut.",
    number=7,
    season=2,
    people=(Contribution(person="mira"), Contribution(person="gast", role="host")),
    quotation=Quotation(text="Wissen ist für alle da.", source="Leitbild"),
    links=(Link(url="https://www.example.org/?a=1&b=2", title="Mehr & mehr"),),
    chapters=(
        Chapter(start=0, title="Anfang"),
        Chapter(start=60.5, title="Mitte", url="https://example.org/"),
    ),
    location=Location(name="Bochum", geo="geo:51.48,7.21", osm="R62644"),
    cover="bild.png",
    notes="[Mehr](../mehr) ]]> & so",
)
TRAILER = Episode(
    id="2026-09-25-trailer",
    guid="5f0c9b4e-1d52-5c7c-8a36-2f0d3b9e7c10",
    title="Trailer",
    date=datetime(2026, 9, 25, 10, tzinfo=UTC),
    type=EpisodeType.TRAILER,
    explicit=True,
    language="en",
)
SQUARE = PictureFacts("JPEG", "RGB", 3000, 3000, 1, "cd" * 32)


def edition(mark: str, duration_s: float) -> Edition:
    """A published file whose name carries `mark`."""
    return Edition(
        file="published/a.mp3", type="audio/mpeg", bytes=12345, sha256=mark * 32, bit_rate=64000,
        duration_s=duration_s, inputs="",
    )  # fmt: skip


HOUSE = House(
    settings=Settings(show=SHOW, site=Site(name="Haus")),
    people={
        "mira": Person(id="mira", name="Mira Beispiel"),
        "gast": Person(id="gast", name="Gast", hidden=True),
    },
    episodes=(TALK, TRAILER),
    facts={
        TALK.id: EpisodeFacts(
            transcript=Transcript((Cue("1", 0, 1, "Hallo.", "mira"),)),
            pictures={"bild.png": PictureFacts("PNG", "RGB", 1400, 1400, 1, "ef" * 32)},
        )
    },
    pictures={SHOW.cover: SQUARE},
)
ITEMS = (feed.Item(TALK, edition("ab", 61.6)), feed.Item(TRAILER, edition("12", 3661.4)))


def rendered() -> bytes:
    """The feed of the small house."""
    return feed.render(HOUSE, ITEMS)


if __name__ == "__main__":
    sys.stdout.buffer.write(rendered())
