"""The sample house at the root of a host and under a path, served by our own server, and a real browser."""

from __future__ import annotations

import pickle
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from PIL import Image

from pipeline import website, workflow
from tests.sharing import made_once
from tests.small_house import PODCAST_TOML, write

ROOT = Path(__file__).parent.parent.parent
NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
HOUSE = ("podcast.toml", "pelicanconf.py", "content", "episodes", "theme")

RICH_EPISODE = """\
---
guid: 0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11
title: Was ist eine smarte Stadt?
date: 2026-11-20 12:00
status: ready
summary: Wie Bochum Daten teilt. Und wer davon etwas hat.
summary_easy: |-
  In dieser Folge geht es um die Stadt.
  Die Stadt sammelt Zahlen.
summary_easy_checked_by: Prüfgruppe Bochum
topics: [Smart City, Daten]
people:
  - {person: mira-beispiel, role: host}
  - {person: ole-muster, role: guest}
pictures:
  - file: aufnahme.jpg
    alt: Zwei Menschen an einem Tisch
    caption: Bei der Aufnahme
    people: [ole-muster, mira-beispiel]
    credit: "Foto: privat"
    rights: reserved, used by permission
  - file: turm.png
    alt: Ein Turm aus Ziegeln
    caption: Der Turm
    credit: "Foto: Mira Beispiel"
    licence: CC-BY-4.0
  - file: aufnahme.jpg
    decorative: true
    credit: "Foto: privat"
    licence: CC0-1.0
links:
  - {url: "https://example.org/quelle", title: Eine Quelle}
  - url: https://example.org/buch
    title: Die vernetzte Stadt
    kind: catalogue
    isbn: 978-3-16-148410-0
    passage: "0:16"
  - url: https://example.org/kurs
    title: Daten verstehen
    kind: course
    course_number: 26F1234
    ends: 2026-11-25
  - {url: "https://example.org/gestern", title: Der Abend gestern, kind: event, ends: 2026-11-23}
  - {url: "https://example.org/heute", title: Der Abend heute, kind: event, ends: 2026-11-24}
  - {url: "https://example.org/blatt", title: Ein Blatt, kind: material}
chapters:
  - {start: "0:00", title: Anfang}
  - {start: "0:10", title: Daten}
---

Die *Notizen* zur Folge.
"""
RICH_TRANSCRIPT = """\
WEBVTT
Language: de

1
00:00:00.000 --> 00:00:03.000
<c.sound>[Musik]</c>

2
00:00:03.000 --> 00:00:08.000
<v mira-beispiel>Was ist eine <lang en>smart city</lang> &amp; wozu?

3
00:00:10.000 --> 00:00:14.000
<v ole-muster>Smart City heißt: Daten &lt; Menschen.

4
00:00:14.000 --> 00:00:18.000
<v ole-muster>Das ist alles.

5
00:00:18.000 --> 00:00:20.000
<v mira-beispiel>Danke.
"""
RICH_MIRA = """\
---
name: Mira Beispiel
role: Leiterin der Bücherei
portrait:
  file: mira.jpg
  alt: Porträt von Mira Beispiel
  credit: "Foto: privat"
  licence: CC-BY-4.0
links:
  - {url: "https://example.org/mira", title: Mira im Netz}
---

Leitet die *Bücherei*.
"""
RICH_PEOPLE = {
    "mira-beispiel": RICH_MIRA,
    "ole-muster": "---\nname: Ole Muster\n---\n",
}
RICH_TOPIC = """\
---
title: Smart City
links:
  - {url: "https://example.org/katalog", title: Alle Titel, kind: catalogue}
---

Wie eine Stadt *denkt*.
"""


@dataclass(frozen=True)
class Site:
    """A built site: its house, its folder, its path on the host, its pages as text and parsed strictly."""

    house: Path
    output: Path
    path: str
    texts: dict[str, str]
    trees: dict[str, Element]

    @property
    def episode(self) -> Element:
        return self.trees["folgen/bochum-zukunftsfaehig-buergernah/index.html"]


def parse(text: str) -> Element:
    """HTML → tree; any mistake of the HTML standard raises."""
    tree: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return tree


def site_of(house: Path, path: str = "/") -> Site:
    output = workflow.build(house, output=house / "output", now=NOW).output
    pages = {
        page.relative_to(output).as_posix(): page.read_text(encoding="utf-8")
        for page in sorted(output.rglob("*.html"))
    }
    return Site(house, output, path, pages, {name: parse(text) for name, text in pages.items()})


@pytest.fixture(scope="session")
def build_site() -> Callable[..., Site]:
    """Builds a house and reads its pages."""
    return site_of


