from __future__ import annotations

import pytest

from pipeline.cli.columns import cells, cut, pad, wrapped


@pytest.mark.parametrize(
    ("text", "wide"), [("Bücherei", 8), ("Bu\u0308cherei", 8), ("図書館", 6), ("", 0), ("✓ –", 3)]
)
def test_a_text_is_as_wide_as_a_terminal_draws_it(text: str, wide: int) -> None:
    assert cells(text) == wide


@pytest.mark.parametrize("text", ["Angst vor der Digitalisierung?", "図書館の図書館の図書館"])
@pytest.mark.parametrize("most", range(2, 24))
def test_a_cut_text_never_fills_more_than_its_columns(text: str, most: int) -> None:
    short = cut(text, most)
    assert cells(short) <= most
    assert cells(text) <= most or short.endswith("…")
    assert cells(pad(short, most)) == most


def test_wrapped_lines_keep_their_indent_and_their_words() -> None:
    lines = wrapped("Wort " * 40, first="  6    ", rest=" " * 7).splitlines()
    assert max(map(len, lines)) <= 80
    assert {line[:7] for line in lines[1:]} == {" " * 7}
    assert " ".join(lines).split() == ["6", *["Wort"] * 40]
