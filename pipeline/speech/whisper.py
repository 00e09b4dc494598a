"""openai-whisper behind the contract: the decoded array in, segments with word times out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.errors import ModelMissingError, SpeechError
from pipeline.messages import msg
from pipeline.models import Word
from pipeline.speech.recognition import Options, Recognition, Segment

SIZES = {
    # model: bytes of the download
    "base": 145_262_807, "large-v3": 3_087_371_615, "medium": 1_528_006_491, "small": 483_615_683,
    "tiny": 75_571_315, "turbo": 1_617_941_637, "large-v3-turbo": 1_617_941_637,
}  # fmt: skip
FILES = {"turbo": "large-v3-turbo.pt"}
DEMONSTRATION = "a1f12ee786e623ab7db8f022f6e70c1e5b4e0150cfd0891125a22b7995eca253"


def cache() -> Path:
    """Where openai-whisper keeps checkpoints."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "whisper"


def checkpoint(model: str) -> Path:
    """The file of a model: the one named, or the one that openai-whisper keeps."""
    if model.endswith(".pt") or Path(model).is_file():
        return Path(model)
    return cache() / FILES.get(model, f"{model}.pt")


def recognise(recording: Path, options: Options, progress: Callable[[float, float], None]) -> Recognition:
    """Recognise a whole recording; `progress(done_s, of_s)` is called as windows finish."""
    import torch  # noqa: PLC0415 (heavy)
    import whisper  # noqa: PLC0415

    from pipeline import audio  # noqa: PLC0415

    device = ("cuda" if torch.cuda.is_available() else "cpu") if options.device == "auto" else options.device
    model = _loaded(whisper, options.model, device)
    samples = audio.decode(recording)
    length_s = len(samples) / whisper.audio.SAMPLE_RATE
    _report_through(progress, length_s)
    torch.manual_seed(0)
    heard = whisper.transcribe(
        model,
        samples,
        language=options.language,
        initial_prompt=options.prompt or None,
        word_timestamps=True,
        fp16=device != "cpu",
        verbose=False,
    )
    progress(length_s, length_s)
    return Recognition(
        tuple(_segment(one) for one in heard["segments"]),
        str(heard["language"]),
        _provenance(options, device),
    )


def _loaded(whisper: Any, model: str, device: str) -> Any:
    file = checkpoint(model)
    named = model in SIZES and not Path(model).is_file()
    if not named and not file.is_file():
        raise ModelMissingError(
            msg("There is no model {name}.", name=model),
            hint=msg("Known models: {names}; or the path of a checkpoint file.", names=tuple(sorted(SIZES))),
        )
    try:
        return whisper.load_model(model if named else str(file), device=device)
    except OSError as error:
        if not named:
            raise _broken(file) from error
        raise ModelMissingError(
            msg("The model {name} is missing and cannot be fetched: no connection.", name=model),
            hint=msg(
                "Fetch the file {file} on another machine and put it into {folder}, or: --model FILE",
                file=file.name,
                folder=file.parent,
            ),
        ) from error
    except Exception as error:  # torch's own errors for a file that is no checkpoint have many classes
        raise _broken(file) from error


def _broken(file: Path) -> SpeechError:
    return SpeechError(
        msg("The model's file is damaged or no Whisper checkpoint."),
        where=file,
        hint=msg("Fetch it once more."),
    )


def _report_through(progress: Callable[[float, float], None], length_s: float) -> None:
    """openai-whisper counts frames on a tqdm bar and on nothing else: ours listens in its place."""
    import sys  # noqa: PLC0415

    import tqdm  # noqa: PLC0415

    class Listener(tqdm.tqdm):  # type: ignore[misc]
        def __init__(self, *_: object, total: float = 0, **__: object) -> None:
            super().__init__(total=total, disable=True)
            self.seen = 0.0

        def update(self, n: float = 1) -> None:
            self.seen += n
            progress(min(length_s, length_s * self.seen / (self.total or 1)), length_s)

    class Module:
        tqdm = Listener

    sys.modules["whisper.transcribe"].tqdm = Module  # type: ignore[attr-defined]


def _segment(one: dict[str, Any]) -> Segment:
    words = tuple(
        Word(str(w["word"]).strip(), float(w["start"]), float(w["end"]), float(w["probability"]))
        for w in one.get("words", ())
    )
    return Segment(
        start_s=float(one["start"]),
        end_s=float(one["end"]),
        text=str(one["text"]).strip(),
        words=tuple(word for word in words if word.text),
        average_log_probability=float(one["avg_logprob"]),
        no_speech_probability=float(one["no_speech_prob"]),
        compression_ratio=float(one["compression_ratio"]),
        temperature=float(one["temperature"]),
    )


def _provenance(options: Options, device: str) -> dict[str, object]:
    from importlib.metadata import version  # noqa: PLC0415

    with checkpoint(options.model).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "checkpoint_sha256": digest,
        "demonstration": digest == DEMONSTRATION,
        "device": device,
        "engine": "whisper",
        "model": Path(options.model).name,
        "openai_whisper": version("openai-whisper"),
        "prompt": options.prompt,
        "torch": version("torch"),
    }
