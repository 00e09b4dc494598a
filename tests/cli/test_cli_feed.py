"""`hdw feed show` and `hdw feed diff`: from the house itself, from what was built, and from files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.calling import Hdw

EPISODE = "episodes/2026-11-20-smarte-stadt"
GUID = "0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11"
EDITION = {
    "file": "published/a.mp3", "type": "audio/mpeg", "bytes": 40_600_000, "bit_rate": 128000,
    "sha256": "ab" * 32, "duration_s": 2537.2, "inputs": "x",
}  # fmt: skip
DURATION = "<itunes:duration>60</itunes:duration>"
SECOND = "<guid>b</guid><title>Stimmen der VHS</title><pubDate>Fri, 06 Nov 2026 12:00:00 +0100</pubDate>"
OLD = f"""\
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Haus</title>
<item><guid>a</guid><title>Mit dem Rad durchs Quartier</title>
<pubDate>Fri, 02 Oct 2026 12:00:00 +0200</pubDate>
<itunes:duration>61</itunes:duration><enclosure url="https://a.example/a.mp3" length="500000"/></item>
<item>{SECOND}</item>
</channel></rss>
"""


@pytest.fixture
def root(house_folder: Path) -> Path:
    """The small house with a published audio file whose recording is elsewhere."""
    (house_folder / EPISODE / "published").mkdir()
    (house_folder / EPISODE / "published/a.mp3").write_bytes(b"x")
    (house_folder / EPISODE / "audio.json").write_text(json.dumps({"editions": [EDITION]}), encoding="utf-8")
    return house_folder


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A feed of two episodes."""
    path = tmp_path / "alt.xml"
    path.write_text(OLD, encoding="utf-8")
    return path


def changed(old: Path, *pairs: tuple[str, str]) -> str:
    text = old.read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    new = old.with_name("neu.xml")
    new.write_text(text, encoding="utf-8")
    return str(new)


def _written(root: Path) -> list[Path]:
    """All files but caches, which may be deleted at any time."""
    return sorted(path for path in root.rglob("*") if ".hdw" not in path.parts)


def test_the_houses_own_feed_is_a_table_and_nothing_is_written(hdw: Hdw, root: Path) -> None:
    before = _written(root)
    done = hdw("feed", "show")
    assert (done.returncode, done.stderr) == (0, "")
    title, _, header, row, *_ = done.stdout.splitlines()
    assert title == "Haus des Wissens · 1 Folge"
    assert header.split() == ["Datum", "Folge", "Nr.", "Dauer", "MB", "Ton", "Kap.", "Text", "Pers."]
    assert row.split() == [
        *("2026-11-20", "Was", "ist", "eine", "smarte", "Sta…"),
        *("–", "0:42:17", "40,6", "MP3", "–", "–", "1"),
    ]  # fmt: skip
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert _written(root) == before


@pytest.mark.parametrize("name", ["2026-11-20-smarte-stadt", "was-ist-eine-smarte-stadt", GUID])
def test_one_episode_is_shown_whole(hdw: Hdw, root: Path, name: str) -> None:
    done = hdw("feed", "show", "--episode", name)
    assert done.stdout.splitlines()[0] == "Was ist eine smarte Stadt?"
    said = dict(line.split(maxsplit=1) for line in done.stdout.splitlines()[1:] if line[2] != " ")
    assert said["Dauer"] == "0:42:17"
    assert said["Personen"] == "Mira Beispiel"
    assert said["guid"] == GUID
    assert said["Seite"] == "https://podcast.example.org/folgen/was-ist-eine-smarte-stadt/"


def test_json_of_a_feed_has_the_documented_keys(hdw: Hdw, root: Path) -> None:
    found = json.loads(hdw("feed", "show", "--json").stdout)
    assert list(found) == ["title", "guid", "address", "moved_to", "image", "language", "episodes"]
    (one,) = found["episodes"]
    assert (one["guid"], one["date"], one["bytes"]) == (GUID, "2026-11-20T12:00:00+01:00", 40_600_000)
    assert json.loads(hdw("feed", "show", "--json", "--episode", GUID).stdout) == one


