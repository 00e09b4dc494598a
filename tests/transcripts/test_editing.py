"""Other words in a transcript.vtt: everything else stays byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.transcripts import edit, read_vtt
from pipeline.transcripts.replacing import Change, changed, find

FILE = """\ufeffWEBVTT Smartcity\r
Language: de\r
\r
NOTE Smartcity bleibt hier\r
\r
\r
b\r
00:00:01.000 --> 00:00:02.000 align:start\r
<v mira>Die  <b>Smartcity</b> &amp; <lang en>open data</lang>\r
  der Smartcity: R&D &lt;x&gt;\r
\r
STYLE\r
::cue { color: Smartcity }\r
\r
a\r
00:00:03.000 --> 00:00:04.000\r
<c.sound>Smartcity</c>\r
\r
Smartcity\r
00:00:05.000 --> 00:00:06.000\r
Kein Wort davon."""


def replaced(text: str, old: str, new: str) -> str:
    changes = {
        cue.id: [Change(start, end, new) for start, end in find(cue.text, old)] for cue in read_vtt(text).cues
    }
    return edit(text, changes)


def test_only_the_words_of_cues_change() -> None:
    wanted = FILE.replace("<b>Smartcity</b>", "<b>Smart City &amp; Co</b>")
    wanted = wanted.replace("der Smartcity", "der Smart City &amp; Co").replace(
        "<c.sound>Smartcity", "<c.sound>Smart City &amp; Co"
    )
    assert replaced(FILE, "Smartcity", "Smart City & Co") == wanted


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("Die Smartcity", "Das", "<v mira>Die  <b>Smartcity</b> &amp;", "<v mira>Das<b></b> &amp;"),
        ("D", "E", "R&D", "R&E"),
        ("R&D", "F&E", "R&D", "F&amp;E"),
        ("data der", "Daten der", "data</lang>\r\n  der", "Daten der</lang>"),
    ],
)
def test_tags_and_entities_in_between_stay_whole(old: str, new: str, before: str, after: str) -> None:
    assert replaced(FILE, old, new) == FILE.replace(before, after)


def test_nothing_to_change_gives_the_same_bytes() -> None:
    assert edit(FILE, {}) == FILE
    assert replaced(FILE, "gibt es nicht", "x") == FILE


words = st.sampled_from(
    [
        "eins",
        "zwei",
        "<b>eins</b>",
        "&amp;",
        "<lang en>two",
        "</lang>",
        "&lt;eins&gt;",
        "eins\neins",
        " ",
        "ä",
    ]
)
endings = st.sampled_from(["\n", "\r\n", "\r"])


@given(
    cues=st.lists(st.lists(words, min_size=1, max_size=7), min_size=1, max_size=4),
    new=st.sampled_from(["drei", "a & b", "<", "vier fünf", "é"]),
    end=endings,
)
def test_the_edited_file_reads_as_the_changed_cues(cues: list[list[str]], new: str, end: str) -> None:
    blocks = []
    for number, parts in enumerate(cues):
        body = " ".join(parts)
        if body.count("<lang en>") != body.count("</lang>") or "</lang>" in body.split("<lang en>")[0]:
            body = body.replace("<lang en>", "").replace("</lang>", "")
        body = "\n".join(line for line in body.split("\n") if line.strip()) or "x"
        blocks.append(
            f"c{number}\n00:00:0{number}.000 --> 00:00:0{number + 1}.000\nx {body}\n\nNOTE eins {number}\n"
        )
    text = ("WEBVTT\n\n" + "\n".join(blocks)).replace("\n", end)
    before = read_vtt(text).cues
    changes = {c.id: [Change(s, e, new) for s, e in find(c.text, "eins")] for c in before}
    after = read_vtt(edit(text, changes)).cues
    assert [(c.id, c.start_s, c.end_s, c.text) for c in after] == [
        (c.id, c.start_s, c.end_s, changed(c, changes[c.id]).text) for c in before
    ]
    assert edit(text, changes).count("NOTE eins") == len(cues)
