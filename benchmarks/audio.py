"""Recordings against FFmpeg's own programs: adding, publishing, reading tags; and how soon hdw answers.

All of it, or the parts named (`--parts add tags`); `--quick` proves in less than a minute that the benchmark
works, and asserts nothing about time. Contestants take turns. The ffmpeg program does the same work with two
commands: measure; gain, limit, encode and label.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import houses, measuring
from benchmarks.measuring import Cost, FailedError

RESULTS = measuring.ROOT / "benchmarks" / "results" / "audio.json"
LIBRARIES = ("av", "lameenc", "mutagen")
FFMPEG = ["ffmpeg", "-nostdin", "-hide_banner", "-y", "-threads", "1"]
PYTHON = sys.executable
TARGETS = {"mono": -19.0, "stereo": -16.0}
RATES = {"aac": 44_100, "mp3": 44_100, "opus": 48_000}
ENCODERS = {
    "aac stereo": ("m4a", "-c:a aac -aac_coder fast -b:a 128k -movflags +faststart -f ipod"),
    "mp3 mono": ("mp3", "-c:a libmp3lame -b:a 64k"),
    "mp3 stereo": ("mp3", "-c:a libmp3lame -b:a 128k"),
    "opus stereo": ("opus", "-c:a libopus -b:a 64k"),
}
LOUDNESS_LU, FILES = 0.6, 1000


@dataclass(frozen=True, slots=True)
class Plan:
    """Seconds of the recordings, rounds, files with tags, episodes, and the parts asked for (none: all)."""

    seconds: float
    rounds: int
    files: int
    episodes: int
    parts: tuple[str, ...]
    folder: Path


def main() -> None:
    asked = _asked()
    earlier = json.loads(asked.out.read_text(encoding="utf-8")) if asked.parts and asked.out.exists() else {}
    results = earlier | measuring.surroundings(*LIBRARIES) | {"quick": asked.quick, "ffmpeg": _version()}
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plan = _plan(asked, Path(folder))
        for name, figures in _parts(plan):
            if plan.parts and name not in plan.parts:
                continue
            results[name] = figures()
            asked.out.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            print(f"{name}: {json.dumps(results[name], ensure_ascii=False)}", flush=True)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the work on recordings against its peers.")
    parser.add_argument("--quick", action="store_true", help="small, for CI")
    parser.add_argument("--seconds", type=float, default=3600.0, help="of the recordings")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--parts", nargs="*", default=(), help="only these, into the same file")
    parser.add_argument("--out", type=Path, default=RESULTS)
    return parser.parse_args()


def _plan(asked: argparse.Namespace, folder: Path) -> Plan:
    if asked.quick:
        return Plan(20.0, 1, 10, 10, tuple(asked.parts), folder)
    return Plan(asked.seconds, asked.rounds, FILES, FILES, tuple(asked.parts), folder)


def _version() -> str:
    try:
        said = subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True, check=True).stdout
    except FileNotFoundError:
        raise SystemExit("ffmpeg is missing: make test-parts says how to get it") from None
    return said.split()[2]


def _parts(plan: Plan) -> Iterator[tuple[str, Callable[[], Any]]]:
    yield "add", lambda: _add(plan)
    for kind in ENCODERS:
        yield f"edition, {kind}", lambda kind=kind: _edition(plan, kind)
    yield "tags", lambda: _tags(plan)
    yield "start", lambda: _start(plan)


def _turns(plan: Plan, contestants: dict[str, Callable[[], Cost]]) -> dict[str, Any]:
    """Median CPU seconds and peak MB of each, who take turns; and ours against each of the others."""
    costs: dict[str, list[Cost]] = {name: [] for name in contestants}
    for _ in range(plan.rounds):
        for name, run in contestants.items():
            costs[name].append(run())
    figures: dict[str, Any] = {
        name: {
            "cpu_s": round(median(one.cpu_s for one in own), 2),
            "peak_mb": round(median(one.peak_mb for one in own)),
        }
        for name, own in costs.items()
    }
    ours = figures["ours"]["cpu_s"]
    ratios = {
        f"against {name}": round(ours / one["cpu_s"], 2) for name, one in figures.items() if name != "ours"
    }
    return figures | ratios | {"seconds": plan.seconds, "rounds": plan.rounds}


def _together(*costs: Cost) -> Cost:
    return Cost(sum(c.cpu_s for c in costs), max(c.peak_mb for c in costs), sum(c.wall_s for c in costs))


def _sound(plan: Plan, kind: str) -> Path:
    """Speech of this project's own, over and over, as an editor would bring it: MP3, mono or stereo."""
    path = plan.folder / f"{kind}.mp3"
    if path.exists():
        return path
    spoken = measuring.ROOT / "tests" / "fixtures" / "demo-recording.mp3"
    stereo = "asplit=2[l][d];[d]adelay=11[r];[l][r]join=inputs=2:channel_layout=stereo"
    filters, rate = (["-filter_complex", stereo], "128k") if kind == "stereo" else ([], "64k")
    loop = ["-stream_loop", "-1", "-i", str(spoken), "-t", str(plan.seconds)]
    measuring.run(
        [*FFMPEG, *loop, *filters, "-vn", "-ar", "44100", "-b:a", rate, "-metadata", "title=T", str(path)]
    )
    return path


