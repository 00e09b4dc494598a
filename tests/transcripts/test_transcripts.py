from __future__ import annotations

import re

import pytest

from pipeline.errors import TranscriptError
from pipeline.models import Chapter, Cue, Transcript, Word
from pipeline.transcripts import FORMATS, Format, paragraphs, read_vtt, sentences, text_digest

NAMES = {"mira": "Mira Beispiel", "gast": "Gast"}
LONG = "Dieser Satz ist so lang, dass er auf keinem Bildschirm in zwei Zeilen passt, und deshalb wird er " * 2
SAMPLE = Transcript(
    (
        Cue("1", 0.0, 2.5, "Guten Tag & willkommen, <alle>!", "mira"),
        Cue("2", 2.5, 4.0, "[Musik]", sound=True),
        Cue("3", 4.0, 20.0, LONG.strip(), "gast"),
    )
)


@pytest.mark.parametrize("row", FORMATS.values(), ids=FORMATS)
def test_every_format_shows_names_and_never_ids(row: Format) -> None:
    written = row.write(SAMPLE, NAMES)
    assert "Mira Beispiel" in written
    assert "mira" not in written


@pytest.mark.parametrize(("name", "characters"), [("vtt", 65), ("srt", 32)])
def test_captions_fit_two_lines(name: str, characters: int) -> None:
    for block in FORMATS[name].write(SAMPLE, NAMES).split("\n\n"):
        text = [line for line in block.splitlines() if " --> " not in line][1:]
        text = [re.sub(r"<[^>]+>", "", line) for line in text if not line.endswith(":")]
        assert len(text) <= 2
        assert all(len(line.replace("&amp;", "&")) <= characters for line in text)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "WEBVTT"),
        ("WEBVTT\n\n1\n00:00:01.000 -> 00:00:02.000\na\n", 4, "times are written"),
        ("WEBVTT\n\n1\n00:00:02.000 --> 00:00:01.000\na\n", 4, "does not come after"),
        ("WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n\n", 4, "no text"),
    ],
)
def test_a_mistake_names_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(TranscriptError, match=words) as raised:
        read_vtt(text)
    assert raised.value.where.line == line


def _words(text: str, gap: float = 0.1) -> list[Word]:
    return [Word(word, n * (0.3 + gap), n * (0.3 + gap) + 0.3) for n, word in enumerate(text.split())]


def test_a_sentence_a_cue() -> None:
    cues = sentences(_words("Guten Tag. Wer ist da? Am 30. September z. B. um 19 Uhr kommt Dr. Beispiel."))
    assert [cue.text for cue in cues] == [
        "Guten Tag.",
        "Wer ist da?",
        "Am 30. September z. B. um 19 Uhr kommt Dr. Beispiel.",
    ]
    assert [cue.id for cue in cues] == ["1", "2", "3"]


def test_a_long_pause_ends_a_sentence() -> None:
    assert len(sentences(_words("eins zwei", gap=3))) == 2


def test_a_paragraph_begins_with_another_voice_and_with_a_chapter() -> None:
    cues = (
        Cue("1", 0, 1, "A.", "x"),
        Cue("2", 1, 2, "B.", "x"),
        Cue("3", 2, 3, "C.", "y"),
        Cue("4", 3, 4, "D.", "y"),
    )
    made = paragraphs(Transcript(cues), (Chapter(start=3, title="Zwei"),))
    assert [[cue.id for cue in p.cues] for p in made] == [["1", "2"], ["3"], ["4"]]
    assert [p.anchor for p in made] == ["t=0", "t=2", "t=3"]


def test_two_paragraphs_of_one_second_have_two_anchors() -> None:
    cues = (Cue("1", 7.0, 7.3, "A.", "x"), Cue("2", 7.4, 7.8, "B.", "y"))
    assert [p.anchor for p in paragraphs(Transcript(cues), ())] == ["t=7", "t=7.4"]


def test_the_digest_follows_words_and_speaker() -> None:
    cue = Cue("1", 0, 1, "A", "x")
    assert text_digest(cue) == text_digest(Cue("9", 5, 6, "A", "x"))
    assert (
        len({text_digest(cue), text_digest(Cue("1", 0, 1, "B", "x")), text_digest(Cue("1", 0, 1, "A", "y"))})
        == 3
    )
