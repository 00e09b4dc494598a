"""Recognising again over a text that people work on, with the files as they lie in the house."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline import catalog, project, website, workflow
from pipeline.errors import BusyError, HdwError, MisuseError
from pipeline.models import CueState, Review, Transcript, Word
from pipeline.speech import Recognition, Segment, to_jsonl
from pipeline.transcripts import read_vtt, reviewing, sentences, write_vtt
from pipeline.workflow import planning
from pipeline.workflow.knowing import Known

ID = "2026-11-20-smarte-stadt"
NOW = datetime(2026, 11, 24, 9, 30, 15, tzinfo=UTC)
TODAY = date(2026, 11, 24)
FIXTURES = Path(__file__).parent.parent / "fixtures"


def recognition(text: str) -> Recognition:
    words = tuple(Word(word, n * 0.5, n * 0.5 + 0.4, 0.9) for n, word in enumerate(text.split()))
    return Recognition((Segment(0.0, 99.0, text, words, -0.1, 0.0, 1.0, 0.0),), "de", {"engine": "whisper"})


@pytest.fixture
def house(house_folder: Path) -> Path:
    """The small house, in which the machine heard three sentences, as `hdw transcribe` leaves them."""
    heard(house_folder, "2026-11-20_alt_00000000.jsonl", "Guten Tak. Hier ist Bochum. Wir lesen.")
    first = recognition("Guten Tak. Hier ist Bochum. Wir lesen.")
    words = [word for segment in first.segments for word in segment.words]
    cues = read_vtt(write_vtt(Transcript(sentences(words)))).cues
    review = Review(model="alt", recognised=TODAY, asr="2026-11-20_alt_00000000.jsonl")
    project.save_review(house_folder, ID, reviewing.recorded(review, cues))
    project.save_transcript(house_folder, ID, Transcript(cues))
    return house_folder


def heard(house: Path, name: str, text: str) -> None:
    project.save_recognition(house, ID, name, to_jsonl(recognition(text)))


def file(house: Path, name: str = "transcript.vtt") -> Path:
    return house / "episodes" / ID / name


def change(house: Path, old: str, new: str) -> None:
    text = file(house).read_text(encoding="utf-8")
    assert old in text
    file(house).write_text(text.replace(old, new), encoding="utf-8")


def said(house: Path) -> list[tuple[str, str]]:
    return [(cue.id, cue.text) for cue in read_vtt(file(house).read_text(encoding="utf-8")).cues]


def test_adopting_keeps_what_people_wrote_and_checked(house: Path) -> None:
    change(house, "Hier ist Bochum.", "Hier ist Herne.")
    workflow.approve(house, ID, by="Kim", today=TODAY, cues="3")
    heard(house, "2026-11-24_neu_11111111.jsonl", "Guten Tag. Hier ist Bonn. Wir lasen.")
    done = workflow.adopt(house, ID, now=NOW)
    assert said(house) == [("4", "Guten Tag."), ("2", "Hier ist Herne."), ("3", "Wir lesen.")]
    assert (done.fresh, done.gone, done.kept, done.aside) == (1, 1, 2, ())
    review = project.load_review(house, ID)
    assert (review.asr, review.model, review.last_id) == ("2026-11-24_neu_11111111.jsonl", "neu", 4)
    assert set(review.cues) == {"2", "3", "4"}
    assert (review.cues["3"].state, review.cues["3"].by) == (CueState.CHECKED, "Kim")
    assert read_vtt(file(house).read_text(encoding="utf-8")).cues[0].speaker == ""


def test_adopting_twice_changes_nothing_more(house: Path) -> None:
    heard(house, "2026-11-24_neu_11111111.jsonl", "Guten Tag. Hier ist Bonn. Wir lasen.")
    workflow.adopt(house, ID, now=NOW)
    before = {name: file(house, name).read_bytes() for name in ("transcript.vtt", "transcript.json")}
    again = workflow.adopt(house, ID, now=NOW)
    assert (again.fresh, again.gone) == (0, 0)
    assert {name: file(house, name).read_bytes() for name in before} == before


def test_killed_between_the_files_the_same_command_finishes(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard(house, "2026-11-24_neu_11111111.jsonl", "Guten Tag. Hier ist Bonn. Wir lasen.")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(project, "change_transcript", killed)
        with pytest.raises(KeyboardInterrupt):
            workflow.adopt(house, ID, now=NOW)
    assert workflow.adopt(house, ID, now=NOW).kept == 0
    assert [text for _, text in said(house)] == ["Guten Tag.", "Hier ist Bonn.", "Wir lasen."]


def test_a_text_changed_in_the_meantime_is_not_overwritten(house: Path) -> None:
    was = project.transcript_source(house, ID)
    change(house, "Bochum", "Herne")
    with pytest.raises(BusyError, match="somebody else"):
        project.change_transcript(house, ID, was, was + "\n")
    assert "Herne" in file(house).read_text(encoding="utf-8")


def test_discarding_needs_the_exact_number_and_keeps_the_old_files(house: Path) -> None:
    change(house, "Hier ist Bochum.", "Hier ist Herne.")
    old = {name: file(house, f"transcript.{name}").read_bytes() for name in ("vtt", "json")}
    heard(house, "2026-11-24_neu_11111111.jsonl", "Guten Tag. Hier ist Bonn. Wir lasen.")
    for wrong in (0, 2):
        with pytest.raises(
            MisuseError, match=f"1 sentence that people touched would be lost, not {wrong}"
        ) as raised:
            workflow.adopt(house, ID, discard=wrong, now=NOW)
        assert "--discard 1" in str(raised.value.hint)
    assert file(house).read_bytes() == old["vtt"]
    done = workflow.adopt(house, ID, discard=1, now=NOW)
    assert [text for _, text in said(house)] == ["Guten Tag.", "Hier ist Bonn.", "Wir lasen."]
    assert [path.name for path in done.aside] == [
        "discarded-2026-11-24-093015.vtt",
        "discarded-2026-11-24-093015.json",
    ]
    assert [path.read_bytes() for path in done.aside] == [old["vtt"], old["json"]]


def test_proposals_name_place_words_and_what_they_are_worth(house: Path) -> None:
    change(house, "Hier ist Bochum.", "Hier ist Herne.")
    heard(house, "2026-11-24_neu_11111111.jsonl", "Guten Tag. Hier ist Bonn. Wir lesen alle.")
    found = workflow.proposals(house, ID)
    assert found.source == "2026-11-24_neu_11111111.jsonl"
    assert [(p.cue, p.start_s, p.old, p.new, p.standing.value) for p in found.places] == [
        ("1", 0.5, "Tak.", "Tag.", "machine"),
        ("2", 2.0, "Herne.", "Bonn.", "edited"),
        ("3", 3.5, "", "alle.", "machine"),
    ]


def test_what_the_machine_mishears_again_is_not_proposed_again(house: Path) -> None:
    change(house, "Hier ist Bochum.", "Hier ist Herne.")
    heard(house, "2026-11-24_neu_11111111.jsonl", "Guten Tak. Hier ist Bochum. Wir lesen.")
    assert workflow.proposals(house, ID).places == ()


def test_approving_some_sentences_leaves_the_others_open(house: Path) -> None:
    assert workflow.approve(house, ID, by="Kim", today=TODAY, cues="1-2") == (2, 1)
    facts = project.load(house).of(project.load(house).episodes[0])
    assert not facts.checked
    assert workflow.approve(house, ID, by="Mira", today=TODAY, cues="3") == (1, 0)
    review = project.load_review(house, ID)
    assert [review.cues[id_].by for id_ in "123"] == ["Kim", "Kim", "Mira"]
    with pytest.raises(MisuseError, match="no sentence 9"):
        workflow.approve(house, ID, by="Kim", today=TODAY, cues="2-9")


def test_a_sentence_without_an_id_gets_one_when_it_is_checked(house: Path) -> None:
    change(house, "\n3\n", "\n")
    assert workflow.approve(house, ID, by="Kim", today=TODAY) == (3, 0)
    assert [id_ for id_, _ in said(house)] == ["1", "2", "4"]
    house_now = project.load(house)
    assert house_now.of(house_now.episodes[0]).checked


def test_status_tells_a_machines_text_from_an_edited_one(house: Path) -> None:
    assert [str(row.text) for row in workflow.status(house, NOW)] == ["machine"]
    change(house, "Bochum", "Herne")
    assert [str(row.text) for row in workflow.status(house, NOW)] == ["edited"]


def test_status_says_that_checked_sentences_were_changed(house: Path) -> None:
    workflow.approve(house, ID, by="Kim", today=TODAY)
    change(house, "Bochum", "Herne")
    (row,) = workflow.status(house, NOW)
    assert str(row.text) == "2 of 3"
    assert str(row.due) == "1 checked sentence was changed"


VTT = "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v Mira Beispiel>Grüße.\n\n2\n00:02.000 --> 00:03.000\n[Musik]\n"
SRT = (
    "1\n00:00:01,000 --> 00:00:02,000\nMira Beispiel: Grüße.\n\n2\n00:00:02,000 --> 00:00:03,000\n[Musik]\n\n"
    "3\n00:00:03,000 --> 00:00:04,000\nUnd: weiter.\n"
)
JSON = json.dumps(
    {"version": "1.0.0", "segments": [{"speaker": "Fremd", "startTime": 1, "endTime": 2, "body": "Grüße."}]},
    ensure_ascii=False,
)


@pytest.mark.parametrize(
    ("name", "data", "coding"),
    [
        ("a.vtt", VTT.encode(), "utf-8"),
        ("a.vtt", VTT.encode("utf-8-sig"), "utf-8-sig"),
        ("a.vtt", VTT.encode("utf-16"), "utf-16"),
        ("a.vtt", VTT.encode("utf-16-le"), "utf-16-le"),
        ("a.vtt", VTT.encode("utf-16-be"), "utf-16-be"),
        ("a.txt", VTT.replace("\n", "\r\n").encode("latin-1"), "Windows-1252"),
        ("falsch.srt", VTT.encode(), "utf-8"),
    ],
)
def test_a_file_is_read_by_what_stands_in_it(house_folder: Path, name: str, data: bytes, coding: str) -> None:
    path = house_folder / name
    path.write_bytes(data)
    done = workflow.import_transcript(house_folder, ID, path, now=NOW)
    cues = read_vtt(file(house_folder).read_text(encoding="utf-8")).cues
    assert [(cue.id, cue.text, cue.speaker, cue.sound) for cue in cues] == [
        ("1", "Grüße.", "mira-beispiel", False),
        ("2", "[Musik]", "", True),
    ]
    assert (done.coding, done.guessed, done.format) == (coding, coding == "Windows-1252", "VTT")


def test_names_in_the_text_of_srt_are_speakers_if_the_house_knows_them(house_folder: Path) -> None:
    path = house_folder / "a.srt"
    path.write_text(SRT, encoding="utf-8")
    workflow.import_transcript(house_folder, ID, path, now=NOW)
    cues = read_vtt(file(house_folder).read_text(encoding="utf-8")).cues
    assert [(cue.speaker, cue.text) for cue in cues] == [
        ("mira-beispiel", "Grüße."),
        ("", "[Musik]"),
        ("mira-beispiel", "Und: weiter."),
    ]


def test_imported_sentences_count_as_a_persons_and_strangers_are_named(house_folder: Path) -> None:
    path = house_folder / "a.json"
    path.write_text(JSON, encoding="utf-8")
    done = workflow.import_transcript(house_folder, ID, path, now=NOW)
    assert (done.strangers, done.format) == (("Fremd",), "JSON")
    transcript, review = project.load_transcript(house_folder, ID), project.load_review(house_folder, ID)
    assert transcript is not None
    assert [reviewing.standing(cue, review).value for cue in transcript.cues] == ["edited"]


def test_an_import_never_replaces_a_transcript_unasked_and_takes_no_id_again(
    house: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.vtt"
    path.write_text(VTT, encoding="utf-8")
    change(house, "Bochum", "Herne")
    before = file(house).read_bytes()
    with pytest.raises(MisuseError, match="a transcript already") as raised:
        workflow.import_transcript(house, ID, path, now=NOW)
    assert "--discard 1" in str(raised.value.hint)
    assert file(house).read_bytes() == before
    done = workflow.import_transcript(house, ID, path, discard=1, now=NOW)
    assert done.aside[0].read_bytes() == before
    assert said(house) == [("4", "Grüße."), ("5", "[Musik]")]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0 Word", "no transcript of a known kind"),
        ("a.vtt", b"WEBVTT\n\n1\nkaputt\n", "times are written"),
        ("a.vtt", b"WEBVTT\n", "no sentence"),
        ("a.vtt", b"\xff\xfeW", "not the text"),
    ],
)
def test_a_file_that_is_no_transcript_is_refused(
    house_folder: Path, name: str, data: bytes, message: str
) -> None:
    path = house_folder / name
    path.write_bytes(data)
    with pytest.raises(HdwError, match=message):
        workflow.import_transcript(house_folder, ID, path, now=NOW)
    assert not file(house_folder).exists()


@pytest.mark.parametrize("kind", workflow.EXPORTS)
def test_every_export_says_all_sentences_and_no_hidden_name(house: Path, kind: str) -> None:
    person = house / "content/people/mira-beispiel.md"
    person.write_text("---\nname: Mira Beispiel\nhidden: true\n---\n", encoding="utf-8")
    change(house, "Wir lesen.", "<v mira-beispiel>Wir lesen.")
    change(house, "Guten Tak.", "<c.sound>[Musik]</c>")
    text = workflow.export(house, ID, kind)
    assert "mira" not in text.casefold()
    if kind == "words":
        assert json.loads(text)["paragraphs"] == {"t=0": [0], "t=1": [100, 50, 50], "t=2": [250, 50]}
    else:
        assert "[Musik]" in text
        assert "Wir lesen." in text
        assert "Gast" in text


def test_the_times_of_words_are_published_under_a_name_that_carries_their_content(
    house: Path,
) -> None:
    change(house, "Bochum", "Herne")
    (house / "content/cover.jpg").write_bytes(project.plain_cover())
    files = catalog.opened(house)
    known = Known(planning.context(house, catalog.read(files)), files)
    names = {
        one.path: one.data
        for one in planning.plan(house, known)
        if isinstance(one, website.Document) and "words" in one.path
    }
    ((path, data),) = names.items()
    mark = hashlib.sha256(data).hexdigest()[:8]
    assert path == f"folgen/was-ist-eine-smarte-stadt/words.{mark}.json"
    assert json.loads(data)["paragraphs"] == {"t=0": [0, 50, 50, 50, 50, 50, 50]}


def test_comparing_counts_words_and_measures_times(house: Path) -> None:
    asr = file(house, "asr") / "2026-11-20_alt_00000000.jsonl"
    change(house, "Guten Tak.", "Guten Tag, Mira.")
    found = workflow.compare(house, ID, str(asr))
    assert (found.words, found.substitutions, found.insertions, found.deletions) == (8, 1, 0, 1)
    assert round(found.error_rate, 3) == 0.25
    assert (found.offset_s, found.spread_s) == (0.0, 0.0)
    assert [(place.a, place.b) for place in found.places] == [
        ("Guten Tag, Mira. Hier ist", "Guten Tak. Hier ist")
    ]


def test_a_transcript_that_comes_while_the_recording_is_heard_stays_a_persons(tmp_path: Path) -> None:
    """Hearing takes hours, and somebody brings a text of another program meanwhile."""
    root = tmp_path / "haus"
    workflow.init(root, name="H", title="T", language="de", address="https://p.example.org/", email="a@b.de")
    recording = Path(shutil.copy(FIXTURES / "speech.mp3", tmp_path))
    added = workflow.add(root, recording, metadata={"title": "Drei", "date": "2026-11-20"}, now=NOW)
    brought = tmp_path / "fremd.srt"
    brought.write_text("1\n00:00:01,000 --> 00:00:02,000\nVon Hand.\n", encoding="utf-8")

    def meanwhile(event: workflow.Event) -> None:
        if event.kind == "piece" and not (added.folder / "transcript.vtt").exists():
            workflow.import_transcript(root, added.episode_id, brought, now=NOW)

    choices = workflow.Choices(model=str(FIXTURES / "tiny-de-espeak.pt"), device="cpu")
    (made,) = workflow.transcribe(root, choices=choices, report=meanwhile, now=NOW)
    assert made.again
    review = project.load_review(root, added.episode_id)
    (cue,) = read_vtt((added.folder / "transcript.vtt").read_text(encoding="utf-8")).cues
    assert (cue.text, review.cues, review.asr) == ("Von Hand.", {}, "")


def test_real_recognition_again_only_adds_a_file(tmp_path: Path) -> None:
    """The whole way with the demonstration's model."""
    root = tmp_path / "haus"
    workflow.init(root, name="H", title="T", language="de", address="https://p.example.org/", email="a@b.de")
    recording = Path(shutil.copy(FIXTURES / "speech.mp3", tmp_path))
    added = workflow.add(root, recording, metadata={"title": "Drei", "date": "2026-11-20"}, now=NOW)
    choices = workflow.Choices(
        model=str(FIXTURES / "tiny-de-espeak.pt"), device="cpu", engine="faster-whisper"
    )
    (first,) = workflow.transcribe(root, choices=choices, report=lambda _: None, now=NOW)
    facts = project.load(root).of(project.load(root).episodes[0])
    assert facts.transcript is not None
    assert not first.again
    assert not any(reviewing.touched(cue, facts.review) for cue in facts.transcript.cues)
    vtt = added.folder / "transcript.vtt"
    vtt.write_text(vtt.read_text(encoding="utf-8") + "\nNOTE von Hand\n", encoding="utf-8")
    before = (vtt.read_bytes(), vtt.stat().st_mtime_ns)
    later = datetime(2026, 12, 1, tzinfo=UTC)
    (again,) = workflow.transcribe(root, (added.episode_id,), choices, report=lambda _: None, now=later)
    assert again.again
    assert (vtt.read_bytes(), vtt.stat().st_mtime_ns) == before
    assert len(list((added.folder / "asr").glob("*.jsonl"))) == 2
    assert workflow.proposals(root, added.episode_id).places == ()
    done = workflow.adopt(root, added.episode_id, now=later)
    assert (done.fresh, done.gone, done.kept) == (0, 0, 0)
    assert vtt.read_bytes() == before[0]
