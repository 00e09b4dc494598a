"""A window full of text, by a checkpoint that says the same 120 tokens whatever it hears."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from benchmarks import scripted
from pipeline.speech import ENGINES, Options
from pipeline.speech.decoding import decode
from pipeline.speech.pieces import WINDOW, Clip, Piece, Window

# whisper never closes its vocabulary's file
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scripted.write("shallow", tmp_path_factory.mktemp("scripted") / "shallow.pt")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("beam_size", [1, 5])
def test_every_engine_says_a_long_text_to_its_end_in_every_window(
    engine: str, beam_size: int, checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # converted folders go there
    network = import_module(ENGINES[engine]).load(
        Options(str(checkpoint), "de", engine=engine, device="cpu", beam_size=beam_size)
    )
    windows = tuple(Window((Clip(at * WINDOW, (at + 1) * WINDOW),)) for at in range(2))
    piece = Piece(0, windows, np.zeros(2 * WINDOW, np.int16))
    assert [segment.text for segment in decode(piece, network)] == [scripted.spoken()] * 2
