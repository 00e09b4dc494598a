"""Recognition: engines behind one contract, run in a child process."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from pipeline.speech import child
from pipeline.speech.recognition import Options, Recognition, Segment, from_jsonl, to_jsonl

ENGINES: dict[str, str] = {
    # name: module with recognise(recording, options, progress), checkpoint(model), SIZES
    "whisper": "pipeline.speech.whisper",
}


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """Whether a model's file is here; else how many bytes are fetched, and how many are free."""

    present: bool
    file: Path
    bytes: int
    free_bytes: int


def model_status(engine: str, model: str) -> ModelStatus:
    """Where a model lies, or would."""
    module = import_module(ENGINES[engine])
    file: Path = module.checkpoint(model)
    existing = next(folder for folder in (file.parent, *file.parent.parents, Path()) if folder.is_dir())
    return ModelStatus(file.is_file(), file, module.SIZES.get(model, 0), shutil.disk_usage(existing).free)


def recognise(
    recording: Path, engine: str, options: Options, progress: Callable[[float, float], None]
) -> Recognition:
    """What an engine hears in a recording; SpeechError in plain words if it cannot."""
    return child.recognise(recording, ENGINES[engine], options, progress)


__all__ = [
    "ENGINES",
    "ModelStatus",
    "Options",
    "Recognition",
    "Segment",
    "from_jsonl",
    "model_status",
    "recognise",
    "to_jsonl",
]
