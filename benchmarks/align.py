"""Aligning a corrected transcript with the machine's words: CPU seconds for 20,000 words.

    python benchmarks/align.py [--quick] [--output FILE]

The text is drawn like a language (few words often, many seldom); 6 % of it is corrected: replaced, left out
or added. Measured is what `transcripts.aligning.timed` takes, the median of five runs in one process.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import statistics
import time
from pathlib import Path

import rapidfuzz

from pipeline.models import Cue, Word
from pipeline.transcripts import aligning

RESULT = Path(__file__).parent / "results" / "align.json"
VOCABULARY = 3000
NOISE = 0.06
SENTENCE = 12


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="2,000 words, one run; nothing is written")
    parser.add_argument("--output", type=Path, default=RESULT)
    chosen = parser.parse_args()
    size, runs = (2_000, 1) if chosen.quick else (20_000, 5)
    made = measured(size, runs)
    print(json.dumps(made, indent=1, sort_keys=True))
    if not chosen.quick:
        chosen.output.parent.mkdir(parents=True, exist_ok=True)
        chosen.output.write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def measured(size: int, runs: int) -> dict[str, object]:
    heard, cues = material(size)
    seconds, made = [], ()
    for _ in range(runs):
        begun = time.process_time()
        made = aligning.timed(cues, heard)
        seconds.append(time.process_time() - begun)
    words = [word for cue in made for word in cue]
    return {
        "cpu_s": round(statistics.median(seconds), 4),
        "exact_anchors": round(sum(word.exact for word in words) / len(words), 4),
        "machine": f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}",
        "noise": NOISE,
        "rapidfuzz": rapidfuzz.__version__,
        "runs": runs,
        "words": len(words),
    }


def material(size: int) -> tuple[list[Word], list[Cue]]:
    """What the machine heard, and the corrected sentences with their times."""
    chance = random.Random(1)
    weights = [1 / (n + 1) for n in range(VOCABULARY)]
    spoken = [f"wort{n}" for n in chance.choices(range(VOCABULARY), weights, k=size)]
    heard = [Word(text, round(n * 0.34, 2), round(n * 0.34 + 0.3, 2)) for n, text in enumerate(spoken)]
    cues = []
    for first in range(0, size, SENTENCE):
        own = heard[first : first + SENTENCE]
        text = " ".join(word for one in own for word in corrected(one.text, chance)) or own[0].text
        cues.append(Cue(str(len(cues) + 1), own[0].start_s, own[-1].end_s, text))
    return heard, cues


def corrected(word: str, chance: random.Random) -> list[str]:
    drawn = chance.random()
    if drawn >= NOISE:
        return [word]
    return [[f"{word}neu"], [], [word, "dazu"]][int(drawn / NOISE * 3)]


if __name__ == "__main__":
    main()
