from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import transcripts
from pipeline.models import Cue, Transcript, Word
from pipeline.transcripts import called, number, renamed, respoken, voiced

WORDS = tuple(Word(text, at, at + 0.8) for at, text in enumerate(["Wie", "geht", "es", "gut", "danke"]))
CUE = Cue("7", 0.0, 5.0, "Wie geht es gut danke", words=WORDS)
FILE = """\
WEBVTT
Language: de

NOTE Stimme 1 klingt weit weg <v nobody>

a1
00:00:01.000 --> 00:00:02.000 align:start
<v Stimme 1>Hallo &amp; willkommen.

a2
00:00:02.000 --> 00:00:03.000
<v.loud Stimme 2>Vielen <lang en>thanks</lang>,
liebe Mira.</v>

00:00:03.000 --> 00:00:04.000
Ohne Kennung.
"""


def test_a_voice_is_called_in_the_language_of_the_talk() -> None:
    assert [called(1, "de"), called(2, "de-AT"), called(3, "en"), called(4, "tr")] == [
        "Stimme 1",
        "Stimme 2",
        "Voice 3",
        "Voice 4",
    ]


@pytest.mark.parametrize("speaker", ["Stimme", "Stimme 0", "Stimme 1a", "mira-beispiel", "", "Die Stimme 1"])
def test_a_person_is_no_open_voice(speaker: str) -> None:
    assert number(speaker) == 0


@given(st.integers(1, 999), st.sampled_from(["de", "en", "tr"]))
def test_the_number_of_a_voice_is_read_from_its_name(count: int, language: str) -> None:
    assert number(called(count, language)) == count


def test_a_sentence_is_cut_where_the_voice_changes() -> None:
    parts = voiced([CUE], [(1, 1, 1, 2, 2)], "de")
    assert [(p.id, p.speaker, p.text, p.end_s) for p in parts] == [
        ("1", "Stimme 1", "Wie geht es", 2.8),
        ("2", "Stimme 2", "gut danke", 5.0),
    ]


def test_a_sentence_of_one_voice_stays_whole() -> None:
    (part,) = voiced([CUE], [(2,) * 5], "de")
    assert (part.speaker, part.text, part.start_s, part.end_s) == ("Stimme 2", CUE.text, 0.0, 5.0)


def test_where_nothing_is_known_nobody_speaks() -> None:
    assert [part.speaker for part in voiced([CUE], [(0,) * 5], "de")] == [""]


@given(st.lists(st.integers(1, 3), min_size=5, max_size=5))
def test_no_word_is_lost_and_times_rise(voices: list[int]) -> None:
    parts = voiced([CUE], [voices], "de")
    assert tuple(word for part in parts for word in part.words) == WORDS
    assert [part.start_s for part in parts] == sorted(part.start_s for part in parts)
    assert all(part.start_s < part.end_s for part in parts)


def test_only_the_voices_that_are_named_are_renamed() -> None:
    cues = transcripts.read_vtt(FILE).cues
    assert renamed(cues, {1: "mira-beispiel"}) == {"a1": "mira-beispiel"}


def test_nothing_but_the_speaker_changes_in_the_file() -> None:
    after = respoken(FILE, {"a1": "mira-beispiel", "a2": "kim-muster"})
    expected = FILE.replace("<v Stimme 1>", "<v mira-beispiel>").replace(
        "<v.loud Stimme 2>", "<v kim-muster>"
    )
    assert after == expected


def test_a_sentence_without_a_speaker_gets_one() -> None:
    after = respoken(FILE, {"l15": "kim-muster"})
    assert after == FILE.replace("Ohne Kennung", "<v kim-muster>Ohne Kennung")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_byte_order_mark_stay(end: str, mark: str) -> None:
    text = mark + FILE.replace("\n", end)
    assert respoken(text, {"a1": "x"}) == text.replace("<v Stimme 1>", "<v x>")


def test_a_file_that_ends_without_a_line_end_stays_so() -> None:
    assert respoken(FILE.rstrip("\n"), {}) == FILE.rstrip("\n")


@given(st.lists(st.sampled_from(["Stimme 1", "mira-beispiel", ""]), min_size=1, max_size=5))
def test_the_file_reads_as_what_was_asked_for(speakers: list[str]) -> None:
    cues = tuple(Cue(str(n), n, n + 1, f"Satz {n}.", speaker) for n, speaker in enumerate(speakers, 1))
    text = transcripts.write_vtt(Transcript(cues))
    asked = {cue.id: "kim-muster" for cue in cues[::2]}
    found = transcripts.read_vtt(respoken(text, asked)).cues
    assert [cue.speaker for cue in found] == [asked.get(cue.id, cue.speaker) for cue in cues]
    assert [cue.text for cue in found] == [cue.text for cue in cues]
