from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models import Word
from pipeline.transcripts import sentences
from pipeline.transcripts.sentences import LONGEST_S
from pipeline.transcripts.sounds import is_sound

PAUSE = "~"
"""A pause of three seconds in a case; `+` is a breath of a second."""


def spoken(text: str, word_s: float = 0.3, gap_s: float = 0.1) -> list[Word]:
    """Words a third of a second each, with the pauses that a case asks for."""
    made, at = [], 0.0
    for word in text.split():
        if word in {PAUSE, "+"}:
            at += 3.0 if word == PAUSE else 1.0
            continue
        made.append(Word(word, round(at, 3), round(at + word_s, 3)))
        at += word_s + gap_s
    return made


CASES = {
    "two": "Guten Tag. | Wer ist da? | Niemand!",
    "z. B.": "Das geht z. B. am Abend. | Dann ist es ruhig.",
    "z.B.": "Das geht z.B. Freitags nicht.",
    "d. h. and u. a.": "Die Stadt, d. h. Das Rathaus, u. a. Herr Beispiel, lädt ein.",
    "title": "Hier spricht Dr. Müller mit Prof. Dr. Beispiel aus St. Augustin.",
    "initial": "Geschrieben hat es J. W. Beispiel. | Er lebt in Bochum.",
    "ordinal before a noun": "Das ist unser 28. Modell. | Es fährt.",
    "ordinal in a date": "Am 3. Oktober und am 30. September ist zu.",
    "king": "Unter Friedrich II. Barbarossa wurde gebaut.",
    "number at the end": "Sie wird 28. | Und sie feiert.",
    "number at the end, and a breath": "Sie wird 28. | + Menschen kommen.",
    "year at the end": "Das war 1990. | Menschen kamen.",
    "decimal": "Es kostet 3.50 Euro. | Oder 3,5 Prozent.",
    "thousands": "Es waren 12.000 Menschen da.",
    "time of day": "Um 19.30 Uhr geht es los.",
    "URL": "Mehr auf www.bochum.de. | Bis bald.",
    "URL with a path": "Es steht unter bochum.de/buecherei und sonst nirgends.",
    "version": "Version 2.0. ist da.",
    "usw. inside": "Bücher usw. Filme gibt es hier, usw. gibt es dort.",
    "usw. at the end": "Bücher, Filme usw. | Das ist viel.",
    "Mio. inside": "Das kostet 3 Mio. Euro im Jahr.",
    "Nr.": "Haus Nr. Sieben ist Haus Nr. 7 gegenüber.",
    "bzw.": "Karten bzw. Ausweise gelten.",
    "quotation ends": "Er sagte: „Komm herein.“ | Dann ging er.",
    "quotation goes on": "„Komm herein!“ rief er. | „Warum?“ fragte sie.",
    "quotation with guillemets": "»Ist das wahr?« fragte sie.",
    "parenthesis": "Das Haus (es ist alt.) steht noch.",
    "ellipsis inside": "Das ist … nun ja … schwer.",
    "ellipsis at a small letter": "Ich dachte... vielleicht morgen.",
    "ellipsis at the end": "Ich weiß nicht… | Vielleicht morgen.",
    "two marks": "Wirklich?! | Ja.",
    "a small letter goes on": "Das ist inkl. aller Kosten gemeint.",
    "a pause without a mark": "Und dann war da | ~ Die Stadt schläft.",
    "a pause inside an abbreviation's sentence": "Das war Dr. | ~ Beispiel.",
    "sound between": "Guten Tag. | [Musik] | Willkommen.",
    "sound inside": "Das war | [lautes Lachen] | wirklich gut.",
    "sound at the ends": "[Musik] | Hallo. | [Applaus]",
    "not a sound": "Das ist [unverständlich] gewesen.",
    "bracket that nobody closes": "Er sagte [und das stimmt. | Das Haus steht.",
    "short words that are no abbreviations": "Ich spreche mit dir. | Max. | Eine Art. | Ich mag. | Gut.",
    "one word": "Ja.",
    "no mark at all": "und dann",
    "English": "I met Mr. Sample. | He lives here.",
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_sentence_a_cue(case: str) -> None:
    expected = [part.replace("+", "").replace(PAUSE, "").strip() for part in case.split("|")]
    made = sentences(spoken(case.replace("|", " ")))
    assert [cue.text for cue in made] == expected
    assert [cue.id for cue in made] == [str(n) for n in range(1, len(expected) + 1)]
    assert [cue.sound for cue in made] == [is_sound(text) for text in expected]


def test_a_minute_without_a_point_is_cut_at_its_pauses() -> None:
    words = spoken(" ".join(["wort"] * 70 + ["komma,", "+"] + ["wort"] * 79))
    made = sentences(words)
    assert words[-1].end_s > 60
    assert [len(cue.words) for cue in made] == [71, 79]
    assert all(cue.end_s - cue.start_s <= LONGEST_S for cue in made)


def test_a_minute_without_a_point_or_a_pause_is_cut_in_the_middle() -> None:
    made = sentences(spoken(" ".join(["wort"] * 150)))
    assert [len(cue.words) for cue in made] == [75, 75]


def test_times_are_those_of_the_first_and_last_word() -> None:
    first, second = sentences(spoken("Guten Tag. Wer da?"))
    assert (first.start_s, first.end_s) == (0.0, 0.7)
    assert (second.start_s, second.end_s) == (0.8, 1.5)


@given(
    st.lists(
        st.sampled_from(
            ["Das", "wort", "28.", "z.", "B.", "Ende.", "Was?", "„Ja!“", "[Musik]", "[leise", "x]", "…"]
        ),
        max_size=40,
    ),
    st.lists(st.sampled_from([0.0, 0.7, 2.5, 30.0]), min_size=40, max_size=40),
)
def test_no_word_is_lost_or_moved(texts: list[str], pauses: list[float]) -> None:
    words, at = [], 0.0
    for text, pause in zip(texts, pauses, strict=False):
        words.append(Word(text, at, at + 0.3))
        at += 0.3 + pause
    made = sentences(words)
    assert [word for cue in made for word in cue.words] == words
    assert all(cue.end_s > cue.start_s for cue in made)


@pytest.mark.parametrize("text", ["[Musik]", "[leises Lachen]", "[Applaus]."])
def test_brackets_hold_sounds(text: str) -> None:
    assert is_sound(text)


@pytest.mark.parametrize("text", ["[unverständlich]", "[?]", "[1]", "Musik", "[Musik] Hallo", "[]"])
def test_not_everything_in_brackets_is_a_sound(text: str) -> None:
    assert not is_sound(text)
