"""A small house whose feed holds every tag that can be written, as values.

Its feed is compared with tests/feed/golden/feed.xml byte for byte; after a change that is meant:

    PYTHONPATH=. .venv/bin/python tests/feed/small.py > tests/feed/golden/feed.xml
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta, timezone

from pipeline import feed
from pipeline.models import (
    AudioFacts,
    Block,
    Chapter,
    Contribution,
    Cue,
    Discussion,
    Edition,
    Episode,
    EpisodeFacts,
    EpisodeType,
    FeedSettings,
    Funding,
    House,
    Licence,
    Link,
    Location,
    Owner,
    Person,
    PictureFacts,
    Quotation,
    RemoteFeed,
    Season,
    Settings,
    Show,
    Site,
    Soundbite,
    Transcript,
    Txt,
    UpdateFrequency,
    VideoFacts,
)

SHOW = Show(
    title="Haus & Wissen",
    description="Über Stadt & Wissen.",
    address="https://podcast.example.org/p/",
    author="Haus des Wissens",
    owner=Owner(name="Haus", email="podcast@example.org"),
    categories=("Education", "Society & Culture > Documentary"),
    cover="content/cover.jpg",
    cover_alt="Ziegel & ein Dach",
    copyright="Haus des Wissens",
    people=(Contribution(person="mira", role="host"), Contribution(person="gast", role="audio editor")),
    location=(
        Location(name="Bochum", geo="geo:51.4818,7.2162", osm="R62644", country="DE"),
        Location(name="Gerthe", rel="creator"),
    ),
    seasons=(Season(number=2, name="Das Jahr der Daten"),),
    funding=(Funding(url="https://www.example.org/foerdern?a=1&b=2", text="Förderverein & Freunde"),),
    update_frequency=UpdateFrequency(
        text="Jeden zweiten Freitag", rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;COUNT=10", start="2026-11-20",
        complete=True,
    ),
    podroll=(
        RemoteFeed(
            guid="917393e3-1b1e-5cef-ace4-edaa54e1f810", url="https://feeds.example.org/rss.xml",
            title="Forum Stadt",
        ),
        RemoteFeed(guid="9b024349-ccf0-5f69-a609-6b82873eab3c"),
    ),
    publisher=RemoteFeed(
        guid="003af0a0-6a45-55cf-b765-68e3d349551a", url="https://feeds.example.org/haus.xml"
    ),
    discussions=(
        Discussion(
            url="https://ruhr.social/@hdw/1", account="hdw@ruhr.social", account_url="https://ruhr.social/@hdw"
        ),
        Discussion(url="https://bsky.app/profile/hdw/post/2", protocol="bluesky"),
    ),
    txt=(Txt(purpose="verify", text="S6lpp-7ZCn8-dZfGc"), Txt(text="ohne Zweck")),
    block=Block(all=True, services=("google",), allowed=("podcastindex",)),
    complete=True,
)  # fmt: skip
TALK = Episode(
    id="2026-11-20-angst",
    guid="0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11",
    title="Angst & Bange?",
    date=datetime(2026, 11, 20, 12, tzinfo=timezone(timedelta(hours=1))),
    summary="Kurz & gut.",
    number=7,
    number_shown="Folge 7b",
    season=2,
    topics=("Smart City", "Mut & Angst"),
    people=(Contribution(person="kim"), Contribution(person="gast", role="transcriber")),
    quotation=Quotation(text="Wissen ist für alle da.", source="Leitbild"),
    sign_language="gebaerdensprache.mp4",
    links=(Link(url="https://www.example.org/?a=1&b=2", title="Mehr & mehr"),),
    chapters=(
        Chapter(start=0, title="Anfang", picture="kapitel.jpg"),
        Chapter(start=60.5, title="Mitte", url="https://example.org/"),
    ),
    location=(Location(name="Bochum", geo="geo:51.48,7.21", osm="R62644"),),
    soundbites=(
        Soundbite(start=12.25, duration=30, title="Warum Daten allen gehören"),
        Soundbite(start=1, duration=15),
    ),
    discussions=(Discussion(url="https://ruhr.social/@hdw/3", account="hdw@ruhr.social"),),
    txt=(Txt(purpose="release", text="2026-11-20"),),
    cover="bild.png",
    cover_alt="Mira & ein Mikrofon",
    licence=Licence(name="Nur zum Hören", url="https://www.example.org/lizenz"),
    notes="[Mehr](../mehr) ]]> & so",
)
TRAILER = Episode(
    id="2026-09-25-trailer",
    guid="5f0c9b4e-1d52-5c7c-8a36-2f0d3b9e7c10",
    title="Trailer",
    date=datetime(2026, 9, 25, 10, tzinfo=UTC),
    season=2,
    type=EpisodeType.TRAILER,
    block=True,
    explicit=True,
    language="en",
)
TALK_IN_ENGLISH = Episode(
    id="2026-11-20-fear", guid="fear", title="Fear?", date=TALK.date, language="en", translation_of=TALK.id
)


def picture(mark: str, side: int = 1400, kind: str = "JPEG") -> PictureFacts:
    """A square picture whose published name carries `mark`."""
    return PictureFacts(kind, "RGB", side, side, 1, mark * 32)


def edition(mark: str, duration_s: float, suffix: str = ".mp3", kind: str = "audio/mpeg") -> Edition:
    """A published file whose name carries `mark`."""
    return Edition(
        file=f"published/a{suffix}", type=kind, bytes=12345, sha256=mark * 32, bit_rate=64000,
        duration_s=duration_s, inputs="",
    )  # fmt: skip


TALK_EDITIONS = (
    edition("ab", 61.6),
    edition("a1", 61.6, ".m4a", "audio/x-m4a"),
    edition("a2", 61.6, ".opus", "audio/ogg"),
)
TRAILER_EDITION = edition("12", 3661.4)
HOUSE = House(
    settings=Settings(
        show=SHOW,
        site=Site(name="Haus"),
        feed=FeedSettings(hub="https://hub.example.org/", moved_to="https://neu.example.org/feed.xml"),
    ),
    people={
        "gast": Person(id="gast", name="Gast", hidden=True),
        "kim": Person(id="kim", name="Kim & Partner", public_name="Kim Beispiel"),
        "mira": Person(id="mira", name="Mira Beispiel"),
    },
    episodes=(TALK, TALK_IN_ENGLISH, TRAILER),
    facts={
        TALK.id: EpisodeFacts(
            audio=AudioFacts(editions=TALK_EDITIONS),
            transcript=Transcript((Cue("1", 0, 1, "Hallo.", "mira"),)),
            pictures={"bild.png": picture("ef", kind="PNG"), "kapitel.jpg": picture("c1", 400)},
            sign_language=VideoFacts("video/mp4", "h264", 1280, 720, 25.0, 61.5, 12_300_000, "5e5e5e5e"),
        ),
        TALK_IN_ENGLISH.id: EpisodeFacts(transcript=Transcript((Cue("1", 0, 1, "Hello."),))),
        TRAILER.id: EpisodeFacts(audio=AudioFacts(editions=(TRAILER_EDITION,))),
    },
    pictures={SHOW.cover: picture("cd", 3000)},
    portraits={"mira": picture("b0", 600)},
)
ITEMS = (feed.Item(TALK, TALK_EDITIONS[0]), feed.Item(TRAILER, TRAILER_EDITION))


def rendered() -> bytes:
    """The feed of the small house."""
    return feed.render(HOUSE, ITEMS)


if __name__ == "__main__":
    sys.stdout.buffer.write(rendered())
