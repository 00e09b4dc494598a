from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath

import pytest

from pipeline.messages import Translator, clock_text, msg, msg_n, size_text


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        (-19.2, "−19,2", "−19.2"),
        (12431, "12.431", "12,431"),
        (datetime(2026, 11, 20, 12, 0), "20.11.2026, 12:00", "20 Nov 2026, 12:00"),  # noqa: DTZ001
        (PurePosixPath("a/b"), "a/b", "a/b"),
        (("a", 2), "a, 2", "a, 2"),
    ],
)
def test_values_follow_the_language(value: object, german: str, english: str) -> None:
    assert Translator("de").value(value) == german
    assert Translator("en").value(value) == english


def test_a_counting_sentence_knows_one_and_many() -> None:
    english = Translator("en")
    assert english(msg_n("{n} episode", "{n} episodes", 1)) == "1 episode"
    assert english(msg_n("{n} episode", "{n} episodes", 1200)) == "1,200 episodes"


def test_a_message_may_hold_messages() -> None:
    assert str(msg("{a} and {b}", a=msg("{n} cats", n=2), b="dogs")) == "2 cats and dogs"


def test_data_with_braces_is_never_taken_for_a_place() -> None:
    assert str(msg("{name} is empty.", name="{evil}")) == "{evil} is empty."


def test_seconds_read_as_on_a_player() -> None:
    assert clock_text(2537.9) == "0:42:17"


def test_sizes_have_units() -> None:
    assert str(size_text(40_600_000)) == "40.6 MB"
    assert str(size_text(12)) == "12 bytes"
