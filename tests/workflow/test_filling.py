"""The details of an episode as a form: every field of the model, written back one at a time."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import pytest
import recordings
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline import project
from pipeline.errors import HdwError, MisuseError, ProjectError
from pipeline.messages import Translator
from pipeline.models import AudioFacts, Episode, fields
from pipeline.models.fields import field
from pipeline.workflow import filling
from pipeline.workflow.filling import arriving, dates, forms, labels, pictures, specs
from pipeline.workflow.filling.people import people, topics
from pipeline.workflow.filling.specs import Kind

ID = "2026-11-20-smarte-stadt"
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
german = Translator("de")


def _file(root: Path, name: str = "episode.md") -> Path:
    return root / "episodes" / ID / name


def _text(root: Path) -> str:
    return _file(root).read_text(encoding="utf-8")


def _form(root: Path, language: str = "de") -> filling.Form:
    return filling.form(root, ID, language, now=NOW)


def _value(root: Path, path: str) -> Any:
    found = _form(root).field(path)
    assert found is not None
    return found.value


def _fill(root: Path, path: str, value: object, **options: Any) -> filling.Filled | filling.Conflict:
    return filling.fill(root, ID, path, value, language="de", **options)


def _add(root: Path, path: str, value: object, **options: Any) -> filling.Filled | filling.Conflict:
    return filling.add_entry(root, ID, path, value, language="de", **options)


def _said(error: HdwError) -> str:
    return german(error.message)


def _lines(root: Path, act: Callable[[], object]) -> list[str]:
    before = _text(root).splitlines()
    act()
    after = _text(root).splitlines()
    return [f"-{line}" for line in before if line not in after] + [
        f"+{line}" for line in after if line not in before
    ]


# The form ------------------------------------------------------------------------------------------------


def test_every_field_of_the_model_stands_in_the_form_once() -> None:
    named = [name for _, names in forms.sections_of(Episode) for name in names]
    assert sorted(named) == sorted(name for name, _ in fields(Episode) if name != "id")


def test_a_field_that_no_section_names_stands_in_the_last_one() -> None:
    class Richer(Episode):
        mood: str = field("How it feels.", example="heiter", default="")

    assert "mood" in dict(forms.sections_of(Richer))["more"]


def test_every_field_has_a_name_and_no_section_names_a_field_that_is_not_there() -> None:
    def paths(found: tuple[specs.Spec, ...]) -> list[str]:
        return [path for one in found for path in (one.path, *paths(one.inner))]

    known = set(paths(specs.specs()))
    assert known == set(labels.LABELS)
    assert {name for _, _, names in labels.SECTIONS for name in names} <= known
    assert set(labels.HELP) | set(labels.ASIDE) | set(labels.CHOICES) <= known


def test_a_field_knows_its_declaration() -> None:
    title = specs.spec_at(("title",))
    start = specs.spec_at(("chapters", 2, "start"))
    assert title
    assert (title.kind, title.required, title.most) == (Kind.TEXT, True, 255)
    assert german(title.help) == "Der Titel der Folge, ohne den Namen des Podcasts und ohne Nummer."
    assert start
    assert (start.kind, start.example, start.required) == (Kind.TIME, "0:12:30", True)


def test_values_are_shown_as_people_type_them(house_folder: Path) -> None:
    assert _value(house_folder, "title") == "Was ist eine smarte Stadt?"
    assert _value(house_folder, "date") == "20.11.2026 12:00"
    assert _form(house_folder, "en").field("date").value == "20 Nov 2026 12:00"  # type: ignore[union-attr]
    assert _value(house_folder, "status") == "ready"
    assert _value(house_folder, "notes") == "Die *Notizen* zur Folge."
    assert _value(house_folder, "people.0.person") == "mira-beispiel"
    listed = _form(house_folder).field("people")
    assert listed
    assert [one.title for one in listed.items] == ["Mira Beispiel"]


def test_what_the_check_finds_stands_at_the_field_it_is_about(house_folder: Path) -> None:
    _fill(house_folder, "summary", "")
    _add(house_folder, "pictures", {"credit": "Foto: privat"})
    form = _form(house_folder)
    found = {one.path: [german(p.message) for p in one.problems] for top in form.fields for one in top.walk()}
    assert found["summary"][0].startswith("summary fehlt")
    assert len(found["pictures.0.alt"]) == 1
    assert len(found["pictures.0.licence"]) == 1
    assert found["title"] == []
    assert form.problems == ()


def test_a_file_with_a_mistake_is_a_form_with_the_mistake_at_its_field(house_folder: Path) -> None:
    _file(house_folder).write_text(
        _text(house_folder).replace("ready", "fertig").replace("role: guest", "role: zauberer"),
        encoding="utf-8",
    )
    form = _form(house_folder)
    status = form.field("status")
    assert status
    assert status.value == "fertig"
    assert "draft" in german(status.problems[0].message)
    assert german(status.problems[0].message).startswith("Stand: ")
    _fill(house_folder, "status", "ready")  # one mistake is mended although the other one still stands there
    assert _value(house_folder, "status") == "ready"
    assert [german(p.message) for p in form.elsewhere] == []


def test_a_mistake_in_another_file_leaves_the_form(house_folder: Path) -> None:
    (house_folder / "content/people/mira-beispiel.md").write_text("---\nnam: Mira\n---\n", encoding="utf-8")
    form = _form(house_folder)
    assert form.elsewhere
    assert _value(house_folder, "title") == "Was ist eine smarte Stadt?"


# Writing -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "typed", "line", "shown"),
    [
        ("title", "Wem gehört die Stadt?", "title: Wem gehört die Stadt?", "Wem gehört die Stadt?"),
        ("subtitle", "Ein: Gespräch", "subtitle: 'Ein: Gespräch'", "Ein: Gespräch"),
        ("number", "7", "number: 7", "7"),
        ("date", "28.11.2026 9:00", "date: 2026-11-28 09:00", "28.11.2026 9:00"),
        ("date", "28. November 2026, 9 Uhr", "date: 2026-11-28 09:00", "28.11.2026 9:00"),
        ("recorded", "12.11.2026", "recorded: 2026-11-12", "12.11.2026"),
        ("explicit", True, "explicit: true", True),
        ("type", "trailer", "type: trailer", "trailer"),
        ("licence", "CC0-1.0", "licence: CC0-1.0", "CC0-1.0"),
        ("institution", "vhs", "institution: vhs", "vhs"),
        ("people.0.role", "host", "    role: host", "host"),
        ("topics", ["Smart City", "Bücher"], "  - Smart City", ("Smart City", "Bücher")),
        ("summary", "Eins.\r\nZwei.", "summary: |-", "Eins.\nZwei."),
    ],
)
def test_a_field_is_saved_and_read_back(
    house_folder: Path, path: str, typed: object, line: str, shown: object
) -> None:
    lines = _lines(house_folder, lambda: _fill(house_folder, path, typed))
    assert f"+{line}" in lines
    assert _value(house_folder, path) == shown
    assert "# the editor's own remark" in _text(house_folder)


def test_what_stands_there_is_not_written_again(house_folder: Path) -> None:
    before = _text(house_folder)
    done = _fill(house_folder, "date", "20. November 2026 12:00")
    assert isinstance(done, filling.Filled)
    assert not done.written
    assert _text(house_folder) == before


def test_an_empty_field_takes_its_key_out(house_folder: Path) -> None:
    assert _lines(house_folder, lambda: _fill(house_folder, "summary", "  ")) == [
        "-summary: Wie Bochum Daten teilt."
    ]


@pytest.mark.parametrize(
    ("path", "typed", "sentence"),
    [
        ("title", "", "Titel fehlt."),
        ("title", "x" * 256, "Titel: erwartet werden höchstens 255 Zeichen."),
        ("date", "31.11.2026 9:00", "Den 31.11.2026 gibt es nicht. Gemeint vielleicht: 30.11.2026"),
        ("date", "morgen", "Das ist als Datum nicht lesbar. Beispiel: 28.11.2026"),
        ("date", "28.11.2026 25:00", "25:00 ist keine Uhrzeit. Beispiel: 9:00"),
        ("number", "sieben", "Nummer: erwartet wird eine ganze Zahl."),
        ("status", "fertig", "Stand: erwartet wird eines von: 'draft' or 'ready'."),
        ("people.0.role", "zauberer", None),
        ("cover", "../../x.jpg", None),
    ],
)
def test_what_the_model_does_not_take_is_refused_and_the_file_stays(
    house_folder: Path, path: str, typed: str, sentence: str | None
) -> None:
    before = _text(house_folder)
    with pytest.raises(HdwError) as refused:
        _fill(house_folder, path, typed)
    assert _text(house_folder) == before
    assert sentence is None or _said(refused.value) == sentence


def test_the_recording_and_the_identity_are_not_changed_here(house_folder: Path) -> None:
    for path in ("guid", "audio", "nichts", "id"):
        with pytest.raises(MisuseError):
            _fill(house_folder, path, "x")


def test_a_change_outside_is_told_and_nothing_is_written_over_it(house_folder: Path) -> None:
    known = _form(house_folder).field("subtitle")
    assert known
    _file(house_folder).write_text(
        _text(house_folder).replace("status: ready", "status: ready\nsubtitle: Von außen"), encoding="utf-8"
    )
    before = _text(house_folder)
    told = _fill(house_folder, "subtitle", "Von innen", was=known.digest)
    assert isinstance(told, filling.Conflict)
    assert told.value == "Von außen"
    assert _text(house_folder) == before
    again = _fill(house_folder, "subtitle", "Von innen", was=told.digest)
    assert isinstance(again, filling.Filled)
    assert _value(house_folder, "subtitle") == "Von innen"


def test_a_change_outside_of_another_field_is_nobody_s_conflict(house_folder: Path) -> None:
    known = _form(house_folder).field("title")
    assert known
    _file(house_folder).write_text(_text(house_folder) + "\nMehr.\n", encoding="utf-8")
    assert isinstance(_fill(house_folder, "title", "Neu", was=known.digest), filling.Filled)
    assert _text(house_folder).endswith("\nMehr.\n")


def test_the_notes_are_written_and_the_front_matter_stays(house_folder: Path) -> None:
    head = _text(house_folder).partition("Die *Notizen*")[0]
    _fill(house_folder, "notes", "Neu\n\nund mehr")
    assert _text(house_folder) == head + "Neu\n\nund mehr\n"


def test_entries_are_added_changed_moved_and_removed(house_folder: Path) -> None:
    first = _add(house_folder, "links", {"url": "https://a.example", "title": "A"})
    _add(
        house_folder,
        "links",
        {"url": "https://b.example", "title": "B", "kind": "course", "ends": "31.12.2026"},
    )
    assert isinstance(first, filling.Filled)
    assert first.at == 0
    _fill(house_folder, "links.0.title", "Ah")
    filling.move_entry(house_folder, ID, "links", 1, 0, language="de")
    assert project.front_values(_text(house_folder))["links"][0]["url"] == "https://b.example"
    assert _value(house_folder, "links.0.ends") == "31.12.2026"
    filling.remove_entry(house_folder, ID, "links", 0, language="de")
    assert [one["title"] for one in project.front_values(_text(house_folder))["links"]] == ["Ah"]
    filling.remove_entry(house_folder, ID, "links", 0, language="de")
    assert "links" not in _text(house_folder)
    with pytest.raises(MisuseError):
        filling.remove_entry(house_folder, ID, "links", 0, language="de")


def test_an_entry_without_what_it_needs_is_refused(house_folder: Path) -> None:
    before = _text(house_folder)
    with pytest.raises(ProjectError) as refused:
        _add(house_folder, "links", {"url": "https://a.example"})
    assert _said(refused.value) == "Text des Links fehlt."
    assert _text(house_folder) == before


def test_one_place_that_is_no_list_is_changed_and_gets_company(house_folder: Path) -> None:
    text = _text(house_folder).replace("status:", "location: {name: Bochum}\nstatus:")
    _file(house_folder).write_text(text, encoding="utf-8")
    assert _value(house_folder, "location.0.name") == "Bochum"
    _fill(house_folder, "location.0.name", "Herne")
    assert "location: {name: Herne}" in _text(house_folder)
    _add(house_folder, "location", {"name": "Witten"})
    assert project.front_values(_text(house_folder))["location"] == [{"name": "Herne"}, {"name": "Witten"}]


def test_a_group_is_filled_at_once(house_folder: Path) -> None:
    _fill(house_folder, "quotation", {"text": "Wissen ist für alle da.", "source": "Leitbild", "url": ""})
    assert _value(house_folder, "quotation.source") == "Leitbild"
    _fill(house_folder, "quotation.text", "Wissen für alle.")
    assert _value(house_folder, "quotation.text") == "Wissen für alle."
    _fill(house_folder, "quotation", {"text": "", "source": ""})
    assert "quotation" not in _text(house_folder)


# Chapters ------------------------------------------------------------------------------------------------


@pytest.fixture
def chaptered(house_folder: Path) -> Path:
    facts = {
        "file": "a.mp3", "bytes": 1, "sha256": "0" * 64, "duration_s": 600.0, "codec": "mp3",
        "bit_rate": 128000, "sample_rate": 44100, "channels": 1,
    }  # fmt: skip
    project.write_facts(_file(house_folder).parent, AudioFacts.model_validate({"recording": facts}))
    for start, title in (("0:48", "Mitte"), ("0", "Anfang"), ("5:20", "Ende")):
        _add(house_folder, "chapters", {"start": start, "title": title})
    return house_folder


def _chapters(root: Path) -> list[tuple[str, str]]:
    return [(one["start"], one["title"]) for one in project.front_values(_text(root))["chapters"]]


def test_chapters_stand_in_the_order_of_time(chaptered: Path) -> None:
    assert _chapters(chaptered) == [("0:00:00", "Anfang"), ("0:00:48", "Mitte"), ("0:05:20", "Ende")]
    assert _value(chaptered, "chapters.1.start") == "0:48"


def test_a_chapter_that_starts_elsewhere_moves(chaptered: Path) -> None:
    done = _fill(chaptered, "chapters.1.start", "6:00")
    assert isinstance(done, filling.Filled)
    assert done.at == 2
    assert [title for _, title in _chapters(chaptered)] == ["Anfang", "Ende", "Mitte"]


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        ("10:00", "Die Aufnahme endet bei 0:10:00; ein Kapitel beginnt davor."),
        ("1:02:03", "Die Aufnahme endet bei 0:10:00; ein Kapitel beginnt davor."),
        ("48", "Bei 0:48 beginnt schon ein Kapitel."),
        ("gleich", "Das ist keine Stelle der Aufnahme. Beispiel: 1:26"),
    ],
)
def test_a_chapter_that_cannot_be_is_refused(chaptered: Path, start: str, sentence: str) -> None:
    before = _text(chaptered)
    for act in (
        lambda: _add(chaptered, "chapters", {"start": start, "title": "X"}),
        lambda: _fill(chaptered, "chapters.2.start", start),
    ):
        with pytest.raises(HdwError) as refused:
            act()
        assert _said(refused.value) == sentence
    assert _text(chaptered) == before


def test_the_list_s_digest_changes_with_every_entry(chaptered: Path) -> None:
    known = _form(chaptered).field("chapters.2.title")
    assert known
    _file(chaptered).write_text(_text(chaptered).replace("title: Anfang", "title: Beginn"), encoding="utf-8")
    assert isinstance(_fill(chaptered, "chapters.2.title", "X", was=known.digest), filling.Conflict)


# People, topics, consent ---------------------------------------------------------------------------------


def _person(root: Path, id_: str, text: str) -> None:
    (root / f"content/people/{id_}.md").write_text(f"---\n{text}\n---\n", encoding="utf-8")


def test_people_are_offered_with_what_tells_them_apart(house_folder: Path) -> None:
    _person(house_folder, "kim-probe", "name: Kim Probe\nrole: Ton")
    _person(house_folder, "kim-probe-2", "name: Kim Probe")
    house = project.load(house_folder)
    offered = [(one.value, one.label, german(one.hint)) for one in people(house, house.episodes[0])]
    assert offered == [
        ("mira-beispiel", "Mira Beispiel", "in dieser Folge"),
        ("kim-probe", "Kim Probe", "Ton, noch in keiner Folge"),
        ("kim-probe-2", "Kim Probe", "kim-probe-2, noch in keiner Folge"),
    ]
    assert german(people(house)[0].hint) == "1 Folge"


def test_a_new_person_gets_an_id_that_nobody_has(house_folder: Path) -> None:
    assert filling.new_person(house_folder, " Jörg  Müller ").value == "joerg-mueller"
    assert filling.new_person(house_folder, "Jörg Müller").value == "joerg-mueller-2"
    _add(house_folder, "people", {"person": "joerg-mueller-2", "role": "guest"})
    assert _value(house_folder, "people.1.person") == "joerg-mueller-2"
    with pytest.raises(MisuseError):
        filling.new_person(house_folder, " ?! ")


def test_a_topic_is_written_as_the_house_writes_it(house_folder: Path) -> None:
    (house_folder / "content/topics").mkdir()
    (house_folder / "content/topics/smart-city.md").write_text(
        "---\ntitle: Smart City\n---\n", encoding="utf-8"
    )
    house = project.load(house_folder)
    assert filling.topic_named(house_folder, "smart  city") == "Smart City"
    assert filling.topic_named(house_folder, "Neues Thema") == "Neues Thema"
    assert [one.value for one in topics(house)] == ["Smart City"]


def test_no_two_fields_have_one_digest(house_folder: Path) -> None:
    digests = [one.digest for one in _form(house_folder).fields]
    assert len(set(digests)) == len(digests)


def test_an_entry_that_is_there_is_not_added_twice(house_folder: Path) -> None:
    _add(house_folder, "topics", "Bücher")
    again = _add(house_folder, "topics", "Bücher")
    assert isinstance(again, filling.Filled)
    assert not again.written
    assert _value(house_folder, "topics") == ("Bücher",)


def test_consent_says_who_has_one_and_no_more(house_folder: Path) -> None:
    _person(house_folder, "kim-probe", "name: Kim Probe")
    _add(house_folder, "people", {"person": "kim-probe", "role": "guest"})
    assert _form(house_folder).consent == filling.Consented(here=False)
    (house_folder / "private").mkdir()
    (house_folder / "private/consent.toml").write_text(
        '[[consents]]\nperson = "mira-beispiel"\nscope = ["audio"]\ndate = 2026-01-01\npaper = "Ordner 7"\n'
        '[[consents]]\nperson = "kim-probe"\nscope = ["audio"]\ndate = 2020-01-01\nexpires = 2026-11-23\n'
        'paper = "Ordner 8"\n',
        encoding="utf-8",
    )
    assert _form(house_folder).consent == filling.Consented(
        here=True, having=("Mira Beispiel",), lacking=("Kim Probe",)
    )


# Pictures ------------------------------------------------------------------------------------------------


def _upload(folder: Path, data: bytes) -> Path:
    path = folder / "upload.part"
    path.write_bytes(data)
    return path


def _picture(kind: str = "JPEG", size: tuple[int, int] = (300, 200), **options: Any) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "#8E3219").save(stream, kind, **options)
    return stream.getvalue()


def _bring(
    root: Path, path: str, data: bytes, name: str, **options: Any
) -> filling.Filled | filling.Conflict:
    return filling.bring_picture(root, ID, path, _upload(root.parent, data), name, language="de", **options)


def test_a_picture_is_named_plainly_and_entered_with_its_rights(house_folder: Path) -> None:
    data = _picture()
    rights = {"alt": "Ein Heft", "credit": "Archiv", "licence": "reserved, used by permission"}
    for at in range(2):
        _bring(house_folder, "pictures", data, "../Schul Heft.JPG")
        for name, value in rights.items():
            _fill(house_folder, f"pictures.{at}.{name}", value)
    assert project.front_values(_text(house_folder))["pictures"] == [
        {"file": name, "alt": "Ein Heft", "credit": "Archiv", "rights": "reserved, used by permission"}
        for name in ("schul-heft.jpg", "schul-heft-2.jpg")
    ]
    assert _file(house_folder, "schul-heft.jpg").read_bytes() == data
    form = _form(house_folder).field("pictures")
    assert form
    assert german(form.items[0].note) == "300 × 200"
    assert form.items[0].fields[-1].value == "reserved, used by permission"
    _fill(house_folder, "pictures.0.licence", "CC-BY-4.0")
    first = project.front_values(_text(house_folder))["pictures"][0]
    assert (first.get("licence"), first.get("rights")) == ("CC-BY-4.0", None)


def test_two_browsers_that_bring_a_picture_of_one_name_at_once_keep_both(
    house_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = _file(house_folder, "heft.jpg")
    real = pictures.whole

    def meanwhile(target: Path, **how: Any) -> Any:
        if not theirs.exists():
            theirs.write_bytes(b"theirs")
        return real(target, **how)

    monkeypatch.setattr(pictures, "whole", meanwhile)
    done = _bring(house_folder, "pictures", data := _picture(), "heft.jpg")
    assert isinstance(done, filling.Filled)
    assert theirs.read_bytes() == b"theirs"
    assert _file(house_folder, "heft-2.jpg").read_bytes() == data
    (entry,) = project.front_values(_text(house_folder))["pictures"]
    assert entry == {"file": "heft-2.jpg"}


def test_a_picture_of_another_kind_becomes_one_that_browsers_show(house_folder: Path) -> None:
    _bring(house_folder, "pictures", _picture("WEBP"), "heft.webp")
    with Image.open(_file(house_folder, "heft.jpg")) as image:
        assert image.format == "JPEG"


def test_a_large_picture_from_a_camera_held_sideways_stands_upright(house_folder: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    _bring(house_folder, "pictures", _picture(size=(4000, 3000), exif=exif), "foto.jpg")
    with Image.open(_file(house_folder, "foto.jpg")) as image:
        assert image.width < image.height


@pytest.mark.parametrize(
    ("path", "data", "sentence"),
    [
        ("pictures", b"#!/bin/sh\n", "Dieses Bild geht nicht: kein Bild, das sich öffnen lässt."),
        ("pictures", _picture()[:400], None),
        (
            "cover",
            _picture(size=(1400, 1500)),
            "Dieses Bild geht nicht: Apps nehmen nur quadratische Titelbilder.",
        ),
        ("chapters.0.picture", _picture(), None),
    ],
)
def test_what_cannot_be_shown_is_refused_and_nothing_is_left(
    house_folder: Path, path: str, data: bytes, sentence: str | None
) -> None:
    before = sorted(_file(house_folder).parent.iterdir()), _text(house_folder)
    with pytest.raises(HdwError) as refused:
        _bring(house_folder, path, data, "x.jpg")
    assert sentence is None or _said(refused.value) == sentence
    assert (sorted(_file(house_folder).parent.iterdir()), _text(house_folder)) == before


def test_a_cover_is_entered(house_folder: Path, cover: bytes) -> None:
    _bring(house_folder, "cover", cover, "Titel.jpg")
    assert _value(house_folder, "cover") == "titel.jpg"


# A new episode -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "episode", "file"),
    [
        ("Nachts im Magazin.mp3", "2026-11-24-nachts-im-magazin", "nachts-im-magazin.mp3"),
        ("../../x.mp3", "2026-11-24-x", "x.mp3"),
        ("C:\\Aufnahmen\\Bücher.MP3", "2026-11-24-buecher", "buecher.mp3"),
        ("..", "2026-11-24-aufnahme", "aufnahme.mp3"),
        ("con.mp3", "2026-11-24-con", "aufnahme-con.mp3"),
    ],
)
def test_an_uploaded_recording_becomes_an_episode_inside_the_house(
    house_folder: Path, name: str, episode: str, file: str
) -> None:
    inbox = house_folder / ".hdw/desk/uploads"
    inbox.mkdir(parents=True)
    upload = recordings.make(inbox / "0001.mp3", seconds=8)
    upload.rename(inbox / "0001")
    added = filling.receive(house_folder, inbox / "0001", name, now=NOW)
    assert (added.episode_id, added.recording.file) == (episode, file)
    assert [german(one.label) for one in added.found if one.guessed][-1:] == ["Datum"]
    assert not list(inbox.iterdir())
    outside = [p for p in house_folder.parent.rglob("*.mp3") if house_folder / "episodes" not in p.parents]
    assert outside == []


@given(
    st.one_of(
        st.text(), st.text("./\\\\:~\0 a"), st.sampled_from(["../../x.mp3", "/x", "C:\\\\x", "~/x", "."])
    )
)
def test_whatever_a_file_was_called_its_name_is_one_part_that_no_folder_has(name: str) -> None:
    plain = arriving.file_name(name)
    assert PurePosixPath(plain).parts == PureWindowsPath(plain).parts == (plain,)
    assert not plain.startswith(".")
    assert len(plain) <= 200


def test_a_text_that_calls_itself_a_recording_is_refused_and_goes_away(house_folder: Path) -> None:
    inbox = house_folder / ".hdw/desk/uploads"
    inbox.mkdir(parents=True)
    (inbox / "0001").write_text("Hallo", encoding="utf-8")
    with pytest.raises(HdwError) as refused:
        filling.receive(house_folder, inbox / "0001", "aufnahme.mp3", now=NOW)
    assert refused.value.where.file == "aufnahme.mp3"
    assert not list(inbox.iterdir())
    assert len(project.episode_ids(house_folder)) == 1


# Days and times ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("28.11.2026", "2026-11-28"),
        ("28. 11. 2026", "2026-11-28"),
        ("1.2.26", "2026-02-01"),
        ("28. November 2026", "2026-11-28"),
        ("3 Mär 2026", "2026-03-03"),
        ("3 May 2026", "2026-05-03"),
        ("2026-11-28", "2026-11-28"),
        (" 29.02.2028 ", "2028-02-29"),
    ],
)
def test_days_are_read_as_people_type_them(typed: str, day: str) -> None:
    assert f"{dates.read_day(typed, 'de')}" == day


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("31.11.2026", "30.11.2026"),
        ("29.2.2026", "28.02.2026"),
        ("11.28.2026", "28.11.2026"),
        ("0.5.2026", "01.05.2026"),
        ("31.13.2026", "31.12.2026"),
    ],
)
def test_a_day_that_is_none_is_told_with_the_nearest(typed: str, nearest: str) -> None:
    with pytest.raises(MisuseError) as refused:
        dates.read_day(typed, "de")
    assert _said(refused.value) == f"Den {typed} gibt es nicht. Gemeint vielleicht: {nearest}"


@pytest.mark.parametrize(
    ("typed", "time"),
    [("9:00", "9:00"), ("09.30", "9:30"), ("9", "9:00"), ("9 Uhr", "9:00"), ("23:59", "23:59")],
)
def test_times_are_read_as_people_type_them(typed: str, time: str) -> None:
    assert dates.time_text(dates.read_time(typed)) == time


def test_every_day_is_read_back_in_every_language() -> None:
    for month in range(1, 13):
        day = dates.EXAMPLE.replace(month=month)
        for language in ("de", "en"):
            assert dates.read_day(dates.day_text(day, language), language) == day
