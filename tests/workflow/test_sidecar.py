from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import recordings

from pipeline import project, workflow
from pipeline.errors import HdwError, MisuseError, ProjectError
from pipeline.models import Episode, fields

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
EVERYTHING = {
    "guid": "eigene-kennung",
    "title": "Alles",
    "subtitle": "Untertitel",
    "series": None,
    "institution": "vhs",
    "number": 7,
    "number_shown": "7b",
    "season": 1,
    "type": "bonus",
    "date": "2026-12-01 18:30",
    "recorded": "2026-11-12",
    "status": "ready",
    "summary": "Worum es geht.",
    "summary_easy": "Es geht um die Stadt.",
    "summary_easy_checked_by": "Prüfgruppe",
    "sign_language": "gebaerden.mp4",
    "quotation": {"text": "Wissen ist für alle da.", "source": "Leitbild"},
    "topics": ["Smart City", "Haus des Wissens"],
    "people": [{"person": "Mira Beispiel", "role": "host"}, {"person": "Ada Neu", "role": "guest"}],
    "pictures": [{"file": "mira.jpg", "alt": "Porträt", "credit": "Foto: privat", "licence": "CC-BY-4.0"}],
    "cover": "cover.jpg",
    "cover_alt": "Ein Haus",
    "links": [{"url": "https://example.org", "title": "Mehr", "kind": "course", "ends": "2026-12-31"}],
    "producer": "Das Haus",
    "related": ["2026-11-20-smarte-stadt"],
    "chapters": [{"start": "0:00", "title": "Anfang"}, {"start": "0:01", "title": "Ende"}],
    "location": {"name": "Bochum", "geo": "geo:51.48,7.22"},
    "soundbites": [{"start": "0:00", "duration": 15, "title": "Kostprobe"}],
    "discussions": [{"url": "https://ruhr.social/@hdw/1", "account": "hdw"}],
    "txt": [{"purpose": "verify", "text": "abc"}],
    "block": True,
    "explicit": True,
    "language": "en",
    "translation_of": "2026-11-20-smarte-stadt",
    "licence": "CC-BY-4.0",
    "tracks": [{"file": "spur.wav", "person": "mira-beispiel"}],
    "transcript_exception": {"reason": "Musik", "date": "2026-11-20"},
    "slug": "ganz-anders",
    "sample": True,
    "notes": "Die *Notizen*.",
}


def _write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def test_the_example_above_holds_every_field_that_is_not_adds_own() -> None:
    assert set(EVERYTHING) == {name for name, _ in fields(Episode)} - {"id", "audio"}


@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_any_field_can_be_filled(house_folder: Path, tmp_path: Path, suffix: str) -> None:
    file = _write(tmp_path, f"angaben.{suffix}", json.dumps(EVERYTHING, ensure_ascii=False, indent=2))
    given = workflow.metadata(file, "a.mp3")
    added = workflow.add(house_folder, recordings.make(tmp_path / "a.mp3"), metadata=given, now=NOW)
    (episode,) = (e for e in project.load(house_folder).episodes if e.id == added.episode_id)
    written = episode.model_dump(mode="json", exclude={"id", "audio"})
    assert written["people"] == [
        {"person": "mira-beispiel", "role": "host"},
        {"person": "ada-neu", "role": "guest"},
    ]
    for name in (
        "subtitle",
        "number",
        "type",
        "recorded",
        "topics",
        "related",
        "explicit",
        "slug",
        "notes",
        "number_shown",
        "block",
        "txt",
    ):
        assert written[name] == EVERYTHING[name], name
    assert [c.title for c in episode.chapters] == ["Anfang", "Ende"]
    assert episode.pictures[0].credit == "Foto: privat"
    assert episode.links[0].ends == date(2026, 12, 31)
    assert (episode.guid, f"{episode.date:%H:%M}") == ("eigene-kennung", "18:30")
    assert episode.location
    assert episode.quotation


