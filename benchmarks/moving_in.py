"""Moving in: a feed of ten thousand items becomes a house, without audio.

    python benchmarks/moving_in.py [--quick] [--output FILE]

Measured is the whole command, `hdw import FILE FOLDER`, on a feed with show notes of 4 kB an item (40 MB),
eight chapters, two people and a page each; then the same command again, which has nothing left to do.
The peer is what twenty lines make of the same file: feedparser reads it, markdownify converts the notes, a
folder each with values as JSON (no people, no chapters, nothing checked, nothing escaped). Checked is that
every item became an episode, guid for guid, of ours and of theirs.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from benchmarks import measuring

RESULT = Path(__file__).parent / "results" / "moving_in.json"
MOST_CPU_S, MOST_MB = 120, 500
PARAGRAPH = (
    "<p>Über <strong>Städte</strong> und <a href='https://example.org/{n}'>Wissen</a>, und warum beides "
    "zusammengehört: ein Absatz, wie er in Notizen steht, mit einem zweiten Satz dazu.</p>"
    "<ul><li>Eins</li><li>Zwei</li></ul>"
)
HEAD = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:psc="http://podlove.org/simple-chapters"><channel>
<title>Archiv</title><link>https://archiv.example.org/</link><description>Ein langes Archiv.</description>
<language>de</language><itunes:author>Archiv</itunes:author><itunes:category text="History"/>
<itunes:owner><itunes:name>Archiv</itunes:name><itunes:email>a@example.org</itunes:email></itunes:owner>
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="500 items; nothing is written")
    parser.add_argument("--output", type=Path, default=RESULT)
    parser.add_argument("--peer", nargs=2, type=Path, metavar=("FEED", "FOLDER"), help="only theirs")
    chosen = parser.parse_args()
    if chosen.peer:
        theirs(*chosen.peer)
        return
    made = measured(500 if chosen.quick else 10_000)
    print(json.dumps(made, indent=1, sort_keys=True))
    if not chosen.quick:
        chosen.output.parent.mkdir(parents=True, exist_ok=True)
        chosen.output.write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def measured(items: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        feed, house = Path(folder) / "feed.xml", Path(folder) / "haus"
        with feed.open("w", encoding="utf-8") as file:
            file.writelines(pieces(items))
        cost = measuring.run([sys.executable, "-m", "pipeline", "import", str(feed), str(house)])
        again = measuring.run([sys.executable, "-m", "pipeline", "import", str(feed), str(house)])
        check(house, items)
        other = Path(folder) / "theirs"
        peer = measuring.run([sys.executable, __file__, "--peer", str(feed), str(other)])
        assert len(list(other.glob("*/index.md"))) == items
        size = feed.stat().st_size
    return {
        **measuring.surroundings("feedparser", "lxml", "markdownify", "pydantic", "ruamel.yaml"),
        "against feedparser and markdownify": round(cost.cpu_s / peer.cpu_s, 2),
        "feedparser and markdownify": {"cpu_s": round(peer.cpu_s, 1), "peak_mb": round(peer.peak_mb)},
        "again_cpu_s": round(again.cpu_s, 1),
        "cpu_s": round(cost.cpu_s, 1),
        "goal": {"cpu_s": MOST_CPU_S, "peak_mb": MOST_MB},
        "items": items,
        "mb": round(size / 1e6, 1),
        "peak_mb": round(max(cost.peak_mb, again.peak_mb)),
        "wall_s": round(cost.wall_s, 1),
    }


def theirs(feed: Path, folder: Path) -> None:
    """The same feed by its usual parser and converter."""
    import feedparser
    import markdownify

    for entry in feedparser.parse(feed.read_bytes()).entries:
        values = {"guid": entry.id, "title": entry.title, "date": entry.published, "sound": entry.enclosures}
        notes = markdownify.markdownify(entry.content[0].value)
        path = folder / entry.id / "index.md"
        path.parent.mkdir(parents=True)
        path.write_text(f"{json.dumps(values)}\n\n{notes}\n", encoding="utf-8")


def pieces(items: int) -> Iterator[str]:
    """The feed, newest item first."""
    yield HEAD
    yield from (item(number) for number in range(items, 0, -1))
    yield "</channel></rss>"


def item(n: int) -> str:
    day = f"{n % 28 + 1:02} Jan {1990 + n // 336 % 36} {n % 24:02}:{n % 60:02}:00 +0000"
    chapters = "".join(f'<psc:chapter start="00:{i:02}:00" title="Kapitel {i}"/>' for i in range(8))
    return (
        f"<item><title>Folge {n}</title><guid>archiv-{n}</guid><pubDate>{day}</pubDate>"
        f"<link>https://archiv.example.org/folge-nummer-{n}/</link><description>Kurz über {n}.</description>"
        f'<enclosure url="https://archiv.example.org/{n}.mp3" length="1000" type="audio/mpeg"/>'
        f"<itunes:duration>1:00:00</itunes:duration><itunes:episode>{n}</itunes:episode>"
        f"<podcast:person>Mira Beispiel</podcast:person>"
        f"<podcast:person role='guest'>Gast {n % 300}</podcast:person>"
        f"<psc:chapters>{chapters}</psc:chapters>"
        f"<content:encoded><![CDATA[{PARAGRAPH.format(n=n) * 15}]]></content:encoded></item>\n"
    )


def check(house: Path, items: int) -> None:
    """Every item is an episode, and the ledger knows it; AssertionError otherwise."""
    ledger = tomllib.loads((house / "episodes" / "ledger.toml").read_text(encoding="utf-8"))["episodes"]
    assert {entry["guid"] for entry in ledger} == {f"archiv-{n}" for n in range(1, items + 1)}
    assert [entry["number"] for entry in ledger] == list(range(items))
    files = list(house.glob("episodes/*/episode.md"))
    assert len(files) == items, len(files)
    assert all("[Wissen](https://example.org/" in file.read_text(encoding="utf-8") for file in files[:50])


if __name__ == "__main__":
    main()
