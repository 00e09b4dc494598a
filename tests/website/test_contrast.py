"""Rule 26 of docs/website.md: the tokens of the theme are legible on each other, in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parent.parent.parent / "theme/static/site.css").read_text(encoding="utf-8")
GROUNDS = ("bg", "surface", "surface2")
TEXTS = ("text", "muted", "accent", "green", "blue", "gold", "error")
PAIRS = [
    *((text, ground, 4.5) for text in TEXTS for ground in GROUNDS),
    ("on-accent", "accent", 4.5),
    ("text", "mark", 4.5),
    ("accent", "mark", 4.5),
    *(("line-ui", ground, 3.0) for ground in GROUNDS),
    *(("focus", ground, 3.0) for ground in GROUNDS),
]


def _tokens(scheme: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{([^}]*--bg:[^}]*)\}", CSS)[:2]
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{3,6})", light if scheme == "light" else dark))


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    channels = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert _contrast("#FFF", "#000000") == pytest.approx(21)
    assert _contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("one", "other", "least"), PAIRS, ids=[f"{a}-{b}" for a, b, _ in PAIRS])
def test_rule_26_tokens_are_legible(scheme: str, one: str, other: str, least: float) -> None:
    tokens = _tokens(scheme)
    assert _contrast(tokens[one], tokens[other]) >= least