HEADER = "file;title;date;people;topics;number;explicit;recorded;chapters;links;notes"
ROW = (
    'a.mp3;"Titel; mit Strichpunkt";2026-12-01;Mira Beispiel (host), Ada Neu (Bochum);'
    "Smart City, KPI;7;true;2026-11-12;"
    '"0:00 Anfang\n0:01 Das Ende";https://example.org Mehr dazu;[sic] Notizen'
)


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "BOM"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_row_of_a_table_with_semicolons_fills_fields_of_every_kind(
    house_folder: Path, tmp_path: Path, mark: str, newline: str
) -> None:
    text = f"{mark}{HEADER}\n{ROW}\nb.mp3;Anderes;;;;;;;;;\n".replace("\n", newline)
    file = tmp_path / "folgen.csv"
    file.write_bytes(text.encode())
    given = workflow.metadata(file, "a.mp3")
    assert (given["number"], given["explicit"], given["recorded"]) == (7, True, date(2026, 11, 12))
    added = workflow.add(house_folder, recordings.make(tmp_path / "a.mp3"), metadata=given, now=NOW)
    episode = project.load(house_folder).episodes[0]
    assert episode.id == added.episode_id
    assert episode.title == "Titel; mit Strichpunkt"
    assert [(c.person, c.role) for c in episode.people] == [
        ("mira-beispiel", "host"),
        ("ada-neu-bochum", "guest"),  # a bracket that is no role belongs to the name
    ]
    assert episode.topics == ("Smart City", "KPI")
    assert [(c.start, c.title) for c in episode.chapters] == [(0, "Anfang"), (1, "Das Ende")]
    assert [link.title for link in episode.links] == ["Mehr dazu"]
    assert episode.notes == "[sic] Notizen"
    assert "number: 7\n" in (added.folder / "episode.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_usual_delimiter_is_recognised(tmp_path: Path, delimiter: str) -> None:
    rows = (("file", "title", "summary"), ("a.mp3", "Titel", "Kurz"))
    file = _write(tmp_path, "f.csv", "\n".join(delimiter.join(row) for row in rows))
    assert workflow.metadata(file, "a.mp3") == {"title": "Titel", "summary": "Kurz"}


def test_a_table_of_one_row_needs_no_column_for_the_file(tmp_path: Path) -> None:
    file = _write(tmp_path, "f.csv", "title,number\nTitel,3\n")
    assert workflow.metadata(file, "egal.mp3") == {"title": "Titel", "number": 3}


def test_a_name_with_an_umlaut_is_found_however_it_was_typed(tmp_path: Path) -> None:
    file = _write(tmp_path, "f.csv", "file,title\nGespr\u00e4ch.mp3,Titel\nx.mp3,Y\n")
    assert workflow.metadata(file, "Gespra\u0308ch.mp3") == {"title": "Titel"}


@pytest.mark.parametrize("name", ["fehlt.mp3", "doppelt.mp3"])
def test_a_row_that_is_missing_or_double_is_refused(tmp_path: Path, name: str) -> None:
    file = _write(tmp_path, "f.csv", "file,title\ndoppelt.mp3,A\ndoppelt.mp3,B\n")
    with pytest.raises(MisuseError, match=f"rows name the recording {name}"):
        workflow.metadata(file, name)


@pytest.mark.parametrize(
    ("name", "text", "line", "words", "hint"),
    [
        ("f.yaml", "title: A\nsumary: B\n", 2, "sumary is not a field", "summary"),
        ("f.yaml", "title: A\nnumber: viele\n", 2, "number: a whole number", "number: 7"),
        ("f.yaml", "people:\n  - person: Mira\n    role: gast\n", 3, "people[0].role", "role: guest"),
        ("f.yaml", "title: A\ndate: gestern\n", 2, "date: a date with time", "2026-11-20 12:00"),
        ("f.yaml", "topics: Stadt\n", 1, "topics: a list", "topics:"),
        ("f.yaml", "audio: x.mp3\n", 1, "audio is filled in by hdw add itself", "None"),
        ("f.yaml", "links:\n  - url: www.example.org\n    title: A\n", 2, "links[0].url", "https://"),
        ("f.json", '{\n "title": "A",\n "titel": "B"\n}', 3, "titel is not a field", "title"),
        ("f.yaml", "title: A: B\n", 1, "a colon needs quotation marks", "None"),
        ("f.csv", "file,titel\na.mp3,A\n", 2, "titel is not a field", "title"),
        ("f.csv", "file,number\nx.mp3,1\na.mp3,viele\n", 3, "number: a whole number", "number: 7"),
        ("f.csv", "file,links\na.mp3,[{url: x\n", 2, "links: this line is not YAML", "None"),
        ("f.csv", "file,links\na.mp3,[{url: x}]\n", 2, "links[0].title is missing", "title"),
    ],
)
def test_a_mistake_names_file_line_and_field_before_anything_is_made(  # noqa: PLR0917
    tmp_path: Path, name: str, text: str, line: int, words: str, hint: str
) -> None:
    file = _write(tmp_path, name, text)
    with pytest.raises(ProjectError) as raised:
        workflow.metadata(file, "a.mp3")
    found = [p for p in raised.value.problems if words in str(p.message)]
    assert found, raised.value
    assert (found[0].where.file, found[0].where.line) == (str(file), line)
    assert hint in str(found[0].hint)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("f.yaml", b"- a\n- b\n", "list of “key: value” lines"),
        ("f.yaml", b"\xff\xfe\x00", "not UTF-8"),
        ("f.csv", "file;titel\na;Größe\n".encode("latin-1"), "not UTF-8"),
        ("f.csv", b"", "rows name the recording"),
        ("f.csv", b"file,title\na.mp3,A,B,C\n", "more cells than the table has columns"),
        ("f.csv", b'file,title\na.mp3,"offen\n', "no CSV table"),
    ],
)
def test_a_file_that_is_none_of_them_is_refused_in_plain_words(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(HdwError, match=words):
        workflow.metadata(tmp_path / name, "a.mp3")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(HdwError, match="cannot be read"):
        workflow.metadata(tmp_path / "fehlt.yaml", "a.mp3")


def test_control_characters_do_not_get_into_front_matter(house_folder: Path, tmp_path: Path) -> None:
    file = _write(
        tmp_path, "f.json", json.dumps({"title": "T\x07itel", "summary": "A\x1bB", "notes": "\x00N"})
    )
    given = workflow.metadata(file, "a.mp3")
    workflow.add(house_folder, recordings.make(tmp_path / "a.mp3"), metadata=given, now=NOW)
    episode = project.load(house_folder).episodes[0]
    assert (episode.title, episode.summary, episode.notes) == ("Titel", "AB", "N")


def test_a_guid_that_another_episode_has_is_refused(house_folder: Path, tmp_path: Path) -> None:
    given = {"title": "Titel", "guid": "0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11"}
    with pytest.raises(MisuseError, match="belongs to 2026-11-20-smarte-stadt"):
        workflow.add(house_folder, recordings.make(tmp_path / "a.mp3"), metadata=given, now=NOW)
