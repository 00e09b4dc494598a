"""A house of any number of episodes, and one contestant's work on it; prints what it cost as JSON.

    python benchmarks/feeds.py CONTESTANT COUNT FOLDER

Run in a process of its own: what is measured is CPU seconds of the work alone, after imports and after the
house was made. Show notes are Markdown in the house; the same code makes HTML of every contestant's.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline import feed, markup
from pipeline.models import (
    Addresses,
    AudioFacts,
    Chapter,
    Contribution,
    Discussion,
    Edition,
    Episode,
    EpisodeFacts,
    FeedSettings,
    Funding,
    House,
    Ledger,
    LedgerEntry,
    Link,
    Location,
    Owner,
    Person,
    PictureFacts,
    Season,
    Series,
    Settings,
    Show,
    Site,
    Soundbite,
    Transcript,
    Txt,
)

START = datetime(1990, 1, 1, 12, tzinfo=UTC)
WORDS = (
    "Die Stadt teilt ihre Daten mit allen, die etwas damit anfangen, und wer fragt, bekommt eine Antwort aus "
    "der Bücherei, aus der Volkshochschule oder aus der UniverCity. "
)
SHOW = Show(
    title="Haus des Wissens",
    description="Gespräche über Stadt, Wissen und Technik.",
    address="https://podcast.example.org/",
    author="Haus des Wissens",
    owner=Owner(name="Haus des Wissens", email="podcast@example.org"),
    categories=("Education", "Society & Culture > Documentary"),
    cover="content/cover.jpg",
    cover_alt="Ziegelreihen unter einem grünen Dach",
    copyright="Haus des Wissens",
    people=(Contribution(person="mira", role="host"),),
    location=(Location(name="Bochum", osm="R62644"),),
    seasons=(Season(number=1, name="Das Jahr der Daten"),),
    funding=(Funding(url="https://www.example.org/foerderverein", text="Förderverein"),),
)
SQUARE = PictureFacts("JPEG", "RGB", 3000, 3000, 500_000, "cd" * 32)


def notes(number: int) -> str:
    """Show notes of about three kilobytes: paragraphs, emphasis, a list of links."""
    paragraphs = [f"Folge {number}. *{WORDS[:40]}* {WORDS * 2}" for _ in range(7)]
    links = [f"- [Quelle {n}](https://www.example.org/{number}/{n})" for n in range(4)]
    return "\n\n".join([*paragraphs, "\n".join(links)])


def episode(number: int) -> Episode:
    """An episode that says everything that feeds carry; running numbers from 1."""
    return Episode(
        id=f"folge-{number}",
        guid=f"0b4c7f0e-3a59-5b8e-9f0e-{number:012d}",
        title=f"Gespräch Nummer {number}",
        date=START + timedelta(days=number),
        summary=WORDS,
        number=number,
        season=1,
        series="stadt" if number % 20 == 0 else None,
        topics=("Smart City",) if number % 10 == 0 else ("Daten",),
        people=(Contribution(person="mira", role="host"), Contribution(person="ole", role="guest")),
        chapters=tuple(Chapter(start=60.0 * n, title=f"Kapitel {n}") for n in range(6)),
        links=(Link(url=f"https://www.example.org/{number}", title="Eine Quelle"),),
        location=(Location(name="Bochum", geo="geo:51.4818,7.2162"),),
        soundbites=(Soundbite(start=60.0, duration=30.0, title="Kostprobe"),),
        discussions=(Discussion(url=f"https://ruhr.social/@hdw/{number}"),),
        txt=(Txt(purpose="x", text="y"),),
        notes=notes(number),
    )


def edition(number: int, suffix: str, type_: str) -> Edition:
    return Edition(
        file=f"published/folge{suffix}",
        type=type_,
        bytes=30_000_000 + number,
        sha256=hashlib.sha256(f"{number}{suffix}".encode()).hexdigest(),
        bit_rate=64_000,
        duration_s=3600.0,
        inputs="",
    )


def house(count: int, published: int, size: int = 500) -> House:
    """A public house of so many episodes, the first `published` in the ledger; pages of `size` items."""
    episodes = tuple(episode(number) for number in range(count, 0, -1))
    return House(
        settings=Settings(
            show=SHOW,
            site=Site(name="Haus"),
            feed=FeedSettings(items=size, formats=("mp3", "opus"), topics=("smart-city",)),
        ),
        people={
            id_: Person(id=id_, name=name) for id_, name in (("mira", "Mira Beispiel"), ("ole", "Ole Muster"))
        },
        series={"stadt": Series(id="stadt", title="Smart and the City")},
        episodes=episodes,
        ledger=Ledger(episodes=tuple(_entry(number) for number in range(1, published + 1))),
        facts={one.id: _facts(count - place) for place, one in enumerate(episodes)},
        pictures={SHOW.cover: SQUARE},
        portraits={"mira": SQUARE},
    )


def _entry(number: int) -> LedgerEntry:
    made = episode(number)
    return LedgerEntry(
        guid=made.guid, episode=made.id, number=number - 1, slug=made.address, first_published=made.date
    )


def _facts(number: int) -> EpisodeFacts:
    editions = (edition(number, ".mp3", "audio/mpeg"), edition(number, ".opus", "audio/ogg"))
    return EpisodeFacts(audio=AudioFacts(editions=editions), transcript=Transcript(()))


def items(made: House) -> tuple[feed.Item, ...]:
    return tuple(feed.Item(one, made.of(one).audio.editions[0]) for one in made.episodes)


def ours(made: House, found: tuple[feed.Item, ...]) -> bytes:
    """The main feed with every tag, in one document."""
    return feed.render(made, found)


def feedgen(made: House, found: tuple[feed.Item, ...]) -> bytes:
    """The same episodes with all that feedgen can say by itself: RSS and its extensions for iTunes and DC."""
    from feedgen.feed import FeedGenerator

    addresses, show = Addresses(made.settings.show), made.settings.show
    made_feed = FeedGenerator()
    made_feed.load_extension("podcast")
    made_feed.load_extension("dc")
    made_feed.title(show.title)
    made_feed.link(href=addresses.absolute("feed.xml"), rel="self", type="application/rss+xml")
    made_feed.link(href=show.address, rel="alternate")
    made_feed.description(show.description)
    made_feed.language(show.language)
    made_feed.podcast.itunes_author(show.author)
    made_feed.podcast.itunes_category("Education")
    made_feed.podcast.itunes_explicit("no")
    made_feed.podcast.itunes_image(f"{show.address}bilder/cover.jpg")
    made_feed.podcast.itunes_owner(show.owner.name, show.owner.email)
    for one in found:
        _feedgens(made_feed.add_entry(order="append"), one, made, addresses)
    data: bytes = made_feed.rss_str(pretty=True)
    return data


def _feedgens(entry: Any, item: feed.Item, made: House, addresses: Addresses) -> None:
    one = item.episode
    page = addresses.absolute(addresses.episode(one))
    entry.title(one.title)
    entry.link(href=page)
    entry.guid(one.guid, permalink=False)
    entry.pubDate(one.date)
    entry.description(one.summary)
    entry.content(markup.html(one.notes, base=page), type="CDATA")
    entry.enclosure(
        addresses.absolute(addresses.audio(one, item.edition)), str(item.edition.bytes), "audio/mpeg"
    )
    entry.category([{"term": name, "scheme": addresses.absolute(addresses.topics())} for name in one.topics])
    entry.comments(one.discussions[0].url)
    entry.dc.dc_creator([made.people[part.person].name for part in one.people])
    entry.dc.dc_rights(made.licence(one).name)
    entry.podcast.itunes_duration(round(item.edition.duration_s))
    entry.podcast.itunes_episode(one.number)
    entry.podcast.itunes_episode_type(one.type.value)
    entry.podcast.itunes_explicit("no")
    entry.podcast.itunes_season(one.season)
    entry.podcast.itunes_title(one.title)


def validated(made: House, found: tuple[feed.Item, ...]) -> bytes:
    """Our feed, read back and held against every rule; what came before is not counted."""
    data = (Path(sys.argv[3]) / "ours.xml").read_bytes()
    assert not feed.problems(data)
    return data


WRITERS = {"feedgen": feedgen, "ours": ours, "ours, validated": validated}
"""What is asked of one feed."""


def one_feed(name: str, count: int, folder: Path, *, plain: bool) -> dict[str, object]:
    """CPU seconds of one feed; `plain`: episodes without show notes."""
    made = house(count, count)
    if plain:
        episodes = tuple(one.model_copy(update={"notes": ""}) for one in made.episodes)
        made = replace(made, episodes=episodes)
    found = items(made)
    WRITERS[name](made, found[:1]) if name != "ours, validated" else feed.problems(b"<rss><channel/></rss>")
    begun = time.process_time()
    data = WRITERS[name](made, found)
    cpu_s = time.process_time() - begun
    if name != "ours, validated":
        (folder / f"{name}.xml").write_bytes(data)
    return {"cpu_s": cpu_s, "bytes": len(data), "items": data.count(b"<item>")}


def built(count: int, published: int, size: int, folder: Path) -> dict[str, object]:
    """CPU seconds until all feeds of a house are written and validated, and which files were written."""
    (folder / "theme/templates").mkdir(parents=True, exist_ok=True)
    made = house(count, published, size)
    from pipeline.workflow import feeding

    small = house(1, 1)
    feed.problems(ours(small, items(small)))  # libraries, and the lists they read: what a build has long done
    begun = time.process_time()
    files = feeding.write(folder, made, folder / "output")
    return {"cpu_s": time.process_time() - begun, "written": sorted(path for path, new in files if new)}


def main() -> None:
    name, count, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    if name == "build":
        told = built(count, int(sys.argv[4]), int(sys.argv[5]), folder)
    else:
        told = one_feed(name, count, folder, plain="plain" in sys.argv[4:])
    print(json.dumps(told))


if __name__ == "__main__":
    main()