def test_any_feed_file_is_shown_without_a_house(hdw: Hdw, old: Path, tmp_path: Path) -> None:
    done = hdw("feed", "show", str(old), cwd=tmp_path)
    assert done.stdout.splitlines()[0] == "Haus · 2 Folgen"
    assert [line.split()[0] for line in done.stdout.splitlines()[3:5]] == ["2026-11-06", "2026-10-02"]
    assert hdw("feed", "show", str(old), "--episode", "b", cwd=tmp_path).stdout.startswith(
        "Stimmen der VHS\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("show", "--episode", "2026"), 2, "Eine Folge 2026 gibt es nicht."),
        (("show", "fehlt.xml"), 1, "Die Datei lässt sich nicht lesen"),
        (("show", "podcast.toml"), 1, "Das ist kein Podcast-Feed: podcast.toml"),
        (("show", "https://a.example/feed.xml"), 2, "Ein Feed wird hier aus einer Datei gelesen"),
        (("diff",), 2, "Es gibt noch keinen gebauten Feed"),
    ],
)
def test_what_cannot_be_shown_is_told(
    hdw: Hdw, root: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = hdw("feed", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr


def test_what_was_built_changes_nothing_until_something_is_edited(hdw: Hdw, root: Path) -> None:
    hdw(
        "init",
        "neu",
        "--name",
        "H",
        "--title",
        "T",
        "--address",
        "https://p.example.org/",
        "--email",
        "a@b.de",
    )
    (root / "pelicanconf.py").write_bytes((root / "neu/pelicanconf.py").read_bytes())
    assert hdw("build").returncode == 0
    done = hdw("feed", "diff")
    assert (done.returncode, done.stdout) == (0, "Für Hörerinnen und Hörer ändert sich nichts.\n")
    path = root / EPISODE / "episode.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Daten teilt", "Daten nutzt"), encoding="utf-8")
    assert hdw("feed", "diff").stdout.splitlines()[1] == "  geändert  Was ist eine smarte Stadt?  Notizen"


def test_changes_are_told_a_line_each(hdw: Hdw, old: Path) -> None:
    new = changed(
        old,
        ("Fri, 02 Oct 2026 12:00:00 +0200", "Sat, 07 Nov 2026 12:00:00 +0100"),
        ("a.mp3", "x.mp3"),
        (">61<", ">120<"),
        ("durchs Quartier", "durch Bochum"),
        ("<channel><title>Haus", "<channel><title>Haus des Wissens"),
        (
            "</channel>",
            f"<item><guid>c</guid><title>Neue Folge</title>{DURATION}</item></channel>",
        ),
    )
    done = hdw("feed", "diff", str(old), new)
    assert done.returncode == 0
    assert done.stdout.splitlines()[:2] == [
        "Für Hörerinnen und Hörer ändert sich",
        "  Der Titel des Podcasts: Haus → Haus des Wissens",
    ]
    rows = [[part for part in line.split("  ") if part] for line in done.stdout.splitlines()[2:]]
    assert [[part.strip() for part in row] for row in rows] == [
        ["neu", "Neue Folge", "0:01:00"],
        ["anderer Ton", "Mit dem Rad durch Bochum", "0:01:01 · 500,0 kB → 0:02:00 · 500,0 kB"],
        ["verschoben", "Mit dem Rad durch Bochum", "Platz 2 → 1"],
        ["geändert", "Mit dem Rad durch Bochum", "Titel, Dauer"],
    ]


@pytest.mark.parametrize(
    ("pair", "line"),
    [
        (("<guid>a</guid>", "<guid>x</guid>"), "wirkt neu    Mit dem Rad durchs Quartier  a → x"),
        (
            (
                f"<item>{SECOND}</item>",
                "",
            ),
            "entfällt  Stimmen der VHS",
        ),
    ],
)
def test_what_harms_listeners_ends_with_1(hdw: Hdw, old: Path, pair: tuple[str, str], line: str) -> None:
    done = hdw("feed", "diff", str(old), changed(old, pair))
    assert done.returncode == 1
    assert done.stdout.splitlines()[1].split() == line.split()


def test_json_of_a_comparison_has_the_documented_keys(hdw: Hdw, old: Path) -> None:
    done = hdw("feed", "diff", str(old), changed(old, ("<guid>a</guid>", "<guid>x</guid>")), "--json")
    found = json.loads(done.stdout)
    assert list(found) == ["harmful", "before", "after", "show", "episodes"]
    (one,) = found["episodes"]
    assert (one["kind"], one["before"]["guid"], one["after"]["guid"]) == ("looks_new", "a", "x")
    assert (done.returncode, found["harmful"], found["before"], found["after"]) == (1, True, 2, 2)
