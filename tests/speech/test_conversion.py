"""A checkpoint in OpenAI's format and its folder for faster-whisper are the same model."""

from __future__ import annotations

import json
import socket
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import whisper
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from whisper.model import ModelDimensions, Whisper
from whisper.tokenizer import get_tokenizer

from pipeline import audio, speech
from pipeline.errors import MisuseError
from pipeline.speech import ENGINES, Options, faster
from pipeline.speech.activity import Activity
from pipeline.speech.pieces import Piece, cut

ROOT = Path(__file__).parent.parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
MODEL = FIXTURES / "tiny-de-espeak.pt"
RECORDINGS = [
    FIXTURES / "speech.mp3",
    FIXTURES / "demo-recording.mp3",
    ROOT / "episodes" / "2026-10-02-haus-des-wissens" / "aufnahme.mp3",
    ROOT / "episodes" / "2021-03-04-7000-schmetterlinge" / "aufnahme.mp3",
]
OF_LANGUAGES = {
    # name: mels, vocabulary
    "turbo": (128, 51866),
    "base": (80, 51865),
    "base.en": (80, 51864),
}
TOKENIZER: Any = get_tokenizer(multilingual=True, language="de", task="transcribe")

# whisper never closes its vocabulary's file
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return speech.convert(str(MODEL), tmp_path_factory.mktemp("converted") / "tiny-ct2")


@pytest.fixture(scope="module")
def converted(folder: Path) -> Any:
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def piece(recording: Path) -> Piece:
    (made,) = cut(Activity().probabilities(audio.stream(recording)))
    return made


@pytest.mark.parametrize("beam_size", [1, 5])
@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_both_engines_give_the_same_text(recording: Path, beam_size: int, folder: Path) -> None:
    said = []
    for engine, model in (("whisper", MODEL), ("faster-whisper", folder)):
        options = Options(
            str(model), "de", engine=engine, device="cpu", compute="float32", beam_size=beam_size
        )
        network = import_module(ENGINES[engine]).load(options)
        features = network.encode(list(piece(recording).sounds()))
        said.append([network.text(one.tokens).strip() for one in network.decode(features, "", 0.0, seed=1)])
    assert said[0] == said[1]
    assert all(said[0])


def test_the_folder_opens_without_a_network(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    network = faster.load(Options(str(folder), "de", engine="faster-whisper", device="cpu"))
    assert network.tokenizer.encode(" Bochum") == TOKENIZER.encode(" Bochum")


def test_the_alignment_heads_arrive(folder: Path) -> None:
    heads = whisper.load_model(str(MODEL), device="cpu").alignment_heads.indices().T.tolist()
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert config["alignment_heads"] == heads
    assert heads


@given(
    st.one_of(
        st.text(max_size=60),
        st.text(alphabet=st.sampled_from("aeinrstäöüßÄÖÜ  .,„“–-!?0123456789\n'"), max_size=60),
        st.lists(st.sampled_from((FIXTURES / "vocabulary.txt").read_text("utf-8").split())).map(" ".join),
    )
)
def test_the_tokenizer_is_that_of_openai(converted: Any, text: str) -> None:
    tokens = converted.encode(text, add_special_tokens=False).ids
    assert tokens == TOKENIZER.encoding.encode_ordinary(text)
    assert converted.decode(tokens) == text


@pytest.mark.parametrize("name", OF_LANGUAGES)
def test_models_of_every_vocabulary_and_mel_open_and_hear(name: str, tmp_path: Path) -> None:
    mels, vocabulary = OF_LANGUAGES[name]
    torch.manual_seed(1)
    dims = ModelDimensions(mels, 1500, 64, 1, 1, vocabulary, 448, 64, 1, 1)
    checkpoint = tmp_path / f"{name}.pt"
    torch.save({"dims": vars(dims), "model_state_dict": Whisper(dims).state_dict()}, checkpoint)
    folder = speech.convert(str(checkpoint), tmp_path / "ct2")
    language = "en" if name.endswith(".en") else "de"
    options = Options(str(folder), language, engine="faster-whisper", device="cpu", beam_size=1)
    network = faster.load(options)
    assert network.model.model.is_multilingual == (language == "de")
    assert network.model.model.n_mels == mels
    assert network.tokenizer.sot_sequence == list(
        get_tokenizer(
            language == "de",
            num_languages=vocabulary - 51765 - (language == "de"),
            language=language,
            task="transcribe",
        ).sot_sequence
    )
    (heard,) = network.decode(network.encode([np.zeros(16_000, np.int16)]), "", 0.0, seed=1)
    assert max(heard.tokens) < vocabulary


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("wichtig", encoding="utf-8")
    with pytest.raises(MisuseError, match="not empty"):
        speech.convert(str(MODEL), tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["notes.txt"]


def test_a_folder_is_no_checkpoint(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="is a folder"):
        speech.convert(str(folder), tmp_path / "again")
