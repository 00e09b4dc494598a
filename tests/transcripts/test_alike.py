"""Spellings of one name that the house does not have."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.models import Cue, Span
from pipeline.transcripts.alike import groups
from pipeline.transcripts.spelling import Dictionary, dictionary


@pytest.fixture(scope="module")
def german() -> Dictionary:
    found = dictionary("de")
    assert found
    return found


def cues(*texts: str) -> tuple[Cue, ...]:
    return tuple(Cue(str(n), n * 10.0, n * 10.0 + 8, text, "kim") for n, text in enumerate(texts, 1))


def found(german: Dictionary, text: str, *known: str) -> list[tuple[str, ...]]:
    return [one.spellings for one in groups(cues(text), known, german)]


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("Frau Mueller kam. Herr Müller und Müller auch.", ("Müller", "Mueller")),
        ("Kowalski und Kovalski, sagt Kowalski.", ("Kowalski", "Kovalski")),
        ("Herr Wittkamp und Herr Witkamp.", ("Witkamp", "Wittkamp")),
        ("Herr Després und Herr Despres.", ("Despres", "Després")),
        ("Kowalski, Kovalski, Kovvalski und Kovalsky.", ("Kovalski", "Kovvalski", "Kowalski")),
    ],
)
def test_spellings_of_one_name_are_a_group_the_most_frequent_first(
    german: Dictionary, text: str, spellings: tuple[str, ...]
) -> None:
    assert found(german, text) == [spellings]


@pytest.mark.parametrize(
    "text",
    [
        "Die Maße und die Masse.",  # both are words
        "Herr Wittkamp mit Wittkamps Tochter.",  # a case of it
        "Martin Zwirgel und Martina Zwirgel.",  # two people
        "Zwirgelo und Zwirgela.",
        "Der Lehrraum und der Lehrtraum.",  # compounds
        "Herr Zauerzopf und Herr Bauerzopf.",
        "Kemal und Kamal.",  # too short to tell
        "Der Rasen und die Rosen, der Hase und die Hose.",
        "MÜLLER und Mueller.",  # capitals alone say nothing
        "zwirgeln und zwergeln.",
    ],
)
def test_what_may_be_two_words_is_no_group(german: Dictionary, text: str) -> None:
    assert found(german, text) == []


def test_words_that_are_known_or_asked_for_elsewhere_are_no_spelling(german: Dictionary) -> None:
    assert found(german, "Kowalski und Kovalski.", "kovalski") == []


def test_what_was_left_as_it_is_stays_so(german: Dictionary) -> None:
    said = cues("Kowalski und Kovalski.")
    (one,) = groups(said, (), german)
    assert one.key == "names:Kovalski:Kowalski"
    assert groups(said, (), german, {one.key}) == ()


def test_sounds_and_other_languages_have_no_names(german: Dictionary) -> None:
    sound, other = cues("[Kowalski lacht]", "Mister Kovalski.")
    marked = replace(other, spans=(Span(0, 16, "en"),))
    assert groups((replace(sound, sound=True), other), (), german) == ()
    assert groups((cues("Kowalski.")[0], marked), (), german) == ()