@pytest.fixture(scope="session")
def strict() -> Callable[[str], Element]:
    return parse


def _sample(folder: Path, path: str) -> Site:
    for name in HOUSE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("published"))
        else:
            shutil.copy2(source, folder / name)
    settings = folder / "podcast.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("podcast.example.org/", f"podcast.example.org{path}"), encoding="utf-8")
    return site_of(folder, path)


def _sample_once(factory: pytest.TempPathFactory, path: str) -> Site:
    """The sample house, built and parsed once a run; no test changes it."""

    def make(folder: Path) -> None:
        (folder / "haus").mkdir()
        (folder / "site").write_bytes(pickle.dumps(_sample(folder / "haus", path)))

    found = made_once(factory, "muster" + path.strip("/"), make) / "site"
    site: Site = pickle.loads(found.read_bytes())
    return site


@pytest.fixture(scope="session")
def root_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample house at the root of a host."""
    return _sample_once(tmp_path_factory, "/")


@pytest.fixture(scope="session")
def path_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample house under a path."""
    return _sample_once(tmp_path_factory, "/podcast/")


@pytest.fixture(params=["root_site", "path_site"], ids=["root", "path"])
def site(request: pytest.FixtureRequest) -> Site:
    found: Site = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def rich_site(tmp_path_factory: pytest.TempPathFactory, cover: bytes) -> Site:
    """A house with one episode that has everything an episode's page may show, but no recording."""
    root = tmp_path_factory.mktemp("haus")
    episode = root / "episodes/2026-11-20-smarte-stadt"
    people = {f"content/people/{id_}.md": text for id_, text in RICH_PEOPLE.items()}
    files = {
        **people,
        "podcast.toml": PODCAST_TOML,
        "content/cover.jpg": cover,
        "content/topics/smart-city.md": RICH_TOPIC,
        "episodes/2026-11-20-smarte-stadt/episode.md": RICH_EPISODE,
        "episodes/2026-11-20-smarte-stadt/transcript.vtt": RICH_TRANSCRIPT,
    }
    write(root, files)
    Image.new("RGB", (640, 360), "#8E3219").save(episode / "aufnahme.jpg")
    Image.new("RGB", (300, 500), "#1D6148").save(episode / "turm.png")
    Image.new("RGB", (400, 500), "#1F4B7A").save(root / "content/people/mira.jpg")
    return site_of(root)


@pytest.fixture(scope="session")
def long_site(tmp_path_factory: pytest.TempPathFactory, cover: bytes) -> Site:
    """A house with a talk of two hours: 20,000 words in sentences of ten, the voice changes every six.

    Notes below let even the last paragraph come to the top of the window.
    """
    chapters = ", ".join(f"{{start: {n * 720}, title: Kapitel {n}}}" for n in range(10))
    front_matter = f"guid: lang\ntitle: Lang\ndate: 2026-11-20\nstatus: ready\nchapters: [{chapters}]"
    notes = "Notiz.\n\n" * 20
    files = {
        "podcast.toml": PODCAST_TOML,
        "content/cover.jpg": cover,
        "episodes/2026-11-20-lang/episode.md": f"---\n{front_matter}\n---\n\n{notes}",
        "episodes/2026-11-20-lang/transcript.vtt": _long_transcript(),
    }
    return site_of(write(tmp_path_factory.mktemp("haus"), files))


def _long_transcript() -> str:
    words = (ROOT / "tests/fixtures/vocabulary.txt").read_text(encoding="utf-8").split()
    many = (words * (20_000 // len(words) + 1))[:20_000]
    sentences = [" ".join(many[n : n + 10]) + "." for n in range(0, len(many), 10)]
    cues = (
        f"{_moment(3.6 * n)} --> {_moment(3.6 * n + 3.5)}\n<v stimme-{n // 6 % 2}>{sentence}"
        for n, sentence in enumerate(sentences)
    )
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def _moment(seconds: float) -> str:
    return f"{int(seconds // 3600):02}:{int(seconds // 60 % 60):02}:{seconds % 60:06.3f}"


def _served(site: Site) -> str:
    door = website.listen(0)
    threading.Thread(target=website.run, args=(site.output, site.path, door), daemon=True).start()
    return f"http://127.0.0.1:{door.getsockname()[1]}{site.path}"


@pytest.fixture(scope="session")
def address(root_site: Site) -> str:
    """Where the sample house is served."""
    return _served(root_site)


@pytest.fixture(scope="session")
def path_address(path_site: Site) -> str:
    return _served(path_site)


@pytest.fixture(scope="session")
def long_address(long_site: Site) -> str:
    return _served(long_site)


@pytest.fixture(scope="session")
def rich_address(rich_site: Site) -> str:
    return _served(rich_site)
