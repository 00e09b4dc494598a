"""Our batched search against the library's own, window by window, on real speech."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import whisper

from pipeline import audio
from pipeline.speech import Options, faster
from pipeline.speech import whisper as engine
from pipeline.speech.activity import Activity
from pipeline.speech.pieces import Piece, cut

FIXTURES = Path(__file__).parent.parent / "fixtures"
MODEL = FIXTURES / "tiny-de-espeak.pt"


@pytest.fixture(scope="module")
def piece() -> Piece:
    """Three windows of different lengths."""
    recordings = [FIXTURES / "demo-recording.mp3", FIXTURES / "speech.mp3", FIXTURES / "demo-recording.mp3"]
    samples = np.concatenate([block for one in recordings for block in audio.stream(one)])
    (made,) = cut(Activity().probabilities(iter([samples])))
    assert len(made.windows) >= 2
    return made


@pytest.fixture(scope="module")
def library() -> Any:
    return whisper.load_model(str(MODEL), device="cpu")


@pytest.mark.parametrize("beam_size", [1, 5])
@pytest.mark.parametrize("prompt", ["", "Bochum, Bücherei, Volkshochschule"])
def test_many_windows_give_the_tokens_of_the_library_one_by_one(
    piece: Piece, library: Any, beam_size: int, prompt: str
) -> None:
    network = engine.load(Options(str(MODEL), "de", device="cpu", compute="float32", beam_size=beam_size))
    ours = network.decode(network.encode(list(piece.sounds())), prompt, 0.0, seed=1)
    options = whisper.DecodingOptions(language="de", beam_size=beam_size, fp16=False, prompt=prompt or None)
    for sound, found in zip(piece.sounds(), ours, strict=True):
        samples = whisper.pad_or_trim(torch.from_numpy(sound).float() / 32768.0)
        theirs = whisper.decode(library, whisper.log_mel_spectrogram(samples), options)
        assert list(found.tokens) == theirs.tokens
        assert found.log_probability == pytest.approx(theirs.avg_logprob, abs=1e-3)
        assert found.no_speech == pytest.approx(theirs.no_speech_prob, abs=1e-4)


@pytest.mark.parametrize("loaded", [engine, faster], ids=["whisper", "faster-whisper"])
def test_sampling_depends_on_nothing_but_its_seed(piece: Piece, loaded: Any) -> None:
    network = loaded.load(Options(str(MODEL), "de", device="cpu", compute="float32"))
    features = network.encode(list(piece.sounds()))
    one, two, other = (network.decode(features, "", 1.0, seed) for seed in (7, 7, 8))
    assert one == two
    assert one != other


def test_every_linear_layer_gets_8_bit_weights(library: Any) -> None:
    linear = sum(isinstance(module, torch.nn.Linear) for module in library.modules())
    model = whisper.load_model(str(MODEL), device="cpu")
    assert engine.quantise(model) == linear > 0
    assert not any(isinstance(module, torch.nn.Linear) for module in model.modules())
