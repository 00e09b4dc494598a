"""One contestant at work in processes of its own, on checkpoints and recordings made for the occasion."""

from __future__ import annotations

import json
import multiprocessing
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import measuring, scripted, texts
from benchmarks.measuring import Cost

STOCK = "stock whisper"
DEMONSTRATION = "demonstration"
OPENAI_FORMAT = ("ours, whisper", "ours, without the network of whisper")  # the others take the converted one
ONE_THREAD = {"NUMBA_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # numba would set OpenMP's to all cores


@dataclass(slots=True)
class Workshop:
    """Checkpoints and recordings in a temporary folder, each made when it is first needed."""

    folder: Path
    made: dict[str, Path] = field(default_factory=dict)

    def get(self, name: str, make: Callable[..., Path], *arguments: object) -> Path:
        """What `make` writes, made in a process of its own: this one stays small (see `measuring.run`)."""
        if name not in self.made:
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as child:
                self.made[name] = child.submit(make, *arguments).result()
        return self.made[name]

    def checkpoint(self, size: str) -> Path:
        """A checkpoint in OpenAI's format."""
        if size == DEMONSTRATION:
            return measuring.ROOT / "tests" / "fixtures" / "tiny-de-espeak.pt"
        return self.get(f"{size}.pt", scripted.write, size, self.folder / f"{size}.pt")

    def converted(self, size: str) -> Path:
        """The same for CTranslate2."""
        return self.get(f"{size}-ct2", _convert, self.checkpoint(size), self.folder / f"{size}-ct2")

    def compete(self, name: str, size: str, recordings: Sequence[Path]) -> tuple[Cost, list[str]]:
        """What the contestant costs with this checkpoint, and the text of each recording."""
        with tempfile.TemporaryDirectory(dir=self.folder) as out:
            if name == STOCK:
                return _stock(self.checkpoint(size), Path(out), recordings)
            model = self.checkpoint(size) if name.startswith(OPENAI_FORMAT) else self.converted(size)
            heard = Path(out) / "heard.json"
            command = [sys.executable, "benchmarks/recognising.py", name, str(model), str(heard)]
            cost = measuring.run([*command, *map(str, recordings)], **ONE_THREAD)
            return cost, json.loads(heard.read_text(encoding="utf-8"))


def _stock(checkpoint: Path, out: Path, recordings: Sequence[Path]) -> tuple[Cost, list[str]]:
    """openai-whisper's own command with the search that it is known for.

    Nothing of the window before goes into the prompt: the scripted checkpoint counts positions.
    """
    named = []
    for number, recording in enumerate(recordings):  # its results are called by the recording's name
        named.append(out / f"{number}{recording.suffix}")
        named[-1].symlink_to(recording)
    settings = {
        "model": str(checkpoint), "language": "de", "device": "cpu", "fp16": "False", "threads": "1",
        "beam_size": "5", "word_timestamps": "True", "condition_on_previous_text": "False",
        "output_format": "json", "output_dir": str(out), "verbose": "False",
    }  # fmt: skip
    options = [part for key, value in settings.items() for part in (f"--{key}", value)]
    command = [sys.executable, "-m", "whisper.transcribe", *map(str, named), *options]
    cost = measuring.run(command, **ONE_THREAD)
    return cost, [texts.of_whisper(one.with_suffix(".json")) for one in named]


def _convert(checkpoint: Path, folder: Path) -> Path:
    from pipeline.speech import conversion

    return conversion.convert(checkpoint, folder)
