"""A house in which every rule has something to look at, and none finds anything."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline import workflow
from pipeline.transcripts import read_vtt, text_digest
from tests.small_house import write

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
FIRST = "episodes/2026-11-20-smarte-stadt"
SECOND = "episodes/2026-11-27-offene-daten"
SOUND = b"not decoded by any rule"

PODCAST = """\
[show]
title = "Haus des Wissens"
subtitle = "Gespräche"
description = "Gespräche über Stadt und Wissen."
language = "de"
address = "https://podcast.example.org/"
author = "Haus des Wissens"
categories = ["Education"]
type = "serial"
cover = "content/cover.png"
cover_alt = "Ziegelreihen"

[show.owner]
name = "Haus des Wissens"
email = "podcast@example.org"

[[show.institutions]]
id = "vhs"
name = "Volkshochschule"
colour = "blue"

[site]
name = "Haus des Wissens"
menu = ["impressum", "datenschutz", "barrierefreiheit", "barriere-melden"]
service = ["leichte-sprache", "gebaerdensprache"]

[accessibility]
unit = "Haus des Wissens"
stated = 2026-11-24
method = "Selbstbewertung"
ombuds = "https://www.example.org/ombudsstelle"

[consent]
required = ["audio", "transcript", "picture"]
approval = true
"""
CONSENT = """\
[[consents]]
person = "mira-beispiel"
scope = ["audio", "transcript"]
date = 2026-11-02
expires = 2031-11-02
paper = "Ordner 7"

[[consents]]
person = "kim-geheim"
scope = ["audio", "transcript", "picture"]
date = 2026-11-03
episodes = ["2026-11-20-smarte-stadt"]
paper = "Ordner 7"
"""
IMPRINT = """\
Haus des Wissens, Willy-Brandt-Platz 2, 44787 Bochum. Vertreten durch die Leitung.
podcast@example.org, +49 234 000000

Verantwortlich nach § 18 Abs. 2 MStV: Mira Beispiel, Anschrift wie oben.
"""
LEDGER = """\
[[episodes]]
guid = "0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11"
episode = "2026-11-20-smarte-stadt"
number = 0
slug = "was-ist-eine-smarte-stadt"
first_published = 2026-11-20T12:00:00+01:00
"""
FIRST_MD = """\
---
guid: 0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11
title: Was ist eine smarte Stadt?
subtitle: Ein Gespräch
series: stadt
institution: vhs
number: 1
season: 1
date: 2026-11-20 12:00
recorded: 2026-11-12
status: ready
summary: >-
  Wie Bochum
  Daten teilt.
summary_easy: |
  In der Folge geht es um Bochum.
  Bochum teilt Daten.
summary_easy_checked_by: Prüfgruppe Bochum
topics:
  - Smart City
people:
  - person: mira-beispiel
    role: guest
  - person: kim-geheim
    role: guest
pictures:
  - file: bild.png
    alt: Ein Platz in Bochum
    caption: Der Platz
    credit: "Foto: privat"
    licence: CC-BY-4.0
cover: folge.png
links:
  - url: https://www.example.org/buch
    title: Das Buch zur Stadt
    kind: catalogue
    isbn: 978-3-16-148410-0
    passage: "0:30"
  - url: https://www.example.org/kurs
    title: Der Kurs
    kind: course
    ends: 2026-12-31
related:
  - 2026-11-27-offene-daten
chapters:
  - start: "0:00"
    title: Anfang
  - start: "0:20"
    title: Mitte
  - start: "0:40"
    title: Ende
language: de
audio: aufnahme.mp3
---

Die *Notizen*
zur Folge.
"""
SECOND_MD = """\
---
guid: 5f0c9b4e-1d52-5c7c-8a36-2f0d3b9e7c10
title: Offene Daten
number: 2
season: 1
series: stadt
date: 2026-11-27 12:00
status: ready
summary: Wem Daten gehören.
audio: aufnahme.mp3
transcript_exception:
  reason: Musik ohne Sprache
  date: 2026-11-27
---
"""
TRANSCRIPT = """\
WEBVTT
Language: de

1
00:00:01.000 --> 00:00:05.000
<v mira-beispiel>Guten Tag.

2
00:00:05.000 --> 00:00:09.000
<v kim-geheim>Das ist eine <lang en>Smart City</lang>.
"""
GLOSSARY = """\
# Namen des Hauses
[[terms]]
term = "Haus des Wissens"
heard = ["Haus des Wissen"]

