from __future__ import annotations

import gzip
import json
import random

from hypothesis import given

from pipeline.models import Chapter, Cue, Transcript, Word
from pipeline.transcripts import paragraphs, words

from .strategies import transcripts


def test_a_paragraph_has_its_first_start_and_then_differences_in_hundredths() -> None:
    cues = (Cue("1", 1.0, 3.0, "Guten Tag.", "a"), Cue("2", 17.3, 19.0, "Wir lesen.", "b"))
    heard = [
        *(Word("Guten", 1.0, 1.4), Word("Tag", 1.52, 2.0)),
        *(Word("Wir", 17.31, 17.5), Word("lesen", 18.0, 18.8)),
    ]
    text = words.write(Transcript(cues), (), heard)
    assert text == '{"version":1,"unit":"cs","paragraphs":{"t=1":[100,52],"t=17":[1731,69]}}\n'
    assert words.read(text) == {"t=1": (1.0, 1.52), "t=17": (17.31, 18.0)}


def test_chapters_begin_paragraphs_as_on_the_page() -> None:
    cues = tuple(Cue(str(n), n, n + 1, "Wort.", "a") for n in range(4))
    chapters = (Chapter(start=2, title="Zwei"),)
    made = words.read(words.write(Transcript(cues), chapters, ()))
    assert list(made) == [p.anchor for p in paragraphs(Transcript(cues), chapters)] == ["t=0", "t=2"]


@given(transcripts())
def test_there_is_a_start_for_every_word_and_none_goes_back(transcript: Transcript) -> None:
    made = words.read(words.write(transcript, (), ()))
    for paragraph in paragraphs(transcript, ()):
        starts = made[paragraph.anchor]
        assert len(starts) == sum(len(cue.text.split()) for cue in paragraph.cues)
        assert list(starts) == sorted(starts)


def test_twenty_thousand_words_are_a_small_file() -> None:
    chance = random.Random(2)
    heard, at = [], 0.0
    for number in range(20_000):
        heard.append(Word(f"w{number}", round(at, 2), round(at + 0.2, 2)))
        at += 0.15 + chance.expovariate(5)
    groups = [heard[n : n + 12] for n in range(0, len(heard), 12)]
    cues = [Cue(str(n), g[0].start_s, g[-1].end_s, " ".join(w.text for w in g)) for n, g in enumerate(groups)]
    data = words.write(Transcript(tuple(cues)), (), heard).encode()
    assert sum(map(len, json.loads(data)["paragraphs"].values())) == 20_000
    assert len(data) < 70_000
    assert len(gzip.compress(data)) < 25_000
