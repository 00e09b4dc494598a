"""Sentences and deeds ↔ JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import MalformedError
from pipeline.models import Cue, CueReview, CueState, Span
from pipeline.transcripts import wire
from pipeline.transcripts.deeds import Block, Change, Deed, Effect, Kind, Sentence, Trace, held
from pipeline.transcripts.history import Record
from pipeline.transcripts.reviewing import Standing

SENTENCE = {"id": "2", "start": 1.5, "end": 2.0, "text": "Ja, genau.", "speaker": "mira", "sound": False,
            "spans": [[0, 2, "en"]], "state": "machine"}  # fmt: skip
DEED: dict[str, Any] = {"key": "k", "kind": "do", "changes": [{"id": "2", "before": None, "after": SENTENCE}]}

ids = st.from_regex(r"[0-9]{1,5}|[a-z]{1,4}", fullmatch=True)
texts = st.text(max_size=30).filter(lambda text: bool(held(text)[0].strip()))


@st.composite
def _sentences(draw: st.DrawFn, id_: str) -> Sentence:
    start = draw(st.integers(0, 10**7))
    text = held(draw(texts))[0]
    spans = (Span(0, 1, "en"),) if draw(st.booleans()) else ()
    cue = Cue(id_, start / 1000, (start + draw(st.integers(1, 10**5))) / 1000, text, "kim", False, spans)
    return Sentence(cue, draw(st.sampled_from(Standing)))


@st.composite
def _deeds(draw: st.DrawFn) -> Deed:
    changes = []
    for id_ in draw(st.sets(ids, max_size=3)):
        before, after = (draw(st.none() | _sentences(id_)) for _ in range(2))
        changes.append(Change(id_, before, after, draw(ids)))
    kind = draw(st.sampled_from(Kind))
    of = "x" if kind in {Kind.UNDO, Kind.REDO} else ""
    return Deed("k", tuple(changes), kind, draw(st.text(max_size=9)), "Kim", ("a",), ("b", "c"), of)


@given(_deeds())
def test_a_deed_comes_back_as_it_was(deed: Deed) -> None:
    assert wire.deeds([json.loads(json.dumps(wire.to_deed(deed)))]) == (deed,)


def test_the_journal_comes_back_as_it_was() -> None:
    entry = CueReview(CueState.CHECKED, "Mira", date(2026, 11, 20), "abc")
    traces = (
        Trace(entry, Block("1\n", "Text", "\n\n", 2)),
        Trace(CueReview(CueState.MACHINE), heir="7"),
        Trace(above=""),
        Trace(),
    )
    effects = tuple(Effect(str(n), trace, traces[n - 1]) for n, trace in enumerate(traces))
    record = Record(wire.deed(DEED), datetime(2026, 11, 24, tzinfo=UTC), effects)
    assert wire.record(json.loads(json.dumps(wire.to_record(record)))) == record


def _with(**changes: object) -> dict[str, Any]:
    return {**DEED, "changes": [{"id": "2", "before": None, "after": {**SENTENCE, **changes}}]}


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({}, "deeds"),
        ([3], "deeds[0]"),
        ([{**DEED, "key": ""}], "deeds[0].key"),
        ([{**DEED, "key": 3}], "deeds[0].key"),
        ([{**DEED, "key": "x" * 501}], "deeds[0].key"),
        ([{**DEED, "kind": "make"}], "deeds[0].kind"),
        ([{**DEED, "kind": "undo"}], "deeds[0].of"),
        ([{**DEED, "of": "k"}], "deeds[0].of"),
        ([{**DEED, "settled": [3]}], "deeds[0].settled[0]"),
        ([{**DEED, "changes": {}}], "deeds[0].changes"),
        ([{**DEED, "changes": DEED["changes"] * 2}], "deeds[0].changes"),
        ([{**DEED, "changes": [{"id": "3", "after": SENTENCE}]}], "deeds[0].changes[0].id"),
        ([{**DEED, "changes": [{"id": "a-->b"}]}], "deeds[0].changes[0].id"),
        ([{**DEED, "changes": [{"id": "a\nb"}]}], "deeds[0].changes[0].id"),
        ([_with(start="1")], "deeds[0].changes[0].after.start"),
        ([_with(start=True)], "deeds[0].changes[0].after.start"),
        ([_with(start=-1)], "deeds[0].changes[0].after.start"),
        ([_with(end=float("nan"))], "deeds[0].changes[0].after.end"),
        ([_with(end=float("inf"))], "deeds[0].changes[0].after.end"),
        ([_with(end=1e9)], "deeds[0].changes[0].after.end"),
        ([_with(end=1.5)], "deeds[0].changes[0].after.end"),
        ([_with(text=None)], "deeds[0].changes[0].after.text"),
        ([_with(text="x" * 20_001)], "deeds[0].changes[0].after.text"),
        ([_with(sound=1)], "deeds[0].changes[0].after.sound"),
        ([_with(state="fine")], "deeds[0].changes[0].after.state"),
        ([_with(spans=[[0, 99, "en"]])], "deeds[0].changes[0].after.spans"),
        ([_with(spans=[[0, 2, "en"], [1, 3, "tr"]])], "deeds[0].changes[0].after.spans"),
        ([_with(spans=[[0, 2, "<b>"]])], "deeds[0].changes[0].after.spans[0]"),
        ([_with(spans=[[0, 2]])], "deeds[0].changes[0].after.spans[0]"),
    ],
)
def test_what_is_no_deed_is_refused_at_its_place(data: object, where: str) -> None:
    with pytest.raises(MalformedError) as wrong:
        wire.deeds(data)
    assert str(wrong.value.where) == where


@pytest.mark.parametrize("text", ["", " ", "\n", "\u00a0", "\x00", "\ud800", "\u2028"])
def test_a_sentence_without_words_is_none(text: str) -> None:
    assert wire.deed(_with(text=text, spans=[])).changes[0].after is None


@pytest.mark.parametrize(
    ("text", "held_", "spans", "moved"),
    [
        ("  a  b\n c ", "a b c", [[2, 3, "en"], [5, 6, "tr"]], ((0, 1), (2, 3))),
        ("a\x00b\ud800c\ufeff", "abc", [[1, 3, "en"]], ((1, 2),)),
        ("ab ", "ab", [[1, 3, "en"]], ((1, 2),)),
        ("ab  ", "ab", [[3, 4, "en"]], ()),
    ],
)
def test_words_are_brought_into_the_form_of_the_file(
    text: str, held_: str, spans: list[object], moved: tuple[tuple[int, int], ...]
) -> None:
    after = wire.deed(_with(text=text, spans=spans)).changes[0].after
    assert after
    assert after.cue.text == held_
    assert tuple((span.start, span.end) for span in after.cue.spans) == moved


def test_a_sound_has_no_speaker() -> None:
    after = wire.deed(_with(sound=True)).changes[0].after
    assert after == Sentence(replace(after.cue, speaker="", sound=True)) if after else False
