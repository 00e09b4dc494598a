"""Recognition against its peers: CPU, memory and text, on the same checkpoint and sound in one run.

All of it, or the parts named (`--parts "base, speech"`); `--quick` proves in less than a minute that the
benchmark works, and asserts nothing about time. Contestants take turns, so that whatever else the machine
does meets all of them. The CPU seconds of an hour are those of a short recording plus what every further
second costs: start and imports count once, as they would.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import measuring, scripted, sounds, texts
from benchmarks.contest import DEMONSTRATION, STOCK, Workshop
from benchmarks.measuring import Cost

RESULTS = measuring.ROOT / "benchmarks" / "results"
LIBRARIES = ("openai-whisper", "faster-whisper", "ctranslate2", "torch", "onnxruntime")
FEW = (STOCK, "ours, whisper", "ours, faster-whisper", "faster-whisper, batched, int8")
ALL = (*FEW, "faster-whisper, batched, float32", "faster-whisper, int8", "faster-whisper, float32")
EXACT = ("ours, whisper, float32", "ours, faster-whisper, float32")
OURS = ("ours, whisper", "ours, faster-whisper")
IDLE = ("ours, without the network of whisper", "ours, without the network of faster-whisper")
SHORT_S, LONG_S, HOUR_S = 30.0, 480.0, 3600.0
PART_S, PARTS = 600.0, 18  # memory: 10 minutes, and three hours made of them


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured: dimensions, contestants, kinds of sound, seconds of the long recordings, rounds.

    `parts` are the ones asked for; none: all.
    """

    sizes: tuple[str, ...]
    contestants: tuple[str, ...]
    kinds: tuple[str, ...]
    long_s: float
    rounds: int
    quick: bool
    parts: tuple[str, ...] = ()


def main() -> None:
    plan, out = _asked()
    results = _earlier(plan, out) | measuring.surroundings(*LIBRARIES) | {"quick": plan.quick}
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, figures in _parts(plan, Workshop(Path(folder))):
            if plan.parts and name not in plan.parts:
                continue
            results[name] = figures()
            results["measured"] = results.get("measured", {}) | {name: _circumstances(plan)}
            out.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            print(f"{name}: {json.dumps(results[name], ensure_ascii=False)}", flush=True)


def _circumstances(plan: Plan) -> dict[str, object]:
    """When a part was measured and how: parts of one file may come from several runs."""
    around = measuring.surroundings()
    kept = {key: around[key] for key in ("commit", "date", "load")}
    return kept | {"long_s": plan.long_s, "rounds": plan.rounds}


def _earlier(plan: Plan, out: Path) -> dict[str, Any]:
    """What is in the file already, where only some parts are measured again."""
    return json.loads(out.read_text(encoding="utf-8")) if plan.parts and out.exists() else {}


def _asked() -> tuple[Plan, Path]:
    parser = argparse.ArgumentParser(description="Measure recognition against its peers.")
    parser.add_argument("--quick", action="store_true", help="small, for CI")
    parser.add_argument("--sizes", default="tiny,base,small", help="dimensions, with commas between")
    parser.add_argument("--seconds", type=float, default=LONG_S, help="of the long recordings")
    parser.add_argument("--only", nargs="*", default=ALL, help="these contestants; else all")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--parts", nargs="*", default=(), help="only these, into the same file")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    if asked.quick:
        plan = Plan(("shallow",), FEW, ("talk",), SHORT_S + 10, 1, quick=True)
    else:
        sizes, parts, kinds = tuple(asked.sizes.split(",")), tuple(asked.parts), ("speech", "talk")
        plan = Plan(sizes, tuple(asked.only), kinds, asked.seconds, asked.rounds, quick=False, parts=parts)
    return plan, asked.out or RESULTS / f"transcribe{'-quick' if asked.quick else ''}.json"


def _parts(plan: Plan, workshop: Workshop) -> Iterator[tuple[str, Callable[[], Any]]]:
    """The figures of every part by its name, each measured when it is asked for."""
    yield "text", lambda: _text(plan, workshop)
    for size in plan.sizes:
        for kind in plan.kinds:
            yield f"{size}, {kind}", lambda size=size, kind=kind: _compared(plan, workshop, size, kind)
    if not plan.quick:
        yield "beside the network", lambda: _beside(plan, workshop)
        yield "memory", lambda: _memory(workshop)
        yield "two processes", lambda: _two_processes(plan, workshop)


def _sound(workshop: Workshop, kind: str, length_s: float) -> Path:
    name = f"{kind}-{length_s:.0f}.mp3"
    return workshop.get(name, getattr(sounds, kind), workshop.folder / name, length_s)


