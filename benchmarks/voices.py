"""How well voices are told apart: one, two and three synthetic ones (espeak-ng) in a recording.

Says nothing about people. The bounds of `pipeline.speech.grouping` and `voices` were chosen with the voices
`chosen_with`; what counts is `held_out`, which nobody looked at before. `python benchmarks/voices.py [SET]…`
writes these sets (or all) into benchmarks/results/voices.json: for every combination the share of speech time
with the right voice (by the best assignment) and how many voices were found; `known`: it is said how many
people take part. Words are timed by the synthesiser's sentences, so that the telling apart alone is measured.
"""

from __future__ import annotations

import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
import wave
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from pipeline import audio
from pipeline.speech import prints, voices

HERE = Path(__file__).resolve().parent
SENTENCES = HERE.parent / "tests" / "fixtures" / "sentences.txt"
VOICES = {
    "chosen_with": ("de", "de+m1", "de+m3", "de+m4", "de+m7", "de+f2"),
    "held_out": ("de+m2", "de+m5", "de+m6", "de+f1", "de+f3", "de+f4"),
}
RESULTS = HERE / "results" / "voices.json"
PAUSE_S = 0.35
TURNS, LONGEST_TURN = 16, 3  # turns, and sentences in one
WELL = 0.95
AUDIBLE = 200  # of 32768

Talk = tuple[tuple[tuple[tuple[float, float], ...], ...], list[int]]


def main() -> None:
    embedder = prints.Embedder()
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for name in sys.argv[1:] or VOICES:
        results[name] = of_set(VOICES[name], embedder)
        text = json.dumps(results, indent=1) + "\n"
        RESULTS.write_text(text, encoding="utf-8", newline="\n")


def of_set(voices_: tuple[str, ...], embedder: prints.Embedder) -> dict[str, Any]:
    """Every one, two and three of these voices, in a recording each."""
    chosen = [c for count in (1, 2, 3) for c in itertools.combinations(voices_, count)]
    with tempfile.TemporaryDirectory() as folder:
        rows = [measured(c, Path(folder) / "talk.wav", n, embedder) for n, c in enumerate(chosen)]
    return {"combinations": rows, "summary": [summary(rows, count) for count in (1, 2, 3)]}


def summary(rows: list[dict[str, Any]], count: int) -> dict[str, Any]:
    own = [row for row in rows if len(row["voices"]) == count]
    shares = {kind: [row[kind]["share"] for row in own] for kind in ("known", "unknown")}
    return {
        "voices": count,
        "recordings": len(own),
        "cpu_s_an_hour": round(float(np.mean([row["cpu_s_an_hour"] for row in own]))),
        **{
            kind: {
                "mean_share": round(float(np.mean(values)), 3),
                "at_least_95_percent": sum(value >= WELL for value in values),
                "right_number": sum(row[kind]["found"] == count for row in own),
            }
            for kind, values in shares.items()
        },
    }


def measured(chosen: tuple[str, ...], path: Path, seed: int, embedder: prints.Embedder) -> dict[str, Any]:
    sentences, truth = talk(chosen, path, seed)
    began = time.process_time()
    sounds = list(voices._sounds(audio.stream(path), voices.units(sentences)))
    embeddings = np.stack([embedder.embed(sound) for _, sound in sounds])
    cpu_s = time.process_time() - began
    row: dict[str, Any] = {"voices": chosen, "cpu_s_an_hour": round(cpu_s / sentences[-1][-1][1] * 3600)}
    for kind, hint in (("known", len(chosen)), ("unknown", 0)):
        heard = voices.assigned(sentences, [unit for unit, _ in sounds], embeddings, hint)
        found = len({voice for own in heard for voice in own})
        row[kind] = {"share": round(share(sentences, truth, heard), 3), "found": found}
    return row


def share(sentences: Any, truth: list[int], heard: Any) -> float:
    """Of the time in which somebody speaks, how much has the right voice."""
    size = max(*truth, *(voice for own in heard for voice in own)) + 1
    table = np.zeros((size, size))
    for spans, right, own in zip(sentences, truth, heard, strict=True):
        for (start, end), voice in zip(spans, own, strict=True):
            table[right, voice] += end - start
    return float(table[linear_sum_assignment(-table)].sum() / table.sum())


def talk(chosen: tuple[str, ...], path: Path, seed: int) -> Talk:
    """Turns of one to three sentences, about a hundred seconds; the words share out their sentence's time."""
    chance = random.Random(seed)
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    sentences, truth, at, voice = [], [], 0.0, 0
    with wave.open(str(path), "wb") as joined:
        for turn in range(TURNS):
            others = [v for v in range(len(chosen)) if v != voice] or [0]
            voice = chance.choice(others) if turn else 0
            for text in chance.sample(lines, chance.randint(1, LONGEST_TURN)):
                sound, rate = spoken(chosen[voice], text)
                if not sentences:
                    joined.setparams((1, 2, rate, 0, "NONE", ""))
                silence = np.zeros(round(rate * PAUSE_S), np.int16)
                joined.writeframes(sound.tobytes() + silence.tobytes())
                letters = np.cumsum([0, *map(len, text.split())])
                edges = letters / letters[-1] * len(sound) / rate + at
                sentences.append(tuple((float(a), float(b)) for a, b in itertools.pairwise(edges)))
                truth.append(voice)
                at += (len(sound) + len(silence)) / rate
    return tuple(sentences), truth


@cache
def spoken(voice: str, text: str) -> tuple[Any, int]:
    """Samples without silence at both ends, and their rate."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        subprocess.run(["espeak-ng", "-v", voice, "-w", file.name, text], check=True)
        with wave.open(file.name, "rb") as one:
            sound = np.frombuffer(one.readframes(one.getnframes()), np.int16)
            loud = np.nonzero(np.abs(sound) > AUDIBLE)[0]
            return sound[loud[0] : loud[-1] + 1], one.getframerate()


if __name__ == "__main__":
    main()
