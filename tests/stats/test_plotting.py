"""The picture: whole, right to scale, told in words, and readable in light and dark."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stats.plotting import HEIGHT, WIDTH, plot

SVG = "{http://www.w3.org/2000/svg}"
START = date(2026, 11, 1)


def drawn(numbers: list[int], language: str = "en", title: str = "Haus") -> ElementTree.Element:
    days = [(START + timedelta(days=at), n) for at, n in enumerate(numbers)]
    return ElementTree.fromstring(plot(title, days, language))


def bars(svg: ElementTree.Element) -> list[ElementTree.Element]:
    return svg.findall(f"{SVG}rect")


def texts(svg: ElementTree.Element) -> list[str]:
    return [one.text or "" for one in svg.findall(f"{SVG}text")]


@given(st.lists(st.integers(0, 10**7), max_size=30))
def test_every_bar_is_in_the_picture_and_to_scale(numbers: list[int]) -> None:
    svg = drawn(numbers)
    tall = [float(bar.get("height", "")) for bar in bars(svg)]
    said = [
        int(re.sub(r"\D", "", (bar.findtext(f"{SVG}title") or "").rpartition(":")[2])) for bar in bars(svg)
    ]
    assert sum(said) == sum(numbers)
    for bar in bars(svg):
        x, y, wide = (float(bar.get(name, "")) for name in ("x", "y", "width"))
        assert 64 <= x <= x + wide <= WIDTH
        assert 62 < y <= HEIGHT
    for (a, one), (b, other) in itertools.pairwise(zip(tall, said, strict=True)):
        assert a * other == pytest.approx(b * one, rel=1e-2, abs=max(one, other) * 2e-3)


@pytest.mark.parametrize(("most", "labels"), [(0, "0 1"), (1, "0 1"), (6, "0 1 2 3 4 5 6"), (7, "0 2 4 6 8")])
def test_the_scale_has_few_round_numbers(most: int, labels: str) -> None:
    assert [one for one in texts(drawn([most])) if one.isdigit()] == labels.split()


def test_large_numbers_are_written_as_the_language_writes_them() -> None:
    assert "20.000" in texts(drawn([99_000], "de"))
    assert "20,000" in texts(drawn([99_000], "en"))


@pytest.mark.parametrize(
    ("days", "heading", "count"), [(122, "a day", 122), (123, "a week", 19), (900, "a month", 30)]
)
def test_long_spans_are_drawn_by_week_or_month(days: int, heading: str, count: int) -> None:
    svg = drawn([1] * days)
    assert f"Downloads {heading}" in texts(svg)[1]
    assert len(bars(svg)) == count


def test_it_is_told_in_words_and_its_title_is_data() -> None:
    svg = drawn([1, 5, 0], "de", 'Haus <&"')
    assert (svg.get("role"), svg.get("aria-labelledby"), svg.get("lang")) == ("img", "title desc", "de")
    assert svg.findtext(f"{SVG}title") == 'Haus <&": Abrufe je Tag'
    told = "6 Abrufe vom 01.11.2026 bis 03.11.2026; die meisten: 5 (02.11.2026)."
    assert (svg.findtext(f"{SVG}desc") or "").startswith(told)
    assert {one.get("id") for one in (svg[0], svg[1])} == {"title", "desc"}
    assert [bar.findtext(f"{SVG}title") for bar in bars(svg)] == ["01.11.2026: 1", "02.11.2026: 5"]


def test_nothing_is_drawn_as_nothing() -> None:
    assert not bars(drawn([]))
    assert drawn([0]).findtext(f"{SVG}desc") == "Nothing was downloaded."


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [False, True])
def test_text_and_bars_stand_out_in_light_and_dark(dark: bool) -> None:
    light, _, night = (drawn([1]).findtext(f"{SVG}style") or "").partition("@media")
    rules = dict(
        re.findall(r"^(\S+) \{ (?:background|fill|stroke): (#\w{6})", night if dark else light, re.M)
    )
    paper = luminance(rules["svg"])
    for name, least in (("text", 4.5), (".title", 4.5), (".bar", 3), (".axis", 3)):
        one = luminance(rules[name])
        assert (max(one, paper) + 0.05) / (min(one, paper) + 0.05) >= least, name