def _compared(plan: Plan, workshop: Workshop, size: str, kind: str) -> dict[str, Any]:
    """CPU an hour, peak memory and windows of every contestant; each says what the checkpoint says."""
    recordings = [_sound(workshop, kind, plan.long_s)]
    if not plan.quick:
        recordings.insert(0, _sound(workshop, "speech", SHORT_S))
    says = workshop.get("says.txt", scripted.write_spoken, workshop.folder / "says.txt").read_text("utf-8")
    runs: dict[str, list[list[Cost]]] = {name: [] for name in plan.contestants}
    windows: dict[str, int] = {}
    for _ in range(plan.rounds):
        for name in plan.contestants:
            made = [workshop.compete(name, size, [one]) for one in recordings]
            runs[name].append([cost for cost, _ in made])
            windows[name] = _windows(name, made[-1][1][0], says)
    return {name: _figures(plan, pairs) | {"windows": windows[name]} for name, pairs in runs.items()}


def _figures(plan: Plan, runs: list[list[Cost]]) -> dict[str, float]:
    """Of runs with a short and a long recording, or (quick) with the long one alone."""
    found = {"peak_mb": round(median(run[-1].peak_mb for run in runs))}
    if plan.quick:
        return {"cpu_s": round(median(run[-1].cpu_s for run in runs), 1), **found}
    hours = [
        short.cpu_s + (long_.cpu_s - short.cpu_s) / (plan.long_s - SHORT_S) * (HOUR_S - SHORT_S)
        for short, long_ in runs
    ]
    starts = [short.cpu_s for short, _ in runs]
    return {"cpu_s_per_hour": round(median(hours), 1), "cpu_s_of_30_s": round(median(starts), 1), **found}


def _windows(name: str, said: str, says: str) -> int:
    """How often the checkpoint's text was said; FailedError if anything else was, or nothing."""
    one, all_ = texts.plain(says), texts.plain(said)
    count = all_.count(one)
    if not count or all_ != " ".join([one] * count):
        raise measuring.FailedError(f"{name} says something else than the checkpoint: {said[:300]}")
    return count


def _text(plan: Plan, workshop: Workshop) -> dict[str, Any]:
    """Word error rates in per cent with the demonstration checkpoint, where the words are known."""
    recordings = sounds.recordings()[-1 if plan.quick else None :]
    spoken = [texts.spoken(one) for one in recordings]
    rates = {}
    for name in (*plan.contestants, *(() if plan.quick else EXACT)):
        _, heard = workshop.compete(name, DEMONSTRATION, recordings)
        rates[name] = {
            "all": texts.errors(spoken, heard),
            "each": [texts.errors([one], [other]) for one, other in zip(spoken, heard, strict=True)],
        }
    return rates


def _beside(plan: Plan, workshop: Workshop) -> dict[str, Any]:
    """Everything but the network: imports, decoding, voice activity, mel, journal."""
    recordings = _sound(workshop, "speech", SHORT_S), _sound(workshop, "speech", PART_S)
    long_ = Plan(plan.sizes, IDLE, (), PART_S, plan.rounds, quick=False)
    return {
        name: _figures(
            long_,
            [
                [workshop.compete(name, DEMONSTRATION, [one])[0] for one in recordings]
                for _ in range(plan.rounds)
            ],
        )
        for name in IDLE
    }


def _memory(workshop: Workshop) -> dict[str, Any]:
    """Peak memory at ten minutes and at three hours, network and all: it sees a piece at a time."""
    part = _sound(workshop, "speech", PART_S)
    whole = workshop.get("hours.mp3", sounds.repeated, workshop.folder / "hours.mp3", part, PARTS)
    peaks = {}
    for name in OURS:
        first, second = (workshop.compete(name, "shallow", [one])[0].peak_mb for one in (part, whole))
        peaks[name] = {"ten_minutes_mb": round(first), "three_hours_mb": round(second)}
    return peaks


def _two_processes(plan: Plan, workshop: Workshop) -> dict[str, float]:
    """Wall time of one process and of two for an hour, a thread each; only idle cores tell something.

    What the cores allow at all is told by two commands side by side that know nothing of each other, an hour
    each: two cores of one processor share its memory, and often its arithmetic.
    """
    part = _sound(workshop, "speech", PART_S)
    recording = workshop.get("hour.mp3", sounds.repeated, workshop.folder / "hour.mp3", part, PARTS // 3)

    def wall_s(name: str) -> float:
        return workshop.compete(name, "tiny", [recording])[0].wall_s

    workshop.checkpoint("tiny")
    runs = []
    for _ in range(plan.rounds):
        with ThreadPoolExecutor(2) as apart:
            both_s = max(apart.map(wall_s, ("ours, whisper",) * 2))
        runs.append((wall_s("ours, whisper"), wall_s("ours, whisper, two processes"), both_s))
    one_s, two_s, both_s = (median(walls) for walls in zip(*runs, strict=True))
    return {
        "one_s": round(one_s, 1),
        "two_s": round(two_s, 1),
        "faster": round(one_s / two_s, 2),
        "two commands side by side_s": round(both_s, 1),
        "what the cores allow": round(2 * one_s / both_s, 2),
    }


if __name__ == "__main__":
    main()
