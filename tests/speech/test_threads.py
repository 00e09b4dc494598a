"""A process computes with as many threads as it was told, whatever the libraries set on the way."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from pipeline.speech import Options, whisper
from pipeline.speech.decoding import Passage

MODEL = Path(__file__).parent.parent / "fixtures" / "tiny-de-espeak.pt"

# whisper never closes its vocabulary's file
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def test_word_times_leave_the_threads_as_they_were() -> None:
    network = whisper.load(Options(str(MODEL), "de", device="cpu", threads=1))
    features = network.encode([np.zeros(160_000, np.int16)])
    passage = Passage(0.0, 5.0, tuple(network.tokenizer.encode(" Guten Tag.")))
    network.time(features, [[passage]], [10.0])
    assert [word.text for word in passage.words] == ["Guten", "Tag."]
    assert torch.get_num_threads() == 1
