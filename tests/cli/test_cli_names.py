"""`hdw transcript replace` and `hdw glossary learn`, through pipes and at a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import project, speech
from pipeline.models import Word
from pipeline.transcripts import read_vtt, text_digest
from tests.cli.calling import Hdw, Terminal

EPISODE = "2026-11-20-smarte-stadt"
VTT = """WEBVTT
Language: de

NOTE Küchück wurde noch nicht gehört

1
00:00:01.000 --> 00:00:04.000
<v mira-beispiel>Herr Küchück ist da.

2
00:00:05.000 --> 00:00:09.000
<v mira-beispiel>Küchück? Küchück, nicht Küchücks.
"""
READ = {"by": "Mira", "digest": text_digest(read_vtt(VTT).cues[0]), "on": "2026-11-21", "state": "checked"}
REVIEW = {"cues": {"1": READ}, "marks": []}
HEARD = "Herr Kütschük ist da. Kütschük? Küchück, nicht Küchücks."
SHOWN = f"""{EPISODE}
  0:00:01  Herr »Küchück« ist da.  (geprüft)
  0:00:05  »Küchück«? Küchück, nicht Küchücks.
  0:00:05  Küchück? »Küchück«, nicht Küchücks.
"""


@pytest.fixture
def folder(house_folder: Path) -> Path:
    """The episode's folder: a transcript whose first sentence is checked, and what the machine heard."""
    folder = house_folder / "episodes" / EPISODE
    (folder / "transcript.vtt").write_text(VTT, encoding="utf-8")
    (folder / "transcript.json").write_text(json.dumps(REVIEW), encoding="utf-8")
    words = tuple(Word(text, n, n + 0.9) for n, text in enumerate(HEARD.split()))
    heard = speech.Recognition((speech.Segment(0, 9, "", words, -0.1, 0, 1, 0),), "de", {})
    project.save_recognition(house_folder, EPISODE, "2026-11-20_tiny_0.jsonl", speech.to_jsonl(heard))
    return folder


def text_of(folder: Path) -> str:
    return (folder / "transcript.vtt").read_text(encoding="utf-8")


def test_through_a_pipe_places_are_only_shown(hdw: Hdw, folder: Path) -> None:
    done = hdw("transcript", "replace", "Küchück", "Kücük")
    assert done.stdout == SHOWN + "3 Stellen, nichts geändert (--all ändert sie)\n"
    assert (done.returncode, done.stderr) == (0, "")
    assert text_of(folder) == VTT


def test_all_changes_every_place_and_a_checked_sentence_stays_checked(hdw: Hdw, folder: Path) -> None:
    before = project.load_transcript(folder.parent.parent, EPISODE)
    done = hdw("transcript", "replace", "Küchück", "Kücük", "--all", "--by", "Ina")
    assert done.stdout == SHOWN + "3 von 3 geändert\n\nWeiter: hdw build\n"
    lines = VTT.replace("Herr Küchück", "Herr Kücük").replace("Küchück? Küchück,", "Kücük? Kücük,")
    assert text_of(folder) == lines
    after = project.load_transcript(folder.parent.parent, EPISODE)
    assert before
    assert after
    assert [(c.id, c.start_s, c.end_s) for c in after.cues] == [
        (c.id, c.start_s, c.end_s) for c in before.cues
    ]
    review = project.load_review(folder.parent.parent, EPISODE)
    assert list(review.cues) == ["1"]
    entry = review.cues["1"]
    assert (entry.state, entry.by) == ("checked", "Ina")
    assert entry.on
    assert entry.on.isoformat() > "2026-11-21"
    assert len(entry.digest) == 16


def test_a_word_that_stands_nowhere_is_said(hdw: Hdw, folder: Path) -> None:
    done = hdw("transcript", "replace", "Wissen", "x", "--all")
    assert (done.returncode, done.stdout) == (0, "In keinem Transkript steht „Wissen“.\n")


@pytest.mark.parametrize(("old", "new"), [(" ", "x"), ("Küchück", " ")])
def test_without_words_nothing_happens(hdw: Hdw, folder: Path, old: str, new: str) -> None:
    assert hdw("transcript", "replace", old, new, "--all").returncode == 2
    assert text_of(folder) == VTT


@pytest.mark.parametrize(
    ("answers", "changed"),
    [(("n", "j", "q"), 1), (("j", "a"), 3), (("q",), 0), (("vielleicht", "j", "n", "n"), 1)],
)
def test_at_a_terminal_every_place_is_asked_for(
    terminal: Callable[..., Terminal], folder: Path, answers: tuple[str, ...], changed: int
) -> None:
    shown = terminal("transcript", "replace", "Küchück", "Kücük")
    for number, answer in enumerate(answers, 1):
        while shown.plain.count("[j/n/a/q]:") < number:
            assert shown._read(), shown.plain
        shown.type(answer)
    assert shown.end() == 0, shown.plain
    assert text_of(folder).count("Kücük") == changed
    assert ("j: ja, n: nein" in shown.plain) == ("vielleicht" in answers)


def test_learning_through_a_pipe_only_shows(hdw: Hdw, folder: Path, house_folder: Path) -> None:
    done = hdw("glossary", "learn", EPISODE)
    assert done.stdout == f"  Kütschük  →  Küchück  (2)\n\nWeiter: hdw glossary learn {EPISODE} --all\n"
    assert not (house_folder / "content/glossary.toml").exists()


def test_what_was_learned_is_in_the_glossary_and_not_proposed_again(
    hdw: Hdw, folder: Path, house_folder: Path
) -> None:
    done = hdw("glossary", "learn", EPISODE, "--all")
    assert done.stdout.endswith("1 Eintrag in content/glossary.toml\n")
    (term,) = project.load(house_folder).glossary.terms
    assert (term.term, term.heard, term.learned_from) == ("Küchück", ("Kütschük",), EPISODE)
    assert hdw("glossary", "learn", EPISODE).stdout.startswith("Nichts zu lernen")


def test_at_a_terminal_a_proposal_can_be_refused(
    terminal: Callable[..., Terminal], folder: Path, house_folder: Path
) -> None:
    shown = terminal("glossary", "learn", EPISODE)
    shown.until("„Kütschük“ ist „Küchück“? [j/n/a/q]")
    shown.type("n")
    assert shown.end() == 0
    assert not (house_folder / "content/glossary.toml").exists()


def test_without_what_the_machine_heard_there_is_nothing_to_learn_from(hdw: Hdw, folder: Path) -> None:
    (folder / "asr" / "2026-11-20_tiny_0.jsonl").unlink()
    done = hdw("glossary", "learn", EPISODE)
    assert done.returncode == 2
    assert "asr" in done.stderr


def test_open_places_stand_in_the_status(hdw: Hdw, folder: Path) -> None:
    marks = [{"cue": "2", "kind": "loop", "start": 5.0, "text": "Küchück? Küchück, nicht Küchücks."}]
    (folder / "transcript.json").write_text(json.dumps({**REVIEW, "marks": marks}), encoding="utf-8")
    assert "1 Stelle" in hdw("status", "--all").stdout
    assert "Immer wieder dasselbe" in hdw("check").stdout
    hdw("transcript", "replace", "nicht", "und nicht", "--all")
    assert "Stelle " not in hdw("status", "--all").stdout
