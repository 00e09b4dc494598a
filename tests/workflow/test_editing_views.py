"""What a window shows of a transcript beside its text, and the end of the work on it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from editors import Window

from pipeline import project, workflow
from pipeline.errors import HeldError, MisuseError
from pipeline.models import Cue, Mark, Review, Transcript, Word
from pipeline.speech import Recognition, Segment, to_jsonl
from pipeline.transcripts import read_vtt, reviewing
from pipeline.transcripts.deeds import Deed, Kind
from pipeline.transcripts.document import to_json

ID = "2026-11-20-smarte-stadt"
NOW = datetime(2026, 11, 24, 9, 30, 15, tzinfo=UTC)
FIRST, SECOND = "2026-11-20_alt_00000000.jsonl", "2026-11-24_neu_11111111.jsonl"
TEXTS = ("Das Magatzin ist offen.", "Hier ist Bochum.", "Wir lesen.")


def heard(house: Path, name: str, text: str) -> None:
    words = tuple(Word(word, n * 0.5, n * 0.5 + 0.4, 0.9) for n, word in enumerate(text.split()))
    made = Recognition((Segment(0.0, 99.0, text, words, -0.1, 0.0, 1.0, 0.0),), "de", {"engine": "whisper"})
    project.save_recognition(house, ID, name, to_jsonl(made))


@pytest.fixture
def house(house_folder: Path) -> Path:
    """The small house with three sentences of the machine, one of them with two marks."""
    starts = (0.0, 2.0, 3.5)
    cues = tuple(
        Cue(str(n), s, s + 1.5, t, "Stimme 1") for n, (s, t) in enumerate(zip(starts, TEXTS, strict=True), 1)
    )
    project.save_transcript(house_folder, ID, Transcript(cues))
    review = Review(model="alt", asr=FIRST, recognised=date(2026, 11, 20))
    marks = (Mark("unsure", 1.0, "1", TEXTS[0], "offen."), Mark("unheard", 30.0))
    project.save_review(house_folder, ID, replace(reviewing.recorded(review, cues), marks=marks))
    heard(house_folder, FIRST, " ".join(TEXTS))
    return house_folder


def send(house: Path, *deeds: Deed) -> None:
    made = workflow.accept(house, ID, deeds, session="a", now=NOW)
    assert len(made.accepted) == len(deeds)


def kinds(house: Path) -> list[str]:
    return [one.kind for one in workflow.open_document(house, ID, now=NOW).passages]


def test_a_mark_that_was_left_as_it_is_stays_settled_until_that_is_taken_back(house: Path) -> None:
    made = workflow.open_document(house, ID, now=NOW)
    assert kinds(house) == ["dictionary", "unsure", "unheard"]
    keys = tuple(one.key for one in made.passages)
    send(house, Deed("k1", (), settled=keys[:1]), Deed("k2", (), settled=keys[2:]))
    assert kinds(house) == ["unsure"]
    data = json.loads((house / "episodes" / ID / "transcript.json").read_text())
    assert data["settled"] == sorted([keys[0], keys[2]])
    send(house, Deed("k3", (), Kind.UNDO, reopened=keys[2:], of="k2"))
    assert kinds(house) == ["dictionary", "unsure", "unheard"][1:]


def test_names_of_the_house_are_no_unknown_words(house: Path) -> None:
    glossary = house / "content/glossary.toml"
    glossary.write_text('[[terms]]\nterm = "Magazin"\n', encoding="utf-8")
    made = workflow.open_document(house, ID, now=NOW).passages[0]
    assert (made.kind, made.suggestion) == ("name", "Magazin")
    glossary.write_text('[[terms]]\nterm = "Magatzin"\n', encoding="utf-8")
    assert kinds(house) == ["unsure", "unheard"]


def test_words_have_their_place_in_the_text_and_the_time_in_which_they_are_heard(house: Path) -> None:
    window = Window(list(workflow.open_document(house, ID, now=NOW).sentences), 4)
    send(house, window.type("2", "Hier ist  jetzt Bochum."))
    found = workflow.words(house, ID)
    cue = next(cue for cue in read_vtt(project.transcript_source(house, ID)).cues if cue.id == "2")
    assert [cue.text[at : at + length] for at, length, _, _ in found["2"]] == [
        "Hier",
        "ist",
        "jetzt",
        "Bochum.",
    ]
    assert found["2"][0][2:] == (2.0, 2.4)
    assert found["2"][-1][2:] == (3.0, 3.4)
    times = [moment for word in found["2"] for moment in word[2:]]
    assert times == sorted(times)


def test_without_a_recognition_words_share_the_time_of_their_sentence(house: Path) -> None:
    (house / "episodes" / ID / "asr" / FIRST).unlink()
    found = workflow.words(house, ID)
    assert found["3"][0][2] == 3.5
    assert found["3"][-1][3] == 5.0


def test_a_new_recognition_proposes_whole_sentences_and_changes_none(house: Path) -> None:
    before = project.transcript_source(house, ID)
    assert workflow.open_document(house, ID, now=NOW).proposals == ()
    heard(house, SECOND, "Das Magazin ist offen. Hier ist Bochum. Wir alle lesen.")
    made = workflow.open_document(house, ID, now=NOW)
    assert [(one.sentence, one.text) for one in made.proposals] == [
        ("1", "Das Magazin ist offen."),
        ("3", "Wir alle lesen."),
    ]
    assert project.transcript_source(house, ID) == before
    window = Window(list(made.sentences), made.next_id)
    send(house, window.type("1", made.proposals[0].text), Deed("k", (), settled=(made.proposals[1].key,)))
    assert workflow.open_document(house, ID, now=NOW).proposals == ()


def test_what_was_corrected_is_not_proposed_again_because_it_is_misheard_again(house: Path) -> None:
    window = Window(list(workflow.open_document(house, ID, now=NOW).sentences), 4)
    send(house, window.type("1", "Das Archiv ist offen."))
    heard(house, SECOND, "Das Magatzin ist offen. Hier ist Bochum. Wir lesen.")
    assert workflow.open_document(house, ID, now=NOW).proposals == ()


def test_the_checklist_says_what_is_open_and_where(house: Path) -> None:
    window = Window(list(workflow.open_document(house, ID, now=NOW).sentences), 4)
    send(
        house, window.type("2", "Hier ist [unverständlich]."), window.insert(8.0, 9.0, "Quiet doors library.")
    )
    found = {item.subject: (item.open, item.first) for item in workflow.checklist(house, ID)}
    assert found == {
        "voices": (1, "1"),
        "marks": (found["marks"][0], "1"),
        "heard": (4, "1"),
        "unclear": (1, "2"),
        "sounds": (0, ""),
        "languages": (1, "4"),
        "chapters": (0, ""),
    }
    assert found["marks"][0] >= 3


def test_a_chapter_within_a_sentence_is_told(house: Path) -> None:
    path = house / "episodes" / ID / "episode.md"
    chapters = "chapters: [{start: 0, title: A}, {start: 2.8, title: B}, {start: 3.6, title: C}]\n"
    path.write_text(path.read_text().replace("people:", f"{chapters}people:"))
    item = next(item for item in workflow.checklist(house, ID) if item.subject == "chapters")
    assert (item.open, item.first, item.done) == (1, "2", False)


def test_finishing_checks_every_sentence_with_name_and_day(house: Path) -> None:
    assert workflow.finish(house, ID, by=" Kim Muster ", session="a", now=NOW) == (3, 0)
    review = project.load_review(house, ID)
    assert {(entry.by, entry.on) for entry in review.cues.values()} == {("Kim Muster", NOW.date())}
    assert review.completed == NOW.date()
    assert all(item.done for item in workflow.checklist(house, ID) if item.subject in {"heard", "marks"})


def test_who_checked_a_sentence_before_the_end_stays_with_it(house: Path) -> None:
    window = Window(list(workflow.open_document(house, ID, now=NOW).sentences), 4)
    send(house, window.check("2"), replace(window.check("3"), by=""))
    later = NOW + timedelta(days=3)
    assert workflow.finish(house, ID, by="Mira", session="a", now=later) == (3, 0)
    checked = {id_: (one.by, one.on) for id_, one in project.load_review(house, ID).cues.items()}
    mira = "Mira", later.date()
    assert checked == {"1": mira, "2": ("Kim", NOW.date()), "3": mira}
    workflow.finish(house, ID, by="Ada", session="a", now=later + timedelta(days=1))
    again = project.load_review(house, ID)
    assert {id_: (one.by, one.on) for id_, one in again.cues.items()} == checked
    assert reviewing.corrected(again) is None


def test_a_checked_sentence_that_was_changed_is_theirs_who_checked_it_again(house: Path) -> None:
    workflow.approve(house, ID, by="Kim", today=NOW.date())
    window = Window(list(workflow.open_document(house, ID, now=NOW).sentences), 4)
    send(house, window.type("2", "Hier ist Herne."))
    workflow.finish(house, ID, by="Mira", session="a", now=NOW)
    assert [project.load_review(house, ID).cues[id_].by for id_ in "123"] == ["Kim", "Mira", "Kim"]


def test_finishing_needs_a_name_and_the_transcript_to_be_free(house: Path) -> None:
    with pytest.raises(MisuseError):
        workflow.finish(house, ID, by=" ", session="a", now=NOW)
    workflow.hold(house, ID, "b", now=NOW)
    with pytest.raises(HeldError):
        workflow.finish(house, ID, by="Kim", session="a", now=NOW)


def test_the_document_says_its_reasons_in_the_readers_language(house: Path) -> None:
    from pipeline.messages import Translator

    data = to_json(workflow.open_document(house, ID, now=NOW), Translator("de"))
    assert data["marks"][0] == {
        "key": "dictionary:magatzin", "sentence": "1", "start": 4, "end": 12, "at": 0.261,
        "kind": "dictionary", "why": "Steht in keinem Wörterbuch", "suggestion": "Magazin",
    }  # fmt: skip
    assert data["people"][0]["hint"] == "in dieser Folge"