[[terms]]
term = "Smart City"
heard = ["Smartcity"]
scope = "stadt"
"""


def _page(id_: str) -> str:
    return f"---\ntitle: Seite {id_}\n---\n\nErste Zeile.\n\nZweite Zeile.\n\n"


CONTENT = {
    "glossary.toml": GLOSSARY,
    "people/mira-beispiel.md": "---\nname: Mira Beispiel\nrole: Leiterin\n---\n\nLeitet die Bücherei.\n",
    "people/kim-geheim.md": "---\nname: Kim Geheim\nhidden: true\n---\n",
    "series/stadt.md": (
        "---\ntitle: Die Stadt\ndescription: Wie Städte klüger werden.\ninstitution: vhs\n---\n"
    ),
    "topics/smart-city.md": "---\ntitle: Smart City\n---\n\nEine Stadt.\n",
    **{
        f"pages/{id_}.md": _page(id_)
        for id_ in (
            "barriere-melden",
            "barrierefreiheit",
            "datenschutz",
            "gebaerdensprache",
            "leichte-sprache",
        )
    },
    "pages/impressum.md": _page("impressum") + IMPRINT,
}


def picture(width: int, height: int, *, kind: str = "PNG", mode: str = "RGB") -> bytes:
    """A plain picture."""
    import io

    from PIL import Image

    stream = io.BytesIO()
    Image.new(mode, (width, height)).save(stream, kind)
    return stream.getvalue()


PUBLISHED = """\

[[episodes.editions]]
url = "https://podcast.example.org/audio/a.mp3"
bytes = 23
sha256 = "SHA"
""".replace("SHA", hashlib.sha256(SOUND).hexdigest())
LABEL = {
    "title": "Was ist eine smarte Stadt?",
    "subtitle": "Ein Gespräch",
    "people": ["Mira Beispiel", "Gast"],
    "album": "Die Stadt",
    "date": "2026-11-20",
    "number": 1,
    "comment": "Wie Bochum Daten teilt.",
    "language": "de",
    "guid": "0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11",
    "chapters": [
        {"start": start, "title": title} for start, title in ((0, "Anfang"), (20, "Mitte"), (40, "Ende"))
    ],
}


def facts(*, sound: bytes = SOUND, edition: bool = False, **other: object) -> str:
    """audio.json as the program writes it; `other` are values that the edition has instead."""
    shared = {"bytes": len(sound), "sha256": hashlib.sha256(sound).hexdigest(), "bit_rate": 64000}
    shared |= {"duration_s": 60.0}
    recording = {**shared, "file": "aufnahme.mp3", "codec": "mp3", "sample_rate": 44100, "channels": 1}
    made = {**shared, "file": "published/a.mp3", "type": "audio/mpeg", "inputs": "", "label": LABEL}
    made |= other
    values = {"editions": [made] if edition else [], "recording": recording, "tracks": []}
    return json.dumps(values, indent=1, sort_keys=True) + "\n"


def review(*ids: str) -> str:
    """transcript.json: these sentences are checked as they stand."""
    cues = {cue.id: cue for cue in read_vtt(TRANSCRIPT).cues}
    entry = {"by": "Mira Beispiel", "on": "2026-11-21", "state": "checked"}
    checked = {id_: {**entry, "digest": text_digest(cues[id_])} for id_ in ids}
    return json.dumps({"cues": checked, "model": "", "recognised": None})


def files() -> dict[str, bytes]:
    """Every file of the good house."""
    square = picture(1400, 1400)
    texts = {
        "podcast.toml": PODCAST,
        "episodes/ledger.toml": LEDGER,
        f"{FIRST}/episode.md": FIRST_MD,
        f"{FIRST}/transcript.vtt": TRANSCRIPT,
        f"{FIRST}/transcript.json": review("1", "2"),
        f"{FIRST}/audio.json": facts(),
        f"{SECOND}/episode.md": SECOND_MD,
        f"{SECOND}/audio.json": facts(),
        "private/consent.toml": CONSENT,
        **{f"content/{name}": text for name, text in CONTENT.items()},
    }
    return {
        **{name: text.encode() for name, text in texts.items()},
        "content/cover.png": square,
        f"{FIRST}/folge.png": square,
        f"{FIRST}/bild.png": picture(400, 300),
        f"{FIRST}/aufnahme.mp3": SOUND,
        f"{SECOND}/aufnahme.mp3": SOUND,
    }


@pytest.fixture(scope="session")
def good_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Made once: the pictures take a moment. The second episode, not published yet, is approved."""
    made, root = files(), tmp_path_factory.mktemp("gut")
    write(root, made)
    day = date(2026, 11, 23)
    approved = workflow.approve_episode(root, SECOND, by="Leitung", now=NOW, day=day)
    return {**made, approved.relative_to(root).as_posix(): approved.read_bytes()}


@pytest.fixture
def good_house(tmp_path: Path, good_files: dict[str, bytes]) -> Path:
    """The house in which no rule finds anything."""
    return write(tmp_path, good_files)
