"""What is told to the network beforehand, and what is made of what it heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import project, speech
from pipeline.models import House, Word
from pipeline.transcripts import sentences
from pipeline.workflow import composing

EPISODE = "2026-11-20-smarte-stadt"
GLOSSARY = """\
[[terms]]
term = "Stadtbücherei"

[[terms]]
term = "Quartier"
scope = "stadt"

[[terms]]
term = "Hustadtring"
scope = "2026-11-20-smarte-stadt"
heard = ["Hustartring"]

[[terms]]
term = "Geheim"

[[terms]]
term = "Anderswo"
scope = "2026-11-21-andere"
"""


@pytest.fixture
def house(house_folder: Path) -> House:
    """A house whose episode belongs to a series, has topics, and a guest who is hidden."""
    for name, text in {
        "content/glossary.toml": GLOSSARY,
        "content/series/stadt.md": "---\ntitle: Die Stadt\n---\n",
        "content/people/kim-geheim.md": "---\nname: Kim Geheim\nhidden: true\n---\n",
    }.items():
        (house_folder / name).parent.mkdir(parents=True, exist_ok=True)
        (house_folder / name).write_text(text, encoding="utf-8")
    path = house_folder / "episodes" / EPISODE / "episode.md"
    text = path.read_text(encoding="utf-8")
    text = text.replace("    role: guest\n", "    role: guest\n  - person: kim-geheim\n    role: guest\n")
    path.write_text(text.replace("people:", "series: stadt\ntopics: [Daten]\npeople:"), encoding="utf-8")
    return project.load(house_folder)


def test_the_most_specific_words_come_first_and_a_hidden_person_is_nowhere(house: House) -> None:
    assert composing.prompt(house, house.episodes[0]) == (
        "Hustadtring, Mira Beispiel, Daten, Quartier, Die Stadt, Stadtbücherei, Haus des Wissens"
    )


def test_the_prompt_can_be_switched_off(house: House) -> None:
    quiet = house.settings.speech.model_copy(update={"prompt": False})
    settings = house.settings.model_copy(update={"speech": quiet})
    assert composing.prompt(replace(house, settings=settings), house.episodes[0]) == ""


def segment(start_s: float, text: str, no_speech: float) -> speech.Segment:
    """Half a second a word."""
    times = [start_s + at / 2 for at in range(len(text.split()) + 1)]
    words = tuple(Word(*one) for one in zip(text.split(), times, times[1:], strict=False))
    return speech.Segment(start_s, times[-1], text, words, -0.1, no_speech, 1.0, 0.0)


HEARD = speech.Recognition(
    (segment(0.0, "Am Hustartring.", 0.0), segment(9.0, "Untertitel im Auftrag des ZDF.", 0.8)),
    "de",
    {"engine": "whisper"},
    speech=((0.0, 1.3),),
)
CUES = sentences(word for one in HEARD.segments for word in one.words)


def test_a_known_mishearing_is_put_right_and_both_words_are_on_record(house: House) -> None:
    made = composing.compose(house, house.episodes[0], CUES, (HEARD,))
    assert made.transcript.cues[0].text == "Am Hustadtring."
    kept = speech.from_jsonl(speech.to_jsonl(made.heard[0]))
    assert kept.segments == HEARD.segments
    assert [(one.cue, one.start_s, one.heard, one.written) for one in kept.replacements] == [
        ("1", 0.5, "Hustartring", "Hustadtring")
    ]
    assert kept.speech == HEARD.speech


def test_an_invented_text_is_marked_and_stays(house: House) -> None:
    made = composing.compose(house, house.episodes[0], CUES, (HEARD,))
    assert made.transcript.cues[1].text == "Untertitel im Auftrag des ZDF."
    assert [(mark.kind, mark.cue) for mark in made.marks] == [("invention", "2")]


def test_marks_survive_their_file(house: House, house_folder: Path) -> None:
    made = composing.compose(house, house.episodes[0], CUES, (HEARD,))
    marks = (*made.marks, replace(made.marks[0], kind="unsure", word="ZDF."))
    review = replace(project.load_review(house_folder, EPISODE), marks=marks)
    project.save_review(house_folder, EPISODE, replace(review, recognised=datetime.now(UTC).date()))
    assert project.load_review(house_folder, EPISODE).marks == marks
