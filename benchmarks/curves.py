"""Costs over the size of an archive as an SVG: a panel a job, a line a contestant; logarithmic scales."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any
from xml.etree import ElementTree

PANELS = {
    # job of benchmarks/archive.py: what stands above the panel
    "one added": "One episode added",
    "full": "Everything anew",
}
WIDTH, HEIGHT = 960, 460
_TOP, _BOTTOM, _LEFT, _GAP, _LABEL = 96, 56, 72, 56, 150
_LEAST = 2
"""Points that make a line."""
_LEAST_APART = 18
"""Pixels between two names."""
_STYLE = """
svg { background: #FBF8F3; font: 15px system-ui, sans-serif; }
.line { fill: none; stroke: #4C5666; stroke-width: 2; }
.dot { fill: #4C5666; }
.ours .line { stroke: #8E3219; stroke-width: 4; }
.ours .dot, .ours text { fill: #8E3219; }
.ours text { font-weight: 600; }
.grid { stroke: #D9D2C5; }
text { fill: #4C5666; }
.title { fill: #1B2330; font-size: 22px; font-weight: 600; }
.job { fill: #1B2330; font-weight: 600; }
@media (prefers-color-scheme: dark) {
svg { background: #161B22; }
.line { stroke: #A9B4C0; }
.dot { fill: #A9B4C0; }
.ours .line { stroke: #F0967A; }
.ours .dot, .ours text { fill: #F0967A; }
.grid { stroke: #323B47; }
text { fill: #A9B4C0; }
.title, .job { fill: #F4EFE6; }
}
"""

Points = tuple[tuple[int, float], ...]


def of_archives(archives: Sequence[Mapping[str, Any]]) -> str:
    """The picture of the results of benchmarks/archive.py; "" if there are not two sizes of one length."""
    minutes, count = Counter(one["minutes"] for one in archives).most_common(1)[0]
    if count < _LEAST:
        return ""
    same = sorted((one for one in archives if one["minutes"] == minutes), key=lambda one: one["episodes"])
    panels = {title: _lines(same, job) for job, title in PANELS.items() if job in same[0]["jobs"]}
    return drawn(f"Building an archive of talks of {minutes} minutes: CPU seconds over episodes", panels)


def _lines(archives: Sequence[Mapping[str, Any]], job: str) -> dict[str, Points]:
    names = [name for name in archives[0]["jobs"][job] if name != "ratios"]
    return {
        name: tuple((one["episodes"], one["jobs"][job][name]["cpu_s"]) for one in archives) for name in names
    }


def drawn(title: str, panels: Mapping[str, Mapping[str, Points]]) -> str:
    """Panels beside each other on one pair of scales; the first line of each is ours."""
    every = [point for lines in panels.values() for points in lines.values() for point in points]
    across = _Scale([x for x, _ in every])
    up = _Scale([y for _, y in every])
    svg = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {WIDTH} {HEIGHT}",
            "role": "img",
            "aria-labelledby": "title desc",
            "lang": "en",
        },
    )
    _put(svg, "title", title, id="title")
    _put(svg, "desc", _told(panels), id="desc")
    _put(svg, "style", _STYLE)
    _put(svg, "text", title, x=_LEFT, y=36, **{"class": "title"})
    room = (WIDTH - _LEFT - _GAP * (len(panels) - 1)) / len(panels) - _LABEL
    for number, (job, lines) in enumerate(panels.items()):
        panel = _Panel(across, up, _LEFT + number * (room + _LABEL + _GAP), room)
        _put(svg, "text", job, x=panel.left, y=72, **{"class": "job"})
        _grid(svg, panel)
        _draw(svg, panel, lines)
    ElementTree.indent(svg, "")
    return ElementTree.tostring(svg, encoding="unicode") + "\n"


class _Scale:
    """Whole powers of ten around some values; where a value stands between 0 and 1."""

    def __init__(self, values: Sequence[float]) -> None:
        self.first = floor(log10(min(values)))
        self.last = max(ceil(log10(max(values))), self.first + 1)

    def at(self, value: float) -> float:
        return (log10(value) - self.first) / (self.last - self.first)

    @property
    def steps(self) -> tuple[float, ...]:
        return tuple(10.0**power for power in range(self.first, self.last + 1))


@dataclass(frozen=True, slots=True)
class _Panel:
    """The scales of a panel, its left edge and its width in pixels."""

    across: _Scale
    up: _Scale
    left: float
    room: float

    def x(self, episodes: float) -> float:
        return self.left + self.across.at(episodes) * self.room

    def y(self, cpu_s: float) -> float:
        return _height(self.up.at(cpu_s))


def _told(panels: Mapping[str, Mapping[str, Points]]) -> str:
    """What the lines show, in words."""
    return " ".join(
        f"{job}, {name}: {'; '.join(f'{x:,} episodes {y:.3g} s' for x, y in points)}."
        for job, lines in panels.items()
        for name, points in lines.items()
    )


def _grid(svg: ElementTree.Element, panel: _Panel) -> None:
    for value in panel.up.steps:
        y = panel.y(value)
        _put(svg, "line", x1=panel.left, x2=panel.left + panel.room, y1=y, y2=y, **{"class": "grid"})
        _put(svg, "text", f"{value:,g} s", x=panel.left - 8, y=y + 5, **{"text-anchor": "end"})
    for value in panel.across.steps:
        x = panel.x(value)
        _put(svg, "line", x1=x, x2=x, y1=_height(0), y2=_height(1), **{"class": "grid"})
        _put(svg, "text", f"{value:,g}", x=x, y=HEIGHT - _BOTTOM + 24, **{"text-anchor": "middle"})


def _draw(svg: ElementTree.Element, panel: _Panel, lines: Mapping[str, Points]) -> None:
    names = _apart({name: panel.y(points[-1][1]) for name, points in lines.items()})
    for number, (name, points) in enumerate(lines.items()):
        group = _put(svg, "g", **{} if number else {"class": "ours"})
        places = [(panel.x(x), panel.y(y)) for x, y in points]
        _put(group, "polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in places), **{"class": "line"})
        for (x, y), (count, cpu_s) in zip(places, points, strict=True):
            dot = _put(group, "circle", cx=x, cy=y, r=4, **{"class": "dot"})
            _put(dot, "title", f"{name}, {count:,} episodes: {cpu_s:.3g} CPU s")
        _put(group, "text", name, x=places[-1][0] + 10, y=names[name] + 5)


def _apart(heights: Mapping[str, float]) -> dict[str, float]:
    """Where names stand: beside the ends of their lines, none over another."""
    placed: dict[str, float] = {}
    free = 0.0
    for name in sorted(heights, key=lambda one: heights[one]):
        placed[name] = max(heights[name], free)
        free = placed[name] + _LEAST_APART
    return placed


def _height(share: float) -> float:
    return HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM)


def _put(
    parent: ElementTree.Element, tag: str, text: str = "", **attributes: float | str
) -> ElementTree.Element:
    said = {
        key: f"{value:.6g}" if isinstance(value, float) else str(value) for key, value in attributes.items()
    }
    made = ElementTree.SubElement(parent, tag, said)
    made.text = text or None
    return made
