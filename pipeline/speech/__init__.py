"""Recognition: engines behind one contract, pieces, a journal, and the places where pieces run."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from pipeline.speech import checkpoints, conversion
from pipeline.speech.executors import cores
from pipeline.speech.recognition import ENGINES, Options, Recognition, Segment, from_jsonl, to_jsonl
from pipeline.speech.running import Place, Progress, recognise
from pipeline.speech.voices import can_tell_apart, tell_apart


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """Whether a model's file is here; else how many bytes are fetched, and how many are free."""

    present: bool
    file: Path
    bytes: int
    free_bytes: int


def model_status(model: str) -> ModelStatus:
    """Where a model lies, or would."""
    file = checkpoints.file(model)
    existing = next(folder for folder in (file.parent, *file.parent.parents, Path()) if folder.is_dir())
    size = checkpoints.SIZES.get(model, 0)
    return ModelStatus(file.exists(), file, size, shutil.disk_usage(existing).free)


def known_models() -> dict[str, ModelStatus]:
    """Every model that has a name, by it."""
    return {name: model_status(name) for name in checkpoints.SIZES}


def convert(model: str, folder: Path) -> Path:
    """Write a model or checkpoint file as the folder that faster-whisper reads; returns the folder."""
    return conversion.convert(checkpoints.fetched(model), folder)


__all__ = [
    "ENGINES",
    "ModelStatus",
    "Options",
    "Place",
    "Progress",
    "Recognition",
    "Segment",
    "can_tell_apart",
    "convert",
    "cores",
    "from_jsonl",
    "known_models",
    "model_status",
    "recognise",
    "tell_apart",
    "to_jsonl",
]
