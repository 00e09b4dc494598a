from __future__ import annotations

from pathlib import Path

import jiwer
import pytest

from pipeline import speech
from pipeline.errors import ModelMissingError, SpeechError
from pipeline.speech import ENGINES, Options, Recognition, child

FIXTURES = Path(__file__).parent.parent / "fixtures"
MODEL = str(FIXTURES / "tiny-de-espeak.pt")


@pytest.fixture(scope="module", params=ENGINES)
def heard(request: pytest.FixtureRequest) -> tuple[Recognition, list[tuple[float, float]]]:
    told: list[tuple[float, float]] = []
    options = Options(model=MODEL, language="de")
    made = speech.recognise(FIXTURES / "speech.mp3", request.param, options, lambda d, o: told.append((d, o)))
    return made, told


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum() or c == " ")


def test_real_speech_is_recognised(heard: tuple[Recognition, object]) -> None:
    words = " ".join(segment.text for segment in heard[0].segments)
    spoken = (FIXTURES / "speech.txt").read_text(encoding="utf-8").strip()
    assert jiwer.wer(_plain(spoken), _plain(words)) <= 0.15


def test_every_word_has_a_time_and_a_probability(heard: tuple[Recognition, object]) -> None:
    words = [word for segment in heard[0].segments for word in segment.words]
    assert len(words) >= 18
    assert all(word.start_s <= word.end_s and 0 <= word.probability <= 1 for word in words)
    assert [w.start_s for w in words] == sorted(w.start_s for w in words)


def test_progress_rises_to_the_end(heard: tuple[Recognition, list[tuple[float, float]]]) -> None:
    done = [d for d, _ in heard[1]]
    assert done == sorted(done)
    assert heard[1][-1][0] == heard[1][-1][1] > 5


def test_the_demonstration_model_is_known_for_what_it_is(heard: tuple[Recognition, object]) -> None:
    assert heard[0].provenance["demonstration"] is True


def test_a_recognition_survives_its_file(heard: tuple[Recognition, object]) -> None:
    text = speech.to_jsonl(heard[0])
    assert speech.to_jsonl(speech.from_jsonl(text)) == text


@pytest.mark.parametrize("engine", ENGINES)
def test_a_missing_model_names_those_that_are_known(engine: str, tmp_path: Path) -> None:
    options = Options(model=str(tmp_path / "gibt-es-nicht.pt"), language="de")
    with pytest.raises(ModelMissingError, match="There is no model"):
        speech.recognise(FIXTURES / "speech.mp3", engine, options, lambda *_: None)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_damaged_model_is_said_in_plain_words(engine: str, tmp_path: Path) -> None:
    broken = tmp_path / "kaputt.pt"
    broken.write_bytes(Path(MODEL).read_bytes()[:100_000])
    with pytest.raises(SpeechError, match="damaged or no Whisper checkpoint"):
        speech.recognise(
            FIXTURES / "speech.mp3", engine, Options(model=str(broken), language="de"), lambda *_: None
        )


def test_a_child_that_dies_is_an_error() -> None:
    dying = "os"  # a module without an engine: the child ends with a traceback of its own
    with pytest.raises(SpeechError, match="broke off"):
        child.recognise(FIXTURES / "speech.mp3", dying, Options(model=MODEL, language="de"), lambda *_: None)


def test_the_size_of_a_download_is_known_before_it_starts() -> None:
    status = speech.model_status("whisper", "turbo")
    assert status.file.name == "large-v3-turbo.pt"
    assert not speech.model_status("whisper", "there-is-none.pt").present
    assert speech.model_status("whisper", MODEL).present
    assert status.bytes > 1e9
    assert status.free_bytes > 0
