"""Words to expect: within Whisper's limit the most specific ones, which come first, are kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import speech
from pipeline.speech import ENGINES, Options, Place, decoding, faster, whisper

FIXTURES = Path(__file__).parent.parent / "fixtures"
OPTIONS = Options(model=str(FIXTURES / "tiny-de-espeak.pt"), language="de", device="cpu")
MANY = ", ".join(["Mira Beispiel", *(f"Straßenname Nummer {n}" for n in range(200))])
LIMIT = 448 // 2 - 1  # n_text_ctx // 2 − 1


def test_what_does_not_fit_is_left_off_at_the_end() -> None:
    tokens = decoding.fitting("eins, zwei, drei, vier", 14, lambda text: list(text.encode()))
    assert bytes(tokens).decode() == " eins, zwei"


@pytest.mark.parametrize("prompt", ["", " ", ",", " , "])
def test_nothing_expected_is_no_prompt(prompt: str) -> None:
    assert decoding.fitting(prompt, 100, lambda text: list(text.encode())) == []


@pytest.mark.filterwarnings("ignore:Exception ignored.*tiktoken:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("engine", [whisper, faster], ids=["whisper", "faster-whisper"])
def test_every_engine_keeps_the_first_words_and_room_for_the_text(engine: object) -> None:
    network = engine.load(OPTIONS)  # type: ignore[attr-defined]
    start = network._start(MANY)
    sequence = network.tokenizer.sot_sequence
    before = start[1 : -len(sequence)]
    text = network.tokenizer.decode(before)
    assert start[0] == network.tokenizer.sot_prev
    assert LIMIT - 20 < len(before) <= LIMIT
    assert len(start) + 224 <= 448
    assert text.startswith(" Mira Beispiel, Straßenname Nummer 0,")
    assert network._start("") == list(sequence)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_full_prompt_leaves_the_sentence_as_it_is_spoken(tmp_path: Path, engine: str) -> None:
    options = replace(OPTIONS, engine=engine, prompt=MANY)
    result = speech.recognise(
        FIXTURES / "speech.mp3", options, Place(1), length_s=8.1, journals=tmp_path, report=lambda _: None
    )
    words = [word.text for segment in result.segments for word in segment.words]
    assert 16 <= len(words) <= 24
    assert not {"Mira", "Straßenname"} & set(words)