def _measured(recording: Path) -> list[str]:
    return [*FFMPEG, "-i", str(recording), "-af", "ebur128=peak=true", "-f", "null", "-"]


def _add(plan: Plan) -> dict[str, Any]:
    recording = _sound(plan, "stereo")

    def ours() -> Cost:
        with tempfile.TemporaryDirectory(dir=plan.folder) as folder:
            house = houses.founded(Path(folder) / "house")
            return measuring.run([PYTHON, "-m", "pipeline", "add", str(recording)], cwd=house)

    return _turns(plan, {"ours": ours, "ffmpeg": lambda: measuring.run(_measured(recording))})


def _edition(plan: Plan, kind: str) -> dict[str, Any]:
    format_, _, channels = kind.partition(" ")
    recording, known = _sound(plan, channels), plan.folder / f"{channels}.json"
    measuring.run([PYTHON, "benchmarks/editing.py", "facts", str(recording), str(known)])
    facts = json.loads(known.read_text(encoding="utf-8"))
    houses.cover(plan.folder / "ours.jpg")
    suffix, options = ENCODERS[kind]
    theirs = plan.folder / f"theirs.{suffix}"

    def ours() -> Cost:
        made = [str(recording), str(known), format_, str(plan.folder / "ours")]
        return measuring.run([PYTHON, "benchmarks/editing.py", "edition", *made])

    def ffmpeg() -> Cost:
        gain = TARGETS[channels] - facts["loudness_lufs"]
        rate = RATES[format_]
        level = (
            f"volume={gain}dB,aresample={2 * rate},alimiter=limit=0.794:level=0:latency=1,aresample={rate}"
        )
        encode = [*FFMPEG, "-i", str(recording), "-af", level, "-metadata", "title=Folge", *options.split()]
        return _together(measuring.run(_measured(recording)), measuring.run([*encode, str(theirs)]))

    def loudnorm() -> Cost:
        """The recipe that most guides give, for comparison; it works at 192 kHz."""
        first = f"loudnorm=I={TARGETS[channels]}:TP=-2"
        second = f"{first}:measured_I={facts['loudness_lufs']}:measured_TP={facts['true_peak_dbtp']}"
        second += f":measured_LRA=5:measured_thresh=-30:linear=true,aresample={RATES[format_]}"
        one = [*FFMPEG, "-i", str(recording), "-af", f"{first}:print_format=json", "-f", "null", "-"]
        two = [*FFMPEG, "-i", str(recording), "-af", second, *options.split(), str(theirs)]
        return _together(measuring.run(one), measuring.run(two))

    contestants = {"ours": ours, "ffmpeg": ffmpeg}
    figures = _turns(plan, contestants | ({"ffmpeg, loudnorm": loudnorm} if kind == "mp3 stereo" else {}))
    published = json.loads((plan.folder / "ours.json").read_text(encoding="utf-8"))
    _same(published, TARGETS[channels], facts["duration_s"])
    return figures | {name: published[name] for name in ("loudness_lufs", "true_peak_dbtp", "bit_rate")}


def _same(published: dict[str, Any], target: float, duration_s: float) -> None:
    """FailedError if a file is not what it should be."""
    right = abs(published["loudness_lufs"] - target) <= LOUDNESS_LU and published["true_peak_dbtp"] <= -1
    if not right or abs(published["duration_s"] - duration_s) > 1:
        raise FailedError(f"ours is not as it should be: {published}")


def _tags(plan: Plan) -> dict[str, Any]:
    short, folder = plan.folder / "short.mp3", plan.folder / "tagged"
    measuring.run([*FFMPEG, "-i", str(_sound(plan, "mono")), "-t", "10", "-metadata", "title=T", str(short)])
    folder.mkdir()
    for number in range(plan.files):
        shutil.copyfile(short, folder / f"{number:04}.mp3")
    probe = (
        'for f in "$0"/*.mp3; do ffprobe -v error -show_entries format=duration:format_tags=title "$f"; done'
    )
    contestants = {
        "ours": lambda: measuring.run([PYTHON, "benchmarks/editing.py", "tags", str(folder)]),
        "ffprobe": lambda: measuring.run(["sh", "-c", probe, str(folder)]),
    }
    return _turns(plan, contestants) | {"files": plan.files}


def _start(plan: Plan) -> dict[str, Any]:
    """How much hdw computes before it answers."""
    bare = houses.many(plan.folder / "bare", plan.episodes, cues=0)
    spoken = houses.many(plan.folder / "spoken", plan.episodes, cues=120)
    runs = {
        "hdw --help": ["--help"],
        "hdw status, no transcripts": ["status"],
        "hdw status, transcripts of ten minutes": ["status"],
    }
    places = dict(zip(runs, (bare, bare, spoken), strict=True))
    found = {
        name: median(
            measuring.run([PYTHON, "-m", "pipeline", *command], cwd=places[name]).cpu_s
            for _ in range(max(plan.rounds, 5 if plan.rounds > 1 else 1))
        )
        for name, command in runs.items()
    }
    return {name: round(cpu_s, 2) for name, cpu_s in found.items()} | {"episodes": plan.episodes}


if __name__ == "__main__":
    main()
