"""Downloads over time as an SVG: bars, readable in light and dark, and told in words as well."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from xml.etree import ElementTree

from babel.dates import format_date, format_skeleton

from pipeline.messages import Message, Translator, msg, msg_n

WIDTH, HEIGHT = 960, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 24, 88, 48
_MOST_BARS = 122
_LEAST_LABEL = 84
_MOST_LINES = 6
_WEEK, _YEAR = 7, 366
_STYLE = """
svg { background: #FBF8F3; font: 15px system-ui, sans-serif; }
.bar { fill: #8E3219; }
.axis { stroke: #4C5666; }
.grid { stroke: #D9D2C5; }
text { fill: #4C5666; }
.title { fill: #1B2330; font-size: 22px; font-weight: 600; }
@media (prefers-color-scheme: dark) {
svg { background: #161B22; }
.bar { fill: #F0967A; }
.axis { stroke: #A9B4C0; }
.grid { stroke: #323B47; }
text { fill: #A9B4C0; }
.title { fill: #F4EFE6; }
}
"""


@dataclass(frozen=True, slots=True)
class _Bar:
    """The days from `first` to `last`, both included."""

    first: date
    last: date
    downloads: int


def plot(title: str, days: Sequence[tuple[date, int]], language: str) -> str:
    """The picture of days without a gap and their downloads; long spans are drawn by week or month."""
    say = Translator(language)
    bars, heading = _bars(days)
    most = max((bar.downloads for bar in bars), default=0)
    step = _step(most)
    top = max(-(-most // step), 1) * step
    svg = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {WIDTH} {HEIGHT}",
            "role": "img",
            "aria-labelledby": "title desc",
            "lang": say.language,
        },
    )
    _put(svg, "title", f"{title}: {say(heading)}", id="title")
    _put(svg, "desc", say(_told(bars)), id="desc")
    _put(svg, "style", _STYLE)
    _put(svg, "text", title, x=_LEFT, y=36, **{"class": "title"})
    _put(svg, "text", f"{say(heading)} · {say(_sum(bars))}", x=_LEFT, y=62)
    _scale(svg, top, step, say)
    _draw(svg, bars, top, say)
    ElementTree.indent(svg, "")
    return ElementTree.tostring(svg, encoding="unicode") + "\n"


def _bars(days: Sequence[tuple[date, int]]) -> tuple[tuple[_Bar, ...], Message]:
    if len(days) <= _MOST_BARS:
        return tuple(_Bar(day, day, n) for day, n in days), msg("Downloads a day")
    if len(days) <= _MOST_BARS * _WEEK:
        return _grouped(days, lambda day: day.isocalendar()[:2]), msg("Downloads a week")
    return _grouped(days, lambda day: (day.year, day.month)), msg("Downloads a month")


def _grouped(days: Sequence[tuple[date, int]], part: Callable[[date], object]) -> tuple[_Bar, ...]:
    groups = (tuple(group) for _, group in groupby(days, lambda one: part(one[0])))
    return tuple(_Bar(group[0][0], group[-1][0], sum(n for _, n in group)) for group in groups)


def _sum(bars: Sequence[_Bar]) -> Message:
    if not bars:
        return msg("no downloads")
    total = sum(bar.downloads for bar in bars)
    return msg_n(
        "{n} download from {first} to {last}",
        "{n} downloads from {first} to {last}",
        total,
        first=bars[0].first,
        last=bars[-1].last,
    )


def _told(bars: Sequence[_Bar]) -> Message:
    """What the bars show, in words."""
    if not any(bar.downloads for bar in bars):
        return msg("Nothing was downloaded.")
    most = max(bars, key=lambda bar: bar.downloads)
    return msg(
        "{sum}; most of them: {most} ({day}). The figures are in the titles of the bars.",
        sum=_sum(bars),
        day=_span(most),
        most=most.downloads,
    )


def _span(bar: _Bar) -> Message | date:
    if bar.first == bar.last:
        return bar.first
    return msg("{first} to {last}", first=bar.first, last=bar.last)


def _step(most: int) -> int:
    """What lies between two lines of the scale: 1, 2, 5, 10, 20, 50 …"""
    steps = (digit * int(10**power) for power in itertools.count() for digit in (1, 2, 5))
    return next(step for step in steps if most <= step * _MOST_LINES)


def _scale(svg: ElementTree.Element, top: int, step: int, say: Translator) -> None:
    for value in range(0, top + 1, step):
        at = _height(value, top)
        kind = "grid" if value else "axis"
        _put(svg, "line", x1=_LEFT, x2=WIDTH - _RIGHT, y1=at, y2=at, **{"class": kind})
        _put(svg, "text", say.value(value), x=_LEFT - 10, y=at + 5, **{"text-anchor": "end"})


def _draw(svg: ElementTree.Element, bars: Sequence[_Bar], top: int, say: Translator) -> None:
    if not bars:
        return
    room = (WIDTH - _LEFT - _RIGHT) / len(bars)
    wide, free = min(room * 0.8, 40), 0.0
    for number, bar in enumerate(bars):
        middle = _LEFT + room * (number + 0.5)
        if bar.downloads:
            at = _height(bar.downloads, top)
            drawn = _put(
                svg,
                "rect",
                x=middle - wide / 2,
                y=at,
                width=wide,
                height=HEIGHT - _BOTTOM - at,
                **{"class": "bar"},
            )
            _put(drawn, "title", f"{say.value(_span(bar))}: {say.value(bar.downloads)}")
        if middle >= free and middle + _LEAST_LABEL / 2 <= WIDTH:
            label = _label(bar, bars, say.language)
            _put(svg, "text", label, x=middle, y=HEIGHT - _BOTTOM + 24, **{"text-anchor": "middle"})
            free = middle + _LEAST_LABEL


def _label(bar: _Bar, bars: Sequence[_Bar], language: str) -> str:
    locale = "en_GB" if language == "en" else language
    if bars[-1].last - bars[0].first > timedelta(days=_YEAR):
        return str(format_date(bar.first, "MMM yyyy", locale=locale))
    return str(format_skeleton("MMMd", bar.first, locale=locale))


def _height(downloads: int, top: int) -> float:
    return HEIGHT - _BOTTOM - downloads / top * (HEIGHT - _TOP - _BOTTOM)


def _put(
    parent: ElementTree.Element, tag: str, text: str = "", **attributes: float | str
) -> ElementTree.Element:
    said = {k: f"{v:.6g}" if isinstance(v, float) else str(v) for k, v in attributes.items()}
    made = ElementTree.SubElement(parent, tag, said)
    made.text = text or None
    return made
