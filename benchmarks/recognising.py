"""The contestants, each a command of its own: recordings in, a JSON file of their texts out.

`python benchmarks/recognising.py NAME CHECKPOINT OUT RECORDING…`; `stock whisper` is no part of this file,
because it has a command line of its own.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pipeline import speech
from pipeline.speech import ENGINES, Options, Place

BEAM_SIZE = 5
ENGINES["idle whisper"] = "benchmarks.idle_whisper"  # in the child process too: it imports this file
ENGINES["idle faster-whisper"] = "benchmarks.idle_faster"


def ours(
    checkpoint: Path, recordings: list[Path], *, engine: str, compute: str = "auto", workers: int = 1
) -> Iterator[str]:
    """This project's recognition."""
    options = Options(
        str(checkpoint), "de", engine=engine, device="cpu", beam_size=BEAM_SIZE, compute=compute
    )
    with tempfile.TemporaryDirectory() as journals:
        for recording in recordings:
            heard = speech.recognise(
                recording,
                options,
                Place(workers),
                length_s=0.0,
                journals=Path(journals),
                report=lambda _: None,
            )
            yield " ".join(segment.text for segment in heard.segments)


def faster(folder: Path, recordings: list[Path], *, batched: bool, compute: str) -> Iterator[str]:
    """faster-whisper as its own documentation calls it, with the search of `whisper`'s command."""
    from faster_whisper import BatchedInferencePipeline, WhisperModel

    model = WhisperModel(
        str(folder), device="cpu", compute_type=compute, cpu_threads=1, local_files_only=True
    )
    how = {"language": "de", "beam_size": BEAM_SIZE, "word_timestamps": True}
    how |= {"condition_on_previous_text": False}
    for recording in recordings:
        if batched:
            pipeline = BatchedInferencePipeline(model)
            segments, _ = pipeline.transcribe(str(recording), batch_size=8, without_timestamps=False, **how)
        else:
            segments, _ = model.transcribe(str(recording), **how)
        yield " ".join(segment.text.strip() for segment in segments)


CONTESTANTS = {
    "ours, whisper": partial(ours, engine="whisper"),
    "ours, whisper, float32": partial(ours, engine="whisper", compute="float32"),
    "ours, whisper, two processes": partial(ours, engine="whisper", workers=2),
    "ours, faster-whisper": partial(ours, engine="faster-whisper"),
    "ours, faster-whisper, float32": partial(ours, engine="faster-whisper", compute="float32"),
    "ours, without the network of whisper": partial(ours, engine="idle whisper"),
    "ours, without the network of faster-whisper": partial(ours, engine="idle faster-whisper"),
    "faster-whisper, float32": partial(faster, batched=False, compute="float32"),
    "faster-whisper, int8": partial(faster, batched=False, compute="int8"),
    "faster-whisper, batched, float32": partial(faster, batched=True, compute="float32"),
    "faster-whisper, batched, int8": partial(faster, batched=True, compute="int8"),
}


def main() -> None:
    name, checkpoint, out, *recordings = sys.argv[1:]
    texts = list(CONTESTANTS[name](Path(checkpoint), [Path(one) for one in recordings]))
    Path(out).write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
