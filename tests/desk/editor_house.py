"""A house with a conversation that nobody has looked at: voices without a name, words that are wrong."""

from __future__ import annotations

import json
from pathlib import Path

from tests import published

ID = "2021-05-14-bochum-zukunftsfaehig-buergernah"
VOICE = "Stimme 2"
TALK = (
    # id, start and end as the recording has them, who speaks, what the machine wrote
    ("1", 0.0, 2.279, "ansage", "Herzlich willkommen im Haus des Wissens."),
    (
        "2",
        2.679,
        7.044,
        "ansage",
        "In dieser Folge geht es um die Stadt Bochum und ihren Plan für morgen.",
    ),
    ("3", 7.444, 10.682, "ansage", "Hier spricht eine Stimme aus dem Computer, kein Mensch."),
    ("4", 12.082, 17.999, VOICE, "Der Bund hat nur achtundzwanzig Projekte gefödert, und dies gehört dazu."),
    ("5", 18.399, 21.993, VOICE, "Es zeigt, wie eine Stadt mit Daten und Technik arbeiten kann."),
    ("6", 22.393, 24.920, VOICE, "Was gut ist, dürfen andere Städte nutzen, sagt Denis Küchük."),
    ("7", 26.320, 29.588, "denes-kuecuek", "Die Bürgerinnen und Bürger konnten bei dem Konzept mitmachen."),
    ("8", 29.988, 33.065, "denes-kuecuek", "Sie haben Fragen gestellt und eigene Ideen gebracht."),
    ("9", 33.465, 36.093, "denes-kuecuek", "Vielen Dank fürs Zuschauen."),
    ("11", 39.628, 43.111, VOICE, "In der Verwaltung gibt es ein eigenes Team, sagt Denis Küchük."),
    ("12", 43.511, 48.249, VOICE, "Eine App zeigt, wo in der Stadt ein Platz im Schatten ist."),
    ("13", 48.649, 51.065, "ansage", "Vielen Dank und bis zum nächsten Mal."),
)
MARKS = (
    {"kind": "invention", "start": 33.465, "cue": "9", "text": TALK[8][4]},
    {"kind": "unheard", "start": 36.2},  # a sentence that is said and not written
)


def made(folder: Path) -> Path:
    """The house; its last episode is the conversation, as a machine left it."""
    house = published.founded(folder)
    published.add_sample(house, ID)
    converse(house)
    return house


def converse(house: Path) -> None:
    """The conversation as it was at first."""
    for left in house.glob(f".hdw/journal/{ID}.*"):
        left.unlink(missing_ok=True)
    transcript(house).write_text(vtt(), encoding="utf-8")
    first, *others = sorted((house / "episodes" / ID / "asr").iterdir())
    for newer in others:
        newer.unlink()
    path = transcript(house).with_suffix(".json")
    review = json.loads(path.read_text(encoding="utf-8"))
    review |= {"cues": {}, "marks": list(MARKS), "last_id": 13, "settled": [], "asr": first.name}
    path.write_text(json.dumps(review), encoding="utf-8")


def hear_again(house: Path, old: str, new: str) -> None:
    """A second recognition, which heard a word otherwise."""
    (first,) = (house / "episodes" / ID / "asr").iterdir()
    text = first.read_text(encoding="utf-8")
    assert old in text
    first.with_name("2026-11-25_other.jsonl").write_text(text.replace(old, new), encoding="utf-8")


def transcript(house: Path) -> Path:
    return house / "episodes" / ID / "transcript.vtt"


def vtt(talk: tuple[tuple[str, float, float, str, str], ...] = TALK) -> str:
    cues = (f"{id_}\n{_clock(a)} --> {_clock(b)}\n<v {who}>{text}\n" for id_, a, b, who, text in talk)
    return "\n".join(("WEBVTT\nLanguage: de\n", *cues))


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes) // 60:02}:{int(minutes) % 60:02}:{rest:06.3f}"
