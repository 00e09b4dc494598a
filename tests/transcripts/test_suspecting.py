"""What an editor should look at first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.models import Cue, Mark, Review, Span, Term
from pipeline.transcripts import reviewing
from pipeline.transcripts.document import Passage
from pipeline.transcripts.marking import SENTENCES, key
from pipeline.transcripts.spelling import Dictionary, dictionary
from pipeline.transcripts.suspecting import LEAST, WHY, doubtful, foreign, passages
from pipeline.transcripts.vocabulary import Vocabulary

DAY = date(2026, 11, 24)
NOBODY = Vocabulary()


@pytest.fixture(scope="module")
def german() -> Dictionary:
    found = dictionary("de")
    assert found
    return found


def cues(*texts: str) -> tuple[Cue, ...]:
    return tuple(Cue(str(n), n * 10.0, n * 10.0 + 8, text, "kim") for n, text in enumerate(texts, 1))


def machine(said: tuple[Cue, ...], *marks: Mark) -> Review:
    return replace(reviewing.recorded(Review(), said), marks=marks)


def shown(said: tuple[Cue, ...], found: tuple[Passage, ...]) -> list[tuple[str, str, str]]:
    texts = {cue.id: cue.text for cue in said}
    return [(one.kind, texts.get(one.sentence, "")[one.start : one.end], one.suggestion) for one in found]


def test_every_mark_of_the_machine_has_its_reason_and_its_rank() -> None:
    assert set(SENTENCES) <= set(WHY)
    assert [kind for kind in WHY if kind in SENTENCES] == list(SENTENCES)


def test_an_unknown_word_is_shown_once_with_what_may_be_meant(german: Dictionary) -> None:
    said = cues("Das Magatzin ist offen.", "Im Magatzin ist Licht.", "Und so weiter.")
    found = passages(said, machine(said), NOBODY, german)
    assert shown(said, found) == [("dictionary", "Magatzin", "Magazin")]
    assert (found[0].sentence, found[0].key) == ("1", "dictionary:magatzin")
    assert said[0].start_s < found[0].at_s < said[0].end_s


def test_the_next_place_of_a_word_is_shown_when_the_first_is_mended(german: Dictionary) -> None:
    said = cues("Das Magazin ist offen.", "Im Magatzin ist Licht.")
    assert passages(said, machine(said), NOBODY, german)[0].sentence == "2"


def test_words_of_the_house_and_of_checked_sentences_are_known(german: Dictionary) -> None:
    said = cues("Elif Demir und Witkamp.", "Demir sprach mit Zwirgel.", "Zwirgel lacht.")
    review = machine(said)
    assert {one.key for one in passages(said, review, NOBODY, german)} >= {
        "dictionary:zwirgel",
        "dictionary:demir",
    }
    checked = {**review.cues, "2": reviewing.approved(said[1], "Kim", DAY)}
    house = Vocabulary(names=("Elif Demir",), words=frozenset({"Witkamp"}))
    assert passages(said, replace(review, cues=checked), house, german) == ()


def test_passages_in_another_language_and_talks_without_a_dictionary_have_no_unknown_words(
    german: Dictionary,
) -> None:
    (cue,) = cues("Das heißt doors and windows.")
    marked = replace(cue, spans=(Span(10, 27, "en"),))
    assert passages((marked,), machine((marked,)), NOBODY, german) == ()
    assert passages((cue,), machine((cue,)), NOBODY, None) == ()


@pytest.mark.parametrize(
    ("text", "heard", "meant"),
    [
        ("Da sprach Herr Witkamp.", "Witkamp", "Wittkamp"),
        ("Da sprach Herr Wid Kamp.", "Wid Kamp", "Wittkamp"),
        ("Da sprach Dennis Kütschük.", "Dennis Kütschük", "Denes Kücük"),
        ("Hier ist der Dennis Küchück.", "Dennis Küchück", "Denes Kücük"),
    ],
)
def test_what_sounds_like_a_name_is_shown_with_it(
    german: Dictionary, text: str, heard: str, meant: str
) -> None:
    house = Vocabulary((Term(term="Wittkamp"), Term(term="Denes Kücük", heard=("Dennis Kütschük",))))
    said = cues(text)
    found = shown(said, passages(said, machine(said), house, german))
    assert found[0] == ("name", heard, meant)
    assert not {"dictionary"} & {kind for kind, word, _ in found if word in heard}


@pytest.mark.parametrize(
    "text", ["Da sprach Herr Wittkamp.", "Wittkamps Haus.", "Die Kampagne und der Kampf."]
)
def test_the_name_itself_and_words_that_are_words_are_not(german: Dictionary, text: str) -> None:
    said = cues(text)
    assert passages(said, machine(said), Vocabulary((Term(term="Wittkamp"),)), german) == ()


def test_numbers_are_shown_each() -> None:
    said = cues("Von 1987 bis 1987 waren es 3,5 Millionen.")
    found = passages(said, machine(said), NOBODY, None)
    assert [word for _, word, _ in shown(said, found)] == ["1987", "1987", "3,5"]
    assert len({one.key for one in found}) == 3


def test_marks_of_the_machine_have_their_place_in_the_text() -> None:
    said = cues("Sie sagt, sie kommt.", "Untertitel im Auftrag des ZDF.", "Wir lesen.")
    unsure = Mark("unsure", 14.5, "1", said[0].text, "sie")
    invention = Mark("invention", 20.0, "2", said[1].text)
    gap = Mark("unheard", 100.0)
    found = passages(said, machine(said, unsure, invention, gap), NOBODY, None)
    assert shown(said, found) == [("unsure", "sie", ""), ("invention", said[1].text, ""), ("unheard", "", "")]
    assert (found[0].start, found[2].sentence, found[2].at_s) == (10, "", 100.0)


def test_an_uncertain_word_stays_open_while_it_stands_and_its_sentence_is_edited_elsewhere() -> None:
    said = cues("Hier ist Bochum.")
    marks = (
        Mark("unsure", 15.0, "1", said[0].text, "Bochum."),
        Mark("unsure", 11.0, "1", said[0].text, "Hier"),
    )
    edited = (replace(said[0], text="Dort ist Bochum."),)
    assert shown(edited, passages(edited, machine(said, *marks), NOBODY, None)) == [("unsure", "Bochum", "")]


@pytest.mark.parametrize("done", ["heard", "checked", "settled"])
def test_what_a_person_did_with_a_place_closes_it(german: Dictionary, done: str) -> None:
    said = cues("Das Magatzin hat 7 Säle.")
    review = machine(said, Mark("unsure", 12.0, "1", said[0].text, "hat"))
    open_ = passages(said, review, NOBODY, german)
    assert len(open_) == 3
    if done == "settled":
        review = replace(review, settled=tuple(one.key for one in open_))
    else:
        entry = replace(reviewing.approved(said[0], "Kim", DAY), state=reviewing.CueState(done))
        review = replace(review, cues={"1": entry})
    assert passages(said, review, NOBODY, german) == ()


def test_a_settled_mark_is_settled_for_the_check_too() -> None:
    from pipeline.models import Transcript
    from pipeline.transcripts import open_marks

    said = cues("Hier ist Bochum.")
    mark = Mark("unsure", 15.0, "1", said[0].text, "Bochum.")
    review = machine(said, mark)
    assert open_marks(Transcript(said), review) == (mark,)
    assert open_marks(Transcript(said), replace(review, settled=(key(mark),))) == ()


def test_there_are_never_more_than_an_editor_can_bear_and_the_worst_always() -> None:
    said = cues(*(f"Im Jahr {n} waren es {n} Leute und noch viel mehr." for n in range(1000, 1100)))
    words = sum(len(cue.text.split()) for cue in said)
    marks = [Mark("invention", cue.start_s, cue.id, cue.text) for cue in said[:20]]
    found = passages(said, machine(said, *marks), NOBODY, None)
    assert len(found) == round(words * 0.03)
    assert sum(one.kind == "invention" for one in found) == 20
    assert [one.at_s for one in found] == sorted(one.at_s for one in found)
    few = cues("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15")
    assert len(passages(few, machine(few), NOBODY, None)) == LEAST


def test_a_sentence_that_another_microphone_heard_as_loud_may_be_somebody_elses() -> None:
    said = cues("Ja, genau.", "Nein.")
    levels = [
        {"start": 10.0, "end": 18.0, "levels_dbfs": {"a.wav": -20.0, "b.wav": -23.0}, "removed": []},
        {"start": 20.0, "end": 28.0, "levels_dbfs": {"a.wav": -20.0, "b.wav": -40.0}, "removed": []},
    ]
    heard = {"track": "a.wav", "person": "kim", "sentences": levels}
    assert list(doubtful(said, heard)) == ["1"]
    assert list(doubtful(said, {})) == []
    (found,) = passages(said, machine(said), NOBODY, None, ["1"])
    assert (found.kind, found.key) == ("speaker", "speaker:1")


def test_two_unknown_words_in_a_row_may_be_of_another_language(german: Dictionary) -> None:
    assert foreign("Das heißt doors library.", german)
    assert not foreign("Das ist Elif Demir.", german)
