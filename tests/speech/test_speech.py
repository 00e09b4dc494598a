from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import jiwer
import pytest

from pipeline import speech
from pipeline.errors import ModelMissingError, SpeechError
from pipeline.speech import ENGINES, Options, Place, Progress, Recognition

FIXTURES = Path(__file__).parent.parent / "fixtures"
MODEL = str(FIXTURES / "tiny-de-espeak.pt")
SPEECH = FIXTURES / "speech.mp3"
ONE = Place(1)


def heard(
    journals: Path, options: Options, recording: Path = SPEECH, place: Place = ONE
) -> tuple[Recognition, list[Progress]]:
    told: list[Progress] = []
    made = speech.recognise(recording, options, place, length_s=8.1, journals=journals, report=told.append)
    return made, told


@pytest.fixture(scope="module", params=ENGINES)
def options(request: pytest.FixtureRequest) -> Options:
    return Options(model=MODEL, language="de", engine=request.param, device="cpu")


@pytest.fixture(scope="module")
def result(options: Options, tmp_path_factory: pytest.TempPathFactory) -> tuple[Recognition, list[Progress]]:
    return heard(tmp_path_factory.mktemp("journals"), options)


def plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w ]", " ", text.casefold()).split())


def test_real_speech_is_recognised(result: tuple[Recognition, object]) -> None:
    words = " ".join(segment.text for segment in result[0].segments)
    spoken = (FIXTURES / "speech.txt").read_text(encoding="utf-8").strip()
    assert jiwer.wer(plain(spoken), plain(words)) <= 0.15


def test_every_word_has_a_time_and_a_probability(result: tuple[Recognition, object]) -> None:
    words = [word for segment in result[0].segments for word in segment.words]
    assert len(words) >= 18
    assert all(word.start_s <= word.end_s and 0 <= word.probability <= 1 for word in words)
    assert [w.start_s for w in words] == sorted(w.start_s for w in words)


def test_progress_rises_to_the_end(result: tuple[Recognition, list[Progress]]) -> None:
    done = [told.done_s for told in result[1]]
    assert done == sorted(done)
    assert done[-1] == result[1][-1].of_s == 8.1


def test_the_demonstration_model_is_known_for_what_it_is(result: tuple[Recognition, object]) -> None:
    assert result[0].provenance["demonstration"] is True


def test_a_recognition_survives_its_file(result: tuple[Recognition, object]) -> None:
    text = speech.to_jsonl(result[0])
    assert speech.to_jsonl(speech.from_jsonl(text)) == text


def test_a_missing_model_names_those_that_are_known(options: Options, tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="There is no model"):
        heard(tmp_path, replace(options, model=str(tmp_path / "gibt-es-nicht.pt")))


def test_a_damaged_model_is_said_in_plain_words(options: Options, tmp_path: Path) -> None:
    broken = tmp_path / "kaputt.pt"
    broken.write_bytes(Path(MODEL).read_bytes()[:100_000])
    with pytest.raises(SpeechError, match="damaged or no Whisper checkpoint"):
        heard(tmp_path, replace(options, model=str(broken)))
