"""Reviewing a transcript with known mistakes: what the suspicious passages show, and what mending costs.

    python benchmarks/review.py [--quick] [--output FILE]

A German talk (the guides of this project, read aloud at an even pace) gets mistakes in 6 % of its words, of
the kinds that Whisper makes: names misspelt, other words that exist, words that do not, sentences that nobody
said, loops, words left out. Words have the probabilities of a machine that is mostly right about itself:
wrong ones around 0.45, right ones around 0.9, overlapping. The house knows half of the names (glossary).

The editor of the script works as the desk is meant (website.md § 4.2): first the suspicious passages by F8,
then listening through at 1.4 times the speed. Counted are keys (a word typed is its letters) and seconds that
sound plays (1.5 s before a passage and 1 s after it; 1.5 s again after each pause). Peer: the same editor
without passages, who listens through everything. Both end with the right text, which is checked; every deed
goes through the workflow as the desk's own do. It says what the marks are worth and what typing costs, and
nothing about how long people think.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import houses, measuring
from pipeline import markup, project, transcripts, workflow
from pipeline.models import Cue, Review, Transcript, Word
from pipeline.transcripts.deeds import Change, Deed, Sentence
from pipeline.transcripts.document import Passage
from pipeline.transcripts.inventions import CREDITS
from pipeline.transcripts.reviewing import Standing

ROOT = Path(__file__).resolve().parent.parent
RESULT = Path(__file__).parent / "results" / "review.json"
EPISODE = "2026-11-20-lang"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SHARE = 0.06
KINDS = {
    # kind of mistake: its share of all
    "other word": 0.5,
    "no word": 0.2,
    "name": 0.12,
    "left out": 0.1,
    "invention": 0.05,
    "loop": 0.03,
}
NAMES = ("Büchelberg", "Wittkamp", "Oberpichler", "Kücük", "Ravindran", "Stiepel", "Ottilie", "Marzahn")
WORD_S = 0.36
LEAST, MOST = 5, 24
"""Words of a sentence."""
BEFORE_S, AFTER_S, BACK_S, SPEED = 1.5, 1.0, 1.5, 1.4
GLOSSARY = '[[terms]]\nterm = "{name}"\n'


@dataclass(frozen=True)
class Wrong:
    """A sentence as it should be (None: nobody said it) and as the machine wrote it, and what went wrong."""

    kind: str
    right: Cue | None
    heard: Cue
    word: str = ""


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="1,000 words; nothing is written")
    parser.add_argument("--output", type=Path, default=RESULT)
    chosen = parser.parse_args()
    made = measured(1_000 if chosen.quick else 6_000)
    print(json.dumps(made, indent=1, ensure_ascii=False))
    if not chosen.quick:
        whole = {**measuring.surroundings("simplemma", "rapidfuzz"), **made}
        chosen.output.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def measured(words: int) -> dict[str, object]:
    """The figures for a talk of so many words."""
    dice = random.Random(7)
    truth = talk(words)
    heard, wrong = misheard(truth, dice)
    with tempfile.TemporaryDirectory() as folder:
        root = house(Path(folder) / "haus", truth, heard, dice)
        shown = workflow.open_document(root, EPISODE, now=NOW).passages
        found = {number for number, one in enumerate(wrong) if any(_at(one, place) for place in shown)}
        passes = _passages(shown, wrong)
        left = [one for number, one in enumerate(wrong) if number not in found]
        ears = _listening(truth, left)
        alone = _listening(truth, wrong)
        mend(root, wrong)
        text = project.load_transcript(root, EPISODE)
        assert text is not None
        assert [cue.text for cue in text.cues] == [cue.text for cue in truth]
    count = sum(len(cue.text.split()) for cue in truth)
    kinds = {
        kind: {"mistakes": len(those), "shown": sum(number in found for number in those)}
        for kind in KINDS
        for those in ([number for number, one in enumerate(wrong) if one.kind == kind],)
    }
    return {
        "talk": {"words": count, "minutes": round(count * WORD_S / 60, 1), "mistakes": len(wrong)},
        "passages": {
            "shown": len(shown),
            "share of words, %": round(100 * len(shown) / count, 1),
            "mistakes shown, %": round(100 * len(found) / len(wrong), 1),
            "of those shown, mistakes, %": round(100 * len(found) / max(len(shown), 1), 1),
            "by kind": kinds,
        },
        "passages, then listening": {
            "keys": passes["keys"] + ears["keys"],
            "seconds of sound": round(passes["seconds"] + ears["seconds"]),
            "of it for passages": {"keys": passes["keys"], "seconds of sound": round(passes["seconds"])},
        },
        "listening alone": {"keys": alone["keys"], "seconds of sound": round(alone["seconds"])},
        "only the passages": {
            "seconds of sound": round(passes["seconds"]),
            "mistakes left, % of words": round(100 * len(left) / count, 2),
        },
    }


def talk(words: int) -> list[Cue]:
    """Sentences as they are right, one after the other at an even pace."""
    made: list[Cue] = []
    at = 0
    for number, sentence in enumerate(_sentences()):
        if at >= words:
            return made
        text = sentence.replace("Beispiel", NAMES[number % len(NAMES)])
        if number % 9 == 0:  # somebody is named in every ninth
            text = f"{NAMES[number // 9 % len(NAMES)]} sagt: {text}"
        size = len(text.split())
        made.append(Cue(str(len(made) + 1), at * WORD_S, (at + size) * WORD_S - 0.05, text))
        at += size
    return made


def _sentences() -> Iterator[str]:
    """Prose of the guides, a sentence each: no commands, no tables, nothing very short or long."""
    for path in sorted((ROOT / "docs" / "de").glob("*.md")):
        text = re.sub(r"```.*?```|^ {4}[^\n]*|^\|[^\n]*", " ", path.read_text("utf-8"), flags=re.S | re.M)
        for one in re.split(r"(?<=[.!?])\s+", markup.plain(text)):
            words = " ".join(one.split())
            if LEAST <= len(words.split()) <= MOST and re.fullmatch(r"[A-ZÄÖÜ][^_/\[\]=<>{}]+[.!?]", words):
                yield words


def misheard(truth: Sequence[Cue], dice: random.Random) -> tuple[list[Cue], list[Wrong]]:
    """What the machine wrote, in the order of time, and every mistake in it: one a sentence at most."""
    total = round(sum(len(cue.text.split()) for cue in truth) * SHARE)
    plan = [kind for kind, share in KINDS.items() for _ in range(round(total * share))]
    named = [cue for cue in truth if any(name in cue.text for name in NAMES)]
    spread = dice.sample([cue for cue in truth if cue not in named], min(len(plan), len(truth) - len(named)))
    words = sorted({word for cue in truth for word in re.findall(r"[a-zäöüß]{4,}", cue.text)})
    wrong: dict[str, Wrong] = {}
    extra: list[Wrong] = []
    for kind in plan:
        source = named if kind == "name" else spread
        if not source:
            continue
        cue = source.pop()
        if kind == "invention":
            start = cue.end_s - 0.04
            extra.append(
                Wrong(kind, None, Cue(f"x{cue.id}", start, start + 0.03, dice.choice(CREDITS) + "."))
            )
        else:
            wrong[cue.id] = _spoiled(kind, cue, words, dice)
    heard = [wrong[cue.id].heard if cue.id in wrong else cue for cue in truth]
    both = sorted([*heard, *(one.heard for one in extra)], key=lambda cue: cue.start_s)
    return both, sorted([*wrong.values(), *extra], key=lambda one: one.heard.start_s)


def _spoiled(kind: str, cue: Cue, words: Sequence[str], dice: random.Random) -> Wrong:
    parts = cue.text.split()
    at = dice.randrange(1, len(parts) - 1)
    word = parts[at]
    match kind:
        case "other word":
            near = [one for one in words if one[:2] == word[:2].lower() and one != word.lower()] or list(
                words
            )
            parts[at] = word = dice.choice(near)
        case "no word":
            cut = dice.randrange(1, max(2, len(word) - 1))
            parts[at] = word = word[:cut] + dice.choice("bdfgklmnprst") + word[cut + 1 :] + "k"
        case "name":
            at = next(place for place, one in enumerate(parts) if one.strip(".,:") in NAMES)
            name = parts[at].strip(".,:")
            word = name.replace("tt", "t").replace("ü", "i").replace("ie", "i").replace("r", "rr", 1)
            parts[at] = parts[at].replace(name, word)
        case "left out":
            del parts[at]
            word = parts[at]
        case "loop":
            parts[at:at] = [word.strip(".,")] * 6
    return Wrong(kind, cue, replace(cue, text=" ".join(parts)), word)


def house(root: Path, truth: Sequence[Cue], heard: Sequence[Cue], dice: random.Random) -> Path:
    """A house with this talk, and what a machine would know of each word."""
    houses.talk(root, 60.0)
    for path in (root / "episodes" / EPISODE).glob("transcript*"):
        path.unlink()
    known = [GLOSSARY.format(name=name) for name in NAMES[::2]]
    (root / "content" / "glossary.toml").write_text("\n".join(known), encoding="utf-8")
    said = {cue.id: frozenset(cue.text.split()) for cue in truth}
    cues = tuple(replace(cue, words=tuple(_heard(cue, said.get(cue.id, ()), dice))) for cue in heard)
    speech = tuple((cue.start_s, cue.end_s) for cue in heard if not cue.id.startswith("x"))
    marks = transcripts.marks(cues, transcripts.Evidence(speech=speech))
    numbered = tuple(replace(cue, id=_id(cue), words=()) for cue in cues)
    ids = {cue.id: _id(cue) for cue in heard}
    review = Review(marks=tuple(replace(mark, cue=ids.get(mark.cue, "")) for mark in marks), asr="")
    project.save_review(root, EPISODE, transcripts.recorded(review, numbered))
    project.save_transcript(root, EPISODE, Transcript(numbered))
    return root


def _id(cue: Cue) -> str:
    return str(100_000 + int(cue.id[1:])) if cue.id.startswith("x") else cue.id


def _heard(cue: Cue, right: Collection[str], dice: random.Random) -> Iterator[Word]:
    """The words of a sentence with their times, and how sure the machine was of each."""
    parts = cue.text.split()
    pace = (cue.end_s - cue.start_s) / len(parts)
    for place, word in enumerate(parts):
        sure = dice.betavariate(12, 1.2) if word in right else dice.betavariate(2.2, 2.6)
        yield Word(word, cue.start_s + place * pace, cue.start_s + (place + 1) * pace, round(sure, 3))


def _at(one: Wrong, place: Passage) -> bool:
    """Whether a passage leads to a mistake: it marks the wrong word, or all of a sentence that is wrong."""
    if place.sentence != _id(one.heard):
        return False
    marked = one.heard.text[place.start : place.end]
    return one.kind in {"invention", "loop"} or one.word.strip(".,:;") in marked or marked in one.word


def _passages(shown: Sequence[Passage], wrong: Sequence[Wrong]) -> dict[str, float]:
    """Keys and seconds of the pass through all passages."""
    keys, seconds = 0, 0.0
    for place in shown:
        seconds += BEFORE_S + AFTER_S
        keys += 1  # F8
        here = next((one for one in wrong if _at(one, place)), None)
        keys += 1 if here is None else _mended(here, place.suggestion)
    return {"keys": keys, "seconds": seconds}


def _mended(one: Wrong, suggestion: str = "") -> int:
    """The keys that a mistake takes once its word is selected: the suggestion, or what has to be typed."""
    if one.right is None:
        return 2  # select the sentence, delete it
    if suggestion and suggestion in one.right.text and suggestion not in one.heard.text:
        return 2  # Tab, Enter
    old, new = one.heard.text.split(), one.right.text.split()
    typed = [word for word in new if word not in old]
    return sum(map(len, typed)) + 1 if typed else 2


def _listening(truth: Sequence[Cue], wrong: Sequence[Wrong]) -> dict[str, float]:
    """Keys and seconds of listening through it all: a pause, the word, and Ctrl+Enter for each mistake."""
    length_s = truth[-1].end_s
    keys = sum(1 + 1 + _mended(one) + 1 for one in wrong)
    return {"keys": keys, "seconds": length_s / SPEED + len(wrong) * BACK_S}


def mend(root: Path, wrong: Sequence[Wrong]) -> None:
    """Mend everything through the workflow, a deed each."""
    shown = {one.cue.id: one for one in workflow.open_document(root, EPISODE, now=NOW).sentences}
    deeds = []
    for number, one in enumerate(wrong):
        before = shown[_id(one.heard)]
        cue = one.right and replace(before.cue, text=one.right.text)
        after = Sentence(cue, Standing.EDITED) if cue else None
        ids = list(shown)
        follows = ids[ids.index(before.cue.id) - 1] if ids.index(before.cue.id) else ""
        deeds.append(Deed(f"deed-{number}", (Change(before.cue.id, before, after, follows),), by="Kim"))
    done = workflow.accept(root, EPISODE, deeds, session="benchmark", now=NOW)
    assert len(done.accepted) == len(deeds)


if __name__ == "__main__":
    main()
