"""Known mishearings are put right, word by word, and nothing else is touched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models import Cue, Replacement, Span, Term, Word
from pipeline.transcripts import correct, expected

KUECUEK = Term(term="Denes Kücük", heard=("Dennis Küchück", "Denis Kütschük"))
FAMILY = Term(term="Kücük", heard=("Kütschük", "Küchück"), compounds=True)
HOUSE = Term(term="Haus des Wissens", heard=("Haus des Wissen", "haus der wissen"))
CITY = Term(term="Smart City", heard=("Smartcity", "Smart-Siti"))
PRICE = Term(term="barrierefrei", heard=("barriere frei",))
TERMS = (KUECUEK, FAMILY, HOUSE, CITY, PRICE)


def said(text: str, terms: tuple[Term, ...] = TERMS) -> str:
    (cue,), _ = correct((Cue("1", 0, 9, text),), terms)
    return cue.text


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("Dennis Küchück, guten Tag.", "Denes Kücük, guten Tag."),
        ("„Denis Kütschük“ (Bochum)", "„Denes Kücük“ (Bochum)"),
        ("DENNIS KÜCHÜCK SPRICHT", "DENES KÜCÜK SPRICHT"),
        ("Herr Kütschük und das Kütschük-Haus, Kütschüks Idee", "Herr Kücük und das Kücük-Haus, Kücüks Idee"),
        ("Im Haus des Wissen, im Haus des Wissens.", "Im Haus des Wissens, im Haus des Wissens."),
        ("Haus der Wissen", "Haus des Wissens"),
        ("Barriere frei ist es, barriere frei.", "Barrierefrei ist es, barrierefrei."),
        ("Eine Smart-Siti und die Smartcity", "Eine Smart City und die Smart City"),
        (unicodedata.normalize("NFD", "Denis Kütschük"), "Denes Kücük"),
    ],
)
def test_a_mishearing_becomes_the_term(heard: str, written: str) -> None:
    assert said(heard) == written


@pytest.mark.parametrize(
    "text",
    [
        "Das Treuhaus des Wissenden",
        "Smartcitys und die Super-Smartcity",
        "Ukütschük",
        "smartcity ist klein geschrieben ein anderes Wort",
        "Denes Kücük im Haus des Wissens",
        "Smartcity's",
    ],
)
def test_inside_another_word_nothing_is_replaced(text: str) -> None:
    assert said(text) == text


def test_the_longest_mishearing_wins_and_the_result_is_not_looked_at_again() -> None:
    terms = (Term(term="A B", heard=("Ah",)), Term(term="Zeh", heard=("Ah Beh", "A")))
    assert said("Ah Beh. Ah.", terms) == "Zeh. A B."


def test_a_term_that_stands_there_already_is_left_alone() -> None:
    terms = (Term(term="Haus des Wissens", heard=("Haus",)),)
    assert said("Das Haus. Im Haus des Wissens.", terms) == "Das Haus des Wissens. Im Haus des Wissens."


def test_the_more_specific_term_wins_where_two_claim_a_word() -> None:
    terms = (Term(term="Mayer", heard=("Maia",), scope="stadt"), Term(term="Meier", heard=("Maia",)))
    assert said("Frau Maia", terms) == "Frau Mayer"


WORDS = (Word("Haus", 1.0, 1.4, 0.9), Word("der", 1.4, 1.5, 0.4), Word("wissen.", 1.6, 2.0, 0.8))


def test_words_keep_their_times_and_the_replacement_is_on_record() -> None:
    cue = Cue("7", 1.0, 2.0, "Haus der wissen.", "mira", words=WORDS)
    terms = (Term(term="Haus des Wissens", heard=("haus der wissen",)),)
    (corrected,), record = correct((cue,), terms)
    assert [(w.text, w.start_s, w.end_s) for w in corrected.words] == [
        ("Haus", 1.0, 1.4),
        ("des", 1.4, 1.5),
        ("Wissens.", 1.6, 2.0),
    ]
    assert record == (Replacement("7", 1.0, "Haus der wissen", "Haus des Wissens", "Haus des Wissens"),)


def test_more_words_share_the_time_of_fewer() -> None:
    cue = Cue("1", 0, 3, "Die Smartcity kommt.", words=(
        Word("Die", 0, 1), Word("Smartcity", 1, 2, 0.5), Word("kommt.", 2, 3)))  # fmt: skip
    (corrected,), _ = correct((cue,), TERMS)
    assert [word.text for word in corrected.words] == ["Die", "Smart", "City", "kommt."]
    assert [word.end_s for word in corrected.words] == pytest.approx([1, 1 + 5 / 9, 2, 3])
    assert corrected.words[1].probability == corrected.words[2].probability == 0.5


def test_a_passage_in_another_language_moves_along() -> None:
    cue = Cue("1", 0, 3, "Im Haus des Wissen: open data hier", spans=(Span(20, 29, "en"),))
    (corrected,), _ = correct((cue,), TERMS)
    (span,) = corrected.spans
    assert corrected.text[span.start : span.end] == "open data"


def test_a_sound_keeps_its_words() -> None:
    cue = Cue("1", 0, 3, "[Smartcity]", sound=True)
    assert correct((cue,), TERMS) == ((cue,), ())


pieces = st.sampled_from(
    ["Smartcity", "Kütschük", "Haus des Wissen", "und", "die", "-", "x", "Küchück,", "ä"]
)


@given(
    texts=st.lists(st.lists(pieces, min_size=1, max_size=6), max_size=8), reviewed=st.sets(st.integers(0, 7))
)
def test_reviewed_cues_ids_and_times_never_change(texts: list[list[str]], reviewed: set[int]) -> None:
    cues = tuple(Cue(str(n), n, n + 0.9, " ".join(parts), words=tuple(
        Word(part, n + at / 90, n + (at + 1) / 90) for at, part in enumerate(" ".join(parts).split(" "))
    )) for n, parts in enumerate(texts))  # fmt: skip
    kept = {str(n) for n in reviewed}
    corrected, record = correct(cues, TERMS, kept)
    assert [(c.id, c.start_s, c.end_s, c.speaker) for c in corrected] == [
        (c.id, c.start_s, c.end_s, c.speaker) for c in cues
    ]
    for before, after in zip(cues, corrected, strict=True):
        assert before.id not in kept or after == before
        assert after.text == " ".join(word.text for word in after.words)
        assert after.words[0].start_s == before.words[0].start_s
        assert after.words[-1].end_s == pytest.approx(before.words[-1].end_s)
        assert (before.text != after.text) == any(one.cue == before.id for one in record)
    assert not kept & {one.cue for one in record}


def test_expected_words_stand_once_and_in_order() -> None:
    assert expected(["Mira Beispiel", "Smart  City", "", "Mira Beispiel", "Bochum"]) == (
        "Mira Beispiel, Smart City, Bochum"
    )
