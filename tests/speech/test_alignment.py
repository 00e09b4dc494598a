"""Word times are the library's; what is done otherwise gives the same numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
import whisper
from whisper import timing

from pipeline import audio
from pipeline.speech import Options
from pipeline.speech import whisper as engine
from pipeline.speech.alignment import median
from pipeline.speech.decoding import Passage, untimed

FIXTURES = Path(__file__).parent.parent / "fixtures"
MODEL = FIXTURES / "tiny-de-espeak.pt"

# whisper never closes its vocabulary's file
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.mark.parametrize("width", [1, 3, 5, 7, 9])
@pytest.mark.parametrize("frames", [1, 4, 5, 60])
@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_the_median_is_the_one_that_the_library_gets_by_sorting(
    width: int, frames: int, missing: float
) -> None:
    random = torch.Generator().manual_seed(width * frames)
    weights = torch.randn((3, 4, frames), generator=random)
    weights[torch.rand(weights.shape, generator=random) < missing] = torch.nan
    torch.testing.assert_close(
        median(weights, width), timing.median_filter(weights, width), rtol=0, atol=0, equal_nan=True
    )


def test_words_stand_where_the_library_puts_them() -> None:
    network = engine.load(Options(str(MODEL), "de", device="cpu", compute="float32"))
    (sound,) = [np.concatenate(list(audio.stream(FIXTURES / "speech.mp3")))]
    features = network.encode([sound])
    (found,) = network.decode(features, "", 0.0, seed=1)
    tokens = tuple(token for token in found.tokens if token < network.end_of_text)
    ours = [Passage(0.0, 8.0, tokens)]
    network.time(features, [ours], [8.0])
    theirs = untimed([Passage(0.0, 8.0, tokens)])
    mel = whisper.log_mel_spectrogram(whisper.pad_or_trim(torch.from_numpy(sound).float() / 32768.0))
    timing.add_word_timestamps(
        segments=theirs, model=network.model, tokenizer=network.tokenizer, mel=mel, num_frames=800,
        last_speech_timestamp=0.0,
    )  # fmt: skip
    assert len(ours[0].words) >= 18
    assert [(word.start_s, word.end_s) for word in ours[0].words] == [
        (word["start"], word["end"]) for word in theirs[0]["words"]
    ]
