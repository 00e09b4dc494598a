"""A value of the front matter is set, taken out, added or moved; every other byte of the file stays."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import project

TEXT = """\
---
guid: 0b4c7f0e   # nie ändern
title: 'Was?'   # so besprochen
summary: |
  Zeile eins
  Zeile zwei
# vor den Kapiteln
chapters:
  # vom Schnitt
  - {start: "0:00", title: "Anfang: Teil 1"}
  - start: 0:01:00
    title: Mitte
    # ein Link fehlt
  - start: 120
    title: Ende   # lang
# nach den Kapiteln
topics: [Bücher, Stadt]   # zwei
links:
- url: https://example.org
  title: "Ein \\"Titel\\""
subtitle: >-
  Ein langer
  Satz
# zuletzt
---

Notizen --- mit Strich
"""


def _changed(steps: tuple[str | int, ...], value: object, text: str = TEXT) -> list[tuple[str, str]]:
    """The lines that are other ones after a value was set."""
    made = project.with_value(text, steps, value)
    return _lines(text, made)


def _lines(before: str, after: str) -> list[tuple[str, str]]:
    gone = [line for line in before.splitlines() if line not in after.splitlines()]
    come = [line for line in after.splitlines() if line not in before.splitlines()]
    return [("-", line) for line in gone] + [("+", line) for line in come]


@pytest.mark.parametrize(
    ("steps", "value", "lines"),
    [
        (
            ("title",),
            "Wer's war",
            ["-title: 'Was?'   # so besprochen", "+title: 'Wer''s war'   # so besprochen"],
        ),
        (
            ("chapters", 0, "title"),
            'Der "Anfang"',
            [
                '-  - {start: "0:00", title: "Anfang: Teil 1"}',
                '+  - {start: "0:00", title: "Der \\"Anfang\\""}',
            ],
        ),
        (("chapters", 1, "title"), "Mitte: so", ["-    title: Mitte", "+    title: 'Mitte: so'"]),
        (("chapters", 2, "title"), "Schluss", ["-    title: Ende   # lang", "+    title: Schluss   # lang"]),
        (("chapters", 1, "url"), "https://a.example", ["+    url: https://a.example"]),
        (
            ("chapters", 0, "url"),
            "https://a.example/{x}",
            [
                '-  - {start: "0:00", title: "Anfang: Teil 1"}',
                '+  - {start: "0:00", title: "Anfang: Teil 1", url: "https://a.example/{x}"}',
            ],
        ),
        (
            ("topics", 1),
            "Stadt, Land",
            ["-topics: [Bücher, Stadt]   # zwei", '+topics: [Bücher, "Stadt, Land"]   # zwei'],
        ),
        (("links", 0, "title"), "Neu", ['-  title: "Ein \\"Titel\\""', '+  title: "Neu"']),
        (("subtitle",), "Kurz", ["-subtitle: >-", "-  Ein langer", "-  Satz", "+subtitle: Kurz"]),
        (
            ("summary",),
            "Eins\n\nDrei",
            ["-  Zeile eins", "-  Zeile zwei", "-summary: |", "+summary: |-", "+  Eins", "+  Drei"],
        ),
        (("number",), 7, ["+number: 7"]),
        (("explicit",), False, ["+explicit: false"]),
        (("quotation",), {"text": "Ja", "source": "Ich"}, ["+quotation:", "+  text: Ja", "+  source: Ich"]),
        (("summary",), "", ["-summary: |", "-  Zeile eins", "-  Zeile zwei"]),
        (("chapters", 1, "title"), None, ["-    title: Mitte"]),
        (("chapters", 1, "start"), None, ["-  - start: 0:01:00", "-    title: Mitte", "+  - title: Mitte"]),
        (
            ("chapters", 0, "start"),
            None,
            ['-  - {start: "0:00", title: "Anfang: Teil 1"}', '+  - {title: "Anfang: Teil 1"}'],
        ),
        (("topics", 1), None, ["-topics: [Bücher, Stadt]   # zwei", "+topics: [Bücher]   # zwei"]),
        (("topics", 0), None, ["-topics: [Bücher, Stadt]   # zwei", "+topics: [Stadt]   # zwei"]),
        (("chapters", 2), None, ["-  - start: 120", "-    title: Ende   # lang"]),
    ],
)
def test_only_the_lines_of_the_value_change(
    steps: tuple[str | int, ...], value: object, lines: list[str]
) -> None:
    assert sorted(a + b for a, b in _changed(steps, value)) == sorted(lines)


def test_the_last_entry_takes_its_list_along() -> None:
    made = project.with_value(TEXT, ("links", 0), None)
    assert "links" not in project.front_values(made)
    assert "subtitle: >-" in made


def test_an_entry_is_added_where_it_belongs_with_the_indentation_that_is_there() -> None:
    made = project.with_entry(TEXT, ("chapters",), 2, {"start": "0:01:30", "title": "Neu"})
    assert made == TEXT.replace("  - start: 120", "  - start: 0:01:30\n    title: Neu\n  - start: 120")
    made = project.with_entry(TEXT, ("links",), 1, {"url": "https://b.example", "title": "B"})
    assert made == TEXT.replace("subtitle: >", "- url: https://b.example\n  title: B\nsubtitle: >")
    assert "[Bücher, Kunst, Stadt]" in project.with_entry(TEXT, ("topics",), 1, "Kunst")
    assert "[Bücher, Stadt, Kunst]" in project.with_entry(TEXT, ("topics",), 2, "Kunst")


def test_a_first_entry_makes_the_list() -> None:
    made = project.with_entry(TEXT, ("people",), 0, {"person": "mira-beispiel"})
    assert _lines(TEXT, made) == [("+", "people:"), ("+", "  - person: mira-beispiel")]


@pytest.mark.parametrize(("at", "to"), [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)])
def test_an_entry_moves_with_its_comments(at: int, to: int) -> None:
    made = project.with_entry_moved(TEXT, ("chapters",), at, to)
    listed = list(project.front_values(TEXT)["chapters"])
    listed.insert(to, listed.pop(at))
    assert project.front_values(made)["chapters"] == listed
    assert sorted(made.splitlines()) == sorted(TEXT.splitlines())


def test_a_block_of_text_is_replaced_alone_and_the_key_below_it_stays() -> None:
    assert project.with_key(TEXT, "summary", "Kurz") == TEXT.replace(
        "summary: |\n  Zeile eins\n  Zeile zwei\n", "summary: Kurz\n"
    )


def test_the_notes_change_and_what_stands_above_stays() -> None:
    head = TEXT.removesuffix("Notizen --- mit Strich\n")
    assert project.with_notes(TEXT, "Neu\r\n\r\nund mehr\n") == head + "Neu\n\nund mehr\n"
    assert project.with_notes(head.rstrip() + "\n", "Erstes") == head + "Erstes\n"
    windows = TEXT.replace("\n", "\r\n")
    assert project.with_notes(windows, "Neu\n\nmehr") == (head + "Neu\n\nmehr\n").replace("\n", "\r\n")


def test_ends_of_lines_stay() -> None:
    windows = TEXT.replace("\n", "\r\n")
    for made in (
        project.with_value(windows, ("chapters", 1, "url"), "https://a.example"),
        project.with_entry(windows, ("chapters",), 3, {"start": "0:03:00", "title": "Neu"}),
        project.with_value(windows, ("summary",), "Eins\nzwei"),
    ):
        assert "\n" not in made.replace("\r\n", "")


def test_an_anchor_is_not_changed_where_only_its_alias_was_meant() -> None:
    text = "---\ntitle: &t Eins\nsubtitle: *t\n---\n"
    made = project.with_value(text, ("subtitle",), "Zwei")
    assert project.front_values(made) == {"title": "Eins", "subtitle": "Zwei"}


_WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=20)
_TEXTS = st.one_of(_WORDS, st.lists(_WORDS, min_size=2, max_size=3).map("\n".join))
_PLACES = st.sampled_from(
    [
        ("title",),
        ("summary",),
        ("subtitle",),
        ("producer",),
        ("chapters", 0, "title"),
        ("chapters", 1, "title"),
        ("chapters", 2, "picture_alt"),
        ("topics", 0),
        ("links", 0, "title"),
        ("links", 0, "isbn"),
        ("quotation", "text"),
    ]
)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(_PLACES, st.one_of(_TEXTS, st.none())), max_size=6), st.sampled_from(["\n", "\r\n"])
)
def test_whatever_is_set_is_read_back_and_nothing_else_changes(
    edits: list[tuple[tuple[str | int, ...], str | None]], end: str
) -> None:
    text = TEXT.replace("\n", end)
    for steps, value in edits:
        before = copy.deepcopy(dict(project.front_values(text)))
        if _read(before, steps[:-1]) is None and len(steps) > 2:
            continue  # the entry went with an earlier edit
        text = project.with_value(text, steps, value)
        after = project.front_values(text)
        if value or not isinstance(steps[-1], int):
            assert _read(after, steps) == value
        assert {k: v for k, v in after.items() if k != steps[0]} == {
            k: v for k, v in before.items() if k != steps[0]
        }
    assert "# nach den Kapiteln" in text
    assert "# zuletzt" in text


def _read(values: Any, steps: tuple[str | int, ...]) -> Any:
    for step in steps:
        try:
            values = values[step]
        except (KeyError, IndexError, TypeError):
            return None
    return values
