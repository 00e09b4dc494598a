"""The engine faster-whisper without its network: what else is done, measured alone."""

from __future__ import annotations

from benchmarks import idle
from pipeline.speech import faster
from pipeline.speech.recognition import Options

LIBRARIES, device = faster.LIBRARIES, faster.device


def load(options: Options) -> faster.Faster:
    network = faster.load(options)
    idle.silence(network)
    network.model.encode = lambda mel: mel[None]  # a window at a time: (1, bands, frames)
    return network
