"""The engine whisper without its network: what else is done, measured alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks import idle
from pipeline.speech import whisper
from pipeline.speech.recognition import Options

LIBRARIES, compute_type, device = whisper.LIBRARIES, whisper.compute_type, whisper.device


def load(options: Options) -> whisper.Whisper:
    network = whisper.load(options)
    idle.silence(network)
    network.model.encoder = _Nothing()
    return network


class _Nothing:
    """Takes the mel spectrogram and hears nothing in it."""

    def __call__(self, mel: Any) -> Sequence[Any]:
        return mel
