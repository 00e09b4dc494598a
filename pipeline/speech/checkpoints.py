"""Which checkpoints there are, where their files lie, and how one is opened."""

from __future__ import annotations

import hashlib
import os
import urllib.error
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.errors import ModelMissingError, SpeechError
from pipeline.messages import msg

SIZES = {
    # model: bytes of the download, as openai-whisper 20250625 names them
    "base": 145_262_807, "base.en": 145_261_783, "large": 3_087_371_615, "large-v1": 3_086_999_982,
    "large-v2": 3_086_999_982, "large-v3": 3_087_371_615, "large-v3-turbo": 1_617_941_637,
    "medium": 1_528_006_491, "medium.en": 1_528_004_555, "small": 483_615_683, "small.en": 483_615_683,
    "tiny": 75_571_315, "tiny.en": 75_571_315, "turbo": 1_617_941_637,
}  # fmt: skip
FILES = {"large": "large-v3.pt", "turbo": "large-v3-turbo.pt"}
DEMONSTRATION = "a1f12ee786e623ab7db8f022f6e70c1e5b4e0150cfd0891125a22b7995eca253"


def cache() -> Path:
    """Where openai-whisper keeps checkpoints."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "whisper"


def file(model: str) -> Path:
    """The file of a model: the one named, or the one that openai-whisper keeps."""
    if model.endswith(".pt") or Path(model).exists():
        return Path(model)
    return cache() / FILES.get(model, f"{model}.pt")


@lru_cache(maxsize=4)
def digest(path: Path) -> str:
    """SHA-256 of a checkpoint's file, or of all files of a converted folder."""
    if path.is_dir():
        parts = [f"{one.name}:{digest(one)}" for one in sorted(path.iterdir()) if one.is_file()]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def fetched(model: str) -> Path:
    """The file of a model, fetched if it is not here; ModelMissingError if it cannot be had."""
    path = file(model)
    if path.exists():
        return path
    if model not in SIZES:
        raise ModelMissingError(
            msg("There is no model {name}.", name=model),
            hint=msg("Known models: {names}; or the path of a checkpoint file.", names=tuple(sorted(SIZES))),
        )
    import whisper  # noqa: PLC0415 (heavy)

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        whisper._download(whisper._MODELS[model], str(path.parent), in_memory=False)
    except urllib.error.URLError as error:
        raise _not_fetched(model, path) from error
    except (OSError, RuntimeError) as error:
        raise SpeechError(
            msg("The model {name} could not be kept: {reason}.", name=model, reason=str(error)),
            where=path,
            hint=msg("{size} have to be free there.", size=f"{SIZES[model] / 1e9:.1f} GB"),
        ) from error
    return path


def load(model: str, device: str) -> Any:
    """openai-whisper's network, on the device; SpeechError if the file is damaged."""
    import whisper  # noqa: PLC0415

    path = fetched(model)
    try:
        return whisper.load_model(str(path), device=device)
    except Exception as error:  # torch's own errors for a file that is no checkpoint have many classes
        raise SpeechError(
            msg("The model's file is damaged or no Whisper checkpoint."),
            where=path,
            hint=msg("Fetch it once more."),
        ) from error


def _not_fetched(model: str, path: Path) -> ModelMissingError:
    return ModelMissingError(
        msg("The model {name} is missing and cannot be fetched: no connection.", name=model),
        hint=msg(
            "Fetch the file {file} on another machine and put it into {folder}, or: --model FILE",
            file=path.name,
            folder=path.parent,
        ),
    )
