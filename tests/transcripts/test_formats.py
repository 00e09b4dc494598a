from __future__ import annotations

import re
from itertools import groupby

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import TranscriptError
from pipeline.models import Cue, Span, Transcript
from pipeline.transcripts import FORMATS, Format, captions, read_vtt, write_vtt

from .strategies import NAMES, transcripts, words

GOOD = Transcript(
    (
        Cue("1", 0.0, 2.5, "Guten Tag & willkommen, <alle>!", "mira"),
        Cue("2", 2.5, 4.0, "[Musik]", sound=True),
        Cue("3", 4.0, 9.0, "Heute: Open Data für alle.", "gast", spans=(Span(7, 16, "en"),)),
    )
)


@given(transcripts())
@settings(deadline=None)
def test_the_truth_file_gives_back_every_cue(transcript: Transcript) -> None:
    assert read_vtt(write_vtt(transcript)) == transcript


@pytest.mark.parametrize("row", FORMATS.values(), ids=FORMATS)
@given(transcript=transcripts())
@settings(max_examples=50, deadline=None)
def test_every_format_says_the_same_words_in_the_same_order(row: Format, transcript: Transcript) -> None:
    read = row.read(row.write(transcript, NAMES))
    said = [word for cue in read.cues for word in words(cue.text)]
    assert said == _expected(row, transcript)


def _expected(row: Format, transcript: Transcript) -> list[str]:
    """The words of a transcript; SubRip has no place for names but the text, nor an arrow in it."""
    made, last = [], ""
    for cue in transcript.cues:
        name = "" if cue.sound else NAMES.get(cue.speaker, cue.speaker)
        if row.name == "srt" and name and name != last:
            made += words(f"{name}:")
        made += words(cue.text.replace("-->", "→") if row.name == "srt" else cue.text)
        last = name or last
    return made


@given(transcripts())
@settings(max_examples=40, deadline=None)
def test_html_is_valid_and_marks_other_languages(transcript: Transcript) -> None:
    text = FORMATS["html"].write(transcript, NAMES)
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    marked = [(one.get("lang"), "".join(one.itertext())) for one in tree.iter("span")]
    spans = [
        (span.language, cue.text[span.start : span.end]) for cue in transcript.cues for span in cue.spans
    ]
    assert [(lang, inside) for lang, inside in marked] == spans
    assert tree.get("lang") == transcript.language


@pytest.mark.parametrize("name", ["html", "json", "txt", "vtt"])
@given(transcript=transcripts())
@settings(max_examples=40, deadline=None)
def test_formats_with_a_place_for_names_give_them_back(name: str, transcript: Transcript) -> None:
    row = FORMATS[name]
    read = row.read(row.write(transcript, NAMES))
    shown = [NAMES.get(cue.speaker, cue.speaker) for cue in transcript.cues]
    assert _turns(cue.speaker for cue in read.cues) == _turns(shown)


def _turns(speakers: object) -> list[str]:
    return [name for name, _ in groupby(speakers)]  # type: ignore[call-overload]


@given(transcripts())
@settings(max_examples=60, deadline=None)
def test_published_captions_keep_every_passage_in_another_language(transcript: Transcript) -> None:
    read = FORMATS["vtt"].read(FORMATS["vtt"].write(transcript, NAMES))
    assert _marked(read) == _marked(transcript)


def _marked(transcript: Transcript) -> list[tuple[str, str]]:
    """Every letter that is in another language, with it: cuts fall on spaces only."""
    return [
        (span.language, letter)
        for cue in transcript.cues
        for span in cue.spans
        for letter in cue.text[span.start : span.end]
        if letter != " "
    ]


@given(transcripts(shortest_ms=1000))
@settings(max_examples=50, deadline=None)
def test_a_caption_has_two_lines_that_fit_unless_a_word_is_longer(transcript: Transcript) -> None:
    for block in FORMATS["srt"].write(transcript, NAMES).split("\n\n"):
        lines = block.rstrip("\n").split("\n")[2:]
        assert len(lines) <= 2
        assert all(len(line) <= 32 or " " not in line for line in lines)


def test_a_long_sentence_is_cut_with_its_span_in_both_parts() -> None:
    text = "eins " * 20 + "two " * 20 + "drei " * 20
    cue = Cue("7", 0, 60, text.strip(), "mira", spans=(Span(100, 179, "en"),))
    written = FORMATS["vtt"].write(Transcript((cue,)), NAMES)
    parts = [block for block in written.split("\n\n") if "<lang en>" in block]
    assert [part.split("\n")[0] for part in parts] == ["7.1", "7.2"]
    assert all(part.count("<lang en>") == part.count("</lang>") for part in parts)


@pytest.mark.parametrize("name", ["json", "srt", "vtt"])
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_damaged_file_gives_a_transcript_or_names_the_line(name: str, data: st.DataObject) -> None:
    row = FORMATS[name]
    text = _damaged(row.write(GOOD, NAMES), data)
    read = _read(row, text)
    if isinstance(read, TranscriptError):
        assert 1 <= read.where.line <= len(re.split(r"\r\n|\r|\n", text))
    else:
        assert all(cue.text and cue.end_s > cue.start_s >= 0 for cue in read.cues)
        assert read_vtt(write_vtt(read)).text == read.text


def _read(row: Format, text: str) -> Transcript | TranscriptError:
    try:
        return row.read(text)
    except TranscriptError as error:
        return error


def _damaged(text: str, data: st.DataObject) -> str:
    """A few edits as an editor, a cut download or another program makes them."""
    pieces = [
        "",
        "\n",
        "\n\n",
        "<",
        ">",
        "-->",
        "&",
        '"',
        "{",
        "]",
        "9" * 400,
        "-1",
        "NaN",
        "</lang>",
        "\x00",
    ]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        until = min(len(text), at + data.draw(st.integers(0, 12)))
        text = text[:at] + data.draw(st.sampled_from(pieces) | st.text(max_size=4)) + text[until:]
    return text


def test_every_part_of_a_short_sentence_lasts_a_millisecond() -> None:
    cue = Cue("1", 1.0, 1.003, f"a {'b' * 60} {'c' * 60}")
    parts = list(captions.split(cue, 10, 1))
    assert [(part.start_s, part.end_s) for part in parts] == [(1.0, 1.001), (1.001, 1.002), (1.002, 1.003)]


def test_a_sentence_with_fewer_milliseconds_than_parts_stays_whole() -> None:
    cue = Cue("1", 1.0, 1.002, "eins zwei drei")
    (whole,) = captions.split(cue, 4, 1)
    assert whole == ("1", 1.0, 1.002, "eins\nzwei\ndrei", ())


def test_line_breaks_in_a_sentence_do_not_end_its_cue() -> None:
    cue = Cue("1", 0.0, 1.0, "eins\n\nzwei", spans=(Span(6, 10, "en"),))
    (read,) = read_vtt(write_vtt(Transcript((cue,)))).cues
    assert (read.text, read.spans) == ("eins zwei", (Span(5, 9, "en"),))
