from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import TranscriptError
from pipeline.models import Cue, Span
from pipeline.transcripts import FORMATS, cuetext, line_of, read_vtt
from pipeline.transcripts.vtt import time_text

TIMES = "00:00:01.000 --> 00:00:02.000"


def one(text: str) -> Cue:
    """The only cue of a file with this text in it."""
    (cue,) = read_vtt(f"WEBVTT\n\n1\n{TIMES}\n{text}\n").cues
    return cue


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("1\n00:00:01,000 --> 00:00:02,000\na", 3, "times are written"),
        ("1\n-00:00:01.000 --> 00:00:02.000\na", 3, "cannot be negative"),
        ("1\n00:00:01.000 --> -00:00:02.000\na", 3, "cannot be negative"),
        ("1\n00:61:01.000 --> 00:62:02.000\na", 3, "times are written"),
        (f"1\n{TIMES}\na\n2\n{TIMES}\nb", 6, "empty line is missing above"),
        (f"1\n{TIMES}\n<lang en>a\nb", 4, "<lang> is not closed"),
        (f"1\n{TIMES}\na\nb</lang>", 5, "</lang> closes nothing"),
        (f"1\n{TIMES}\n<b><lang en>a</b></lang>", 4, "</b> closes nothing"),
        (f"1\n{TIMES}\na\n<lang>b</lang>", 5, "language is missing"),
        (f"1\n{TIMES}\na < b", 4, "a plain < is written &lt;"),
        (f"1\n{TIMES}\n<alle> kommen", 4, "<alle> is unknown"),
        (f"1\n{TIMES}\n<v Mira>a\n<v Gast>b", 5, "two people"),
        (f"1\n{TIMES}\na\n\n2\n{TIMES}\nb\n\n1\n{TIMES}\nc", 10, "first in line 3"),
        (f"1\n{TIMES}\n<b> </b>", 3, "no text"),
        ("nur Text", 3, "times are written"),
    ],
)
def test_a_mistake_names_its_line_and_what_was_meant(body: str, line: int, words: str) -> None:
    with pytest.raises(TranscriptError, match=words) as raised:
        read_vtt("WEBVTT\n\n" + body)
    assert raised.value.where.line == line + 1


def test_an_empty_line_is_missing_below_the_head() -> None:
    with pytest.raises(TranscriptError, match="empty line is missing below WEBVTT") as raised:
        read_vtt(f"WEBVTT\n1\n{TIMES}\na\n")
    assert raised.value.where.line == 3


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeffWEBVTT\r\n\r\n1\r\n{TIMES}\r\nHallo.\r\n",
        f"WEBVTT - Titel\rLanguage: de\r\r1\r{TIMES}\rHallo.",
        f"WEBVTT\n\nNOTE für später\n{TIMES}\nnicht dies\n\nSTYLE\n::cue {{}}\n\n1\n{TIMES}\nHallo.\n",
        f"WEBVTT\n\n1\n{TIMES} align:start position:10%\nHallo.",
        "WEBVTT\n\n1\n00:01.000-->00:02.000\nHallo.",
        f"WEBVTT\n \n1\n{TIMES}\n<c.gelb>Hal<00:00:01.500>lo.</c>\n\t\n\n",
    ],
    ids=["bom-crlf", "cr", "note", "settings", "short-times", "styles"],
)
def test_what_other_programs_write_is_read(text: str) -> None:
    assert read_vtt(text).cues == (Cue("1", 1.0, 2.0, "Hallo."),)


def test_hours_go_above_99() -> None:
    (cue,) = read_vtt("WEBVTT\n\n1\n123:00:00.000 --> 123:00:01.500\na\n").cues
    assert (cue.start_s, time_text(cue.end_s)) == (442800.0, "123:00:01.500")


def test_of_nested_languages_the_innermost_counts() -> None:
    cue = one("Ein <lang en>smart <lang fr>à la carte</lang> lunch</lang> heute")
    assert cue.text == "Ein smart à la carte lunch heute"
    assert [(cue.text[s.start : s.end], s.language) for s in cue.spans] == [
        ("smart ", "en"), ("à la carte", "fr"), (" lunch", "en"),
    ]  # fmt: skip


def test_spaces_around_and_between_lines_are_one() -> None:
    cue = one("  <lang en>  two\n\twords </lang>  ")
    assert (cue.text, cue.spans) == ("two words", (Span(0, 9, "en"),))


def test_entities_are_letters() -> None:
    assert one("R&amp;B &lt;3 &#228; & mehr").text == "R&B <3 ä & mehr"


def test_the_line_of_a_cue_is_found_by_its_id() -> None:
    text = f"WEBVTT\n\nNOTE\n2\n\n1\n{TIMES}\na\n\n2\n{TIMES}\nb\n\n{TIMES}\nc\n"
    assert [line_of(text, id_) for id_ in ("1", "2", "l14", "9")] == [6, 10, 14, 1]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:03 --> 4\nb", 6, "times are written"),
        ("Hallo", 1, "times are written"),
        ("1\n00:00:02,000 --> 00:00:01,000\na", 2, "does not come after"),
    ],
)
def test_a_mistake_in_srt_names_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(TranscriptError, match=words) as raised:
        FORMATS["srt"].read(text)
    assert (raised.value.where.file, raised.value.where.line) == ("transcript.srt", line)


def test_srt_of_other_programs_is_read() -> None:
    text = "\ufeff1\r\n00:00:01,000 --> 00:00:02,000 X1:10\r\n{\\an8}<i>Um</i>\r\n12:30,5 & <3\r\n"
    assert FORMATS["srt"].read(text).cues == (Cue("1", 1.0, 2.0, "Um 12:30,5 & <3"),)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("{\n]", 2, "this is no JSON"),
        ("[]", 1, "no JSON transcript"),
        ("[" * 100_000, 1, "JSON"),
        ('{"segments": [\n{"startTime": 1, "endTime": 2, "body": "a"},\n{}]}', 3, "segment 2 needs"),
        ('{"segments": [{"startTime": NaN, "endTime": 2, "body": "a"}]}', 1, "segment 1 needs"),
        ('{"segments": [{"startTime": -1, "endTime": 2, "body": "a"}]}', 1, "segment 1 needs"),
        ('{"segments": [{"startTime": 3, "endTime": 2, "body": "a"}]}', 1, "ends before"),
    ],
)  # fmt: skip
def test_a_mistake_in_json_names_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(TranscriptError, match=words) as raised:
        FORMATS["json"].read(text)
    assert (raised.value.where.file, raised.value.where.line) == ("transcript.json", line)


def test_json_of_other_programs_is_read() -> None:
    segments = [
        {"startTime": 1, "endTime": 1, "body": " a\n b "},
        {"startTime": 1, "endTime": 2, "body": " "},
    ]
    read = FORMATS["json"].read(json.dumps({"segments": segments}))
    assert read.cues == (Cue("1", 1.0, 1.001, "a b"),)


PIECES = (
    *("<v mira>", "<v.laut mira  holm >", "<v>", "</v>", "<i>", "</i>", "<00:01.000>", "<", ">"),
    *("&amp;", "&", "Turm", "ß.", " ", "  ", "\n", "\t", "\xa0"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=7))
def test_the_quick_way_for_plain_cues_says_the_same(pieces: list[str]) -> None:
    def said(read: Callable[[str, int], cuetext.CueText]) -> object:
        try:
            return read("".join(pieces), 7)
        except TranscriptError as error:
            return str(error), error.where

    assert said(cuetext.parse) == said(cuetext._parsed)
