from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models import Cue, Transcript, Word
from pipeline.transcripts import comparing

WORDS = st.lists(st.sampled_from(["Haus", "Stadt", "und", "liest,", "–"]), max_size=12)


def heard(text: str, later_s: float = 0.0) -> tuple[comparing.Said, ...]:
    return comparing.of_words([Word(w, n + later_s, n + later_s + 0.5) for n, w in enumerate(text.split())])


@pytest.mark.parametrize(
    ("b", "errors"),
    [
        ("das haus liest", (0, 0, 0)),
        ("Das Heim liest.", (1, 0, 0)),
        ("Das Haus liest heute viel.", (0, 2, 0)),
        ("Das liest", (0, 0, 1)),
        ("Das Haus – liest", (0, 0, 0)),
        ("", (0, 0, 3)),
    ],
)
def test_words_are_counted_without_case_and_signs(b: str, errors: tuple[int, int, int]) -> None:
    made = comparing.compared(heard("Das Haus liest."), heard(b))
    assert (made.substitutions, made.insertions, made.deletions) == errors
    assert made.error_rate == pytest.approx(sum(errors) / 3)


def test_offsets_are_those_of_words_that_both_texts_time() -> None:
    made = comparing.compared(heard("Das Haus liest."), heard("Das Haus liest.", later_s=0.25))
    assert (made.offset_s, made.spread_s) == (0.25, 0.25)


def test_of_sentences_only_the_first_word_has_a_time() -> None:
    cues = Transcript((Cue("1", 0.5, 9.0, "Das Haus liest."), Cue("2", 9.0, 9.5, "[Musik]", sound=True)))
    made = comparing.compared(comparing.of_cues(cues), heard("Das Haus liest."))
    assert (made.offset_s, made.spread_s, made.places) == (-0.5, 0.5, ())


def test_texts_without_times_have_no_offset() -> None:
    text = comparing.of_cues(Transcript((Cue("1", 0.0, 0.0, "Das Haus"),)))
    assert comparing.compared(text, heard("Das Haus")).offset_s is None


def test_places_close_to_each_other_are_one_with_two_words_around() -> None:
    a = "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn"
    b = "eins zwei drei X fünf Y sieben acht neun zehn elf zwölf Z vierzehn"
    made = comparing.compared(heard(a), heard(b)).places
    assert [(p.start_s, p.a, p.b) for p in made] == [
        (3.0, "zwei drei vier fünf sechs sieben acht", "zwei drei X fünf Y sieben acht"),
        (12.0, "elf zwölf dreizehn vierzehn", "elf zwölf Z vierzehn"),
    ]


@given(WORDS, WORDS)
def test_a_text_compared_with_itself_has_no_difference(a: list[str], b: list[str]) -> None:
    same = comparing.compared(heard(" ".join(a)), heard(" ".join(a)))
    assert (same.error_rate, same.places) == (0.0, ())
    other = comparing.compared(heard(" ".join(a)), heard(" ".join(b)))
    assert bool(other.places) is (other.substitutions + other.insertions + other.deletions > 0)
