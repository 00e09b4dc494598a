"""The demonstration checkpoint hears the samples as well as tests/fixtures/README.md says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import jiwer
import pytest

from pipeline import audio, project
from pipeline.speech import Options, Place, worker
from pipeline.speech.activity import Activity
from pipeline.speech.pieces import cut
from tools import make_samples

ROOT = Path(__file__).parent.parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
SAMPLES = project.episode_ids(ROOT)
WORST_ALL, WORST_ONE = 0.12, 0.15


def _spoken() -> dict[str, str]:
    """What each recording says: the approved transcripts, and the demonstration's text."""
    said = {name: project.load_transcript(ROOT, name) for name in SAMPLES}
    texts = {name: transcript.text for name, transcript in said.items() if transcript}
    return texts | {"demo": (FIXTURES / "demo-recording.txt").read_text(encoding="utf-8")}


def _recording(name: str) -> Path:
    return (
        FIXTURES / "demo-recording.mp3"
        if name == "demo"
        else project.episode_folder(ROOT, name) / "aufnahme.mp3"
    )


def _words(text: str) -> str:
    """Without case and punctuation."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())


def _heard(names: Iterable[str]) -> list[str]:
    """One child for all recordings, so that torch is loaded once."""
    options = Options(model=str(FIXTURES / "tiny-de-espeak.pt"), language="de", device="cpu")
    with Place().open() as executor:
        opened = executor.submit(worker.open_, options).result()
        pieces = [list(cut(Activity().probabilities(audio.stream(_recording(name))))) for name in names]
        tasks = [
            [executor.submit(worker.recognise, piece, options, opened) for piece in own] for own in pieces
        ]
        return [" ".join(one.text for task in own for one in task.result()) for own in tasks]


def test_every_sample_is_heard_with_few_errors() -> None:
    spoken = {name: _words(text) for name, text in _spoken().items()}
    assert len(spoken) == 9
    heard = dict(zip(spoken, map(_words, _heard(spoken)), strict=True))
    errors = {name: round(jiwer.wer(spoken[name], heard[name]), 3) for name in spoken}
    assert {name: rate for name, rate in errors.items() if rate > WORST_ONE} == {}
    assert jiwer.wer(list(spoken.values()), list(heard.values())) <= WORST_ALL, errors


@pytest.mark.parametrize("name", [*SAMPLES, "demo"])
def test_what_is_spoken_keeps_to_words_the_checkpoint_has_heard(name: str) -> None:
    assert make_samples.unheard(_spoken()[name], make_samples.vocabulary()) == ()


def test_a_word_it_never_heard_is_named() -> None:
    known = make_samples.vocabulary()
    assert make_samples.unheard("# Quastenflosser\nDas Haus hat 28 Quastenflosser.", known) == (
        "quastenflosser",
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_the_transcript_is_that_of_the_script(name: str) -> None:
    script = (ROOT / "tools" / "samples" / f"{name}.md").read_text(encoding="utf-8")
    spoken = script.partition("\n===\n")[2].splitlines()
    assert _spoken()[name].splitlines() == [line for line in spoken if line and not line.startswith("#")]
