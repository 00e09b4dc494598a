"""A hidden person is „Gast“ in everything that leaves the house; the names of the others stay."""

from __future__ import annotations

import gzip
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mutagen
import pytest
from PIL import Image

FIXTURES = Path(__file__).parent.parent / "fixtures"
NAMES = ("zdenka", "quorx", "geheimrätin", "geheimraetin")
HIDDEN = """\
---
name: Zdenka Quorx
public_name: Z. Quorx
sort_name: Quorx, Zdenka
hidden: true
role: Geheimrätin
portrait: {file: zdenka-quorx.jpg, alt: Zdenka Quorx, credit: "Foto: Zdenka Quorx", licence: CC0-1.0}
links: [{url: "https://zdenka-quorx.example.org", title: Zdenka Quorx}]
---

Zdenka Quorx ist Geheimrätin.
"""
EPISODE = """\
---
guid: 0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11
title: Ein Gespräch
date: 2026-11-20 12:00
status: ready
summary: Worum es geht.
topics: [Daten]
people: [{person: zdenka-quorx, role: guest}, {person: mira-beispiel, role: host}]
pictures:
  - file: zdenka-quorx.jpg
    alt: Zwei Menschen
    people: [zdenka-quorx, Zdenka Quorx, Z. Quorx, mira-beispiel]
    credit: "Foto: privat"
    licence: CC0-1.0
tracks: [{file: spur-zdenka-quorx.wav, person: zdenka-quorx}]
chapters: [{start: "0:00", title: Anfang, picture: zdenka-quorx.jpg}]
cover: zdenka-quorx.jpg
audio: aufnahme.mp3
---
"""
TRANSCRIPT = """\
WEBVTT

1
00:00:00.000 --> 00:00:02.000
<v zdenka-quorx>Guten Tag.

2
00:00:02.000 --> 00:00:04.000
<v mira-beispiel>Willkommen.
"""


@pytest.fixture
def output(house_folder: Path, build_site: Any) -> Path:
    shutil.rmtree(house_folder / "episodes/2026-11-20-smarte-stadt")
    folder = house_folder / "episodes/2026-11-20-gespraech"
    folder.mkdir()
    (folder / "episode.md").write_text(EPISODE, encoding="utf-8")
    (folder / "transcript.vtt").write_text(TRANSCRIPT, encoding="utf-8")
    (house_folder / "content/people/zdenka-quorx.md").write_text(HIDDEN, encoding="utf-8")
    shutil.copyfile(FIXTURES / "speech.mp3", folder / "aufnahme.mp3")
    for path, colour in ((folder, "blue"), (house_folder / "content/people", "red")):
        Image.new("RGB", (1400, 1400), colour).save(path / "zdenka-quorx.jpg")
    site: Path = build_site(house_folder).output
    return site


def _written(name: str) -> Iterator[bytes]:
    """A name as files may hold it; ID3 frames are UTF-16 at times."""
    for text in (name, name.capitalize(), name.upper()):
        yield from (text.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"))


def _content(path: Path) -> bytes:
    """What a file holds: books are archives, the files of the search index are compressed."""
    if path.suffix == ".epub":
        with zipfile.ZipFile(path) as archive:
            return b"".join(name.encode() + archive.read(name) for name in archive.namelist())
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix.startswith(".pf_") else data


def test_no_file_holds_name_family_name_id_or_function_of_a_hidden_person(output: Path) -> None:
    files = [path for path in sorted(output.rglob("*")) if path.is_file()]
    kinds = {path.suffix for path in files}
    assert {".html", ".xml", ".json", ".vtt", ".srt", ".txt", ".mp3", ".jpg", ".epub"} <= kinds
    assert {".pf_fragment", ".pf_index", ".pf_meta"} <= kinds
    for path in files:
        data = _content(path)
        assert [
            name for name in NAMES if name in path.as_posix().removeprefix(output.as_posix()).lower()
        ] == []
        assert [name for name in NAMES for one in _written(name) if one in data] == [], path


def test_a_hidden_person_has_neither_page_nor_portrait(output: Path) -> None:
    assert [path.name for path in (output / "personen").iterdir() if path.is_dir()] == ["mira-beispiel"]
    pictures = [path.name for path in (output / "bilder").iterdir() if not path.name.startswith("karte-")]
    assert len({name[:16] for name in pictures}) == 2  # its own picture and the show's cover


def test_everywhere_else_the_person_is_called_guest_and_the_others_keep_their_names(output: Path) -> None:
    page = (output / "folgen/ein-gespraech/index.html").read_text(encoding="utf-8")
    assert '<span class="t1">Gast</span>' in page
    assert "v. l. n. r.: Gast, Gast, Gast, Mira Beispiel" in page
    captions = (output / "folgen/ein-gespraech/transkript.vtt").read_text(encoding="utf-8")
    assert "<v Gast>Guten Tag." in captions
    assert "<v Mira Beispiel>Willkommen." in captions
    feed = (output / "feed.xml").read_text(encoding="utf-8")
    assert ">Gast</podcast:person>" in feed
    assert ">Mira Beispiel</podcast:person>" in feed
    (recording,) = (output / "audio").iterdir()
    tags = str(mutagen.File(recording).tags)
    assert "Gast" in tags
    assert "Mira Beispiel" in tags
