"""What the machine may have made up is marked, with its reason; what people said is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.messages import Translator
from pipeline.models import Cue, CueReview, CueState, Mark, Review, Transcript, Word
from pipeline.transcripts import Evidence, inventions, marking, marks, open_marks


def cue(id_: str, start_s: float, end_s: float, text: str, probability: float = 0.95) -> Cue:
    texts = text.split()
    length = (end_s - start_s) / len(texts)
    words = tuple(
        Word(word, start_s + at * length, start_s + (at + 1) * length, probability)
        for at, word in enumerate(texts)
    )
    return Cue(id_, start_s, end_s, text, words=words)


NOTHING_KNOWN = Evidence()


def kinds(cues: tuple[Cue, ...], evidence: Evidence = NOTHING_KNOWN) -> list[tuple[str, str]]:
    return [(mark.kind, mark.cue) for mark in marks(cues, evidence)]


TALK = (
    cue("1", 0, 4, "Herzlich willkommen im Haus des Wissens."),
    cue("2", 4.5, 8, "Heute sprechen wir über offene Daten."),
)
SPOKEN = Evidence(((0.0, 8.4),), ((0.0, 8.0, 0.02),))


def test_a_talk_has_no_marks() -> None:
    assert kinds(TALK, SPOKEN) == []


@pytest.mark.parametrize(
    "text",
    [
        "Untertitel im Auftrag des ZDF für funk, 2017",
        "untertitel im auftrag des ZDF für Funk 2021.",
        "Untertitelung des ZDF, 2020",
        "Untertitelung des ZDF 2022!",
        "Vielen Dank fürs Zuschauen!",
        "Vielen Dank für's Zuschauen.",
        "Copyright WDR 2021",
        "© WDR 2019",
        "SWR 2020",
        "Untertitel der Amara.org-Community",
        "Untertitel von Amara.org",
        "Das war es. Untertitel im Auftrag des ZDF, 2020",
    ],
)
def test_a_credit_is_an_invention_however_it_is_written(text: str) -> None:
    said = (*TALK, cue("3", 9, 12, text))
    assert kinds(said, Evidence(((0.0, 12.4),))) == [("invention", "3")]


@pytest.mark.parametrize(
    "text",
    [
        "Der SWR hat darüber berichtet.",
        "Wir zeigen Untertitel im Auftrag der Stadt und sprechen über das ZDF.",
        "Copyright ist ein weites Feld.",
        "Vielen Dank für die Einladung nach Bochum.",
        "Das Zuschauen lohnt sich.",
    ],
)
def test_what_sounds_a_little_like_a_credit_is_not_one(text: str) -> None:
    assert not inventions.credit(text)
    assert not inventions.farewell(text)


def test_there_are_at_least_25_known_inventions_each_once() -> None:
    known = [inventions.plain(one) for one in (*inventions.CREDITS, *inventions.FAREWELLS)]
    assert len(set(known)) >= 25
    assert all(known)
    assert all(map(inventions.credit, inventions.CREDITS))
    assert all(map(inventions.farewell, inventions.FAREWELLS))
    assert not any(map(inventions.credit, inventions.FAREWELLS))


def test_thanks_that_somebody_says_are_not_marked() -> None:
    assert kinds((*TALK, cue("3", 8.2, 9, "Vielen Dank.")), Evidence(((0.0, 9.4),))) == []


def test_thanks_over_silence_are_marked() -> None:
    assert kinds((*TALK, cue("3", 30, 31, "Vielen Dank.")), SPOKEN) == [("invention", "3")]
    doubted = Evidence(((0.0, 31.4),), ((0.0, 8.0, 0.02), (30.0, 31.0, 0.9)))
    assert ("invention", "3") in kinds((*TALK, cue("3", 30, 31, "Vielen Dank.")), doubted)


def test_thanks_that_stand_alone_are_marked_if_they_are_badly_heard() -> None:
    evidence = Evidence(((0.0, 8.4), (29.6, 31.4)))
    assert kinds((*TALK, cue("3", 30, 31, "Vielen Dank.", 0.6)), evidence) == [("invention", "3")]
    assert kinds((*TALK, cue("3", 30, 31, "Vielen Dank.", 0.97)), evidence) == []


def test_text_where_nobody_speaks_is_marked() -> None:
    invented = cue("3", 40, 44, "Die Stadt wächst weiter.")
    assert kinds((*TALK, invented), SPOKEN) == [("silence", "3")]
    doubts = Evidence(((0.0, 60.0),), ((0.0, 8.0, 0.02), (40.0, 44.0, 0.7)))
    assert ("silence", "3") in kinds((*TALK, invented), doubts)


def test_without_evidence_nothing_is_said_of_silence() -> None:
    assert kinds((*TALK, cue("3", 40, 44, "Die Stadt wächst weiter."))) == []


def test_the_same_sentence_four_times_is_one_place() -> None:
    again = tuple(
        cue(str(3 + n), 9 + 2 * n, 10 + 2 * n, f"Das ist{'' if n % 2 else ','} so.") for n in range(4)
    )
    assert marks((*TALK, *again)) == (Mark("loop", 9, "3", "Das ist, so.", times=4),)


def test_two_sentences_in_turn_are_a_loop_too() -> None:
    again = tuple(
        cue(str(3 + n), 9 + 2 * n, 10 + 2 * n, "Ja, genau so." if n % 2 else "So ist es.") for n in range(6)
    )
    assert kinds((*TALK, *again)) == [("loop", "3")]


@pytest.mark.parametrize(
    ("text", "loop"),
    [
        ("und dann und dann und dann und dann", True),
        ("nein nein nein nein nein nein nein", True),
        ("Das ist sehr, sehr, sehr gut.", False),
        ("Wer wagt, gewinnt, und wer nicht wagt, gewinnt nicht.", False),
    ],
)
def test_words_that_go_round_within_a_sentence_are_a_loop(text: str, loop: bool) -> None:
    assert (kinds((cue("1", 0, 9, text),)) == [("loop", "1")]) is loop


def test_it_is_counted_how_often_words_go_round() -> None:
    (mark,) = marks((cue("1", 0, 9, "Also und dann und dann und dann und dann."),))
    assert mark.times == 4
    assert str(marking.sentence(mark)) == "4 times the same: “Also und dann und dann und dann und dann.”"
    uncounted = replace(mark, times=0)
    assert str(marking.sentence(uncounted)).startswith("The same again and again: “Also")


def test_short_answers_and_numbered_chapters_are_no_loops() -> None:
    assert kinds(tuple(cue(str(n), 2 * n, 2 * n + 1, "Ja.") for n in range(5))) == []
    assert kinds(tuple(cue(str(n), 2 * n, 2 * n + 1, f"Das ist Kapitel {n}.") for n in range(5))) == []


def test_a_sentence_faster_than_anybody_speaks_is_marked() -> None:
    text = "Die Volkshochschule, die Bücherei und die Universität."
    assert kinds((cue("1", 0, 1, text),)) == [("speed", "1")]
    assert kinds((cue("1", 0, 2.4, text),)) == []
    assert kinds((cue("1", 0, 0.05, "Ja, ja."),)) == []


def test_speech_without_a_word_is_marked_where_it_begins() -> None:
    evidence = Evidence(((0.0, 8.4), (20.0, 25.5), (30.0, 33.0)))
    assert marks(TALK, evidence) == (Mark("unheard", 20.0),)
    late = replace(TALK[1], words=TALK[1].words[:2])
    assert [mark.kind for mark in marks((TALK[0], late), Evidence(((0.0, 14.0),)))] == ["unheard"]


def test_only_the_least_probable_words_are_unsure_and_never_more_than_3_percent() -> None:
    sure = [cue(str(n), 10 * n, 10 * n + 9, " ".join(f"w{n}x{m}" for m in range(20))) for n in range(10)]
    doubtful = [
        replace(
            one, words=tuple(replace(w, probability=0.02 * n + 0.01) for w in one.words[:1]) + one.words[1:]
        )
        for n, one in enumerate(sure)
    ]
    found = marks(tuple(doubtful))
    assert [(mark.kind, mark.cue, mark.word) for mark in found] == [
        ("unsure", str(n), f"w{n}x0") for n in range(6)
    ]


def test_a_sentence_is_marked_once_for_its_most_serious_reason() -> None:
    assert kinds((*TALK, cue("3", 30, 30.5, "Untertitel im Auftrag des ZDF, 2020", 0.1)), SPOKEN) == [
        ("invention", "3")
    ]


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_kind_has_a_sentence(language: str) -> None:
    say = Translator(language)
    texts = {say(marking.sentence(Mark(kind, 0, "1", "x" * 99, "y", 3))) for kind in marking.SENTENCES}
    assert len(texts) == len(marking.SENTENCES)
    assert all(len(text) < 100 for text in texts)


REVIEW = Review(marks=(Mark("silence", 0, "1", TALK[0].text), Mark("unheard", 20.0)))
TRANSCRIPT = Transcript(TALK)
CHECKED = CueReview(CueState.CHECKED, "Mira", date(2026, 11, 20), "0")


def test_a_mark_stays_open_until_its_sentence_is_changed_or_reviewed() -> None:
    assert open_marks(TRANSCRIPT, REVIEW) == REVIEW.marks
    changed = Transcript((replace(TALK[0], text="Willkommen."), TALK[1]))
    assert open_marks(changed, REVIEW) == REVIEW.marks[1:]
    assert open_marks(TRANSCRIPT, replace(REVIEW, cues={"1": CHECKED})) == REVIEW.marks[1:]
    assert open_marks(Transcript(TALK[1:]), REVIEW) == REVIEW.marks[1:]


def test_unheard_speech_is_settled_by_a_sentence_there_or_by_the_whole_review() -> None:
    written = Transcript((*TALK, cue("3", 19.5, 24, "Das fehlte.")))
    assert open_marks(written, REVIEW) == REVIEW.marks[:1]
    assert open_marks(TRANSCRIPT, replace(REVIEW, cues={"1": CHECKED, "2": CHECKED})) == ()
