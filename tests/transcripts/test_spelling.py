"""Which words stand in no dictionary."""

from __future__ import annotations

import pytest

from pipeline.transcripts import read_vtt
from pipeline.transcripts.spelling import Dictionary, dictionary, near
from tests.talks import ROOT


@pytest.fixture(scope="module")
def german() -> Dictionary:
    found = dictionary("de")
    assert found
    return found


@pytest.mark.parametrize(
    "word",
    ["Haus", "haus", "HAUS", "ging", "Straße", "Bürgerinnen", "Stadtbücherei", "Datenschutzbeauftragte",
     "Open-Data-Portal", "z", "VHS", "Donaudampfschifffahrtsgesellschaft", "Gebührenplan", "barrierefrei"],
)  # fmt: skip
def test_words_and_what_is_put_together_of_them_are_known(german: Dictionary, word: str) -> None:
    assert german.knows(word)


@pytest.mark.parametrize("word", ["Magatzin", "Sigantur", "Witkamp", "Gebürenplan", "Handaparat", "isiert"])
def test_what_a_machine_misheard_is_not(german: Dictionary, word: str) -> None:
    assert not german.knows(word)


def test_the_checked_transcripts_of_the_samples_raise_no_alarm(german: Dictionary) -> None:
    files = sorted((ROOT / "episodes").glob("*/transcript.vtt"))
    words = [
        w.strip(".,:?!–„“")
        for f in files
        for c in read_vtt(f.read_text("utf-8")).cues
        for w in c.text.split()
    ]
    assert len(words) > 500
    assert [word for word in words if word.isalpha() and not german.knows(word)] == []


@pytest.mark.parametrize(
    ("word", "own", "meant"),
    [
        ("Magatzin", (), "Magazin"),
        ("Sigantur", (), "Signatur"),
        ("Handaparat", (), "Handapparat"),
        ("Gebürenplan", (), "Gebührenplan"),
        ("Witkamp", ("Wittkamp",), "Wittkamp"),
        ("Witkamp", (), ""),
        ("Xqzwv", (), ""),
    ],
)
def test_what_may_be_meant(german: Dictionary, word: str, own: tuple[str, ...], meant: str) -> None:
    assert near(word, german, own) == meant


def test_a_language_without_a_dictionary_has_none() -> None:
    assert dictionary("xx") is None
    assert dictionary("en-GB")
