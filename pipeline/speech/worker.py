"""What runs where the network is: in a child process, or on another machine of a cluster.

A process opens a checkpoint once and keeps it; a machine whose checkpoint or libraries are not the ones that
the job was begun with refuses, because its text could differ.
"""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.metadata import version
from multiprocessing import parent_process
from typing import Any

from pipeline.errors import SpeechError
from pipeline.messages import msg
from pipeline.speech import checkpoints, decoding, memory
from pipeline.speech.pieces import Packed, Piece
from pipeline.speech.recognition import ENGINES, Options, Segment, compute_type


@dataclass(frozen=True, slots=True)
class Opened:
    """The network that answers: everything about it that can change a text."""

    checkpoint_sha256: str
    device: str
    compute: str
    versions: tuple[tuple[str, str], ...]


def begin(stop: Any) -> None:
    """The first thing a child process does: the terminal's Ctrl-C is its parent's business.

    It ends at once when `stop` is set, or when its parent is gone, whatever the network computes.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # or two OpenMP threads spin at each other
    parent = parent_process()

    def end_with_parent() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    def end_when_told() -> None:
        stop.wait()
        os._exit(1)

    for watch in (end_with_parent, end_when_told):
        threading.Thread(target=watch, daemon=True).start()


def open_(options: Options) -> Opened:
    """Open the checkpoint and say what it is; SpeechError in plain words if it cannot be had."""
    _network(options)
    engine = import_module(ENGINES[options.engine])
    device = engine.device(options)
    return Opened(
        checkpoints.digest(checkpoints.file(options.model)),
        device,
        compute_type(options, device),
        tuple((name, version(name)) for name in engine.LIBRARIES),
    )


def recognise(piece: Piece | Packed, options: Options, expected: Opened) -> tuple[Segment, ...]:
    """The segments of a piece; SpeechError on a machine that is set up differently."""
    found = open_(options)
    if found != expected:
        raise SpeechError(
            msg(
                "A machine of the cluster is set up differently: {found} instead of {expected}.",
                found=_differing(found, expected),
                expected=_differing(expected, found),
            ),
            hint=msg("All machines need the same checkpoint file and the same installation."),
        )
    return decoding.decode(piece.unpacked(), _network(options), options.prompt)


@lru_cache(maxsize=1)
def _network(options: Options) -> decoding.Network:
    memory.keep()
    network: decoding.Network = import_module(ENGINES[options.engine]).load(options)
    return network


def _differing(one: Opened, other: Opened) -> str:
    parts = {**dict(one.versions), "checkpoint": one.checkpoint_sha256[:12], "device": one.device}
    parts |= {"compute": one.compute}
    others = {**dict(other.versions), "checkpoint": other.checkpoint_sha256[:12], "device": other.device}
    others |= {"compute": other.compute}
    return ", ".join(f"{name} {value}" for name, value in parts.items() if others.get(name) != value)
