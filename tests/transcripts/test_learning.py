"""What an editor corrected becomes a proposal for the glossary."""

from __future__ import annotations

import random
import time

from pipeline.models import Cue
from pipeline.transcripts.learning import Proposal, proposals

SPOKEN = """
Heute spricht Dennis Küchück im Haus des Wissen. Der Herr Küchück mag die Smartcity, sagt Dennis Küchück.
die Bücherrei ist offen. Das wars nein.
"""
HEARD = SPOKEN.split()
CORRECTED = (
    Cue("1", 0, 1, "Heute spricht Denes Kücük im Haus des Wissens."),
    Cue("2", 1, 2, "Herr Kücük mag die Smart City, sagt Denes Kücük."),
    Cue("3", 2, 3, "Die Bücherei ist offen."),
    Cue("4", 3, 4, "Das war es nicht."),
)


def test_names_and_terms_come_out_the_most_frequent_first() -> None:
    assert proposals(CORRECTED, HEARD) == (
        Proposal("Denes Kücük", "Dennis Küchück", 2),
        Proposal("Smart City", "Smartcity", 1),
        Proposal("Bücherei", "Bücherrei", 1),
        Proposal("Wissens", "Wissen", 1),
        Proposal("Kücük", "Küchück", 1),
    )


def test_what_the_glossary_knows_is_not_proposed_again() -> None:
    found = proposals(CORRECTED, HEARD, {("Dennis Küchück", "Denes Kücük")})
    assert "Denes Kücük" not in {one.term for one in found}


def test_without_a_correction_there_is_nothing_to_learn() -> None:
    assert proposals(CORRECTED, [word for cue in CORRECTED for word in cue.text.split()]) == ()
    assert proposals((), HEARD) == ()
    assert proposals(CORRECTED, []) == ()


def test_another_sentence_is_no_mishearing() -> None:
    other = (Cue("1", 0, 1, "Guten Morgen, Frau Beispiel."),)
    assert proposals(other, ["Es", "regnet", "seit", "gestern", "Abend"]) == ()


def test_a_capital_at_the_beginning_of_a_sentence_makes_no_name() -> None:
    assert proposals((Cue("1", 0, 1, "Diese Stadt."),), ["Dieser", "Stadt."]) == ()


def test_twenty_thousand_words_are_compared_in_less_than_a_second() -> None:
    dice = random.Random(1)
    spoken = [f"wort{dice.randrange(3000)}" for _ in range(20_000)]
    corrected = [word if dice.random() > 0.06 else f"Ander{dice.randrange(900)}" for word in spoken]
    cues = [Cue(str(n), n, n + 1, " ".join(corrected[n : n + 10])) for n in range(0, 20_000, 10)]
    begin = time.process_time()
    proposals(cues, spoken)
    assert time.process_time() - begin < 1
